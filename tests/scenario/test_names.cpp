// Nearest names, scalars and CSV.

#include <catch2/catch.hpp>

#include "scenario/csv.h"
#include "scenario/edit_distance.h"
#include "scenario/problem.h"
#include "scenario/scalars.h"

using namespace sahelsim::scenario;

TEST_CASE("edit distance counts insertions, deletions, substitutions and swaps") {
    CHECK(edit_distance("", "", 5) == 0);
    CHECK(edit_distance("abc", "abc", 5) == 0);
    CHECK(edit_distance("abc", "acb", 5) == 1);
    CHECK(edit_distance("kitten", "sitting", 5) == 3);
    CHECK(edit_distance("ca", "abc", 5) == 3);
    CHECK(edit_distance("abc", "", 5) == 3);
    CHECK(edit_distance("abcdefgh", "zzzzzzzz", 3) == 4);
}

TEST_CASE("a typo finds the nearest name, anything else none") {
    const std::vector<std::string> names = {"control.reach", "control.relaxation_time", "Mopti", "Gao"};
    CHECK(nearest_name("control.raech", names) == "control.reach");
    CHECK(nearest_name("mopti", names) == "Mopti");
    CHECK(nearest_name("MOPTY", names) == "Mopti");
    CHECK(nearest_name("Goa", names) == "Gao");
    CHECK(nearest_name("xyz", names).empty());
    CHECK(nearest_name("", names).empty());
    CHECK(nearest_name("Gao", {}).empty());
    CHECK(nearest_name(std::string(5000, 'x'), names).empty());
}

TEST_CASE("numbers are read strictly") {
    CHECK(parse_number("12") == 12.0);
    CHECK(parse_number("-0.5") == -0.5);
    CHECK(parse_number("+3") == 3.0);
    CHECK(parse_number("1e3") == 1000.0);
    CHECK(parse_number("1.5e-3") == 0.0015);
    CHECK(parse_number("0") == 0.0);
    for (const char* text :
         {"",    "-",     "+",     ".",      "010",  "00",  "-01",   "1.",    ".5",       "1e",  "1e+",  "0x10",
          "0o7", "1_000", "1,000", "nan",    ".nan", "inf", ".inf",  "-.inf", "infinity", "yes", "true", "1e3 km",
          " 1",  "1 ",    "1e999", "-1e999", "--1",  "+-1", "1e1.5", "1d3",   "٣",        "½"}) {
        INFO(text);
        CHECK_FALSE(parse_number(text).has_value());
    }
    CHECK(parse_integer("42") == 42);
    for (const char* text : {"", "4.0", "1e3", "042", "99999999999999999999", "0x1", "4 "}) {
        INFO(text);
        CHECK_FALSE(parse_integer(text).has_value());
    }
    CHECK(parse_boolean("true") == true);
    for (const char* text : {"True", "yes", "on", "1", "TRUE", ""}) CHECK_FALSE(parse_boolean(text).has_value());
}

TEST_CASE("a number's text gives the same number") {
    for (const double value :
         {0.1, 1.0 / 3.0, 1e-300, 5e-324, 1.7976931348623157e308, 123456789.123, -0.0, 4294967295.0}) {
        CHECK(parse_number(number_text(value)) == value);
    }
}

TEST_CASE("identifiers and place names") {
    CHECK(is_identifier("katiba_macina2"));
    for (const char* text : {"", "Jnim", "2nd", "_x", "a-b", "a b", "a.b", "é"}) CHECK_FALSE(is_identifier(text));
    CHECK(is_place_name("Gourma-Rharous"));
    CHECK(is_place_name("Gamma Town 2"));
    for (const char* text : {"", " a", "a ", "a.b", "a;b", "-a", "a{b"}) CHECK_FALSE(is_place_name(text));
}

namespace {

struct Table {
    std::vector<std::vector<std::string>> rows;
    std::string complaints;
};

Table read(const std::string& text, const std::vector<std::string>& columns = {"a", "b"}) {
    Table table;
    Problems problems;
    read_csv(text, "t.csv", columns, problems, [&](const std::vector<Field>& fields) {
        table.rows.emplace_back();
        for (const auto& field : fields) table.rows.back().push_back(field.text);
    });
    try {
        problems.throw_if_any();
    } catch (const InputError& error) {
        table.complaints = error.what();
    }
    return table;
}

using Rows = std::vector<std::vector<std::string>>;

}  // namespace

TEST_CASE("CSV: quotes, line ends and empty fields") {
    CHECK(read("a,b\n1,2\n").rows == Rows{{"1", "2"}});
    CHECK(read("a,b\r\n1,2\r\n,\r\n").rows == Rows{{"1", "2"}, {"", ""}});
    CHECK(read("a,b\n1,2").rows == Rows{{"1", "2"}});
    CHECK(read("a,b\n\"x, \"\"y\"\"\n z\",\"\"\n").rows == Rows{{"x, \"y\"\n z", ""}});
    CHECK(read("a,b\n").rows.empty());
    CHECK(read("a\nx\n\"\"", {"a"}).rows == Rows{{"x"}, {""}});
}

TEST_CASE("CSV: what is malformed is reported with line and column") {
    const auto complaint = [](const std::string& text) { return read(text).complaints; };
    CHECK(complaint("a,c\n1,2\n") == "t.csv:1:1: found the header 'a,c', expected exactly a,b");
    CHECK(complaint("a,b,c\n").find("the header") != std::string::npos);
    CHECK(complaint("a\n").find("the header") != std::string::npos);
    CHECK(complaint("a,b\n1,2\n1\n") == "t.csv:3:1: found 1 fields, expected 2, as in the header");
    CHECK(complaint("a,b\n1,2,3\n") == "t.csv:2:1: found 3 fields, expected 2, as in the header");
    CHECK(complaint("a,b\n\n1,2\n").find("t.csv:2:1: found 1 fields") == 0);
    CHECK(complaint("a,b\n1,\"2\n").find("t.csv:2:3: found a quote that is never closed") == 0);
    CHECK(complaint("a,b\n1,x\"2\"\n").find("t.csv:2:4: found a quote inside a field") == 0);
    CHECK(complaint("a,b\n\"1\"x,2\n").find("t.csv:2:4: found text after a closing quote") == 0);
    CHECK(complaint("a,b\n1\r,2\n").find("a carriage return alone") != std::string::npos);
    CHECK(read("a,b\n1,2,3\n4,5\n").rows == Rows{{"4", "5"}});
}

TEST_CASE("CSV: a written field is read again") {
    for (const std::string text : {"", "plain", "a,b", "\"", "two\nlines", "x\r\ny"}) {
        CHECK(read("a,b\n" + csv_field(text) + ",\n").rows == Rows{{text, ""}});
    }
}

TEST_CASE("a problem is one line that says where, what and what else") {
    CHECK(format_problem({{"f.yaml", 3, 7}, "a.b", "'x'", "a number", "y"}) ==
          "f.yaml:3:7: a.b: found 'x', expected a number; did you mean 'y'?");
    CHECK(format_problem({{"f.yaml", 0, 0}, "", "nothing", "content", ""}) ==
          "f.yaml: found nothing, expected content");
    CHECK(format_problem({{}, "", "3 more problems", "", ""}) == "found 3 more problems");
    CHECK(InputError({{{"f", 1, 1}, "", "a", "b", ""}, {{"f", 2, 1}, "", "c", "d", ""}}).what() ==
          std::string("f:1:1: found a, expected b\nf:2:1: found c, expected d"));
}
