#pragma once
// The members of a plain struct, one by one, without naming them: what is written over all members can't forget one that
// is added later.

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

#include <boost/preprocessor/repetition/enum_params.hpp>
#include <boost/preprocessor/repetition/repeat_from_to.hpp>

namespace sahelsim::engine {

inline constexpr std::size_t most_fields = 127;

namespace fields_detail {

/// Stands for a value of any type where nothing is evaluated.
struct Anything {
    template <class T>
    operator T() const noexcept;  // NOLINT(google-explicit-constructor)
};

template <class T, std::size_t... I>
constexpr bool takes(std::index_sequence<I...>) {
    return requires {
        T{((void)I, Anything{})...};
    };
}

/// The largest number of initialisers that the struct takes. Too few may not do: a member need not have a default.
template <class T, std::size_t N = 1, bool enough = false>
constexpr std::size_t count() {
    if constexpr (takes<T>(std::make_index_sequence<N>{})) {
        return count<T, N + 1, true>();
    } else if constexpr (enough || N > most_fields) {
        return enough ? N - 1 : 0;
    } else {
        return count<T, N + 1>();
    }
}

}  // namespace fields_detail

/// How many members a struct without constructors and bases has.
template <class T>
inline constexpr std::size_t field_count = fields_detail::count<std::remove_const_t<T>>();

// NOLINTBEGIN(cppcoreguidelines-macro-usage, bugprone-macro-parentheses)
#define SAHELSIM_TIE(z, n, unused)                   \
    if constexpr (field_count<T> == n) {             \
        auto& [BOOST_PP_ENUM_PARAMS(n, f)] = object; \
        return std::tie(BOOST_PP_ENUM_PARAMS(n, f)); \
    }

/// References to all members, in order. Should the count ever be wrong, this does not compile: a structured binding names
/// every member or is an error.
template <class T>
constexpr auto fields_of(T& object) {
    static_assert(std::is_aggregate_v<std::remove_const_t<T>>, "only plain structs show their members");
    static_assert(field_count<T> > 0 && field_count<T> <= most_fields, "raise most_fields, or make the struct smaller");
    BOOST_PP_REPEAT_FROM_TO(1, 128, SAHELSIM_TIE, ~)
}
#undef SAHELSIM_TIE
// NOLINTEND(cppcoreguidelines-macro-usage, bugprone-macro-parentheses)

}  // namespace sahelsim::engine
