// A scenario with bytes changed at random is either read or refused: never a crash, a hang or another exception.

#include <random>

#include <catch2/catch.hpp>

#include "scenario/tiny.h"

using sahelsim::test::Project;
using sahelsim::test::tiny_text;

namespace {

/// Characters that mean something in YAML and CSV come more often than chance would have them.
char random_character(std::mt19937& random) {
    static const std::string special = "{}[]:,-?&*!|>'\"%@`#\n\t ;.0123456789e\r\\<~";
    if (random() % 4 == 0) return static_cast<char>(random() % 256);
    return special[random() % special.size()];
}

void mutate(std::string& text, std::mt19937& random) {
    const auto changes = 1 + random() % 4;
    for (unsigned i = 0; i < changes && !text.empty(); ++i) {
        const auto at = random() % text.size();
        const auto length = 1 + random() % 12;
        switch (random() % 5) {
            case 0:
                text[at] = random_character(random);
                break;
            case 1:
                text.insert(at, 1, random_character(random));
                break;
            case 2:
                text.erase(at, length);
                break;
            case 3:
                text.insert(random() % text.size(), text.substr(at, 5 * length));
                break;
            default:
                text.resize(at);
                break;
        }
        if (i == 0 && text.size() < 50) break;
    }
}

/// How many of the mutants could be read.
int count_readable(const std::string& file, int mutants, unsigned seed) {
    const Project project;
    const auto original = tiny_text(file);
    std::mt19937 random(seed);
    int readable = 0;
    for (int i = 0; i < mutants; ++i) {
        auto text = original;
        mutate(text, random);
        project.write(file, text);
        readable += project.complaints().empty() ? 1 : 0;
    }
    return readable;
}

}  // namespace

TEST_CASE("mutated scenarios are read or refused") {
    const int readable = count_readable("tiny.yaml", 1500, 1);
    CHECK(readable > 0);
    CHECK(readable < 1500);
}

TEST_CASE("mutated tables are read or refused") {
    CHECK(count_readable("cercles.csv", 250, 2) < 250);
    CHECK(count_readable("shares.csv", 250, 3) < 250);
}

TEST_CASE("a mutant that can be read survives the round trip") {
    const Project project;
    std::mt19937 random(4);
    for (int i = 0; i < 200; ++i) {
        auto text = tiny_text();
        mutate(text, random);
        project.write("tiny.yaml", text);
        if (!project.complaints().empty()) continue;
        const auto resolved = project.read().resolved_yaml;
        project.write("resolved.yaml", resolved);
        INFO(text);
        CHECK(project.complaints("resolved.yaml").empty());
        CHECK(project.read("resolved.yaml").resolved_yaml == resolved);
    }
}
