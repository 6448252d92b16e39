// Files that are no scenarios at all, or mean harm: each must be refused, quickly and without a crash.

#include <sys/stat.h>

#include <fstream>

#include <catch2/catch.hpp>

#include "scenario/tiny.h"

using sahelsim::test::Project;
using sahelsim::test::replaced;
using sahelsim::test::tiny_text;
using namespace std::string_literals;

namespace {

std::string complaint_about(const Project& project, const std::string& text) {
    project.write("bad.yaml", text);
    return project.complaints("bad.yaml");
}

std::string repeated(const std::string& piece, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += piece;
    return text;
}

struct BadText {
    const char* what;
    std::string text;
    std::vector<const char*> words;
};

void must_be_refused(const std::vector<BadText>& texts) {
    const Project project;
    for (const auto& bad : texts) {
        INFO(bad.what);
        const auto complaints = complaint_about(project, bad.text);
        INFO(complaints.substr(0, 2000));
        CHECK_FALSE(complaints.empty());
        for (const char* word : bad.words) {
            INFO("expected: " << word);
            CHECK(complaints.find(word) != std::string::npos);
        }
    }
}

}  // namespace

TEST_CASE("text that is not UTF-8 is refused") {
    must_be_refused({
        {"empty", "", {"an empty file"}},
        {"blank", " \n\n\t\n", {"an empty file"}},
        {"binary",
         "\x7F"
         "ELF\x02\x01\x01\0\0\0"s,
         {"zero byte at offset 7"}},
        {"control character", "title: a\x01\n", {"bad.yaml:1:9", "control character 0x01"}},
        {"UTF-16 with a mark", "\xFF\xFEt\0i\0t\0"s, {"UTF-16"}},
        {"big-endian UTF-16", "\xFE\xFF\0t\0i"s, {"UTF-16"}},
        {"UTF-16 without a mark", "t\0i\0t\0l\0e\0"s, {"zero byte", "UTF-16"}},
        {"Latin-1", "title: S\xE9gou\n", {"bad.yaml:1:9", "byte 0xe9 at offset 8", "Latin-1"}},
        {"overlong", "title: \xC0\xAF\n", {"not UTF-8"}},
        {"surrogate", "title: \xED\xA0\x80\n", {"not UTF-8"}},
        {"beyond Unicode", "title: \xF4\x90\x80\x80\n", {"not UTF-8"}},
        {"cut short", "title: \xE2\x82", {"not UTF-8"}},
        {"too large", std::string(10'000'001, '#'), {"10.0 MB", "at most 10 MB"}},
    });
}

TEST_CASE("YAML beyond the strict subset is refused") {
    must_be_refused({
        {"anchor", "title: &a Tiny\n", {"bad.yaml:1", "an anchor"}},
        {"alias", "title: *a\n", {"bad.yaml:1"}},
        {"anchor and alias", "a: &x [1]\nb: *x\n", {"an anchor"}},
        {"cyclic alias", "a: &x [*x]\n", {"an anchor"}},
        {"alias bomb", "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n", {"an anchor"}},
        {"merge key", "<<: {title: x}\n", {"a merge key"}},
        {"tag", "title: !!str 3\n", {"a tag"}},
        {"own tag", "title: !mine {a: b}\n", {"a tag"}},
        {"tag of a list", "title: !!seq [a]\n", {"a tag"}},
        {"two documents", "title: a\n---\ntitle: b\n", {"bad.yaml:2:1", "a second document"}},
        {"directive", "%YAML 1.2\n---\ntitle: a\n", {"a directive"}},
        {"duplicate key",
         "title: a\nperiod: {start: 2018-01-01, start: 2018-01-02}\ntitle: b\n",
         {"bad.yaml:2:29: start: found the key a second time", "bad.yaml:3:1: title: found the key a second time"}},
        {"null key", "~: 3\n", {"as a key"}},
        {"list as a key", "[a, b]: 3\n", {"a list as a key"}},
        {"map as a key", "? {a: b}\n: 3\n", {"a map as a key"}},
        {"tab", "world:\n\tcercles: x\n", {"bad.yaml:2:1", "a tab in the indentation"}},
        {"tab after spaces", "world:\n  \tcercles: x\n", {"bad.yaml:2:3", "a tab"}},
        {"syntax", "title: [a, b\nperiod: }\n", {"a syntax error"}},
        {"bad quotes", "title: \"abc\n", {"a quote that is never closed"}},
        {"bad single quotes", "title: 'abc\nperiod: x\n", {"a quote that is never closed"}},
        {"bad escape", "title: \"\\q\"\n", {"a syntax error"}},
        {"escaped control character", "title: \"\\x1b[31m\"\n", {"a control character"}},
        {"a list", "- a\n- b\n", {"found a list, expected a map"}},
        {"a word", "hello\n", {"found 'hello', expected a map"}},
        {"a comment only", "# nothing\n", {"found nothing, expected a map"}},
    });
}

TEST_CASE("deep and large structures are refused before they cost anything") {
    must_be_refused({
        {"65 lists", "a: " + repeated("[", 65) + repeated("]", 65), {"nesting deeper than 64"}},
        {"a thousand lists", "a: " + repeated("[", 1000) + repeated("]", 1000), {"nesting deeper than 64"}},
        {"a hundred thousand lists", repeated("[", 100'000), {}},
        {"a million lists", repeated("[", 1'000'000), {"half a million entries"}},
        {"a hundred thousand maps", repeated("{a: ", 100'000), {}},
        {"a million maps", repeated("{", 1'000'000), {"half a million entries"}},
        {"dashes", repeated("- ", 100'000), {"nesting deeper than 64"}},
        {"dashes without end", repeated("- ", 4'000'000), {"half a million entries"}},
        {"question marks", repeated("? ", 100'000), {"as a key"}},
        {"maps in lists", repeated("[a: ", 100'000), {}},
        {"a staircase",
         [] {
             std::string text;
             for (int i = 0; i < 200; ++i) text += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
             return text;
         }(),
         {"nesting deeper than 64"}},
        {"a large list", "a: [" + repeated("x, ", 499'000) + "x]", {"found 'a'"}},
        {"a large map",
         [] {
             std::string text;
             for (int i = 0; i < 100'000; ++i) text += "k" + std::to_string(i) + ": 1\n";
             return text;
         }(),
         {"more problems"}},
        {"a long word", "title: " + std::string(9'000'000, 'x'), {"period: found nothing"}},
        {"long quotes", "title: \"" + std::string(9'000'000, 'x'), {"a syntax error"}},
    });
}

TEST_CASE("files that cannot be read are refused") {
    const Project project;
    CHECK(project.complaints("absent.yaml").find("absent.yaml: found no such file") != std::string::npos);
    std::filesystem::create_directory(project.path("folder.yaml"));
    CHECK(project.complaints("folder.yaml").find("found a folder, expected a file") != std::string::npos);
    REQUIRE(mkfifo(project.path("pipe.yaml").c_str(), 0600) == 0);
    CHECK(project.complaints("pipe.yaml").find("a device, pipe or socket") != std::string::npos);
    CHECK_FALSE(project.complaints("tiny.yaml/x").empty());
    CHECK_FALSE(project.complaints(std::string(5000, 'x')).empty());
    CHECK_FALSE(project.complaints("").empty());
    std::filesystem::create_symlink("loop.yaml", project.path("loop.yaml"));
    CHECK_FALSE(project.complaints("loop.yaml").empty());
    project.write("secret.yaml", tiny_text());
    std::filesystem::permissions(project.path("secret.yaml"), std::filesystem::perms::none);
    if (std::ifstream(project.path("secret.yaml")).fail()) {  // root reads everything
        CHECK(project.complaints("secret.yaml").find("Permission denied") != std::string::npos);
    }
}

TEST_CASE("circles and ways out of the project folder are refused") {
    const Project project;
    project.write("a.yaml", "extends: b.yaml\n");
    project.write("b.yaml", "extends: [c.yaml]\n");
    project.write("c.yaml", "extends: ./a.yaml\n");
    const auto circle = project.complaints("a.yaml");
    CHECK(circle.find("c.yaml:1:10: extends: found a circle: ") != std::string::npos);
    CHECK(circle.find("a.yaml -> ") < circle.find("b.yaml -> "));
    project.write("self.yaml", "extends: self.yaml\n");
    CHECK(project.complaints("self.yaml").find("a circle") != std::string::npos);

    const Project elsewhere;
    const auto target = elsewhere.path("tiny.yaml");
    CHECK(complaint_about(project, "extends: " + target.string() + "\n").find("an absolute path") != std::string::npos);
    const auto out = "../" + elsewhere.path("").parent_path().filename().string() + "/tiny.yaml";
    CHECK(complaint_about(project, "extends: " + out + "\n").find("which leads out") != std::string::npos);
    std::filesystem::create_symlink(target, project.path("link.yaml"));
    CHECK(complaint_about(project, "extends: link.yaml\n").find("which leads out") != std::string::npos);
    std::filesystem::create_directory_symlink(elsewhere.path(""), project.path("linked"));
    CHECK(complaint_about(project, "extends: linked/tiny.yaml\n").find("which leads out") != std::string::npos);
    std::filesystem::create_symlink(elsewhere.path("cercles.csv"), project.path("linked.csv"));
    CHECK(complaint_about(project, replaced(tiny_text(), "cercles.csv", "linked.csv")).find("which leads out") !=
          std::string::npos);

    CHECK(complaint_about(project, "extends: absent.yaml\n").find("'absent.yaml', which does not exist") !=
          std::string::npos);
    CHECK(complaint_about(project, "extends: {a: b}\n").find("extends: found a map") != std::string::npos);
    CHECK(complaint_about(project, "extends: [[tiny.yaml]]\n").find("extends: found a list") != std::string::npos);
    CHECK(complaint_about(project, "extends: ''\n").find("extends: found ''") != std::string::npos);
    CHECK(complaint_about(project, "extends: " + std::string(5000, 'x') + "\n").find("extends: found 'xxx") !=
          std::string::npos);
}

TEST_CASE("files below a folder called scenarios may reach all of it") {
    const Project project;
    for (const char* file : {"tiny.yaml", "cercles.csv", "border-zones.csv", "gazetteer.csv", "shares.csv"}) {
        project.write("scenarios/base/"s + file, tiny_text(file));
    }
    project.write("scenarios/mine/variant.yaml", "extends: ../base/tiny.yaml\ntitle: Variant\n");
    CHECK(project.read("scenarios/mine/variant.yaml").title == "Variant");
    project.write("scenarios/mine/variant.yaml", "extends: ../../tiny.yaml\n");
    CHECK(project.complaints("scenarios/mine/variant.yaml").find("which leads out") != std::string::npos);
}
