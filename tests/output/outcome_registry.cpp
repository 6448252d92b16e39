// The registry of outcomes and the schema that is made from it.

#include <algorithm>
#include <cctype>
#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "output/schema.h"

using namespace sahelsim;

TEST_CASE("outcomes have names of their own, units and explanations") {
    std::set<std::string> names;
    for (const auto& outcome : model::outcomes()) {
        const std::string name = outcome.name;
        INFO(name);
        CHECK(names.insert(name).second);
        CHECK(std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::islower(c) != 0 || c == '_'; }));
        CHECK_FALSE(std::string(outcome.unit).empty());
        CHECK_FALSE(std::string(outcome.long_name).empty());
        CHECK(std::string(outcome.description).back() == '.');
        CHECK(outcome.axes.size() <= 2);
    }
}

TEST_CASE("the mean by residents has its weights: residents by cercle without further axes") {
    const auto& registry = model::outcomes();
    const auto population = std::find_if(registry.begin(), registry.end(), [](const model::Outcome& outcome) {
        return std::string(outcome.name) == "population";
    });
    REQUIRE(population != registry.end());
    CHECK(population->by_cercle);
    CHECK(population->axes.empty());
}

TEST_CASE("nothing in a group has the name of another thing in it") {
    const bool sweep = GENERATE(false, true);
    const bool all = GENERATE(false, true);
    output::SweepContents contents;
    contents.arms = {"one", "another"};
    contents.series = contents.events = all;
    const auto schema = sweep ? output::sweep_schema(contents) : output::result_schema();
    std::set<std::string> paths;
    for (const auto& group : schema.groups()) CHECK(paths.insert(group.path).second);
    for (const auto& variable : schema.variables()) {
        INFO(variable.path());
        CHECK(paths.insert(variable.path()).second);
    }
}

TEST_CASE("dimensions of variables are declared, and every declared dimension is used") {
    std::set<std::string> used;
    for (const auto& schema : {output::result_schema(), output::sweep_schema({{"one"}, true, true})}) {
        for (const auto& variable : schema.variables())
            used.insert(variable.dimensions.begin(), variable.dimensions.end());
    }
    std::set<std::string> declared;
    for (const auto& dimension : output::dimensions()) declared.insert(dimension.name);
    CHECK(used == declared);
}

TEST_CASE("codes without gaps fit their type on disk") {
    for (const auto& variable : output::result_schema().variables()) {
        if (variable.codes == output::Codes::none || !output::has_fixed_meanings(variable.codes)) continue;
        INFO(variable.path());
        const auto names = output::meanings(variable.codes, model::Labels{});
        CHECK(names.size() >= 2);
        CHECK(names.size() <= 127);
        CHECK(std::set<std::string>(names.begin(), names.end()).size() == names.size());
    }
}
