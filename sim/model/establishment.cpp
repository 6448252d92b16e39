#include "model/establishment.h"

#include <algorithm>
#include <cmath>

#include "model/units.h"
#include "world/apportion.h"

namespace sahelsim::model {

namespace {

enum Purpose : std::uint64_t { kPlace = 1, kMembers = 2, kType = 3 };

int find_place(const Setup& setup, const std::string& name) {
    const auto& cercles = setup.geography.cercles;
    for (std::size_t c = 0; c < cercles.size(); ++c) {
        if (cercles[c].name == name) return setup.geography.seat[c];
    }
    const auto& zones = setup.geography.border_zones;
    for (std::size_t z = 0; z < zones.size(); ++z) {
        if (zones[z].id == name) return setup.communes() + static_cast<int>(z);
    }
    return -1;
}

/// A commune of the cercle: its seat, or a rural one with people close to the faction.
int draw_commune(const Setup& setup, const Parameters& parameters, const FactionParameters& faction,
                 const world::Cohorts& cohorts, int cercle, engine::RandomStream& stream) {
    const int seat = setup.geography.seat[static_cast<std::size_t>(cercle)];
    if (engine::draw_bernoulli(stream, faction.town_share)) return seat;
    std::vector<double> weights;
    std::vector<int> communes;
    for (int i = 0; i < setup.communes(); ++i) {
        const auto& place = setup.geography.places[static_cast<std::size_t>(i)];
        if (place.cercle != cercle || place.town) continue;
        double weight = 1.0;  // an empty commune can hold a base
        for (int g = 0; g < cohorts.communities; ++g) {
            const double affinity =
                std::max(parameters.membership.least_affinity, faction.affinity[static_cast<std::size_t>(g)]);
            weight += static_cast<double>(cohorts.residents_of(i, g)) * affinity;
        }
        weights.push_back(weight);
        communes.push_back(i);
    }
    const int chosen = engine::draw_weighted(stream, weights);
    return chosen < 0 ? seat : communes[static_cast<std::size_t>(chosen)];
}

}  // namespace

namespace {

int count_units(const Units& units, int faction, UnitType type) {
    int count = 0;
    for (int u = 0; u < units.size(); ++u) {
        const auto i = static_cast<std::size_t>(u);
        count += units.faction[i] == faction && units.type[i] == type ? 1 : 0;
    }
    return count;
}

}  // namespace

int establish_units(const Setup& setup, const Posting& posting, const RecruitPool& pool, State& state) {
    const auto& faction = state.parameters.factions[static_cast<std::size_t>(posting.faction)];
    if (posting.persons <= 0) return 0;
    const int count = std::max(1, static_cast<int>(std::lround(posting.persons / faction.cell_size)));
    const auto sizes = world::apportion(posting.persons, std::vector<double>(static_cast<std::size_t>(count), 1.0));
    for (int i = 0; i < count; ++i) {
        const std::uint64_t key = engine::child_key(posting.key, static_cast<std::uint64_t>(i));
        auto where = stream(state.random, Process::establishment, 0, key, kPlace);
        auto type = stream(state.random, Process::establishment, 0, key, kType);
        auto who = stream(state.random, Process::establishment, 0, key, kMembers);
        const int base = posting.place_of_base >= 0
                             ? posting.place_of_base
                             : draw_commune(setup, state.parameters, faction, state.cohorts, posting.cercle, where);
        const bool mobile = engine::draw_bernoulli(type, faction.mobile_share);
        const auto persons = static_cast<int>(sizes[static_cast<std::size_t>(i)]);
        const int unit = add_unit(setup, state.units,
                                  {key, posting.faction, mobile ? UnitType::cell : UnitType::garrison, base, persons,
                                   faction.experience, engine::day_number(state.date)});
        enlist(setup, state.parameters, pool, state.cohorts, state.units, unit, persons, who);
        // Not all decide on the same day.
        const double rest_days =
            engine::draw_exponential(type, state.parameters.decision.duration[index(Action::rest)]);
        state.units.end.back() += static_cast<std::int32_t>(rest_days);
    }
    return count;
}

void establish_aircraft(const Setup& setup, int faction, State& state) {
    if (count_units(state.units, faction, UnitType::air) > 0) return;
    const auto& parameters = state.parameters.factions[static_cast<std::size_t>(faction)];
    // Aircraft fly from the place where most of the faction is.
    std::vector<int> strength(static_cast<std::size_t>(setup.places()), 0);
    for (int u = 0; u < state.units.size(); ++u) {
        if (state.units.faction[static_cast<std::size_t>(u)] != faction) continue;
        strength[static_cast<std::size_t>(state.units.base[static_cast<std::size_t>(u)])] += state.units.strength(u);
    }
    const auto strongest = std::max_element(strength.begin(), strength.end());
    if (strongest == strength.end() || *strongest == 0) return;
    const auto base = static_cast<int>(strongest - strength.begin());
    const std::uint64_t parent = engine::name_key(setup.actors.faction[static_cast<std::size_t>(faction)] + "/air");
    const auto births = static_cast<std::uint64_t>(count_units(state.units, faction, UnitType::retired));
    for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(parameters.strike_units); ++i) {
        add_unit(setup, state.units,
                 {engine::child_key(parent, births + i), faction, UnitType::air, base, 0, parameters.experience,
                  engine::day_number(state.date)});
    }
}

std::vector<Home> homes_of(const Setup& setup, const scenario::ParameterSet& values, int faction) {
    const auto& name = setup.actors.faction[static_cast<std::size_t>(faction)];
    const auto& organisation =
        setup.scenario
            .organisations[static_cast<std::size_t>(setup.actors.organisation_of[static_cast<std::size_t>(faction)])];
    const auto placeholders = setup.scenario.placeholders();
    std::vector<Home> homes;
    for (const auto& place : placeholders.at("place")) {
        const auto* record = values.find({name, organisation.id, organisation.kind, "armed_actor"}, "home." + place);
        if (record != nullptr) homes.push_back({place, find_place(setup, place), record->value});
    }
    return homes;
}

Posting posting_at(const Setup& setup, int faction, int place) {
    Posting posting;
    posting.faction = faction;
    if (place >= 0 && place < setup.communes()) {
        posting.cercle = setup.geography.places[static_cast<std::size_t>(place)].cercle;
    } else {
        posting.place_of_base = place;
    }
    return posting;
}

void establish_initial_units(const Setup& setup, State& state) {
    for (int f = 0; f < setup.actors.factions(); ++f) {
        const auto& parameters = state.parameters.factions[static_cast<std::size_t>(f)];
        const auto homes = homes_of(setup, state.values, f);
        std::vector<double> weights;
        for (const auto& home : homes) weights.push_back(home.weight);
        const auto persons = std::llround(parameters.strength * parameters.active_share);
        const auto parts = world::apportion(homes.empty() ? 0 : persons, weights);
        const RecruitPool pool(setup, state.cohorts, state.parameters, f);
        for (std::size_t h = 0; h < homes.size(); ++h) {
            if (homes[h].place < 0 || parts[h] == 0) continue;
            Posting posting = posting_at(setup, f, homes[h].place);
            posting.persons = static_cast<int>(parts[h]);
            posting.key = engine::child_key(setup.actors.faction_key[static_cast<std::size_t>(f)],
                                            engine::name_key(homes[h].name));
            establish_units(setup, posting, pool, state);
        }
        establish_aircraft(setup, f, state);
    }
}

}  // namespace sahelsim::model
