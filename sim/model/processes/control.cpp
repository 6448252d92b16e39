#include "model/processes/control.h"

#include <cmath>
#include <utility>
#include <vector>

#include "engine/mathematics.h"

namespace sahelsim::model {

namespace {

using Table = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// [commune, authority]
Table spread_presence(const Setup& setup, const Step& step, const Parameters& parameters, const Kernel& kernel,
                      const Units& units) {
    // In whole thousandths of a fighter, so that the order of units is of no importance.
    using Whole = Eigen::Array<std::int64_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    Whole weighted = Whole::Zero(setup.places(), setup.actors.authorities);
    for (int u = 0; u < units.size(); ++u) {
        const auto i = static_cast<std::size_t>(u);
        const int authority = setup.actors.authority[static_cast<std::size_t>(units.organisation[i])];
        if (authority < 0 || units.latent_until[i] > step.day) continue;
        const double weight = parameters.factions[static_cast<std::size_t>(units.faction[i])].rule_weight *
                              parameters.control.presence[index(units.action[i])];
        weighted(units.place[i], authority) += std::llround(1000.0 * weight * units.strength(u));
    }
    Table felt = Table::Zero(setup.communes(), setup.actors.authorities);
    std::vector<std::pair<int, double>> there;  // authorities and their weighted fighters
    for (int from = 0; from < setup.places(); ++from) {
        there.clear();
        for (int a = 0; a < setup.actors.authorities; ++a) {
            if (weighted(from, a) != 0) there.emplace_back(a, static_cast<double>(weighted(from, a)) / 1000.0);
        }
        if (there.empty()) continue;
        kernel.for_each(setup, step.season, from, [&](int place, float weight) {
            if (place >= setup.communes()) return;
            for (const auto& [authority, fighters] : there)
                felt(place, authority) += static_cast<double>(weight) * fighters;
        });
    }
    return felt;
}

}  // namespace

void update_control(const Setup& setup, const Step& step, const Parameters& parameters, const Kernel& kernel,
                    const Sympathy& sympathy, const Units& units, double elapsed_days, Control& control,
                    const Eigen::ArrayXXd& bonus) {
    const auto& p = parameters.control;
    const Table felt = spread_presence(setup, step, parameters, kernel, units);
    const double keep = engine::exponential(-elapsed_days / p.relaxation_time);
    Eigen::ArrayXd weight, contest;
    for (int i = 0; i < setup.communes(); ++i) {
        weight = 1.0 + p.support_weight * sympathy.support.row(i).cast<double>();
        if (bonus.size() > 0) weight += bonus.row(i).transpose();
        contest = felt.row(i).transpose() * weight;
        contest(setup.actors.self_rule) += p.self_rule_presence;
        contest = contest.unaryExpr(
            [&p](double presence) { return presence > 0.0 ? engine::power(presence, p.exponent) : 0.0; });
        const double sum = contest.sum();
        // Where nobody is, and there is no self-rule either, things stay as they are.
        if (sum > 0.0) control.share.row(i) = keep * control.share.row(i) + (1.0 - keep) * (contest / sum).transpose();
    }
}

}  // namespace sahelsim::model
