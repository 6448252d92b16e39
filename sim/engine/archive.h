#pragma once
// Values as bytes and back: numbers, enumerations, dates, texts, lists, maps, optional values, Eigen arrays and plain structs
// of such, member by member (fields.h). A struct needs no code of its own, and what can't be saved does not compile. The bytes
// depend on the values alone; they are meant for the program that wrote them.

#include <array>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <tuple>
#include <type_traits>
#include <typeinfo>
#include <utility>
#include <vector>

#include <Eigen/Core>

#include "engine/fields.h"

namespace sahelsim::engine {

static_assert(std::endian::native == std::endian::little, "bytes are written as they lie in memory");

/// Bytes that end too early or make no sense.
class ArchiveError : public std::runtime_error {
   public:
    using std::runtime_error::runtime_error;
};

/// Specialised for a type that is not saved as its members: with save(ArchiveWriter&, const T&) and load(ArchiveReader&, T&).
template <class T>
struct Archived;

namespace archive_detail {

template <class T>
concept Special = requires {
    sizeof(Archived<T>);
};
/// A class that shows what is saved of its private members: static void archive(Self& self, Visit visit).
template <class T>
concept Showing = requires(T& object) {
    T::archive(object, [](auto&) {});
};
template <class T>
concept Number = std::is_arithmetic_v<T> || std::is_enum_v<T>;

template <class T>
struct IsEigen : std::false_type {};
template <class Scalar, int Rows, int Columns, int Options, int MostRows, int MostColumns>
struct IsEigen<Eigen::Array<Scalar, Rows, Columns, Options, MostRows, MostColumns>> : std::true_type {};
template <class Scalar, int Rows, int Columns, int Options, int MostRows, int MostColumns>
struct IsEigen<Eigen::Matrix<Scalar, Rows, Columns, Options, MostRows, MostColumns>> : std::true_type {};

template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};

template <class T>
struct IsMap : std::false_type {};
template <class K, class V, class Less>
struct IsMap<std::map<K, V, Less>> : std::true_type {};

template <class T>
struct IsArray : std::false_type {};
template <class T, std::size_t N>
struct IsArray<std::array<T, N>> : std::true_type {};

template <class T>
struct IsTime : std::false_type {};
template <class Clock, class Duration>
struct IsTime<std::chrono::time_point<Clock, Duration>> : std::true_type {};

template <class T>
struct IsPair : std::false_type {};
template <class A, class B>
struct IsPair<std::pair<A, B>> : std::true_type {};

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <class T>
inline constexpr bool never = false;

template <class Tuple>
struct AllNumbers;
template <class... T>
struct AllNumbers<std::tuple<T&...>> : std::bool_constant<(Number<std::remove_const_t<T>> && ...)> {};

/// A struct of numbers: a list of these is saved column by column, since like lies beside like then.
template <class T>
constexpr bool is_row() {
    if constexpr (std::is_class_v<T> && std::is_aggregate_v<T> && !IsArray<T>::value && !Special<T>) {
        return AllNumbers<decltype(fields_of(std::declval<T&>()))>::value;
    } else {
        return false;
    }
}

}  // namespace archive_detail

class ArchiveWriter {
   public:
    template <class T>
    void put(const T& value) {
        using namespace archive_detail;
        if constexpr (Special<T>) {
            Archived<T>::save(*this, value);
        } else if constexpr (Number<T>) {
            put_raw(&value, 1);
        } else if constexpr (std::is_same_v<T, std::string>) {
            put_size(value.size());
            put_raw(value.data(), value.size());
        } else if constexpr (IsTime<T>::value) {
            put(static_cast<std::int64_t>(value.time_since_epoch().count()));
        } else if constexpr (IsEigen<T>::value) {
            put_size(static_cast<std::size_t>(value.rows()));
            put_size(static_cast<std::size_t>(value.cols()));
            put_numbers(value.data(), static_cast<std::size_t>(value.size()));
        } else if constexpr (IsVector<T>::value) {
            put_list(value);
        } else if constexpr (IsArray<T>::value) {
            for (const auto& item : value) put(item);
        } else if constexpr (IsMap<T>::value) {
            put_size(value.size());
            for (const auto& item : value) put(item);
        } else if constexpr (IsPair<T>::value) {
            put(value.first);
            put(value.second);
        } else if constexpr (IsOptional<T>::value) {
            put(value.has_value());
            if (value) put(*value);
        } else if constexpr (Showing<const T>) {
            T::archive(value, [this](const auto& field) { this->put(field); });
        } else if constexpr (std::is_class_v<T> && std::is_aggregate_v<T>) {
            std::apply([this](const auto&... field) { (this->put(field), ...); }, fields_of(value));
        } else {
            static_assert(never<T>, "no way to save this type: specialise Archived for it, or give it archive()");
        }
    }

    [[nodiscard]] std::vector<std::byte> take() { return std::move(bytes_); }

   private:
    void put_size(std::size_t size) { put(static_cast<std::uint64_t>(size)); }

    template <class T>
    void put_raw(const T* values, std::size_t count) {
        const auto* begin = reinterpret_cast<const std::byte*>(values);
        bytes_.insert(bytes_.end(), begin, begin + count * sizeof(T));
    }

    /// First all lowest bytes, then all second ones: what differs little compresses well then.
    template <class T>
    void put_numbers(const T* values, std::size_t count) {
        const auto* begin = reinterpret_cast<const std::byte*>(values);
        const std::size_t old = bytes_.size();
        bytes_.resize(old + count * sizeof(T));
        std::byte* out = bytes_.data() + old;
        for (std::size_t b = 0; b < sizeof(T); ++b) {
            for (std::size_t i = 0; i < count; ++i) *out++ = begin[i * sizeof(T) + b];
        }
    }

    template <class T>
    void put_list(const std::vector<T>& list) {
        using namespace archive_detail;
        put_size(list.size());
        if constexpr (Number<T> && !std::is_same_v<T, bool>) {
            put_numbers(list.data(), list.size());
        } else if constexpr (is_row<T>()) {
            put_columns(list, std::make_index_sequence<field_count<T>>{});
        } else {
            for (const T& item : list) put(item);
        }
    }

    template <class T, std::size_t... I>
    void put_columns(const std::vector<T>& rows, std::index_sequence<I...>) {
        (put_column<I>(rows), ...);
    }
    template <std::size_t I, class T>
    void put_column(const std::vector<T>& rows) {
        using Value = std::remove_cvref_t<std::tuple_element_t<I, decltype(fields_of(std::declval<T&>()))>>;
        std::vector<std::array<std::byte, sizeof(Value)>> column(rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i)
            std::memcpy(column[i].data(), &std::get<I>(fields_of(rows[i])), sizeof(Value));
        put_numbers(column.data(), column.size());
    }

    std::vector<std::byte> bytes_;
};

class ArchiveReader {
   public:
    explicit ArchiveReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

    /// Throws ArchiveError where the bytes end too early.
    template <class T>
    void get(T& value) {
        using namespace archive_detail;
        if constexpr (Special<T>) {
            Archived<T>::load(*this, value);
        } else if constexpr (std::is_same_v<T, bool>) {
            value = *next(1) != std::byte{0};
        } else if constexpr (Number<T>) {
            std::memcpy(&value, next(sizeof(T)), sizeof(T));
        } else if constexpr (std::is_same_v<T, std::string>) {
            value.resize(get_size(1));
            std::memcpy(value.data(), next(value.size()), value.size());
        } else if constexpr (IsTime<T>::value) {
            std::int64_t count = 0;
            get(count);
            value = T(typename T::duration(static_cast<typename T::rep>(count)));
        } else if constexpr (IsEigen<T>::value) {
            get_matrix(value);
        } else if constexpr (IsVector<T>::value) {
            get_list(value);
        } else if constexpr (IsArray<T>::value) {
            for (auto& item : value) get(item);
        } else if constexpr (IsMap<T>::value) {
            value.clear();
            for (std::size_t left = get_size(0); left > 0; --left) {
                std::pair<typename T::key_type, typename T::mapped_type> item;
                get(item);
                value.insert(std::move(item));
            }
        } else if constexpr (IsPair<T>::value) {
            get(value.first);
            get(value.second);
        } else if constexpr (IsOptional<T>::value) {
            bool there = false;
            get(there);
            value.reset();
            if (there) get(value.emplace());
        } else if constexpr (Showing<T>) {
            T::archive(value, [this](auto& field) { this->get(field); });
        } else if constexpr (std::is_class_v<T> && std::is_aggregate_v<T>) {
            std::apply([this](auto&... field) { (this->get(field), ...); }, fields_of(value));
        } else {
            static_assert(never<T>, "no way to load this type: specialise Archived for it, or give it archive()");
        }
    }

    [[nodiscard]] bool at_end() const { return position_ == bytes_.size(); }

   private:
    const std::byte* next(std::size_t count) {
        if (count > bytes_.size() - position_) throw ArchiveError("it ends too early");
        const std::byte* begin = bytes_.data() + position_;
        position_ += count;
        return begin;
    }

    /// A length of things that take at least `least` bytes each, so that nonsense asks for no memory.
    std::size_t get_size(std::size_t least) {
        std::uint64_t size = 0;
        get(size);
        if (least > 0 && size > (bytes_.size() - position_) / least) throw ArchiveError("a list is longer than it is");
        return static_cast<std::size_t>(size);
    }

    template <class T>
    void get_numbers(T* values, std::size_t count) {
        const std::byte* in = next(count * sizeof(T));
        auto* begin = reinterpret_cast<std::byte*>(values);
        for (std::size_t b = 0; b < sizeof(T); ++b) {
            for (std::size_t i = 0; i < count; ++i) begin[i * sizeof(T) + b] = *in++;
        }
    }

    template <class T>
    void get_matrix(T& matrix) {
        const auto rows = get_size(0);
        const auto columns = get_size(0);
        const std::size_t room = (bytes_.size() - position_) / sizeof(typename T::Scalar);
        if (columns > 0 && rows > room / columns) throw ArchiveError("an array is larger than it is");
        constexpr std::uint64_t most = std::numeric_limits<std::int32_t>::max();
        if (rows > most || columns > most) throw ArchiveError("an array is larger than it is");
        const auto fits = [](int fixed, std::size_t found) {
            return fixed == Eigen::Dynamic || static_cast<std::size_t>(fixed) == found;
        };
        if (!fits(T::RowsAtCompileTime, rows) || !fits(T::ColsAtCompileTime, columns))
            throw ArchiveError("an array has another shape than it can have");
        matrix.resize(static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(columns));
        get_numbers(matrix.data(), static_cast<std::size_t>(matrix.size()));
    }

    template <class T>
    void get_list(std::vector<T>& list) {
        using namespace archive_detail;
        list.clear();
        if constexpr (Number<T> && !std::is_same_v<T, bool>) {
            list.resize(get_size(sizeof(T)));
            get_numbers(list.data(), list.size());
        } else if constexpr (is_row<T>()) {
            list.resize(get_size(field_count<T>));
            get_columns(list, std::make_index_sequence<field_count<T>>{});
        } else {
            // Whatever an item holds takes a byte or more.
            list.resize(get_size(1));
            for (auto&& item : list) get_item<T>(item);
        }
    }
    template <class T, class Item>
    void get_item(Item&& item) {
        if constexpr (std::is_same_v<T, bool>) {
            bool value = false;
            get(value);
            item = value;
        } else {
            get(item);
        }
    }

    template <class T, std::size_t... I>
    void get_columns(std::vector<T>& rows, std::index_sequence<I...>) {
        (get_column<I>(rows), ...);
    }
    template <std::size_t I, class T>
    void get_column(std::vector<T>& rows) {
        using Value = std::remove_cvref_t<std::tuple_element_t<I, decltype(fields_of(std::declval<T&>()))>>;
        std::vector<std::array<std::byte, sizeof(Value)>> column(rows.size());
        get_numbers(column.data(), column.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            auto& value = std::get<I>(fields_of(rows[i]));
            if constexpr (std::is_same_v<Value, bool>) {
                value = column[i][0] != std::byte{0};
            } else {
                std::memcpy(&value, column[i].data(), sizeof(Value));
            }
        }
    }

    std::span<const std::byte> bytes_;
    std::size_t position_ = 0;
};

/// How a type is laid out in bytes, in words: differs where a member was added, taken away, moved or given another type.
template <class T>
std::string archive_layout() {
    using namespace archive_detail;
    std::string text = typeid(T).name();
    if constexpr (Special<T> || Number<T> || std::is_same_v<T, std::string> || IsTime<T>::value || IsEigen<T>::value) {
        text += std::to_string(sizeof(T));
    } else if constexpr (IsVector<T>::value || IsArray<T>::value || IsOptional<T>::value) {
        text += "[" + archive_layout<typename T::value_type>() + "]";
    } else if constexpr (IsMap<T>::value) {
        text += "[" + archive_layout<typename T::key_type>() + archive_layout<typename T::mapped_type>() + "]";
    } else if constexpr (IsPair<T>::value) {
        text += archive_layout<typename T::first_type>() + archive_layout<typename T::second_type>();
    } else if constexpr (Showing<T>) {
        T object{};
        T::archive(object, [&text](auto& field) { text += archive_layout<std::remove_reference_t<decltype(field)>>(); });
    } else {
        text += "{";
        using Fields = decltype(fields_of(std::declval<T&>()));
        [&text]<std::size_t... I>(std::index_sequence<I...>) {
            ((text += archive_layout<std::remove_reference_t<std::tuple_element_t<I, Fields>>>() + ";"), ...);
        }
        (std::make_index_sequence<std::tuple_size_v<Fields>>{});
        text += "}";
    }
    return text;
}

}  // namespace sahelsim::engine
