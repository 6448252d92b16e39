// Which parameters of a sweep vary, and over what.

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "experiment/sweep_sections.h"
#include "scenario/scalars.h"

namespace sahelsim::experiment {

namespace {

using scenario::MapReader;
using scenario::Need;
using scenario::Node;

class FactorReader {
   public:
    FactorReader(Sweep& sweep, scenario::Problems& problems) : sweep_(sweep), problems_(problems) {}

    void read(const Node& node) {
        const MapReader map(node, "vary", problems_);
        for (const auto& entry : node.entries) {
            const auto key = "vary." + entry.key;
            Factor factor;
            factor.parameter = entry.key;
            if (const auto* arms = entry.value.find("arms")) read_factor_arms(*arms, key + ".arms", factor);
            if (const auto* record = find_record(factor, entry.where.location(), key))
                read_factor(entry, *record, key, std::move(factor));
        }
    }

   private:
    /// Of the first arm concerned; all of them must have one.
    const scenario::ParameterRecord* find_record(const Factor& factor, const scenario::Location& where,
                                                 const std::string& key) {
        const scenario::ParameterRecord* first = nullptr;
        for (int a = 0; a < static_cast<int>(sweep_.arms.size()); ++a) {
            if (!factor.varies_in(a)) continue;
            const auto& scenario = sweep_.arms[static_cast<std::size_t>(a)].scenario;
            const auto* record = find_parameter(scenario, factor.parameter, where, key, problems_);
            if (record == nullptr) return nullptr;
            if (first == nullptr) first = record;
        }
        return first;
    }

    /// "range", the parameter's own, or a map.
    void read_factor(const scenario::Entry& entry, const scenario::ParameterRecord& record, const std::string& key,
                     Factor factor) {
        factor.distribution = distribution_of(record);
        if (entry.value.is_map()) {
            read_distribution(entry.value, key, factor);
        } else if (entry.value.text != "range") {
            problems_.add(entry.value.where.location(), key, entry.value.describe(),
                          "range, the parameter's own, or a map as in {distribution: uniform, low: 0, high: 1}");
        }
        if (const auto fault = fault_of(factor.distribution); !fault.empty())
            problems_.add(entry.value.where.location(), key, describe(factor.distribution), fault);
        check_start_only(factor, record, entry.where.location(), key);
        check_not_set(factor, entry.where.location(), key);
        check_bounds(factor, record, entry.value.where.location(), key);
        sweep_.factors.push_back(std::move(factor));
    }

    void read_distribution(const Node& node, const std::string& key, Factor& factor) {
        MapReader map(node, key, problems_);
        auto& d = factor.distribution;
        const auto kinds = distribution_names();
        if (const auto kind =
                map.name_of("distribution", fmt::format("one of {}", fmt::join(kinds, ", ")), kinds, Need::optional))
            d.kind = parse_distribution_kind(*kind).value_or(d.kind);
        const auto number = [&](const char* name, double& value, Need need) {
            value = map.number(name, need).value_or(value);
        };
        const bool bounded = d.kind != DistributionKind::discrete;
        if (d.kind == DistributionKind::normal) {
            d.low = -std::numeric_limits<double>::infinity();
            d.high = std::numeric_limits<double>::infinity();
            number("mean", d.mean, Need::required);
            number("deviation", d.deviation, Need::required);
        }
        if (bounded) number("low", d.low, Need::optional);
        if (bounded) number("high", d.high, Need::optional);
        if (d.kind == DistributionKind::triangular) {
            d.mode = std::clamp(d.mode, std::min(d.low, d.high), std::max(d.low, d.high));
            number("mode", d.mode, Need::optional);
        }
        if (d.kind == DistributionKind::beta) number("alpha", d.alpha, Need::required);
        if (d.kind == DistributionKind::beta) number("beta", d.beta, Need::required);
        if (!bounded) {
            d.values = numbers(map, "values", Need::required);
            d.weights = numbers(map, "weights", Need::optional);
        }
        constexpr long most_levels = 1000;
        factor.levels = static_cast<int>(map.integer("levels", 1, most_levels, Need::optional).value_or(0));
        map.find("arms");
        map.finish();
    }

    std::vector<double> numbers(MapReader& map, const std::string& key, Need need) {
        std::vector<double> all;
        const auto* node = map.find(key, need);
        if (node == nullptr) return all;
        if (!node->is_sequence())
            problems_.add(node->where.location(), map.path(key), node->describe(), "a list of numbers");
        for (const auto& item : node->items) {
            if (const auto value = scenario::read_number(item, map.path(key), problems_)) all.push_back(*value);
        }
        return all;
    }

    void read_factor_arms(const Node& node, const std::string& key, Factor& factor) {
        std::vector<std::string> names;
        for (const auto& arm : sweep_.arms) names.push_back(arm.name);
        if (!node.is_sequence() || node.items.empty())
            problems_.add(node.where.location(), key, node.describe(), "a list of arms");
        for (const auto& item : node.items) {
            const auto found = std::find(names.begin(), names.end(), item.text);
            if (found == names.end()) {
                problems_.unknown_name(item.where.location(), key, item.text,
                                       fmt::format("one of the arms {}", fmt::join(names, ", ")), names);
            } else {
                factor.arms.push_back(static_cast<int>(found - names.begin()));
            }
        }
    }

    [[nodiscard]] const scenario::ParameterDeclaration& declaration_of(const scenario::ParameterRecord& record) const {
        return sweep_.arms.front().scenario.declarations[record.declaration];  // the same in all scenarios
    }

    /// One value can't both be an arm's own and vary.
    void check_not_set(const Factor& factor, const scenario::Location& where, const std::string& key) {
        for (int a = 0; a < static_cast<int>(sweep_.arms.size()); ++a) {
            const auto& arm = sweep_.arms[static_cast<std::size_t>(a)];
            const bool set = std::any_of(arm.overrides.begin(), arm.overrides.end(),
                                         [&](const auto& override) { return override.name == factor.parameter; });
            if (!set || !factor.varies_in(a)) continue;
            problems_.add(where, key, fmt::format("a parameter that arm {} sets", arm.name),
                          "either: 'arms' here names the arms in which it varies");
        }
    }

    /// The ends have to make sense, not just the values that happen to be drawn.
    void check_bounds(const Factor& factor, const scenario::ParameterRecord& record, const scenario::Location& where,
                      const std::string& key) {
        const auto& declared = declaration_of(record);
        const auto [low, high] = ends_of(factor.distribution);
        const bool open = factor.distribution.kind == DistributionKind::normal;
        if (open || (low >= declared.lower && high <= declared.upper)) return;
        problems_.add(where, key, fmt::format("{} to {}", scenario::number_text(low), scenario::number_text(high)),
                      fmt::format("values from {} to {} {}", scenario::number_text(declared.lower),
                                  scenario::number_text(declared.upper), declared.unit));
    }

    /// Arms that share their past can differ only in what is read after it.
    void check_start_only(const Factor& factor, const scenario::ParameterRecord& record,
                          const scenario::Location& where, const std::string& key) {
        const auto& declared = declaration_of(record);
        if (!sweep_.branch || factor.arms.empty() || !declared.start_only) return;
        problems_.add(where, key, "a parameter that is read at the start only, in some arms",
                      "no 'arms' here, or no 'branch': arms that share their past share this value");
    }

    Sweep& sweep_;
    scenario::Problems& problems_;
};

}  // namespace

void read_factors(const Node& node, Sweep& sweep, scenario::Problems& problems) {
    FactorReader(sweep, problems).read(node);
}

}  // namespace sahelsim::experiment
