#include <catch2/catch.hpp>

#include "engine/date.h"

using namespace sahelsim::engine;

TEST_CASE("dates are read strictly and written back") {
    for (const char* text : {"2017-01-01", "2020-02-29", "1999-12-31"}) {
        REQUIRE(parse_date(text));
        CHECK(format_date(*parse_date(text)) == text);
    }
    for (const char* text : {"2019-02-29", "2019-13-01", "2019-00-10", "2019-1-1", "19-01-01", "2019-01-32",
                             "2019/01/01", "2019-01-01 ", "", "1899-12-31", "2200-01-01", "2o19-01-01"}) {
        CHECK_FALSE(parse_date(text));
    }
}

TEST_CASE("months count on across years") {
    CHECK(month_number(*parse_date("1970-01-31")) == 0);
    CHECK(month_number(*parse_date("1969-12-31")) == -1);
    for (int month = -30; month < 900; ++month) {
        CHECK(month_number(first_day_of_month(month)) == month);
        CHECK(is_first_of_month(first_day_of_month(month)));
    }
    CHECK(day_number(*parse_date("1970-01-02")) == 1);
}

TEST_CASE("weeks begin on Mondays") {
    CHECK(is_first_of_week(*parse_date("2021-12-06")));
    CHECK_FALSE(is_first_of_week(*parse_date("2021-12-10")));
}
