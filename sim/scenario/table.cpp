#include "scenario/table.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "scenario/file_text.h"
#include "scenario/map_reader.h"
#include "scenario/scalars.h"

namespace sahelsim::scenario {

namespace {

void read_file(const Node& node, const std::string& key, const std::vector<std::string>& columns, Context& context,
               const std::function<void(const std::vector<Field>&)>& read) {
    const auto from = context.files.find(*node.where.file);
    if (from == context.files.end()) throw std::logic_error("a table named by an unknown file");
    const auto file = named_file(from->second, node, key, false, context.problems);
    if (file.path.empty()) return;
    try {
        read_csv(read_text_file(file.path, file.shown), file.shown, columns, context.problems, read);
    } catch (const InputError& error) {
        for (auto problem : error.problems()) {
            problem.key = fmt::format("named at {}:{} as {}", *node.where.file, node.where.line, key);
            context.problems.add(problem);
        }
    }
}

void read_inline(const Node& list, const std::string& key, const std::vector<std::string>& columns, Context& context,
                 const std::function<void(const std::vector<Field>&)>& read) {
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        MapReader map(list.items[i], fmt::format("{}[{}]", key, i + 1), context.problems);
        std::vector<Field> fields;
        for (const auto& column : columns) {
            const auto text = map.text(column, Need::optional);
            const auto* value = map.find(column, Need::required);
            if (text) fields.push_back({*text, value->where});
        }
        map.finish();
        if (fields.size() == columns.size()) read(fields);
    }
}

}  // namespace

const Field& Row::field(const std::string& column) const {
    const auto it = std::find(columns_.begin(), columns_.end(), column);
    if (it == columns_.end()) throw std::logic_error("no column " + column);
    return fields_[static_cast<std::size_t>(it - columns_.begin())];
}

double Row::number(const std::string& column, double lower, double upper) {
    const auto value = parse_number(text(column));
    if (value && *value >= lower && *value <= upper) return *value;
    problems_.add(where(column), column, in_quotes(text(column)),
                  fmt::format("a number from {} to {}", number_text(lower), number_text(upper)));
    return 0.0;
}

long Row::integer(const std::string& column, long lower, long upper) {
    const auto value = parse_integer(text(column));
    if (value && *value >= lower && *value <= upper) return *value;
    problems_.add(where(column), column, in_quotes(text(column)),
                  fmt::format("a whole number from {} to {}", lower, upper));
    return 0;
}

std::vector<std::string> Row::list(const std::string& column) const {
    std::vector<std::string> parts;
    std::string_view rest = text(column);
    while (!rest.empty()) {
        const auto end = rest.find(';');
        parts.emplace_back(rest.substr(0, end));
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
    }
    return parts;
}

void for_each_row(const Node& node, const std::string& key, const std::vector<std::string>& columns, Context& context,
                  const std::function<void(Row&)>& read) {
    const auto read_fields = [&](const std::vector<Field>& fields) {
        Row row(columns, fields, context.problems);
        read(row);
    };
    if (node.is_sequence()) {
        read_inline(node, key, columns, context, read_fields);
    } else if (node.is_scalar()) {
        read_file(node, key, columns, context, read_fields);
    } else {
        context.problems.add(node.where.location(), key, node.describe(), "the name of a CSV file, or a list of rows");
    }
}

}  // namespace sahelsim::scenario
