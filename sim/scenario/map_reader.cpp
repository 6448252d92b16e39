#include "scenario/map_reader.h"

#include <algorithm>

#include <fmt/format.h>

#include "scenario/scalars.h"

namespace sahelsim::scenario {

namespace {

std::string found(const Node& node) {
    return node.is_scalar() && node.quoted ? "text " + node.describe() : node.describe();
}

void wrong(const Node& node, const std::string& key, const std::string& expected, Problems& problems) {
    problems.add(node.where.location(), key, found(node), expected);
}

/// The text of an unquoted scalar; quotes make a text of what looks like a number.
std::optional<std::string_view> plain(const Node& node) {
    if (!node.is_scalar() || node.quoted) return std::nullopt;
    return node.text;
}

}  // namespace

std::optional<std::string> read_text(const Node& node, const std::string& key, Problems& problems) {
    if (node.is_scalar()) return node.text;
    wrong(node, key, "a text", problems);
    return std::nullopt;
}

std::optional<double> read_number(const Node& node, const std::string& key, Problems& problems) {
    const auto text = plain(node);
    const auto value = text ? parse_number(*text) : std::nullopt;
    if (!value) wrong(node, key, "a finite number such as 12, 0.5 or 1e-3", problems);
    return value;
}

std::optional<long> read_integer(const Node& node, const std::string& key, long lower, long upper, Problems& problems) {
    const auto text = plain(node);
    const auto value = text ? parse_integer(*text) : std::nullopt;
    if (value && *value >= lower && *value <= upper) return value;
    wrong(node, key, fmt::format("a whole number from {} to {}", lower, upper), problems);
    return std::nullopt;
}

std::optional<bool> read_boolean(const Node& node, const std::string& key, Problems& problems) {
    const auto text = plain(node);
    const auto value = text ? parse_boolean(*text) : std::nullopt;
    if (!value) wrong(node, key, "true or false", problems);
    return value;
}

std::optional<engine::Date> read_date(const Node& node, const std::string& key, Problems& problems) {
    const auto date = node.is_scalar() ? engine::parse_date(node.text) : std::nullopt;
    if (!date) wrong(node, key, "a day of the calendar as YYYY-MM-DD", problems);
    return date;
}

MapReader::MapReader(const Node& node, std::string path, Problems& problems)
    : node_(node), path_(std::move(path)), problems_(problems) {
    if (!node.is_map()) wrong(node, path_, "a map (key: value)", problems);
}

const Node* MapReader::find(const std::string& key, Need need) {
    if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.push_back(key);
    const auto* value = node_.find(key);
    if (value == nullptr && need == Need::required && node_.is_map()) {
        problems_.add(where(), path(key), "nothing", "this key: it is required");
    }
    return value;
}

std::optional<std::string> MapReader::text(const std::string& key, Need need) {
    const auto* value = find(key, need);
    if (value == nullptr) return std::nullopt;
    auto text = read_text(*value, path(key), problems_);
    if (text && need == Need::required && text->find_first_not_of(" \t\n") == std::string::npos) {
        problems_.add(value->where.location(), path(key), "an empty text", "a text");
        return std::nullopt;
    }
    return text;
}

std::optional<double> MapReader::number(const std::string& key, Need need) {
    const auto* value = find(key, need);
    return value != nullptr ? read_number(*value, path(key), problems_) : std::nullopt;
}

std::optional<long> MapReader::integer(const std::string& key, long lower, long upper, Need need) {
    const auto* value = find(key, need);
    return value != nullptr ? read_integer(*value, path(key), lower, upper, problems_) : std::nullopt;
}

std::optional<bool> MapReader::boolean(const std::string& key, Need need) {
    const auto* value = find(key, need);
    return value != nullptr ? read_boolean(*value, path(key), problems_) : std::nullopt;
}

std::optional<engine::Date> MapReader::date(const std::string& key, Need need) {
    const auto* value = find(key, need);
    return value != nullptr ? read_date(*value, path(key), problems_) : std::nullopt;
}

std::optional<std::string> MapReader::name_of(const std::string& key, const std::string& expected,
                                              const std::vector<std::string>& names, Need need) {
    const auto* value = find(key, need);
    if (value == nullptr) return std::nullopt;
    auto name = read_text(*value, path(key), problems_);
    if (!name) return std::nullopt;
    if (std::find(names.begin(), names.end(), *name) != names.end()) return name;
    problems_.unknown_name(value->where.location(), path(key), *name, expected, names);
    return std::nullopt;
}

void MapReader::finish() {
    for (const auto& entry : node_.entries) {
        if (std::find(known_.begin(), known_.end(), entry.key) != known_.end()) continue;
        problems_.unknown_name(entry.where.location(), path_, entry.key,
                               fmt::format("one of the keys {}", fmt::join(known_, ", ")), known_);
    }
}

void for_each_named(const Node& node, const std::string& path, const std::string& expected, Problems& problems,
                    const std::function<bool(std::string_view)>& accept,
                    const std::function<void(const std::string&, const Node&)>& read) {
    if (!node.is_map()) return wrong(node, path, "a map (name: content)", problems);
    for (const auto& entry : node.entries) {
        if (accept(entry.key)) {
            read(entry.key, entry.value);
        } else {
            problems.add(entry.where.location(), path, "the name " + in_quotes(entry.key), expected);
        }
    }
}

}  // namespace sahelsim::scenario
