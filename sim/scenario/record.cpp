#include "scenario/record.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "scenario/map_reader.h"
#include "scenario/scalars.h"

namespace sahelsim::scenario {

namespace {

bool is_blank(const std::optional<Field>& field) {
    return !field || trimmed(field->text).empty();
}

/// Takes a number's text out of a record; text in quotes is no number, and is said to be so here.
std::optional<Field> number_field(const Node& node, const std::string& key, Problems& problems) {
    if (node.is_scalar() && !node.quoted) return Field{node.text, node.where};
    problems.add(node.where.location(), key, (node.is_scalar() ? "text " : "") + node.describe(), "a number");
    return std::nullopt;
}

void read_range(const Node& node, const std::string& key, RecordText& record, Problems& problems) {
    if (!node.is_sequence() || node.items.size() != 2) {
        problems.add(node.where.location(), key,
                     node.is_sequence() ? fmt::format("a list of {}", node.items.size()) : node.describe(),
                     "[low, high]");
        return;
    }
    record.low = number_field(node.items[0], key, problems);
    record.high = number_field(node.items[1], key, problems);
}

class RecordChecker {
   public:
    RecordChecker(const RecordText& text, const std::string& key, const ParameterDeclaration& declared,
                  Problems& problems)
        : text_(text), key_(key), declared_(declared), problems_(problems) {}

    ParameterRecord check(const std::vector<std::string>& sources) {
        record_.where = text_.where.location();
        record_.overridden = text_.overridden;
        const auto value = number(text_.value, "value");
        const auto low = number(text_.low, text_.low ? "range" : "");
        const auto high = number(text_.high, text_.high ? "range" : "");
        record_.value = value.value_or(0.0);
        record_.low = low.value_or(0.0);
        record_.high = high.value_or(0.0);
        if (low && high) check_range(value);
        check_unit();
        check_distribution(low.has_value());
        check_status();
        check_reference(sources);
        return std::move(record_);
    }

   private:
    [[nodiscard]] std::string path(const std::string& field) const { return key_ + "." + field; }
    [[nodiscard]] Location at(const std::optional<Field>& field) const {
        return field ? field->where.location() : record_.where;
    }

    void add(const std::optional<Field>& field, const std::string& name, const std::string& found,
             const std::string& expected) {
        problems_.add(at(field), path(name), found, expected);
    }

    std::optional<double> number(const std::optional<Field>& field, const std::string& name) {
        if (!field) return std::nullopt;  // reading the texts has reported it
        return read_declared_number(*field, false, path(name), declared_, problems_);
    }

    void check_range(std::optional<double> value) {
        const auto range = fmt::format("[{}, {}]", number_text(record_.low), number_text(record_.high));
        if (record_.low > record_.high) {
            add(text_.low, "range", range, "the lower end first");
        } else if (value && !record_.overridden && (*value < record_.low || *value > record_.high)) {
            add(text_.value, "value", number_text(*value), "a value inside its range " + range);
        }
    }

    void check_unit() {
        record_.unit = text_.unit ? text_.unit->text : "";
        if (!text_.unit || record_.unit == declared_.unit) return;
        add(text_.unit, "unit", in_quotes(record_.unit), fmt::format("the unit {}", in_quotes(declared_.unit)));
    }

    void check_distribution(bool has_range) {
        if (!text_.distribution) return;
        constexpr std::array all = {Distribution::uniform, Distribution::log_uniform, Distribution::triangular};
        if (!choose(*text_.distribution, "distribution", all, record_.distribution)) return;
        if (has_range && record_.distribution == Distribution::log_uniform && record_.low <= 0.0) {
            add(text_.distribution, "distribution",
                "log_uniform with a range that begins at " + number_text(record_.low), "a range above 0");
        }
    }

    void check_status() {
        constexpr std::array all = {Status::reported, Status::estimated, Status::assumed};
        if (text_.status) choose(*text_.status, "status", all, record_.status);
    }

    template <class Choice, std::size_t n>
    bool choose(const Field& field, const std::string& name, const std::array<Choice, n>& all, Choice& chosen) {
        std::vector<std::string> names;
        for (const auto choice : all) {
            if (to_string(choice) == field.text) {
                chosen = choice;
                return true;
            }
            names.emplace_back(to_string(choice));
        }
        problems_.unknown_name(field.where.location(), path(name), field.text,
                               fmt::format("one of {}", fmt::join(names, ", ")), names);
        return false;
    }

    void check_reference(const std::vector<std::string>& sources) {
        record_.source = text_.source ? text_.source->text : "";
        record_.place = text_.place ? text_.place->text : "";
        record_.note = text_.note ? text_.note->text : "";
        if (record_.status != Status::assumed) {
            const auto reason = fmt::format("since the status is {}", to_string(record_.status));
            if (is_blank(text_.source)) add(text_.source, "source", "nothing", "a source, " + reason);
            if (is_blank(text_.place)) add(text_.place, "place", "nothing", "the place in the source, " + reason);
        }
        if (!is_blank(text_.source) && !std::binary_search(sources.begin(), sources.end(), record_.source)) {
            problems_.unknown_name(at(text_.source), path("source"), record_.source, "a source (a key of 'sources')",
                                   sources);
        }
        if (text_.note && is_blank(text_.note)) add(text_.note, "note", "an empty text", "one sentence");
    }

    const RecordText& text_;
    const std::string& key_;
    const ParameterDeclaration& declared_;
    Problems& problems_;
    ParameterRecord record_;
};

}  // namespace

bool is_record(const Node& map) {
    return map.find("value") != nullptr || map.find("unit") != nullptr || map.find("range") != nullptr ||
           map.find("status") != nullptr || map.find("note") != nullptr;
}

RecordText read_record_text(const Node& node, const std::string& key, Problems& problems) {
    RecordText record;
    record.where = node.where;
    MapReader map(node, key, problems);
    const auto text = [&](const std::string& name, Need need) -> std::optional<Field> {
        const auto* field = map.find(name, need);
        if (field == nullptr) return std::nullopt;
        const auto content = read_text(*field, map.path(name), problems);
        return content ? std::optional<Field>({*content, field->where}) : std::nullopt;
    };
    if (const auto* value = map.find("value", Need::required))
        record.value = number_field(*value, map.path("value"), problems);
    record.unit = text("unit", Need::required);
    if (const auto* range = map.find("range", Need::required)) read_range(*range, map.path("range"), record, problems);
    record.distribution = text("distribution", Need::optional);
    record.status = text("status", Need::required);
    record.source = text("source", Need::optional);
    record.place = text("place", Need::optional);
    record.note = text("note", Need::required);
    record.overridden = map.boolean("overridden", Need::optional).value_or(false);
    map.finish();
    return record;
}

ParameterRecord check_record(const RecordText& text, const std::string& key, const ParameterDeclaration& declared,
                             const std::vector<std::string>& sources, Problems& problems) {
    return RecordChecker(text, key, declared, problems).check(sources);
}

std::optional<double> read_declared_number(const Field& field, bool quoted, const std::string& key,
                                           const ParameterDeclaration& declared, Problems& problems) {
    const auto value = quoted ? std::nullopt : parse_number(field.text);
    const bool whole = declared.type == ParameterType::integer;
    if (!value || (whole && std::floor(*value) != *value)) {
        problems.add(field.where.location(), key, (quoted ? "text " : "") + in_quotes(field.text),
                     whole ? "a whole number" : "a finite number such as 12, 0.5 or 1e-3");
        return std::nullopt;
    }
    if (*value < declared.lower || *value > declared.upper) {
        problems.add(field.where.location(), key, number_text(*value),
                     fmt::format("a number from {} to {} ({})", number_text(declared.lower),
                                 number_text(declared.upper), declared.unit));
        return std::nullopt;
    }
    return value;
}

}  // namespace sahelsim::scenario
