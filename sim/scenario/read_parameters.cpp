// The sections `parameters` and `parameter_tables`, file by file, and what the command line sets.

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "scenario/context.h"
#include "scenario/map_reader.h"
#include "scenario/record.h"
#include "scenario/registry.h"
#include "scenario/scalars.h"
#include "scenario/table.h"

namespace sahelsim::scenario {

namespace {

const std::vector<std::string> table_columns = {"name",         "value",  "unit",   "low",   "high",
                                                "distribution", "status", "source", "place", "note"};

/// What the files say of one name, the last word counting.
struct Statement {
    std::optional<RecordText> record;
    std::optional<Node> bare;  ///< a value alone, said after the record
};

class ParameterReader {
   public:
    explicit ParameterReader(Context& context)
        : context_(context),
          problems_(context.problems),
          placeholders_(context.scenario.placeholders()),
          registry_(context.vocabulary.declarations, placeholders_) {
        for (const auto& source : context.scenario.sources) sources_.push_back(source.id);
        std::sort(sources_.begin(), sources_.end());
    }

    void read(const std::vector<Layer>& layers) {
        main_file_ = layers.back().file.shown;
        for (const auto& layer : layers) {
            said_here_.clear();
            if (const auto* tables = layer.root.find("parameter_tables")) read_tables(*tables);
            if (const auto* parameters = layer.root.find("parameters")) read_group(*parameters, "");
        }
        // Records first: a bare value may take over the rest of a record of a wider scope.
        for (const auto& [name, statement] : statements_) {
            if (statement.record) put_record(name, *statement.record);
        }
        for (const auto& [name, statement] : statements_) {
            if (statement.bare) put_bare(name, *statement.bare);
        }
        check_required();
        check_community_shares();
    }

   private:
    static std::string key(const std::string& name) { return name.empty() ? "parameters" : "parameters." + name; }

    void read_tables(const Node& tables) {
        const auto read = [this](const Node& table) {
            for_each_row(table, "parameter_tables", table_columns, context_, [this](Row& row) { read_row(row); });
        };
        if (!tables.is_sequence()) {
            problems_.add(tables.where.location(), "parameter_tables", tables.describe(), "a list of CSV files");
            return;
        }
        for (const auto& table : tables.items) {
            if (table.is_scalar()) {
                read(table);
            } else {
                problems_.add(table.where.location(), "parameter_tables", table.describe(), "the name of a CSV file");
            }
        }
    }

    void read_row(Row& row) {
        const auto& name = row.text("name");
        if (!first_here(name, row.where())) return;
        RecordText record;
        record.where = row.field("name").where;
        const auto take = [&](std::optional<Field>& field, const std::string& column, Need need = Need::optional) {
            if (!row.text(column).empty()) {
                field = row.field(column);
            } else if (need == Need::required) {
                problems_.add(row.where(column), key(name) + "." + column, "nothing", "this field: every record has it");
            }
        };
        take(record.value, "value", Need::required);
        take(record.unit, "unit", Need::required);
        take(record.low, "low", Need::required);
        take(record.high, "high", Need::required);
        take(record.distribution, "distribution");
        take(record.status, "status", Need::required);
        take(record.source, "source");
        take(record.place, "place");
        take(record.note, "note", Need::required);
        statements_[name] = {std::move(record), std::nullopt};
    }

    void read_group(const Node& node, const std::string& name) {
        if (node.is_map() && is_record(node) && !name.empty()) {
            if (!first_here(name, node.where.location())) return;
            statements_[name] = {read_record_text(node, key(name), problems_), std::nullopt};
        } else if (node.is_map()) {
            for (const auto& entry : node.entries)
                read_group(entry.value, name.empty() ? entry.key : name + "." + entry.key);
        } else if (node.is_scalar() && !name.empty()) {
            if (first_here(name, node.where.location())) statements_[name].bare = node;
        } else {
            problems_.add(node.where.location(), key(name), node.describe(),
                          "a record (a map with value, unit, range, ...) or a number");
        }
    }

    /// Dotted keys can say the same name twice in one file without a repeated key.
    bool first_here(const std::string& name, const Location& where) {
        if (said_here_.insert(name).second) return true;
        problems_.add(where, key(name), "the parameter a second time in the same file", "each parameter once in a file");
        return false;
    }

    std::optional<std::size_t> declaration_of(const std::string& name, const Location& where) {
        const auto declaration = registry_.find(name);
        if (!declaration && !problems_.suggests()) {
            problems_.add(where, key(name), "the unknown parameter " + in_quotes(name), "a parameter of the program");
        } else if (!declaration) {
            problems_.add(registry_.unknown(name, where, key(name)));
        }
        return declaration;
    }

    void put_record(const std::string& name, const RecordText& text) {
        const auto declaration = declaration_of(name, text.where.location());
        if (!declaration) return;
        auto record =
            check_record(text, key(name), context_.vocabulary.declarations[*declaration], sources_, problems_);
        record.name = name;
        record.declaration = *declaration;
        context_.scenario.parameters.put(std::move(record));
    }

    void put_bare(const std::string& name, const Node& node) {
        const auto where = node.where.location();
        const auto declaration = declaration_of(name, where);
        if (!declaration) return;
        const auto* full = record_for(name, *declaration);
        if (full == nullptr) {
            problems_.add(where, key(name), "a value alone, and no record that it could change",
                          "a full record (value, unit, range, status, note)");
            return;
        }
        auto record = *full;
        const auto& declared = context_.vocabulary.declarations[*declaration];
        record.value = read_declared_number({node.text, node.where}, node.quoted, key(name), declared, problems_)
                           .value_or(record.value);
        record.name = name;
        record.status = Status::assumed;
        record.overridden = true;
        record.where = where;
        record.declaration = *declaration;
        context_.scenario.parameters.put(std::move(record));
    }

    /// The name's own record, or for an actor the one that it inherits.
    const ParameterRecord* record_for(const std::string& name, std::size_t declaration) const {
        const auto& parameters = context_.scenario.parameters;
        if (!registry_.is_of_actor(declaration)) return parameters.find(name);
        const auto dot = name.find('.');
        return parameters.find(context_.scenario.scopes(name.substr(0, dot)), name.substr(dot + 1));
    }

    void check_required() {
        for (const auto& declaration : context_.vocabulary.declarations) {
            if (!declaration.required || statements_.contains(declaration.pattern)) continue;
            if (declaration.pattern.find('{') != std::string::npos) continue;
            problems_.add({main_file_, 0, 0}, key(declaration.pattern), "no record", "one: the parameter is required");
        }
    }

    void check_community_shares() {
        constexpr double rounding = 1e-9;
        std::map<std::string, std::pair<double, Location>> sums;
        for (const auto& [name, record] : context_.scenario.parameters.records()) {
            const auto parts = split_name(name);
            const bool share = parts[0] == "community_share" || parts[0] == "community_share_of";
            if (!share || parts.size() != 3) continue;
            auto& [sum, where] = sums[parts[0] + "." + parts[1]];
            sum += record.value;
            where = record.where;
        }
        for (const auto& [place, entry] : sums) {
            if (entry.first <= 1.0 + rounding) continue;
            problems_.add(entry.second, key(place), fmt::format("shares that add up to {:.6g}", entry.first),
                          "at most 1");
        }
    }

    Context& context_;
    Problems& problems_;
    Placeholders placeholders_;
    Registry registry_;
    std::vector<std::string> sources_;
    std::map<std::string, Statement> statements_;
    std::set<std::string> said_here_;
    std::string main_file_;
};

}  // namespace

void read_parameters(const std::vector<Layer>& layers, Context& context) {
    ParameterReader(context).read(layers);
}

}  // namespace sahelsim::scenario
