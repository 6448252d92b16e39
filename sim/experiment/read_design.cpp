// The design of a sweep: from the section `design` of its file to values of parameters.

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "experiment/designs.h"
#include "experiment/sweep_sections.h"
#include "scenario/map_reader.h"
#include "scenario/registry.h"
#include "scenario/scalars.h"

namespace sahelsim::experiment {

namespace {

using scenario::MapReader;
using scenario::Need;

constexpr std::array kKinds = {"single", "grid", "list", "random", "latin_hypercube", "sobol", "saltelli", "morris"};
static_assert(kKinds.size() == static_cast<std::size_t>(DesignKind::morris) + 1);

constexpr long most_points = 10'000'000;

const scenario::ParameterDeclaration& declaration_of(const Sweep& sweep, const Factor& factor) {
    const auto& scenario = sweep.arms[static_cast<std::size_t>(factor.first_arm())].scenario;
    return scenario.declarations[scenario.parameters.find(factor.parameter)->declaration];
}

/// Every combination of levels; the last factor changes fastest.
Eigen::ArrayXXd grid(const std::vector<std::vector<double>>& levels) {
    Eigen::Index points = 1;
    for (const auto& of_factor : levels) points *= static_cast<Eigen::Index>(of_factor.size());
    Eigen::ArrayXXd values(points, static_cast<Eigen::Index>(levels.size()));
    Eigen::Index stride = points;
    for (std::size_t f = 0; f < levels.size(); ++f) {
        const auto count = static_cast<Eigen::Index>(levels[f].size());
        stride /= count;
        for (Eigen::Index point = 0; point < points; ++point)
            values(point, static_cast<Eigen::Index>(f)) = levels[f][static_cast<std::size_t>(point / stride % count)];
    }
    return values;
}

class DesignReader {
   public:
    DesignReader(MapReader& map, const DesignFile& file, Sweep& sweep, scenario::Problems& problems)
        : map_(map), file_(file), sweep_(sweep), problems_(problems) {}

    void read() {
        const std::vector<std::string> kinds(kKinds.begin() + 1, kKinds.end());
        const auto name = map_.name_of("type", fmt::format("one of {}", fmt::join(kinds, ", ")), kinds, Need::required);
        if (!name) return;
        auto& design = sweep_.design;
        design.kind = static_cast<DesignKind>(std::find(kKinds.begin(), kKinds.end(), *name) - kKinds.begin());
        if (design.kind == DesignKind::list) {
            const auto* file = map_.find("file", Need::required);
            if (file != nullptr) read_point_list(*file, "design.file", file_, sweep_, problems_);
            return;
        }
        if (sweep_.factors.empty()) {
            if (problems_.empty()) problems_.add(map_.where(), "design", "nothing to vary", "parameters under 'vary'");
            return;
        }
        if (!problems_.empty()) return;
        if (design.kind == DesignKind::grid) return read_grid();
        read_points();
    }

   private:
    [[nodiscard]] int count(const std::string& key, long lower, Need need, long otherwise = 0) {
        return static_cast<int>(map_.integer(key, lower, most_points, need).value_or(otherwise));
    }

    void read_grid() {
        const int usual = count("levels", 1, Need::optional, 3);
        std::vector<std::vector<double>> all;
        double points = 1.0;
        for (const auto& factor : sweep_.factors) {
            all.push_back(levels(factor.distribution, factor.levels > 0 ? factor.levels : usual));
            points *= static_cast<double>(all.back().size());
        }
        if (points > static_cast<double>(most_points)) {
            problems_.add(map_.where(), "design", fmt::format("a grid of {:.3g} points", points),
                          fmt::format("at most {} points: fewer levels or factors", most_points));
            return;
        }
        sweep_.design.values = grid(all);
    }

    void read_points() {
        auto& design = sweep_.design;
        const auto factors = static_cast<int>(sweep_.factors.size());
        const auto seed = static_cast<std::uint64_t>(
            map_.integer("seed", 0, std::numeric_limits<long>::max(), Need::optional).value_or(1));
        if (design.kind == DesignKind::saltelli) return read_saltelli(factors, seed);
        if (design.kind == DesignKind::morris) return read_morris(factors, seed);
        const int points = count("points", 1, Need::required);
        if (points < 1 || too_many_for_sobol(factors)) return;
        if (design.kind == DesignKind::random) set_values(random_points(points, factors, seed));
        if (design.kind == DesignKind::latin_hypercube) set_values(latin_hypercube(points, factors, seed));
        if (design.kind == DesignKind::sobol) set_values(sobol_points(points, factors, seed));
    }

    bool too_many_for_sobol(int factors) {
        const int most =
            sweep_.design.kind == DesignKind::saltelli ? most_factors_of_sobol() / 2 : most_factors_of_sobol();
        if (factors <= most) return false;
        problems_.add(map_.where(), "vary", fmt::format("{} parameters", factors),
                      fmt::format("at most {}, for which there are Sobol directions", most));
        return true;
    }

    bool too_many_rows(int samples, int rows) {
        const double points = static_cast<double>(samples) * rows;
        if (points <= static_cast<double>(most_points)) return false;
        problems_.add(map_.where(), "design", fmt::format("{:.3g} points", points),
                      fmt::format("at most {}", most_points));
        return true;
    }

    void read_saltelli(int factors, std::uint64_t seed) {
        const int samples = count("samples", 1, Need::required);
        const bool second = map_.boolean("second_order", Need::optional).value_or(false);
        if (samples < 1 || too_many_for_sobol(factors) || too_many_rows(samples, second ? 2 * factors + 2 : factors + 2))
            return;
        const auto design = saltelli(samples, factors, seed, second);
        set_values(design.points);
        sweep_.design.blocks.clear();
        sweep_.design.exchanged.clear();
        for (const auto& row : design.rows) {
            sweep_.design.blocks.emplace_back(to_string(row.block));
            sweep_.design.exchanged.push_back(
                row.factor < 0 ? "" : sweep_.factors[static_cast<std::size_t>(row.factor)].parameter);
        }
    }

    void read_morris(int factors, std::uint64_t seed) {
        const int trajectories = count("trajectories", 1, Need::required);
        const int steps = count("levels", 2, Need::optional, 4);
        if (steps % 2 != 0) {
            problems_.add(map_.find("levels")->where.location(), "design.levels", fmt::to_string(steps),
                          "an even number");
            return;
        }
        if (trajectories > 0 && !too_many_rows(trajectories, factors + 1))
            set_values(morris(trajectories, factors, steps, seed));
    }

    /// From the unit cube to values.
    void set_values(const Points& points) {
        auto& values = sweep_.design.values;
        values.resize(points.rows(), points.cols());
        for (Eigen::Index f = 0; f < points.cols(); ++f) {
            const auto& distribution = sweep_.factors[static_cast<std::size_t>(f)].distribution;
            for (Eigen::Index p = 0; p < points.rows(); ++p) values(p, f) = quantile(distribution, points(p, f));
        }
        sweep_.design.blocks.assign(static_cast<std::size_t>(points.rows()), "");
        sweep_.design.exchanged = sweep_.design.blocks;
    }

    MapReader& map_;
    const DesignFile& file_;
    Sweep& sweep_;
    scenario::Problems& problems_;
};

/// Whole numbers for parameters that are such, and no value that makes no sense.
void fit_to_declarations(Sweep& sweep, const scenario::Location& where, scenario::Problems& problems) {
    auto& values = sweep.design.values;
    for (std::size_t f = 0; f < sweep.factors.size(); ++f) {
        const auto& factor = sweep.factors[f];
        const auto& declared = declaration_of(sweep, factor);
        auto column = values.col(static_cast<Eigen::Index>(f));
        const bool given =
            sweep.design.kind == DesignKind::list || factor.distribution.kind == DistributionKind::discrete;
        if (declared.type == scenario::ParameterType::integer) {
            if (given && (column != column.round()).any())
                problems.add(where, "vary." + factor.parameter, "values that are no whole numbers", "whole numbers");
            column = column.round();
        }
        if (column.size() == 0 || (column >= declared.lower && column <= declared.upper).all()) continue;
        problems.add(where, "vary." + factor.parameter,
                     fmt::format("values from {} to {}", scenario::number_text(column.minCoeff()),
                                 scenario::number_text(column.maxCoeff())),
                     fmt::format("values from {} to {} {}", scenario::number_text(declared.lower),
                                 scenario::number_text(declared.upper), declared.unit));
    }
}

}  // namespace

std::string_view to_string(DesignKind kind) {
    return kKinds.at(static_cast<std::size_t>(kind));
}

const scenario::ParameterRecord* find_parameter(const scenario::Scenario& scenario, const std::string& name,
                                                const scenario::Location& where, const std::string& key,
                                                scenario::Problems& problems) {
    const auto* record = scenario.parameters.find(name);
    if (record != nullptr) return record;
    problems.add(scenario::missing_record(scenario, name, where, key));
    return nullptr;
}

void read_design(const DesignSections& sections, const scenario::Location& where, const DesignFile& file, Sweep& sweep,
                 scenario::Problems& problems) {
    auto& design = sweep.design;
    const auto* node = sections.design != nullptr ? sections.design : sections.draws;
    if (sections.design != nullptr && sections.draws != nullptr) {
        problems.add(sections.draws->where.location(), "draws", "this key beside 'design'", "one of the two");
    } else if (sections.draws != nullptr) {
        design.kind = DesignKind::list;
        read_point_list(*sections.draws, "draws", file, sweep, problems);
    } else if (sections.design != nullptr) {
        MapReader map(*sections.design, "design", problems);
        DesignReader(map, file, sweep, problems).read();
        if (problems.empty()) map.finish();
    } else {
        if (!sweep.factors.empty())
            problems.add(where, "design", "nothing", "this key: which values the parameters under 'vary' take together");
        design.values.resize(1, 0);
    }
    if (!problems.empty()) return;
    design.blocks.resize(static_cast<std::size_t>(design.points()));
    design.exchanged.resize(static_cast<std::size_t>(design.points()));
    fit_to_declarations(sweep, node != nullptr ? node->where.location() : where, problems);
}

}  // namespace sahelsim::experiment
