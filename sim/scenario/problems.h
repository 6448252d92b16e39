#pragma once
// Collects what is wrong while a scenario is read, so that all of it is reported in one go.

#include <string>
#include <vector>

#include "scenario/problem.h"

namespace sahelsim::scenario {

class Problems {
   public:
    void add(Problem problem);
    void add(Location where, std::string key, std::string found, std::string expected);

    /// A name that is none of `candidates`; `expected` says what they are ("a community"). `name` is shown in quotes.
    void unknown_name(Location where, std::string key, const std::string& name, const std::string& expected,
                      const std::vector<std::string>& candidates);

    [[nodiscard]] bool empty() const { return problems_.empty(); }

    /// A hostile file must not cost more than a thousand messages.
    [[nodiscard]] bool full() const { return problems_.size() >= most; }

    /// Looking for the nearest name takes time, which a file with hundreds of mistakes is not worth.
    [[nodiscard]] bool suggests() const { return problems_.size() < 200; }

    /// Throws InputError if there is any problem.
    void throw_if_any();

   private:
    static constexpr std::size_t most = 1000;
    std::vector<Problem> problems_;
    std::size_t left_out_ = 0;
};

/// Text of a file as it may stand in a message: in single quotes, cut short, control characters escaped.
[[nodiscard]] std::string in_quotes(std::string_view text);

}  // namespace sahelsim::scenario
