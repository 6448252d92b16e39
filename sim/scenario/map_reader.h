#pragma once
// Reads a map with known keys: reports what is missing, of the wrong type, or unknown.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/date.h"
#include "scenario/node.h"
#include "scenario/problems.h"

namespace sahelsim::scenario {

enum class Need { required, optional };

// Readings of one value; what is wrong goes to `problems` under `key`.
[[nodiscard]] std::optional<std::string> read_text(const Node& node, const std::string& key, Problems& problems);
[[nodiscard]] std::optional<double> read_number(const Node& node, const std::string& key, Problems& problems);
[[nodiscard]] std::optional<long> read_integer(const Node& node, const std::string& key, long lower, long upper,
                                               Problems& problems);
[[nodiscard]] std::optional<bool> read_boolean(const Node& node, const std::string& key, Problems& problems);
[[nodiscard]] std::optional<engine::Date> read_date(const Node& node, const std::string& key, Problems& problems);

class MapReader {
   public:
    /// `path` is the dotted name of the map, empty for a whole file. A node that is no map is reported and read as empty.
    MapReader(const Node& node, std::string path, Problems& problems);

    /// The value of a key, nullptr where it is missing (reported if required). The key counts as known from now on.
    const Node* find(const std::string& key, Need need = Need::optional);

    // Nothing where the value is missing or wrong. A required text must not be blank.
    std::optional<std::string> text(const std::string& key, Need need);
    std::optional<double> number(const std::string& key, Need need);
    std::optional<long> integer(const std::string& key, long lower, long upper, Need need);
    std::optional<bool> boolean(const std::string& key, Need need);
    std::optional<engine::Date> date(const std::string& key, Need need);

    /// A text that must be one of `names`; `expected` says of what kind ("a side (a key of 'sides')").
    std::optional<std::string> name_of(const std::string& key, const std::string& expected,
                                       const std::vector<std::string>& names, Need need);

    /// Reports every key that nobody asked for.
    void finish();

    [[nodiscard]] std::string path(const std::string& key) const { return path_.empty() ? key : path_ + "." + key; }
    [[nodiscard]] const Node& node() const { return node_; }
    [[nodiscard]] Location where() const { return node_.where.location(); }
    [[nodiscard]] Problems& problems() { return problems_; }

   private:
    const Node& node_;
    std::string path_;
    Problems& problems_;
    std::vector<std::string> known_;
};

/// Goes through a map of named things: `accept` says whether a key is a good name and `expected` what it should be;
/// `read` gets each good key and its value.
void for_each_named(const Node& node, const std::string& path, const std::string& expected, Problems& problems,
                    const std::function<bool(std::string_view)>& accept,
                    const std::function<void(const std::string&, const Node&)>& read);

}  // namespace sahelsim::scenario
