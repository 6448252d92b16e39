// Points of a design that a CSV file lists, as 'sahelsim design --points' prints them.

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "experiment/sweep_sections.h"
#include "scenario/csv.h"
#include "scenario/file_text.h"
#include "scenario/scalars.h"

namespace sahelsim::experiment {

namespace {

const std::string kPointColumn = "point";

std::vector<std::string> header_of(const std::string& text) {
    const auto line = std::string_view(text).substr(0, text.find_first_of("\r\n"));
    std::vector<std::string> columns;
    for (std::size_t begin = 0; begin <= line.size();) {
        const auto end = std::min(line.find(',', begin), line.size());
        columns.emplace_back(line.substr(begin, end - begin));
        begin = end + 1;
    }
    return columns;
}

/// One factor for each column; whether all columns name one.
bool add_factors(const std::vector<std::string>& columns, const std::string& shown, Sweep& sweep,
                 scenario::Problems& problems) {
    std::set<std::string> seen;
    for (const auto& column : columns) {
        const scenario::Location where{shown, 1, 1};
        if (!seen.insert(column).second)
            problems.add(where, column, "a second column of this name", "each parameter once");
        for (const auto& arm : sweep.arms) {
            const auto* record = find_parameter(arm.scenario, column, where, column, problems);
            if (record == nullptr) return false;
            if (&arm == &sweep.arms.front()) sweep.factors.push_back({column, distribution_of(*record), 0, {}});
        }
    }
    return problems.empty();
}

/// [point][factor], row by row; `first`: column of the first factor.
std::vector<std::vector<double>> read_rows(const std::string& text, const std::string& shown,
                                           const std::vector<std::string>& columns, std::size_t first,
                                           scenario::Problems& problems) {
    std::vector<std::vector<double>> rows;
    scenario::read_csv(text, shown, columns, problems, [&](const auto& fields) {
        auto& row = rows.emplace_back();
        for (std::size_t f = first; f < fields.size(); ++f) {
            const auto value = scenario::parse_number(fields[f].text);
            if (!value) {
                problems.add(fields[f].where.location(), columns[f], scenario::in_quotes(fields[f].text), "a number");
            }
            row.push_back(value.value_or(0.0));
        }
    });
    if (rows.empty() && problems.empty()) problems.add({shown, 0, 0}, "", "no points", "one point a line");
    return rows;
}

}  // namespace

void read_point_list(const scenario::Node& name, const std::string& key, const DesignFile& file, Sweep& sweep,
                     scenario::Problems& problems) {
    if (!sweep.factors.empty()) {
        problems.add(name.where.location(), "vary", "parameters beside a list of points",
                     "no 'vary': the columns of the file are what varies");
        return;
    }
    scenario::ProjectFile csv{file.copy, {}, {}, file.copy.string()};
    if (file.copy.empty()) csv = scenario::named_file(file.sweep, name, key, false, problems);
    if (csv.path.empty()) return;
    sweep.points_text = scenario::read_text_file(csv.path, csv.shown);
    const auto columns = header_of(sweep.points_text);
    const std::size_t first = columns.front() == kPointColumn ? 1 : 0;
    const std::vector<std::string> parameters(columns.begin() + static_cast<std::ptrdiff_t>(first), columns.end());
    if (!add_factors(parameters, csv.shown, sweep, problems)) return;
    const auto rows = read_rows(sweep.points_text, csv.shown, columns, first, problems);
    auto& values = sweep.design.values;
    values.resize(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(parameters.size()));
    for (std::size_t p = 0; p < rows.size(); ++p) {
        for (std::size_t f = 0; f < rows[p].size(); ++f)
            values(static_cast<Eigen::Index>(p), static_cast<Eigen::Index>(f)) = rows[p][f];
    }
}

}  // namespace sahelsim::experiment
