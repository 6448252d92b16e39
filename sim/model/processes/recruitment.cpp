#include "model/processes/recruitment.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "model/event_log.h"
#include "model/membership.h"
#include "model/motives.h"
#include "model/provocations.h"
#include "model/tally.h"
#include "model/units.h"

namespace sahelsim::model {

namespace {

enum Purpose : std::uint64_t { kVolunteers = 0, kFounders = 1 };  // and, from abroad, the key of the zone

/// Communes by cumulative weight, so that one can be drawn in proportion to it.
struct Lottery {
    std::vector<double> cumulative;

    explicit Lottery(int communes) { cumulative.reserve(static_cast<std::size_t>(communes)); }
    void add(double weight) { cumulative.push_back(total() + weight); }
    [[nodiscard]] double total() const { return cumulative.empty() ? 0.0 : cumulative.back(); }
    [[nodiscard]] int draw(engine::RandomStream& stream) const {
        const double wanted = engine::draw_uniform(stream) * total();
        const auto found = std::upper_bound(cumulative.begin(), cumulative.end(), wanted);
        return static_cast<int>(
            std::min<std::ptrdiff_t>(found - cumulative.begin(), static_cast<std::ptrdiff_t>(cumulative.size()) - 1));
    }
};

/// Residents before anybody joined, so that the order of factions is of no importance.
struct People {
    std::vector<std::int64_t> of_cell, of_commune;
    Lottery anywhere;  ///< every resident alike

    explicit People(const world::Cohorts& cohorts)
        : of_cell(cohorts.people),
          of_commune(cohorts.commune_people),
          anywhere(static_cast<int>(cohorts.commune_people.size())) {
        for (const std::int64_t people : of_commune) anywhere.add(static_cast<double>(people));
    }
};

class FactionRecruitment {
   public:
    FactionRecruitment(const Setup& setup, const Step& step, double elapsed_days, int faction, double room,
                       const People& before, const UnitsByPlace& at_place, State& state)
        : setup_(setup),
          step_(step),
          years_(elapsed_days / engine::days_per_year),
          faction_(faction),
          organisation_(setup.actors.organisation_of[static_cast<std::size_t>(faction)]),
          room_(room),
          own_(state.parameters.factions[static_cast<std::size_t>(faction)]),
          before_(before),
          at_place_(at_place),
          motives_(setup, state, faction),
          state_(state) {}

    void volunteers() {
        const auto& p = state_.parameters.people.recruitment;
        const double highest = own_.recruitment_rate * p.youth_share * room_ * years_;
        if (highest <= 0.0) return;
        Lottery lottery(setup_.communes());
        for (int i = 0; i < setup_.communes(); ++i) {
            const auto presence = static_cast<double>(state_.presence.of_faction(i, faction_));
            lottery.add(presence > 0.0 ? static_cast<double>(before_.of_commune[static_cast<std::size_t>(i)]) *
                                             presence / (presence + p.reach_half)
                                       : 0.0);
        }
        auto draws = stream_for(kVolunteers);
        const int candidates = engine::draw_poisson(draws, highest * lottery.total());
        if (candidates == 0) return;
        for (int k = 0; k < candidates; ++k) {
            const int commune = lottery.draw(draws);
            const int community = draw_community(commune, draws);
            if (community < 0) continue;
            const double uniform = engine::draw_uniform(draws);
            if (!motives_.could_join(commune, community, uniform)) continue;
            const std::int32_t cohort = draw_resident(state_.cohorts, commune, community, draws);
            if (cohort < 0) continue;
            const Inclination own = inclination_of(setup_, state_, cohort);
            if (uniform >= motives_.probability_of_joining(commune, community, own)) continue;
            const int unit =
                draw_unit_near(setup_, step_, state_.kernel, state_.units, at_place_, faction_, commune, draws);
            if (unit >= 0) enlist_one(unit, cohort);
        }
    }

    void founders() {
        const double highest = own_.founding_rate * room_ * years_ / 1000.0;
        if (highest <= 0.0) return;
        auto draws = stream_for(kFounders);
        const int candidates = engine::draw_poisson(draws, highest * before_.anywhere.total());
        for (int k = 0; k < candidates; ++k) {
            const int commune = before_.anywhere.draw(draws);
            const int community = draw_community(commune, draws);
            if (community < 0) continue;
            const double affinity = std::max(0.0, own_.affinity[static_cast<std::size_t>(community)]);
            // Nobody is moved with a higher probability than his affinity: most motives need no look.
            const double uniform = engine::draw_uniform(draws);
            if (uniform >= affinity) continue;
            if (uniform >= affinity * motives_.probability_of_joining(commune, community)) continue;
            found_unit(engine::child_key(engine::child_key(key(), static_cast<std::uint64_t>(step_.day)),
                                         static_cast<std::uint64_t>(k)),
                       commune, community, draws);
        }
    }

    void from_abroad() {
        const double rate = own_.abroad_rate * room_ * years_;
        if (rate <= 0.0) return;
        for (int zone = setup_.communes(); zone < setup_.places(); ++zone) {
            const auto presence = static_cast<double>(state_.presence.of_faction(zone, faction_));
            auto draws = stream(state_.random, Process::recruitment, static_cast<std::uint64_t>(step_.day), key(),
                                setup_.place_key[static_cast<std::size_t>(zone)]);
            const int joining = engine::draw_poisson(draws, rate * presence);
            for (int k = 0; k < joining; ++k) {
                const int unit =
                    draw_unit_near(setup_, step_, state_.kernel, state_.units, at_place_, faction_, zone, draws);
                if (unit < 0) break;
                enlist_foreigners(state_.units, unit, 1);
                state_.units.touched[static_cast<std::size_t>(unit)] = step_.day;
                count(zone, 1);
            }
        }
    }

   private:
    [[nodiscard]] std::uint64_t key() const { return setup_.actors.faction_key[static_cast<std::size_t>(faction_)]; }
    [[nodiscard]] engine::RandomStream stream_for(Purpose purpose) const {
        return stream(state_.random, Process::recruitment, static_cast<std::uint64_t>(step_.day), key(), purpose);
    }

    /// In proportion to its residents; -1 where nobody lives.
    [[nodiscard]] int draw_community(int commune, engine::RandomStream& draws) const {
        const std::int64_t people = before_.of_commune[static_cast<std::size_t>(commune)];
        if (people <= 0) return -1;
        double left = engine::draw_uniform(draws) * static_cast<double>(people);
        for (int g = 0; g < setup_.communities(); ++g) {
            left -= static_cast<double>(before_.of_cell[state_.cohorts.cell(commune, g)]);
            if (left < 0.0) return g;
        }
        return -1;
    }

    void enlist_one(int unit, std::int32_t cohort) {
        const int commune = state_.cohorts.commune[static_cast<std::size_t>(cohort)];
        const int community = state_.cohorts.community[static_cast<std::size_t>(cohort)];
        enlist_resident(state_.cohorts, state_.units, unit, cohort);
        state_.units.touched[static_cast<std::size_t>(unit)] = step_.day;
        static const std::size_t by_community = outcome_index("recruits_by_community");
        add_to_tally(setup_, state_, by_community, step_.date, commune, organisation_, community, 1.0);
        count(commune, 1);
    }

    void count(int place, int persons) {
        static const std::size_t recruits = outcome_index("recruits");
        add_to_tally(setup_, state_, recruits, step_.date, place, organisation_, 0, persons);
    }

    void found_unit(std::uint64_t unit_key, int commune, int community, engine::RandomStream& draws) {
        const auto size = static_cast<int>(own_.cell_size);
        const bool mobile = engine::draw_bernoulli(draws, own_.mobile_share);
        const int unit = add_unit(setup_, state_.units,
                                  {unit_key, faction_, mobile ? UnitType::cell : UnitType::garrison, commune, size,
                                   own_.experience, step_.day + 1});
        for (int k = 0; k < size; ++k) {
            const std::int32_t cohort = draw_resident(state_.cohorts, commune, community, draws);
            if (cohort < 0) break;
            enlist_one(unit, cohort);
        }
        Event event = make_event(step_, state_.units, unit, EventType::strategic_development,
                                 EventSubtype::group_formed, commune);
        const auto& provocation = state_.provocations[provocation_index(setup_, organisation_, commune)];
        if (provocation.event >= 0 && standing_provocation(provocation, step_.day, state_.parameters.revenge.half_life) >
                                          state_.parameters.revenge.per_civilian) {
            event.cause_kind = CauseKind::event;
            event.cause = provocation.event;
        }
        log_event(setup_, state_, event);
    }

    const Setup& setup_;
    const Step& step_;
    double years_;
    int faction_;
    int organisation_;
    double room_;
    const FactionParameters& own_;
    const People& before_;
    const UnitsByPlace& at_place_;
    Motives motives_;
    State& state_;
};

/// A cell that has grown to twice its size becomes two.
void split_units(const Setup& setup, const Step& step, State& state) {
    auto& units = state.units;
    const std::vector<std::int32_t> order = units.by_key;
    for (const int u : order) {
        const auto i = static_cast<std::size_t>(u);
        const auto& own = state.parameters.factions[static_cast<std::size_t>(units.faction[i])];
        const bool grows = own.recruitment_rate > 0.0 || own.abroad_rate > 0.0;
        if (!grows || units.type[i] == UnitType::air || units.strength(u) < 2 * static_cast<int>(own.cell_size))
            continue;
        if (units.type[i] == UnitType::cell && !is_idle(units, u, step.day)) continue;
        const NewUnit half{engine::child_key(units.key[i], static_cast<std::uint64_t>(units.births[i]++)),
                           units.faction[i],
                           units.type[i],
                           units.base[i],
                           static_cast<int>(own.cell_size),
                           static_cast<double>(units.experience[i]),
                           step.day + 1};
        const float supply = units.supply[i];
        const float morale = units.morale[i];
        const int child = add_unit(setup, units, half);
        units.supply[static_cast<std::size_t>(child)] = supply;
        units.morale[static_cast<std::size_t>(child)] = morale;
        move_members(state.cohorts, units, u, child, units.strength(u) / 2);
    }
}

/// Cells too small to act join the nearest of their faction; those without anybody are no more.
void merge_remnants(const Setup& setup, const Step& step, const UnitsByPlace& at_place, State& state) {
    auto& units = state.units;
    const auto least = static_cast<int>(std::ceil(state.parameters.decision.minimum_strength));
    for (const int u : units.by_key) {
        const auto i = static_cast<std::size_t>(u);
        const auto faction = static_cast<std::size_t>(units.faction[i]);
        if (state.parameters.factions[faction].recruitment_rate <= 0.0 || units.strength(u) >= least) continue;
        if (!is_idle(units, u, step.day)) continue;
        if (units.strength(u) > 0) {
            int nearest = -1;
            for (const auto& [place, hours] : setup.travel[static_cast<std::size_t>(step.season)].from(units.place[i])) {
                if (static_cast<double>(hours) > state.parameters.factions[faction].merge_distance) break;
                for (const int other : at_place.of(units.faction[i], place)) {
                    if (other != u && units.strength(other) > 0 && nearest < 0) nearest = other;
                }
                if (nearest >= 0) break;
            }
            if (nearest < 0) continue;
            move_members(state.cohorts, units, u, nearest, units.strength(u));
        }
        retire(units, u);
    }
}

}  // namespace

void recruit(const Setup& setup, const Step& step, double elapsed_days, State& state) {
    const auto rooms = room_of_factions(setup, state);
    const People before(state.cohorts);
    const UnitsByPlace at_place(setup, state.units, step.day);  // who is found or splits off later, hides until tomorrow
    for (int f = 0; f < setup.actors.factions(); ++f) {
        FactionRecruitment recruitment(setup, step, elapsed_days, f, rooms[static_cast<std::size_t>(f)].left(), before,
                                       at_place, state);
        recruitment.volunteers();
        recruitment.founders();
        recruitment.from_abroad();
    }
    split_units(setup, step, state);
    merge_remnants(setup, step, at_place, state);
}

}  // namespace sahelsim::model
