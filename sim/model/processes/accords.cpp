#include "model/processes/accords.h"

#include <algorithm>

#include "engine/mathematics.h"
#include "model/accord_bargain.h"
#include "model/accord_circumstances.h"
#include "model/accord_hazards.h"
#include "model/accord_signature.h"
#include "model/tally.h"
#include "model/truces.h"

namespace sahelsim::model {

namespace {

constexpr double kWeek = 7.0;  // days
constexpr double kWeekInYears = kWeek / engine::days_per_year;

// One purpose a question, so that what is asked in one variant of a scenario does not shift the others' draws.
enum Purpose : std::uint64_t { kContact, kConsent, kTalks, kSignature, kDetection, kCollapse, kRenewal };

bool is_besieged(const Setup& setup, const State& state, int cluster) {
    const auto& all = communes_of(setup, cluster);
    return std::any_of(all.begin(), all.end(),
                       [&](int i) { return state.sieges[static_cast<std::size_t>(i)].unit >= 0; });
}

/// What the clusters went through in the last seven days.
void note_pressure(const Setup& setup, const Step& step, State& state) {
    auto& accords = state.accords;
    const auto& p = state.parameters.accords;
    std::vector<int> killed(static_cast<std::size_t>(setup.clusters.size()), 0);
    const auto since = step.day - static_cast<std::int32_t>(kWeek);
    for (auto event = state.events.rbegin(); event != state.events.rend() && event->day >= since; ++event) {
        if (event->day == step.day || event->commune >= setup.communes()) continue;
        const int cluster = setup.clusters.of_commune[static_cast<std::size_t>(event->commune)];
        if (cluster < 0) continue;
        killed[static_cast<std::size_t>(cluster)] +=
            event->civilians_killed + event->deaths_actor1 + event->deaths_actor2;
    }
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
        put_in_force(setup_, step_, state_, cluster_, faction_, accord_.counterpart, *terms, binding);
    }

    void keep() {
        hear_of_violations();
        if (const int cause = draw_collapse(); cause >= 0) return collapse(static_cast<CollapseCause>(cause));
        if (step_.day < accord_.term_end) return;
        if (chance(kRenewal, accord_.trust())) {
            accord_.term_end = step_.day + static_cast<std::int32_t>(parameters_.term);
        } else {
            end_accord(setup_, step_, state_, cluster_, faction_, EventSubtype::agreement_lapsed, accord_.event);
            tally("accords_lapsed");
            wait(AccordStage::none, parameters_.pause);
        }
    }

    [[nodiscard]] bool is_breach(const Truces::Violation& violation) const {
        if (violation.place >= setup_.communes() ||
            setup_.clusters.of_commune[static_cast<std::size_t>(violation.place)] != cluster_)
            return false;
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

    /// The cause of a collapse this week; -1: none.
    [[nodiscard]] int draw_collapse() const {
        const auto by_cause = collapse_hazards(setup_, step_, state_, cluster_, faction_);
        double all = 0.0;
        for (const double rate : by_cause) all += rate;
        auto collapsing = draws(kCollapse);
        if (!engine::draw_bernoulli(collapsing, engine::event_probability(all, kWeekInYears))) return -1;
        return engine::draw_weighted(collapsing, {by_cause.begin(), by_cause.end()});
    }

    void collapse(CollapseCause cause) {
        const bool by_violation = cause == CollapseCause::violations && accord_.last_breach >= 0;
        end_accord(setup_, step_, state_, cluster_, faction_, EventSubtype::agreement_collapsed,
                   by_violation ? accord_.last_breach : accord_.event);
        static const std::size_t collapsed = outcome_index("accords_collapsed");
        add_to_tally(setup_, state_, collapsed, step_.date, centre(), static_cast<int>(cause));
        for (const int i : communes()) state_.accords.collapsed[static_cast<std::size_t>(i)] = step_.day;
        if (accord_.binding && state_.mechanisms.reactions) embitter();
        wait(AccordStage::embittered, parameters_.embittered_time);
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
        return setup_.actors
            .side[static_cast<std::size_t>(setup_.actors.organisation_of[static_cast<std::size_t>(faction)])];
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

void keep_accords(const Setup& setup, const Step& step, State& state) {
    note_pressure(setup, step, state);
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

}  // namespace sahelsim::model
