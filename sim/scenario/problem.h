#pragma once
// What is wrong with a person's input, and where: the one way in which bad input is reported.

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace sahelsim::scenario {

/// A place in a file; line and column count from 1, 0 where unknown (a command-line override has no line).
struct Location {
    std::string file;
    int line = 0;
    int column = 0;
};

/// One thing that is wrong. `key` is the full dotted path of the entry; `nearest` the closest valid name, if any.
struct Problem {
    Location where;
    std::string key;
    std::string found;
    std::string expected;
    std::string nearest;
};

/// "file:line:column: key: found ..., expected ...; did you mean '...'?"
[[nodiscard]] std::string format_problem(const Problem& problem);

/// Thrown for bad input with every problem that was found; `what()` holds one line a problem.
class InputError : public std::runtime_error {
   public:
    explicit InputError(std::vector<Problem> problems);
    [[nodiscard]] const std::vector<Problem>& problems() const { return problems_; }

   private:
    std::vector<Problem> problems_;
};

/// The candidate closest to `name` by edit distance (Damerau-Levenshtein), or "" where none is close enough to be a typo.
[[nodiscard]] std::string nearest_name(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace sahelsim::scenario
