#include "model/processes/record.h"

#include <algorithm>
#include <vector>

#include "engine/mathematics.h"
#include "model/accords.h"
#include "model/governance.h"
#include "model/groups.h"
#include "model/leadership.h"
#include "model/presence_class.h"
#include "model/tally.h"
#include "model/units.h"

namespace sahelsim::model {

namespace {

/// Indices of the outcomes, looked up by name once.
struct Index {
    std::size_t events = outcome_index("events_by_type");
    std::size_t deaths = outcome_index("deaths");
    std::size_t civilians_killed = outcome_index("civilians_killed");
    std::size_t civilians_injured = outcome_index("civilians_injured");
    std::size_t civilians_abducted = outcome_index("civilians_abducted");
    std::size_t killed_by_community = outcome_index("civilians_killed_by_community");
    std::size_t losses = outcome_index("losses");
    std::size_t actions = outcome_index("actions");
    std::size_t decisions = outcome_index("decisions");
    std::size_t units_touched = outcome_index("units_touched");
    std::size_t cohorts_touched = outcome_index("cohorts_touched");
    std::size_t population = outcome_index("population");
    std::size_t population_by_authority = outcome_index("population_by_authority");
    std::size_t control = outcome_index("control");
    std::size_t town_residents_held = outcome_index("town_residents_held");
    std::size_t presence_class = outcome_index("presence_class");
    std::size_t personnel = outcome_index("personnel");
    std::size_t largest_group = outcome_index("largest_group");
    std::size_t besieged = outcome_index("besieged_communes");
    std::size_t under_siege = outcome_index("people_under_siege");
    std::size_t hostages = outcome_index("hostages");
    std::size_t displaced = outcome_index("displaced");
    std::size_t displaced_from = outcome_index("displaced_from");
    std::size_t refugees = outcome_index("refugees");
    std::size_t grievance = outcome_index("grievance");
    std::size_t fear = outcome_index("fear");
    std::size_t hardship = outcome_index("hardship");
    std::size_t pasture_stress = outcome_index("pasture_stress");
    std::size_t land_disputes = outcome_index("land_disputes");
    std::size_t prisoners = outcome_index("prisoners");
    std::size_t units_formed = outcome_index("units_formed");
    std::size_t relation = outcome_index("relation");
    std::size_t legitimacy = outcome_index("legitimacy");
    std::size_t sanctions = outcome_index("sanctions");
    std::size_t protest = outcome_index("protest");
    std::size_t partner_phase = outcome_index("partner_phase");
    std::size_t cost_of_operations = outcome_index("cost_of_operations");
    std::size_t towns_held = outcome_index("towns_held");
    std::size_t dialogue_stage = outcome_index("dialogue_stage");
    std::size_t dialogue_support = outcome_index("dialogue_support");
    std::size_t dialogue_terms = outcome_index("dialogue_terms");
    std::size_t algiers_accord = outcome_index("algiers_accord");
    std::size_t state_agents = outcome_index("state_agents");
    std::size_t schools_closed = outcome_index("schools_closed");
    std::size_t strictness = outcome_index("strictness");
    std::size_t women_restricted = outcome_index("women_restricted");
    std::size_t market_access = outcome_index("market_access");
    std::size_t cohesion = outcome_index("cohesion");
    std::size_t accords_in_force = outcome_index("accords_in_force");
    std::size_t under_accord = outcome_index("residents_under_accord");
    std::size_t after_collapse = outcome_index("deaths_after_collapse");
};

const Index& indices() {
    static const Index all;
    return all;
}

class Recorder {
   public:
    Recorder(const Setup& setup, const Step& step, State& state)
        : setup_(setup),
          step_(step),
          state_(state),
          month_(engine::month_number(step.date) - setup.labels.first_month) {}

    void event(const Event& e) {
        const auto& k = indices();
        add(k.events, e.commune, static_cast<int>(e.type), 0, 1.0);
        if (e.subtype == EventSubtype::land_dispute) add(k.land_disputes, e.commune, 0, 0, 1.0);
        if (e.subtype == EventSubtype::group_formed) add(k.units_formed, e.commune, e.actor1, 0, 1.0);
        if (follows_collapse(e))
            add(k.after_collapse, e.commune, 0, 0, e.deaths_actor1 + e.deaths_actor2 + e.civilians_killed);
        const int civilians = static_cast<int>(setup_.labels.victim_sides.size()) - 1;
        const int side = e.actor1 < 0 ? -1 : setup_.actors.side[static_cast<std::size_t>(e.actor1)];
        if (e.actor2 >= 0 && side >= 0) {
            const int other = setup_.actors.side[static_cast<std::size_t>(e.actor2)];
            add(k.deaths, e.commune, side, other, e.deaths_actor2);
            add(k.deaths, e.commune, other, side, e.deaths_actor1);
            add(k.losses, e.commune, e.actor2, 0, e.deaths_actor2);
            add(k.losses, e.commune, e.actor1, 0, e.deaths_actor1);
        }
        if (side < 0) return;
        add(k.deaths, e.commune, side, civilians, e.civilians_killed);
        add(k.civilians_killed, e.commune, side, 0, e.civilians_killed);
        add(k.civilians_injured, e.commune, side, 0, e.civilians_injured);
        add(k.civilians_abducted, e.commune, side, 0, e.civilians_abducted);
        if (e.community >= 0) add(k.killed_by_community, e.commune, e.community, 0, e.civilians_killed);
    }

    void work(int decisions) {
        const auto& k = indices();
        add(k.decisions, 0, 0, 0, decisions);
        const auto touched = std::count(state_.units.touched.begin(), state_.units.touched.end(), step_.day);
        add(k.units_touched, 0, 0, 0, static_cast<double>(touched));
        add(k.cohorts_touched, 0, 0, 0, static_cast<double>(state_.cohorts.changes - state_.today.cohort_changes));
        for (const int u : state_.today.arrived) {
            const auto i = static_cast<std::size_t>(u);
            add(k.actions, state_.units.target[i], static_cast<int>(index(state_.units.action[i])), 0, 1.0);
        }
    }

    void people_and_control() {
        const auto& k = indices();
        const auto residents = residents_of_cercles();
        for (int i = 0; i < setup_.communes(); ++i) {
            const auto people = static_cast<double>(state_.cohorts.residents_of(i));
            const int ruler = ruler_of(state_.control, i);
            add(k.population, i, 0, 0, people);
            add(k.population_by_authority, i, ruler, 0, people);
            const auto shares = state_.control.share.row(i).transpose();
            if (residents[cercle(i)] > 0.0) add_row(k.control, i, people / residents[cercle(i)] * shares);
            if (!setup_.geography.places[static_cast<std::size_t>(i)].town) continue;
            add(k.towns_held, i, ruler, 0, 1.0);
            add_row(k.town_residents_held, i, people * shares);
        }
        const auto classes = presence_classes(setup_, step_, state_);
        for (int c = 0; c < static_cast<int>(setup_.geography.cercles.size()); ++c) {
            const int seat = setup_.geography.seat[static_cast<std::size_t>(c)];
            add_row(k.presence_class, seat, classes.row(c).transpose().cast<double>());
        }
    }

    void the_displaced() {
        const auto& k = indices();
        const auto& displacement = state_.displacement;
        for (int i = 0; i < setup_.communes(); ++i) {
            add(k.displaced, i, 0, 0, static_cast<double>(displacement.hosted[static_cast<std::size_t>(i)]));
            double away = 0.0;
            double abroad = 0.0;
            for (int g = 0; g < setup_.communities(); ++g) {
                for (const Refuge& refuge : displacement.refuges[state_.cohorts.cell(i, g)]) {
                    away += refuge.persons;
                    abroad += refuge.place >= setup_.communes() ? refuge.persons : 0;
                }
            }
            add(k.displaced_from, i, 0, 0, away);
            add(k.refugees, i, 0, 0, abroad);
        }
    }

    void minds() {
        const auto& k = indices();
        // Attitudes are kept as of the last settling (see reactions).
        const auto& p = state_.parameters.people.reactions;
        const double days = step_.day - state_.attitudes.day;
        const double grievance_left = engine::half_life_decay(days, p.grievance_half_life);
        const double fear_left = engine::half_life_decay(days, p.fear_half_life);
        const auto residents = residents_of_cercles();
        for (int i = 0; i < setup_.communes(); ++i) {
            if (residents[cercle(i)] <= 0.0) continue;
            const auto place = static_cast<std::size_t>(i);
            const double part = static_cast<double>(state_.cohorts.residents_of(i)) / residents[cercle(i)];
            add(k.hardship, i, 0, 0, part * static_cast<double>(state_.hardship[place]));
            add(k.pasture_stress, i, 0, 0, part * static_cast<double>(state_.pasture_stress[place]));
            for (int g = 0; g < setup_.communities(); ++g) {
                const auto cell = static_cast<Eigen::Index>(state_.cohorts.cell(i, g));
                const double share = static_cast<double>(state_.cohorts.residents_of(i, g)) / residents[cercle(i)];
                if (share <= 0.0) continue;
                const auto of_cell = [cell](const Field& field) { return field.row(cell).transpose().cast<double>(); };
                add_row(k.grievance, i, share * grievance_left * of_cell(state_.attitudes.grievance));
                add_row(k.fear, i, share * fear_left * of_cell(state_.attitudes.fear));
            }
        }
    }

    void governance() {
        if (!state_.mechanisms.governance) return;
        const auto& k = indices();
        const auto& p = state_.parameters.governance;
        const auto residents = residents_of_cercles();
        for (int i = 0; i < setup_.communes(); ++i) {
            const auto place = static_cast<std::size_t>(i);
            const auto people = static_cast<double>(state_.cohorts.residents_of(i));
            add(k.state_agents, i, 0, 0, state_.governance.agents[place]);
            add(k.schools_closed, i, 0, 0, state_.governance.closed[place]);
            const double strict = strict_rule(setup_, state_, i);
            add(k.women_restricted, i, 0, 0, p.women_share * people * strict);
            if (residents[cercle(i)] <= 0.0) continue;
            const double part = people / residents[cercle(i)];
            add(k.market_access, i, 0, 0, part * market_access(state_, i, strict));
            for (int a = 0; a < setup_.actors.authorities; ++a)
                add(k.strictness, i, a, 0, part * strictness_of(setup_, state_, i, a));
        }
    }

    void leadership() {
        if (!state_.mechanisms.leadership) return;
        const auto& actors = setup_.actors;
        const auto strengths = faction_strengths(setup_, state_.units);
        std::vector<double> members(static_cast<std::size_t>(actors.organisations), 0.0);
        std::vector<double> holding(members.size(), 0.0);
        for (int f = 0; f < actors.factions(); ++f) {
            const auto o = static_cast<std::size_t>(actors.organisation_of[static_cast<std::size_t>(f)]);
            const auto weight = static_cast<double>(strengths[static_cast<std::size_t>(f)]);
            members[o] += weight;
            holding[o] += weight * cohesion(state_, f);
        }
        for (std::size_t o = 0; o < members.size(); ++o)
            add(indices().cohesion, 0, static_cast<int>(o), 0, members[o] > 0.0 ? holding[o] / members[o] : 1.0);
    }

    void relations() {
        const auto& k = indices();
        const int n = setup_.actors.organisations;
        for (int a = 0; a < n; ++a) {
            for (int b = 0; b < n; ++b) add(k.relation, 0, a, b, mean_relation(a, b));
        }
    }

    void the_armed() {
        const auto& k = indices();
        const auto& units = state_.units;
        std::vector<int> largest(static_cast<std::size_t>(setup_.actors.organisations), 0);
        for (int u = 0; u < units.size(); ++u) {
            const auto i = static_cast<std::size_t>(u);
            add(k.personnel, units.base[i], units.organisation[i], 0, units.strength(u));
            if (!units.leads(u)) continue;
            auto& most = largest[static_cast<std::size_t>(units.organisation[i])];
            most = std::max(most, group_strength(units, u));
        }
        for (int o = 0; o < setup_.actors.organisations; ++o)
            add(k.largest_group, 0, o, 0, largest[static_cast<std::size_t>(o)]);
    }

    void the_confined() {
        const auto& k = indices();
        for (int place = 0; place < setup_.communes(); ++place) {
            if (state_.sieges[static_cast<std::size_t>(place)].unit < 0) continue;
            add(k.besieged, place, 0, 0, 1.0);
            add(k.under_siege, place, 0, 0, static_cast<double>(state_.cohorts.residents_of(place)));
        }
        for (const Hostage& hostage : state_.hostages) add(k.hostages, hostage.place, 0, 0, 1.0);
        for (const Prisoner& prisoner : state_.prisoners) add(k.prisoners, 0, prisoner.organisation, 0, 1.0);
    }

    void politics_and_talks() {
        if (setup_.parties.government < 0) return;
        const auto& k = indices();
        add(k.legitimacy, 0, 0, 0, state_.politics.legitimacy);
        add(k.sanctions, 0, 0, 0, state_.politics.sanctions);
        add(k.protest, 0, 0, 0, state_.politics.protest);
        const auto strengths = faction_strengths(setup_, state_.units);
        std::vector<double> phase(static_cast<std::size_t>(setup_.actors.organisations), 0.0);
        for (int f = 0; f < setup_.actors.factions(); ++f) {
            const auto i = static_cast<std::size_t>(f);
            const int organisation = setup_.actors.organisation_of[i];
            auto& furthest = phase[static_cast<std::size_t>(organisation)];
            furthest = std::max(furthest, static_cast<double>(state_.partners[i].phase));
            add(k.cost_of_operations, 0, organisation, 0,
                static_cast<double>(strengths[i]) * state_.parameters.government.mandates[i].cost / 12.0);
        }
        for (int o = 0; o < setup_.actors.organisations; ++o)
            add(k.partner_phase, 0, o, 0, phase[static_cast<std::size_t>(o)]);
        const auto& dialogue = state_.dialogue;
        add(k.dialogue_stage, 0, 0, 0, static_cast<double>(dialogue.stage));
        add(k.dialogue_support, 0, 0, 0, dialogue.support);
        add(k.algiers_accord, 0, 0, 0, dialogue.algiers);
        for (std::size_t issue = 0; issue < issue_count; ++issue) {
            add(k.dialogue_terms, 0, static_cast<int>(issue), 0,
                dialogue.in_force() ? dialogue.terms[issue] * dialogue.carried_out : 0.0);
        }
    }

    void the_reconciled() {
        const auto& k = indices();
        for (int c = 0; c < setup_.clusters.size(); ++c) {
            const int centre = setup_.clusters.centre[static_cast<std::size_t>(c)];
            for (int f = 0; f < setup_.actors.factions(); ++f) {
                const Accord& accord = state_.accords.all[accord_index(setup_, c, f)];
                if (accord.stage == AccordStage::in_force) add(k.accords_in_force, centre, 0, 0, 1.0);
            }
        }
        for (int i = 0; i < setup_.communes(); ++i) {
            if (is_under_accord(setup_, state_, i))
                add(k.under_accord, i, 0, 0, static_cast<double>(state_.cohorts.residents_of(i)));
        }
    }

   private:
    [[nodiscard]] std::vector<double> residents_of_cercles() const {
        std::vector<double> residents(setup_.geography.cercles.size(), 0.0);
        for (int i = 0; i < setup_.communes(); ++i)
            residents[cercle(i)] += static_cast<double>(state_.cohorts.residents_of(i));
        return residents;
    }

    [[nodiscard]] bool follows_collapse(const Event& e) const {
        if (e.commune >= setup_.communes()) return false;
        const std::int32_t collapsed = state_.accords.collapsed[static_cast<std::size_t>(e.commune)];
        return e.day >= collapsed && e.day - collapsed < state_.parameters.accords.aftermath;
    }
    [[nodiscard]] double mean_relation(int a, int b) const {
        if (!are_rivals(state_.parameters, a, b)) return state_.relations.in_zone(0, a, b);
        double sum = 0.0;
        double weight = 0.0;
        double plain = 0.0;
        for (int z = 0; z < setup_.zones(); ++z) plain += state_.relations.in_zone(z, a, b) / setup_.zones();
        for (int i = 0; i < setup_.communes(); ++i) {
            const auto& presence = state_.presence;
            const auto both = static_cast<double>(
                std::min(presence.overt(i, a) + presence.covert(i, a), presence.overt(i, b) + presence.covert(i, b)));
            sum += both * state_.relations.at(setup_, i, a, b);
            weight += both;
        }
        return weight > 0.0 ? sum / weight : plain;
    }
    [[nodiscard]] std::size_t cercle(int place) const {
        return static_cast<std::size_t>(setup_.cercle_of[static_cast<std::size_t>(place)]);
    }
    void add(std::size_t outcome, int place, int first, int second, double amount) {
        if (amount != 0.0) add_to_month(setup_, state_, outcome, month_, place, first, second, amount);
    }
    /// Along the first axis of an outcome.
    template <class Amounts>
    void add_row(std::size_t outcome, int place, const Amounts& amounts) {
        row_ = amounts;
        tally_of_month(setup_, state_, outcome, month_, place) += row_;
    }

    const Setup& setup_;
    const Step& step_;
    State& state_;
    int month_;           ///< of the run
    Eigen::ArrayXd row_;  ///< what is being added
};

}  // namespace

void record_flows(const Setup& setup, const Step& step, int decisions, State& state) {
    Recorder recorder(setup, step, state);
    for (std::size_t e = state.today.first_event; e < state.events.size(); ++e) recorder.event(state.events[e]);
    recorder.work(decisions);
}

void record_stocks(const Setup& setup, const Step& step, State& state) {
    Recorder recorder(setup, step, state);
    recorder.people_and_control();
    recorder.the_displaced();
    recorder.minds();
    recorder.governance();
    recorder.relations();
    recorder.leadership();
    recorder.the_armed();
    recorder.the_confined();
    recorder.politics_and_talks();
    recorder.the_reconciled();
}

}  // namespace sahelsim::model
