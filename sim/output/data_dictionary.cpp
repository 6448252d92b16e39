#include "output/data_dictionary.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "output/file.h"
#include "output/schema.h"

namespace sahelsim::output {

namespace {

class Page {
   public:
    void heading(std::string_view text) { text_ += fmt::format("\n## {}\n\n", text); }
    void paragraph(std::string_view text) { text_ += fmt::format("{}\n\n", text); }
    void table(const std::vector<std::string>& titles) {
        row(titles);
        row(std::vector<std::string>(titles.size(), "---"));
    }
    void row(const std::vector<std::string>& cells) { text_ += fmt::format("| {} |\n", fmt::join(cells, " | ")); }
    [[nodiscard]] const std::string& text() const { return text_; }

   private:
    std::string text_;
};

std::string code(std::string_view text) {
    return fmt::format("`{}`", text);
}

std::string list(const std::vector<std::string>& names) {
    return names.empty() ? "" : code(fmt::format("{}", fmt::join(names, ", ")));
}

/// "Members under arms. In the cercle of their base."
std::string sentence(const std::string& title, const std::string& comment) {
    auto text = title;
    if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    if (!text.empty() && text.back() != '.') text += '.';
    return comment.empty() ? text : fmt::format("{} {}", text, comment);
}

std::string meaning_of(const Variable& variable) {
    auto text = sentence(variable.long_name, variable.comment);
    if (variable.codes != Codes::none) text += fmt::format(" Codes: {}.", code(to_string(variable.codes)));
    return text;
}

std::string country_rule(const model::Outcome& outcome) {
    if (!outcome.by_cercle) return "country only";
    switch (outcome.national) {
        case model::National::sum:
            return "sum";
        case model::National::mean_by_residents:
            return "mean, weighted by residents";
        case model::National::none:
            break;
    }
    return "cercles only";
}

void write_introduction(Page& page) {
    page.paragraph("# Data dictionary");
    page.paragraph(
        "<!-- Written by docs/write_data_dictionary.cpp from the declarations in sim/output/schema.cpp, "
        "sim/output/event_columns.cpp and sim/model/outcomes.cpp. Change those, then: "
        "cmake --build --preset release --target update_data_dictionary -->");
    page.paragraph(
        fmt::format("Everything in a result file of `sahelsim`, layout version {}. How to open one: "
                    "[result-files.md](result-files.md). Names keep their meaning from release to release.",
                    schema_version));
    page.paragraph(
        "Numbers are little-endian, texts UTF-8 of variable length. Arrays are row-major with their dimensions in the "
        "order given; every dimension is an HDF5 dimension scale of its group. Variables carry `long_name`, `comment` "
        "and, where they have one, `units` (`1`: a number without unit). Coded variables carry `flag_values` and "
        "`flag_meanings`.");
}

void write_attributes(Page& page) {
    page.heading("Attributes of the file");
    page.table({"Attribute", "Meaning"});
    for (const auto& attribute : file_attributes()) page.row({code(attribute.name), attribute.comment});
}

void write_dimensions(Page& page) {
    page.heading("Dimensions");
    page.table({"Dimension", "Entries"});
    for (const auto& dimension : dimensions()) page.row({code(dimension.name), dimension.comment});
}

void write_outcomes(Page& page) {
    page.heading("Outcomes");
    page.paragraph(
        "Monthly series, in the group `/` with the dimensions `run, time` and in `/cercles` with `run, time, cercle`, "
        "followed by the axes below. A flow is summed over the month, a stock is the state on the month's last "
        "simulated day (attribute `kind`). \"Country\" says how the country's value comes from those of the cercles. "
        "What "
        "happens in a border zone abroad is counted under the first cercle that the zone touches.");
    page.paragraph(
        fmt::format("Counts are int64, shares float64. For runs that are not done they hold `_FillValue`, {} or "
                    "not-a-number; xarray shows both as NaN and therefore gives counts as float64.",
                    fill_value_of_counts));
    page.table({"Outcome", "Axes", "Unit", "Kind", "Country", "Meaning"});
    for (const auto& outcome : model::outcomes()) {
        std::vector<std::string> axes;
        for (const auto axis : outcome.axes) axes.emplace_back(model::to_string(axis));
        page.row({code(outcome.name), list(axes), outcome.unit,
                  outcome.kind == model::OutcomeKind::flow ? "flow" : "stock", country_rule(outcome),
                  sentence(outcome.long_name, outcome.description)});
    }
}

/// Outcomes have their own table, and the coordinates that /cercles repeats stand under /.
bool is_told_elsewhere(const Variable& variable) {
    if (variable.outcome >= 0) return true;
    const auto country = result_schema().variables_of("/");
    return variable.group == "/cercles" && std::any_of(country.begin(), country.end(), [&](const Variable& other) {
               return other.name == variable.name;
           });
}

void write_variables(Page& page, const std::vector<Variable>& variables) {
    page.table({"Variable", "Type", "Dimensions", "Unit", "Meaning"});
    for (const auto& variable : variables) {
        page.row({code(variable.name), to_string(variable.type), list(variable.dimensions), variable.units,
                  meaning_of(variable)});
    }
}

/// What the file of a sweep has otherwise than that of one scenario.
void write_sweep(Page& page) {
    const auto schema = sweep_schema({{"ARM"}, true, true});
    page.heading("The file of a sweep");
    page.paragraph(
        "`sahelsim sweep` and `sahelsim merge` write one file for all runs (sweeps.md). It has the groups above, but "
        "for "
        "these differences. The dimension `run` goes over arms, points and replicates; `point` is a row of `/design`. "
        "Series are there where the sweep keeps them, in `/` and `/cercles`; events likewise, in `/events` and "
        "`/communes`. `/parameters` and `/scenario` stand in `/arms/NAME`, once for each arm. The variable `message` "
        "of "
        "`/` says of a run that failed what went wrong.");
    page.table({"Attribute of the file", "Meaning"});
    for (const auto& attribute : sweep_attributes()) page.row({code(attribute.name), attribute.comment});
    for (const std::string path : {"/summary", "/design", "/sweep", "/runtime"}) {
        page.heading(fmt::format("Group `{}` of a sweep", path));
        for (const auto& group : schema.groups()) {
            if (group.path == path && path != "/runtime") page.paragraph(group.comment);
        }
        if (path == "/summary") {
            page.paragraph(
                "The outcomes of the country under their names, with the dimension `run` and their own, and the "
                "coordinates of runs and categories as under `/`.");
            continue;
        }
        write_variables(page, schema.variables_of(path));
    }
}

void write_group(Page& page, const Group& group) {
    page.heading(fmt::format("Group `{}`", group.path));
    page.paragraph(group.comment);
    if (group.path == "/") page.paragraph("Besides the outcomes above:");
    if (group.path == "/cercles") page.paragraph("Besides the outcomes above and all that stands under `/`:");
    auto variables = result_schema().variables_of(group.path);
    std::erase_if(variables, is_told_elsewhere);
    write_variables(page, variables);
}

/// "0 pending, 1 done, 2 stopped"
std::string numbered(Codes codes) {
    const auto names = meanings(codes, model::Labels{});
    std::vector<std::string> entries;
    for (std::size_t i = 0; i < names.size(); ++i) {
        entries.push_back(fmt::format("{} {}", first_code(codes) + static_cast<int>(i), code(names[i])));
    }
    return fmt::format("{}", fmt::join(entries, ", "));
}

void write_codes(Page& page) {
    page.heading("Codes");
    page.paragraph(
        "As in the attributes `flag_values` and `flag_meanings`. In `flag_meanings` an underscore stands for a blank.");
    page.table({"Codes", "Numbers and meanings"});
    for (int c = static_cast<int>(Codes::none) + 1; c <= static_cast<int>(Codes::community); ++c) {
        const auto codes = static_cast<Codes>(c);
        page.row({code(to_string(codes)), has_fixed_meanings(codes)
                                              ? numbered(codes)
                                              : "-1 `none`, from 0 the names of the scenario in their order"});
    }
}

}  // namespace

std::string data_dictionary() {
    Page page;
    write_introduction(page);
    write_attributes(page);
    write_dimensions(page);
    write_outcomes(page);
    for (const auto& group : result_schema().groups()) write_group(page, group);
    write_sweep(page);
    write_codes(page);
    auto text = page.text();
    // One blank line between blocks, none at the end.
    for (auto at = text.find("\n\n\n"); at != std::string::npos; at = text.find("\n\n\n", at)) text.erase(at, 1);
    return text;
}

}  // namespace sahelsim::output
