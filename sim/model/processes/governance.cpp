#include "model/processes/governance.h"

#include <algorithm>
#include <cmath>

#include "engine/date.h"
#include "engine/mathematics.h"
#include "model/governance.h"
#include "model/tally.h"

namespace sahelsim::model {

namespace {

int authority_of(const Actors& actors, int faction) {
    return actors.authority[static_cast<std::size_t>(actors.organisation_of[static_cast<std::size_t>(faction)])];
}

bool has_ideology(const State& state, int faction) {
    return state.parameters.governance.ideology[static_cast<std::size_t>(faction)] > 0.0;
}

/// Threat to the state's agents in a commune, 0 ... 1.
double threat_to_agents(const Setup& setup, const State& state, int commune, int threatened) {
    const auto& actors = setup.actors;
    double fighters = 0.0;
    double control = 0.0;
    std::int64_t counted = 0;  // authorities, as bits
    for (int f = 0; f < actors.factions(); ++f) {
        if (!has_ideology(state, f)) continue;
        const int organisation = actors.organisation_of[static_cast<std::size_t>(f)];
        const double hostility = std::max(0.0, -state.relations.at(setup, commune, organisation, threatened));
        fighters += hostility * static_cast<double>(state.presence.of_faction(commune, f));
        const int authority = actors.authority[static_cast<std::size_t>(organisation)];
        if (authority < 0 || (counted >> authority & 1) != 0) continue;
        counted |= std::int64_t{1} << authority;
        control += hostility * state.control.share(commune, authority);
    }
    const double near = fighters / (fighters + state.parameters.governance.threat_half);
    return 1.0 - (1.0 - std::min(1.0, control)) * (1.0 - near);
}

struct PostRates {
    double filled = 0.0;  ///< 1/year, of an empty post
    double left = 0.0;    ///< 1/year, of a filled one

    [[nodiscard]] double after(double years, double share) const {
        const double rate = filled + left;
        if (rate <= 0.0) return share;
        const double settled = filled / rate;
        return settled + (share - settled) * engine::exponential(-rate * years);
    }
};

PostRates rates_of_posts(const Setup& setup, const State& state, int commune, int organisation) {
    const auto& p = state.parameters.governance;
    const int authority = setup.actors.authority[static_cast<std::size_t>(organisation)];
    return {p.agents_return * state.control.share(commune, authority),
            p.agents_leave * threat_to_agents(setup, state, commune, organisation)};
}

struct SchoolRates {
    double close = 0.0;   ///< 1/year, of an open school
    double reopen = 0.0;  ///< 1/year, of a closed one
};

SchoolRates rates_of_schools(const Setup& setup, const State& state, int commune) {
    const auto& p = state.parameters.governance;
    const double strict = strict_rule(setup, state, commune);
    const double agents = state.governance.agents[static_cast<std::size_t>(commune)];
    return {p.schools_close * strict + p.schools_abandoned * (1.0 - agents), p.schools_reopen * (1.0 - strict)};
}

void close_and_open_schools(const Setup& setup, const Step& step, double years, State& state) {
    auto& g = state.governance;
    for (int i = 0; i < setup.communes(); ++i) {
        const auto place = static_cast<std::size_t>(i);
        if (g.schools[place] == 0) continue;
        const SchoolRates rates = rates_of_schools(setup, state, i);
        auto draws =
            stream(state.random, Process::governance, static_cast<std::uint64_t>(step.day), setup.place_key[place]);
        const int closing = engine::draw_binomial(draws, g.schools[place] - g.closed[place],
                                                  engine::event_probability(rates.close, years));
        const int opening =
            engine::draw_binomial(draws, g.closed[place], engine::event_probability(rates.reopen, years));
        g.closed[place] += closing - opening;
    }
}

/// A faction's part of what its authority has in a commune: by presence; nobody there has nothing.
class PartOfRule {
   public:
    PartOfRule(const Setup& setup, const State& state, int commune) : setup_(setup), state_(state), commune_(commune) {
        present_.setZero(setup.actors.authorities);
        for (int f = 0; f < setup.actors.factions(); ++f) {
            const int authority = authority_of(setup.actors, f);
            if (authority >= 0) present_(authority) += felt(f);
        }
    }
    /// Control that the faction holds, 0 ... 1.
    [[nodiscard]] double of(int faction) const {
        const int authority = authority_of(setup_.actors, faction);
        if (authority < 0 || present_(authority) <= 0.0) return 0.0;
        return state_.control.share(commune_, authority) * felt(faction) / present_(authority);
    }

   private:
    [[nodiscard]] double felt(int faction) const {
        return static_cast<double>(state_.presence.of_faction(commune_, faction));
    }
    const Setup& setup_;
    const State& state_;
    int commune_;
    Eigen::ArrayXd present_;
};

/// What a faction hears from those whom it rules in a zone.
struct Complaint {
    double grievance = 0.0;  ///< weighted sum
    double weight = 0.0;

    [[nodiscard]] double mean() const { return weight > 0.0 ? grievance / weight : 0.0; }
};

void hear(const Setup& setup, const State& state, int commune, int faction, double rule, Complaint& complaint) {
    const auto& actors = setup.actors;
    const auto& affinity = state.parameters.factions[static_cast<std::size_t>(faction)].affinity;
    const int side = actors.side[static_cast<std::size_t>(actors.organisation_of[static_cast<std::size_t>(faction)])];
    for (int g = 0; g < setup.communities(); ++g) {
        const auto residents = static_cast<double>(state.cohorts.residents_of(commune, g));
        if (residents <= 0.0) continue;
        const double voice =
            1.0 + state.parameters.governance.own_voice * std::max(0.0, affinity[static_cast<std::size_t>(g)]);
        const auto cell = static_cast<Eigen::Index>(state.cohorts.cell(commune, g));
        const double weight = rule * residents * voice;
        complaint.grievance += weight * static_cast<double>(state.attitudes.grievance(cell, side));
        complaint.weight += weight;
    }
}

/// What a faction would choose now, 0 ... 1.
double best_response(const GovernanceParameters& p, int faction, double grievance) {
    const double ideology = p.ideology[static_cast<std::size_t>(faction)];
    const double motive = p.choice_precision * (ideology - p.consent_weight * grievance);
    return 1.0 / (1.0 + engine::exponential(-motive));
}

/// Strictness and zakat: both need who rules where.
void rule_and_tax(const Setup& setup, const Step& step, double years, State& state) {
    static const std::size_t zakat = outcome_index("zakat");
    const auto& p = state.parameters.governance;
    const int factions = setup.actors.factions();
    std::vector<Complaint> complaints(static_cast<std::size_t>(setup.zones() * factions));
    auto& taken = state.governance.zakat_of_month;
    std::fill(taken.begin(), taken.end(), 0.0);
    for (int i = 0; i < setup.communes(); ++i) {
        const PartOfRule rule(setup, state, i);
        const auto first = static_cast<std::size_t>(i * state.cohorts.livelihoods);
        double owners = 0.0;  // of herds and fields
        for (const int livelihood : {setup.farmer, setup.herder}) {
            if (livelihood >= 0)
                owners +=
                    static_cast<double>(state.cohorts.livelihood_people[first + static_cast<std::size_t>(livelihood)]);
        }
        const int zone = setup.zone_of[static_cast<std::size_t>(i)];
        for (int f = 0; f < factions; ++f) {
            if (!has_ideology(state, f)) continue;
            const double part = rule.of(f);
            if (part <= 0.0) continue;
            hear(setup, state, i, f, part, complaints[static_cast<std::size_t>(zone * factions + f)]);
            const double levied = p.payers_share * owners * p.zakat_rate * years * part;
            taken[static_cast<std::size_t>(f)] += levied;
            add_to_tally(setup, state, zakat, step.date, i, authority_of(setup.actors, f), 0, levied);
        }
    }
    const double keep = engine::exponential(-years * engine::days_per_year / p.strictness_time);
    for (int z = 0; z < setup.zones(); ++z) {
        for (int f = 0; f < factions; ++f) {
            if (!has_ideology(state, f)) continue;
            const double chosen = best_response(p, f, complaints[static_cast<std::size_t>(z * factions + f)].mean());
            double& strictness = state.governance.strictness(z, f);
            strictness = chosen + (strictness - chosen) * keep;
        }
    }
}

}  // namespace

void begin_governance(const Setup& setup, State& state) {
    const auto& p = state.parameters.governance;
    auto& g = state.governance;
    const auto communes = static_cast<std::size_t>(setup.communes());
    g.agents.assign(communes, 0.0);
    g.schools.assign(communes, 0);
    g.closed.assign(communes, 0);
    g.zakat_of_month.assign(static_cast<std::size_t>(setup.actors.factions()), 0.0);
    g.strictness.setZero(setup.zones(), setup.actors.factions());
    for (int f = 0; f < setup.actors.factions(); ++f) {
        if (has_ideology(state, f)) g.strictness.col(f) = best_response(p, f, 0.0);
    }
    g.effort.setZero(setup.communes(), setup.actors.authorities);
    for (int a = 0; a < setup.actors.authorities; ++a) g.effort.col(a) = p.usual_effort[static_cast<std::size_t>(a)];
    const int organisation = state_organisation(setup.actors);
    for (int i = 0; i < setup.communes(); ++i) {
        const auto place = static_cast<std::size_t>(i);
        if (organisation >= 0) {
            const PostRates rates = rates_of_posts(setup, state, i, organisation);
            g.agents[place] = rates.filled > 0.0 ? rates.filled / (rates.filled + rates.left) : 0.0;
        }
        g.schools[place] = static_cast<std::int32_t>(
            std::lround(static_cast<double>(state.cohorts.residents_of(i)) / p.residents_per_school));
        const SchoolRates rates = rates_of_schools(setup, state, i);
        const double both = rates.close + rates.reopen;
        if (both > 0.0)
            g.closed[place] = static_cast<std::int32_t>(
                std::lround(g.schools[place] * rates.close / both * engine::event_probability(both, p.years_before)));
    }
}

void update_effort(const Setup& setup, const Step& step, double days, State& state) {
    const auto& p = state.parameters.governance;
    const auto& units = state.units;
    Eigen::ArrayXXi governing = Eigen::ArrayXXi::Zero(setup.communes(), setup.actors.authorities);
    for (int u = 0; u < units.size(); ++u) {
        const auto i = static_cast<std::size_t>(u);
        const int authority = setup.actors.authority[static_cast<std::size_t>(units.organisation[i])];
        const bool there = units.action[i] == Action::govern && units.arrival[i] <= step.day;
        if (authority >= 0 && there && units.place[i] < setup.communes())
            governing(units.place[i], authority) += units.strength(u);
    }
    const double keep = engine::exponential(-days / p.effort_time);
    const Eigen::ArrayXXd members = governing.cast<double>();
    state.governance.effort = keep * state.governance.effort + (1.0 - keep) * members / (members + p.effort_half);
}

void govern(const Setup& setup, const Step& step, double years, State& state) {
    const int organisation = state_organisation(setup.actors);
    if (organisation >= 0) {
        for (int i = 0; i < setup.communes(); ++i) {
            double& agents = state.governance.agents[static_cast<std::size_t>(i)];
            agents = rates_of_posts(setup, state, i, organisation).after(years, agents);
        }
    }
    rule_and_tax(setup, step, years, state);
    close_and_open_schools(setup, step, years, state);
}

}  // namespace sahelsim::model
