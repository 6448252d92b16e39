#pragma once
// What a strict YAML file says, as a tree of our own that knows where each thing stands.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/problem.h"

namespace sahelsim::scenario {

/// A place in a file that shares the file's name, so that a large tree stays small.
struct Position {
    std::shared_ptr<const std::string> file;
    int line = 0;
    int column = 0;

    [[nodiscard]] Location location() const { return {file ? *file : std::string{}, line, column}; }
};

struct Entry;

struct Node {
    enum class Kind { null, scalar, sequence, map };

    Kind kind = Kind::null;
    std::string text;     ///< of a scalar
    bool quoted = false;  ///< a scalar in quotes, or in a block: text, whatever it looks like
    Position where;
    std::vector<Node> items;     ///< of a sequence
    std::vector<Entry> entries;  ///< of a map, in the order of the file; keys are unique

    [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
    [[nodiscard]] bool is_sequence() const { return kind == Kind::sequence; }
    [[nodiscard]] bool is_map() const { return kind == Kind::map; }

    /// The value of a map's key; nullptr where there is none, or no map.
    [[nodiscard]] const Node* find(std::string_view key) const;
    [[nodiscard]] Node* find(std::string_view key);

    /// "nothing", "'text'", "a list", "a map": for messages.
    [[nodiscard]] std::string describe() const;
};

struct Entry {
    std::string key;
    Position where;  ///< of the key
    Node value;
};

}  // namespace sahelsim::scenario
