#include <catch2/catch.hpp>

#include <chrono>
#include <limits>
#include <optional>
#include <span>

#include "engine/archive.h"
#include "engine/date.h"

using namespace sahelsim::engine;

namespace {

enum class Colour : std::uint8_t { red, green };

struct Point {
    std::int16_t x = 0;
    double y = 0.0;
    Colour colour = Colour::red;
};

struct Inner {
    std::array<Point, 2> ends;
    bool open = false;
};

class Private {
   public:
    explicit Private(int value = 0) : value_(value) {}
    [[nodiscard]] int value() const { return value_; }
    template <class Self, class Visit>
    static void archive(Self& self, Visit visit) {
        auto& [value] = self;
        visit(value);
    }

   private:
    int value_;
};

struct Everything {
    Date date{};
    std::string text;
    std::vector<Point> points;
    std::vector<std::vector<std::int32_t>> lists;
    std::vector<bool> flags;
    std::vector<Inner> inner;
    std::map<std::string, double> map;
    Eigen::Array<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> field;
    Eigen::ArrayX3d positions;
    Private hidden;
    std::optional<Date> some, none;
    double number = 0.0;
};

Everything sample() {
    Everything all;
    all.date = *parse_date("2021-12-11");
    all.text = "katiba";
    all.points = {{1, 0.5, Colour::green}, {-2, -0.0, Colour::red}, {300, 1e300, Colour::green}};
    all.lists = {{1, -70000}, {}, {5}};
    all.flags = {true, false, true};
    all.inner = {{{{{7, 8.0, Colour::green}, {9, 10.0, Colour::red}}}, true}};
    all.map = {{"a", 1.0}, {"b", -2.0}};
    all.field.resize(2, 3);
    all.field << 1, 2, 3, 4, 5, 6;
    all.positions.setConstant(2, 3, 0.25);
    all.hidden = Private(42);
    all.some = all.date;
    all.number = std::numeric_limits<double>::denorm_min();
    return all;
}

template <class T>
std::vector<std::byte> bytes_of(const T& value) {
    ArchiveWriter writer;
    writer.put(value);
    return writer.take();
}

}  // namespace

TEST_CASE("members of plain structs are counted and reached") {
    CHECK(field_count<Point> == 3);
    CHECK(field_count<Everything> == 13);
    CHECK(field_count<const Inner> == 2);
    Point point;
    std::get<1>(fields_of(point)) = 3.0;
    CHECK(point.y == 3.0);
}

TEST_CASE("values come back from their bytes") {
    const auto all = sample();
    const auto bytes = bytes_of(all);
    Everything again;
    again.lists = {{9}};
    again.map = {{"old", 1.0}};
    again.none = Date{};
    ArchiveReader reader(bytes);
    reader.get(again);
    CHECK(reader.at_end());
    CHECK(bytes_of(again) == bytes);
    CHECK(again.date == all.date);
    CHECK(again.text == "katiba");
    CHECK(again.points[2].y == 1e300);
    CHECK(std::signbit(again.points[1].y));
    CHECK(again.points[2].x == 300);
    CHECK(again.points[0].colour == Colour::green);
    CHECK(again.lists == all.lists);
    CHECK(again.flags == all.flags);
    CHECK(again.inner[0].ends[1].x == 9);
    CHECK(again.inner[0].open);
    CHECK(again.map == all.map);
    CHECK((again.field == all.field).all());
    CHECK(again.positions.rows() == 2);
    CHECK(again.hidden.value() == 42);
    CHECK(again.some == all.some);
    CHECK_FALSE(again.none.has_value());
    CHECK(again.number == all.number);
}

TEST_CASE("bytes that end too early are refused at every length") {
    const auto bytes = bytes_of(sample());
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        Everything all;
        ArchiveReader reader(std::span<const std::byte>(bytes).first(length));
        CHECK_THROWS_AS(reader.get(all), ArchiveError);
    }
}

TEST_CASE("any byte may be wrong") {
    const auto bytes = bytes_of(sample());
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        for (const int wrong : {0x01, 0x7f, 0xff}) {
            auto changed = bytes;
            changed[i] ^= static_cast<std::byte>(wrong);
            Everything all;
            ArchiveReader reader(changed);
            try {
                reader.get(all);
            } catch (const ArchiveError&) {
                continue;  // the rest reads as something else, which checksums are for
            }
        }
    }
    SUCCEED();
}

TEST_CASE("the layout differs where types do") {
    struct A {
        int a = 0;
        float b = 0.0F;
    };
    struct B {
        int a = 0;
        double b = 0.0;
    };
    CHECK(archive_layout<A>() != archive_layout<B>());
    CHECK(archive_layout<std::vector<Point>>() != archive_layout<std::vector<Inner>>());
    CHECK(archive_layout<A>() == archive_layout<A>());
}
