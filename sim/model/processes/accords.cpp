#include "model/processes/accords.h"

#include <algorithm>
#include <array>

#include "engine/mathematics.h"
#include "model/accord_bargain.h"
#include "model/event_log.h"
#include "model/groups.h"
#include "model/tally.h"
#include "model/truces.h"

namespace sahelsim::model {

namespace {

constexpr double kWeek = 7.0;  // days
constexpr double kWeekInYears = kWeek / engine::days_per_year;

// One purpose a question, so that what is asked in one variant of a scenario does not shift the others' draws.
enum Purpose : std::uint64_t { kContact, kConsent, kTalks, kSignature, kDetection, kCollapse, kRenewal };

const std::vector<int>& communes_of(const Setup& setup, int cluster) {
    return setup.clusters.communes[static_cast<std::size_t>(cluster)];
}

int organisation_of(const Setup& setup, int faction) {
    return setup.actors.organisation_of[static_cast<std::size_t>(faction)];
}

/// What armed people of the faction are felt in the cluster, fighters in the commune where most are.
double felt_presence(const Setup& setup, const State& state, int cluster, int faction) {
    float most = 0.0F;
    for (const int i : communes_of(setup, cluster)) most = std::max(most, state.presence.of_faction(i, faction));
    return static_cast<double>(most);
}

bool may_stand_by_villagers(const Setup& setup, const State& state, int cluster, int katiba, int faction) {
    const auto& p = state.parameters.accords;
    const auto f = static_cast<std::size_t>(faction);
    if (p.leads[f] != 0 || p.consent[f] <= 0.0) return false;
    const int place = setup.clusters.centre[static_cast<std::size_t>(cluster)];
    if (state.relations.at(setup, place, organisation_of(setup, katiba), organisation_of(setup, faction)) >= 0.0)
        return false;
    return felt_presence(setup, state, cluster, faction) >= p.least_presence;
}

/// The militia or signatory faction that is strongest in the cluster among the katiba's opponents; -1: none, so that
/// the villagers make their own pact.
int find_counterpart(const Setup& setup, const State& state, int cluster, int katiba) {
    int found = -1;
    double most = 0.0;
    for (int f = 0; f < setup.actors.factions(); ++f) {
        if (!may_stand_by_villagers(setup, state, cluster, katiba, f)) continue;
        const double felt = felt_presence(setup, state, cluster, f);
        if (felt > most) found = f;
        most = std::max(most, felt);
    }
    return found;
}

bool is_besieged(const Setup& setup, const State& state, int cluster) {
    const auto& all = communes_of(setup, cluster);
    return std::any_of(all.begin(), all.end(),
                       [&](int i) { return state.sieges[static_cast<std::size_t>(i)].unit >= 0; });
}

/// What the cluster went through since the accords were last looked at.
void note_pressure(const Setup& setup, State& state) {
    auto& accords = state.accords;
    const auto& p = state.parameters.accords;
    std::vector<int> killed(static_cast<std::size_t>(setup.clusters.size()), 0);
    for (std::size_t e = accords.looked_at; e < state.events.size(); ++e) {
        const Event& event = state.events[e];
        const int cluster =
            event.commune < setup.communes() ? setup.clusters.of_commune[static_cast<std::size_t>(event.commune)] : -1;
        if (cluster < 0) continue;
        killed[static_cast<std::size_t>(cluster)] += event.civilians_killed + event.deaths_actor1 + event.deaths_actor2;
    }
    accords.looked_at = state.events.size();
    const double kept = engine::exponential(-kWeek / p.pressure_memory);
    const double remembered = engine::exponential(-kWeek / p.war_memory);
    for (int c = 0; c < setup.clusters.size(); ++c) {
        const auto i = static_cast<std::size_t>(c);
        const bool besieged = is_besieged(setup, state, c);
        const bool pressed = besieged || killed[i] >= p.pressure_deaths;
        accords.pressure[i] = accords.pressure[i] * kept + (pressed ? 1.0 : 0.0);
        accords.siege_share[i] = accords.siege_share[i] * remembered + (besieged ? 1.0 - remembered : 0.0);
    }
}

/// What the last months of war were like for both sides.
BargainingPosition position_of(const Setup& setup, const Step& step, const State& state, int cluster, int faction,
                               int counterpart) {
    BargainingPosition position;
    position.armed = counterpart >= 0;
    position.siege_share = state.accords.siege_share[static_cast<std::size_t>(cluster)];
    const int katiba = organisation_of(setup, faction);
    const int militia = counterpart >= 0 ? organisation_of(setup, counterpart) : -1;
    const auto since = step.day - static_cast<std::int32_t>(state.parameters.accords.war_memory);
    for (auto event = state.events.rbegin(); event != state.events.rend() && event->day >= since; ++event) {
        if (event->commune >= setup.communes() ||
            setup.clusters.of_commune[static_cast<std::size_t>(event->commune)] != cluster)
            continue;
        position.katiba_losses +=
            (event->actor1 == katiba ? event->deaths_actor1 : 0) + (event->actor2 == katiba ? event->deaths_actor2 : 0);
        if (militia >= 0)
            position.villagers_losses += (event->actor1 == militia ? event->deaths_actor1 : 0) +
                                         (event->actor2 == militia ? event->deaths_actor2 : 0);
        if (event->actor1 == katiba) position.villagers_losses += event->civilians_killed;
    }
    const int authority = setup.actors.authority[static_cast<std::size_t>(katiba)];
    double held = 0.0;
    double people = 0.0;
    for (const int i : communes_of(setup, cluster)) {
        const auto residents = static_cast<double>(state.cohorts.residents_of(i));
        if (authority >= 0) held += residents * state.control.share(i, authority);
        people += residents;
    }
    position.control = people > 0.0 ? held / people : 0.0;
    return position;
}

/// Raises what a side is resented, as harm does (reactions.cpp): the rest to full grievance shrinks.
void resent(State& state, Eigen::Index cell, int side, double amount) {
    float& value = state.attitudes.grievance(cell, side);
    value = static_cast<float>(1.0 - (1.0 - static_cast<double>(value)) * engine::exponential(-amount));
}

/// One cluster and one katiba, today.
class Keeping {
   public:
    Keeping(const Setup& setup, const Step& step, State& state, int cluster, int faction)
        : setup_(setup),
          step_(step),
          state_(state),
          parameters_(state.parameters.accords),
          cluster_(cluster),
          faction_(faction),
          accord_(state.accords.all[accord_index(setup, cluster, faction)]) {}

    void advance() {
        switch (accord_.stage) {
            case AccordStage::embittered:
            case AccordStage::none:
                if (step_.day >= accord_.wait_until) seek_contact();
                break;
            case AccordStage::contact:
                if (happens(kTalks, engine::days_per_year / parameters_.contact_time)) enter(AccordStage::talks);
                break;
            case AccordStage::talks:
                if (happens(kTalks, engine::days_per_year / parameters_.talks_time)) end_talks();
                break;
            case AccordStage::in_force:
                keep();
                break;
        }
    }

    /// Signature, with or without anything behind it.
    void put_in_force(int counterpart, Terms terms, bool binding) {
        accord_.counterpart = static_cast<std::int16_t>(counterpart);
        accord_.terms = binding ? terms : Terms{0};
        accord_.binding = binding;
        const double rules =
            (has(accord_.terms, Term::zakat) ? 0.5 : 0.0) + (has(accord_.terms, Term::dress) ? 0.5 : 0.0);
        accord_.strictness = static_cast<float>(rules * parameters_.strictness);
        accord_.kept = parameters_.trust_kept;
        accord_.broken = parameters_.trust_broken;
        accord_.violations = 0;
        accord_.last_breach = -1;
        accord_.term_end = step_.day + static_cast<std::int32_t>(parameters_.term);
        enter(AccordStage::in_force);
        const int siege = binding ? standing_siege() : -1;
        accord_.event = note(EventSubtype::agreement, siege);
        tally("accords_signed");
        if (!binding) return;
        stand_down(1);
        lift_sieges();
        if (has(accord_.terms, Term::prisoners)) free_hostages();
    }

   private:
    [[nodiscard]] const std::vector<int>& communes() const { return communes_of(setup_, cluster_); }
    [[nodiscard]] int centre() const { return setup_.clusters.centre[static_cast<std::size_t>(cluster_)]; }

    [[nodiscard]] engine::RandomStream draws(Purpose purpose) const {
        const auto key = engine::child_key(setup_.clusters.key[static_cast<std::size_t>(cluster_)],
                                           setup_.actors.faction_key[static_cast<std::size_t>(faction_)]);
        return stream(state_.random, Process::accords, static_cast<std::uint64_t>(step_.day), key, purpose);
    }
    [[nodiscard]] bool chance(Purpose purpose, double probability) const {
        auto stream_of_purpose = draws(purpose);
        return engine::draw_bernoulli(stream_of_purpose, probability);
    }
    /// Whether something with this rate (1/year) happens this week.
    [[nodiscard]] bool happens(Purpose purpose, double rate) const {
        return chance(purpose, engine::event_probability(rate, kWeekInYears));
    }

    void enter(AccordStage stage) {
        accord_.stage = stage;
        accord_.since = step_.day;
    }
    void wait(AccordStage stage, double days) {
        enter(stage);
        accord_.wait_until = step_.day + static_cast<std::int32_t>(days);
    }

    void seek_contact() {
        accord_.stage = AccordStage::none;
        if (felt_presence(setup_, state_, cluster_, faction_) < parameters_.least_presence) return;
        if (!happens(kContact, contact_rate(setup_, step_, state_, cluster_, faction_))) return;
        const int counterpart = find_counterpart(setup_, state_, cluster_, faction_);
        auto consent = draws(kConsent);
        const bool leader = engine::draw_bernoulli(consent, parameters_.consent[static_cast<std::size_t>(faction_)]);
        // Villagers without arms are glad of any talks.
        const double other_consent =
            counterpart >= 0 ? parameters_.consent[static_cast<std::size_t>(counterpart)] : 1.0;
        const bool others = engine::draw_bernoulli(consent, other_consent);
        if (!leader || !others) return wait(AccordStage::none, parameters_.pause);
        accord_.counterpart = static_cast<std::int16_t>(counterpart);
        enter(AccordStage::contact);
    }

    void end_talks() {
        const auto terms =
            bargain(parameters_, position_of(setup_, step_, state_, cluster_, faction_, accord_.counterpart));
        if (!terms) return wait(AccordStage::none, parameters_.pause);
        auto signing = draws(kSignature);
        const bool signs = engine::draw_bernoulli(signing, parameters_.signature);
        const bool binding = engine::draw_bernoulli(signing, parameters_.stand_down);
        if (!signs) return wait(AccordStage::none, parameters_.pause);
        put_in_force(accord_.counterpart, *terms, binding);
    }

    void keep() {
        hear_of_violations();
        if (const int cause = draw_collapse(); cause >= 0) return collapse(static_cast<CollapseCause>(cause));
        if (step_.day < accord_.term_end) return;
        if (chance(kRenewal, accord_.trust())) {
            accord_.term_end = step_.day + static_cast<std::int32_t>(parameters_.term);
        } else {
            end(EventSubtype::agreement_lapsed, accord_.event);
            tally("accords_lapsed");
            wait(AccordStage::none, parameters_.pause);
        }
    }

    [[nodiscard]] bool is_breach(const Truces::Violation& violation) const {
        if (setup_.clusters.of_commune[static_cast<std::size_t>(violation.place)] != cluster_) return false;
        const auto katiba = static_cast<std::int16_t>(faction_);
        const bool by_katiba = violation.faction == katiba;
        const bool by_other = accord_.counterpart >= 0 && violation.faction == accord_.counterpart;
        const std::int16_t victim = by_katiba ? accord_.counterpart : katiba;
        return (by_katiba || by_other) && (violation.other == kVillagers || violation.other == victim);
    }

    void hear_of_violations() {
        auto noticing = draws(kDetection);
        bool heard = false;
        for (const auto& violation : state_.truces.violations) {
            if (!is_breach(violation)) continue;
            ++accord_.violations;
            tally("accord_violations", violation.place);
            if (!engine::draw_bernoulli(noticing, parameters_.detection)) continue;
            accord_.broken += 1.0;
            accord_.last_breach = violation.event;
            heard = true;
        }
        if (!heard) accord_.kept += parameters_.calm_week;
    }

    /// Whether somebody of the authority did violence in the cluster lately.
    [[nodiscard]] bool acted_lately(int authority) const {
        if (authority < 0) return false;
        const auto since = step_.day - static_cast<std::int32_t>(parameters_.ratio_window);
        return std::any_of(communes().begin(), communes().end(), [&](int i) {
            return state_.last_act[static_cast<std::size_t>(i * setup_.actors.authorities + authority)] >= since;
        });
    }

    [[nodiscard]] bool any_acted_lately(bool (Keeping::*is_meant)(int) const) const {
        for (int o = 0; o < setup_.actors.organisations; ++o) {
            if ((this->*is_meant)(o) && acted_lately(setup_.actors.authority[static_cast<std::size_t>(o)])) return true;
        }
        return false;
    }
    [[nodiscard]] bool is_of_state(int organisation) const { return setup_.actors.is_state_force(organisation); }
    [[nodiscard]] bool is_rival(int organisation) const {
        const int own = organisation_of(setup_, faction_);
        return organisation != own && are_rivals(state_.parameters, own, organisation);
    }

    [[nodiscard]] bool excludes_somebody() const {
        for (int f = 0; f < setup_.actors.factions(); ++f) {
            if (f != accord_.counterpart && may_stand_by_villagers(setup_, state_, cluster_, faction_, f)) return true;
        }
        return false;
    }

    [[nodiscard]] bool garrison_stays() const {
        const auto& units = state_.units;
        for (std::size_t u = 0; u < units.key.size(); ++u) {
            const int base = units.base[u];
            const bool here =
                base < setup_.communes() && setup_.clusters.of_commune[static_cast<std::size_t>(base)] == cluster_;
            if (here && units.type[u] == UnitType::garrison && setup_.actors.is_state_force(units.organisation[u]) &&
                units.strength(static_cast<int>(u)) > 0)
                return true;
        }
        return false;
    }

    /// Rates of collapse by cause, 1/year. What a circumstance adds to the strain by its ratio goes to its account; a ratio
    /// below one takes from the strain itself.
    [[nodiscard]] std::array<double, 6> hazards() const {
        std::array<double, 6> by_cause{};
        double strain = parameters_.hazard_strain;
        by_cause[0] = strain;
        const auto circumstance = [&](CollapseCause cause, bool given, double ratio) {
            if (!given) return;
            const double added = strain * (ratio - 1.0);
            if (added >= 0.0) {
                by_cause[static_cast<std::size_t>(cause)] = added;
            } else {
                for (double& rate : by_cause) rate *= ratio;
            }
            strain *= ratio;
        };
        circumstance(CollapseCause::excluded_party, excludes_somebody(), parameters_.ratio_excluded);
        circumstance(CollapseCause::army, any_acted_lately(&Keeping::is_of_state), parameters_.ratio_army);
        circumstance(CollapseCause::rival, any_acted_lately(&Keeping::is_rival), parameters_.ratio_rival);
        const double missing = std::max(0.0, 1.0 - accord_.trust() / parameters_.trust_needed);
        by_cause[static_cast<std::size_t>(CollapseCause::violations)] = parameters_.hazard_violations * missing;
        const bool patient = step_.day - accord_.since < parameters_.clause_patience;
        if (has(accord_.terms, Term::garrison) && !patient && garrison_stays())
            by_cause[static_cast<std::size_t>(CollapseCause::unmet_clause)] = parameters_.hazard_clause;
        return by_cause;
    }

    /// The cause of a collapse this week; -1: none.
    [[nodiscard]] int draw_collapse() const {
        const auto by_cause = hazards();
        double all = 0.0;
        for (const double rate : by_cause) all += rate;
        auto collapsing = draws(kCollapse);
        if (!engine::draw_bernoulli(collapsing, engine::event_probability(all, kWeekInYears))) return -1;
        return engine::draw_weighted(collapsing, {by_cause.begin(), by_cause.end()});
    }

    void collapse(CollapseCause cause) {
        const bool by_violation = cause == CollapseCause::violations && accord_.last_breach >= 0;
        end(EventSubtype::agreement_collapsed, by_violation ? accord_.last_breach : accord_.event);
        tally("accords_collapsed");
        for (const int i : communes()) state_.accords.collapsed[static_cast<std::size_t>(i)] = step_.day;
        if (accord_.binding && state_.mechanisms.reactions) embitter();
        wait(AccordStage::embittered, parameters_.embittered_time);
    }

    void end(EventSubtype subtype, std::int32_t cause) {
        note(subtype, cause);
        if (accord_.binding) stand_down(-1);
    }

    /// The people of each side resent the other; where villagers stood alone, all who are not close to the katiba.
    void embitter() {
        const auto& katiba = state_.parameters.factions[static_cast<std::size_t>(faction_)];
        const int katiba_side = side_of(faction_);
        for (const int i : communes()) {
            for (int g = 0; g < setup_.communities(); ++g) {
                const auto community = static_cast<std::size_t>(g);
                const auto cell = static_cast<Eigen::Index>(state_.cohorts.cell(i, g));
                const double with_katiba = std::max(0.0, katiba.affinity[community]);
                double with_others = 1.0 - with_katiba;
                if (accord_.counterpart >= 0) {
                    const auto& others = state_.parameters.factions[static_cast<std::size_t>(accord_.counterpart)];
                    with_others = std::max(0.0, others.affinity[community]);
                    resent(state_, cell, side_of(accord_.counterpart), parameters_.bitterness * with_katiba);
                }
                resent(state_, cell, katiba_side, parameters_.bitterness * with_others);
            }
        }
    }
    [[nodiscard]] int side_of(int faction) const {
        return setup_.actors.side[static_cast<std::size_t>(organisation_of(setup_, faction))];
    }

    void stand_down(int change) { change_stand_down(setup_, state_, cluster_, faction_, change); }

    [[nodiscard]] bool besieges(int commune) const {
        const int unit = state_.sieges[static_cast<std::size_t>(commune)].unit;
        return unit >= 0 && state_.units.faction[static_cast<std::size_t>(unit)] == faction_;
    }

    /// The event with which the katiba's siege of the cluster began that stands today; -1: there is none.
    [[nodiscard]] std::int32_t standing_siege() const {
        const auto found = std::find_if(communes().begin(), communes().end(), [&](int i) { return besieges(i); });
        if (found == communes().end()) return -1;
        const auto begun = std::find_if(state_.events.rbegin(), state_.events.rend(), [&](const Event& event) {
            return event.subtype == EventSubtype::siege_begun && event.commune == *found;
        });
        return begun == state_.events.rend() ? -1 : begun->id;
    }

    void lift_sieges() {
        for (const int i : communes()) {
            if (!besieges(i)) continue;
            auto& siege = state_.sieges[static_cast<std::size_t>(i)];
            Event event = make_event(step_, state_.units, siege.unit, EventType::strategic_development,
                                     EventSubtype::siege_ended, i);
            event.cause_kind = CauseKind::event;
            event.cause = accord_.event;
            log_event(setup_, state_, event);
            // The besiegers look for something else to do at once.
            for_each_of_group(state_.units, siege.unit,
                              [&](int u) { state_.units.end[static_cast<std::size_t>(u)] = step_.day; });
            siege = {};
        }
    }

    /// Captives who were taken here go home with today's releases.
    void free_hostages() {
        for (Hostage& hostage : state_.hostages) {
            const bool here = hostage.place < setup_.communes() &&
                              setup_.clusters.of_commune[static_cast<std::size_t>(hostage.place)] == cluster_;
            if (!here || hostage.faction != faction_) continue;
            hostage.release = step_.day;
            hostage.dies = false;
        }
    }

    std::int32_t note(EventSubtype subtype, std::int32_t cause) {
        Event event;
        event.day = step_.day;
        event.commune = centre();
        event.type = EventType::strategic_development;
        event.subtype = subtype;
        event.actor1 = static_cast<std::int16_t>(organisation_of(setup_, faction_));
        event.faction1 = static_cast<std::int16_t>(faction_);
        if (accord_.counterpart >= 0)
            event.actor2 = static_cast<std::int16_t>(organisation_of(setup_, accord_.counterpart));
        event.cause_kind = cause >= 0 ? CauseKind::event : CauseKind::none;
        event.cause = cause;
        return log_event(setup_, state_, event);
    }

    void tally(const char* outcome) { tally(outcome, centre()); }
    void tally(const char* outcome, int place) {
        add_to_tally(setup_, state_, outcome_index(outcome), step_.date, place);
    }

    const Setup& setup_;
    const Step& step_;
    State& state_;
    const AccordParameters& parameters_;
    int cluster_, faction_;
    Accord& accord_;
};

}  // namespace

double contact_rate(const Setup& setup, const Step& step, const State& state, int cluster, int faction) {
    const auto& p = state.parameters.accords;
    int kin = 0;
    for (const int i : communes_of(setup, cluster)) {
        const auto first = static_cast<Eigen::Index>(state.cohorts.cell(i, 0));
        kin += state.units.origin.row(faction).segment(first, setup.communities()).sum();
    }
    return p.contact_rate * (1.0 + p.kin_weight * kin) *
           (1.0 + p.mediator_weight * mediators_in(step, state, cluster)) *
           (1.0 + p.pressure_weight * state.accords.pressure[static_cast<std::size_t>(cluster)]);
}

void keep_accords(const Setup& setup, const Step& step, State& state) {
    note_pressure(setup, state);
    std::erase_if(state.accords.mediations, [&](const Mediation& m) { return m.until < step.day; });
    for (int c = 0; c < setup.clusters.size(); ++c) {
        for (int f = 0; f < setup.actors.factions(); ++f) {
            const auto& p = state.parameters.accords;
            const bool seeks =
                p.leads[static_cast<std::size_t>(f)] != 0 && p.consent[static_cast<std::size_t>(f)] > 0.0;
            const bool has_one = state.accords.all[accord_index(setup, c, f)].stage != AccordStage::none;
            if (seeks || has_one) Keeping(setup, step, state, c, f).advance();
        }
    }
}

void put_in_force(const Setup& setup, const Step& step, State& state, int cluster, int faction, int counterpart,
                  Terms terms, bool binding) {
    Keeping(setup, step, state, cluster, faction).put_in_force(counterpart, terms, binding);
}

}  // namespace sahelsim::model
