#pragma once
// The tiny scenario of tests/data/tiny in a folder of its own, to be changed by a test.

#include <filesystem>
#include <string>
#include <vector>

#include "scenario/scenario.h"

namespace sahelsim::test {

/// What a program with a handful of parameters would know.
[[nodiscard]] scenario::Vocabulary tiny_vocabulary();

[[nodiscard]] std::string tiny_text(const std::string& file = "tiny.yaml");

/// `text` with the first `from`, which must be there, replaced.
[[nodiscard]] std::string replaced(std::string text, const std::string& from, const std::string& to);

/// A copy of the tiny scenario, removed at the end.
class Project {
   public:
    Project();
    ~Project();
    Project(const Project&) = delete;
    Project& operator=(const Project&) = delete;

    [[nodiscard]] std::filesystem::path path(const std::string& file) const { return folder_ / file; }
    void write(const std::string& file, const std::string& text) const;

    [[nodiscard]] scenario::Scenario read(const std::string& file = "tiny.yaml",
                                          const std::vector<scenario::Override>& overrides = {}) const;

    /// What reading the file complains about, a line a problem; empty if it is fine.
    [[nodiscard]] std::string complaints(const std::string& file = "tiny.yaml",
                                         const std::vector<scenario::Override>& overrides = {}) const;

   private:
    std::filesystem::path folder_;
};

}  // namespace sahelsim::test
