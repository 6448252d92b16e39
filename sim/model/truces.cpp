#include "model/truces.h"

#include <algorithm>

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

namespace {

std::size_t pair_index(const Truces& truces, int faction, int other) {
    const int column = other == kVillagers ? truces.factions : other;
    return static_cast<std::size_t>(faction * (truces.factions + 1) + column);
}

std::size_t local_index(const Truces& truces, int commune, int faction, int other) {
    const auto pairs = static_cast<std::size_t>(truces.factions) * (static_cast<std::size_t>(truces.factions) + 1);
    return static_cast<std::size_t>(commune) * pairs + pair_index(truces, faction, other);
}

std::size_t own_index(const Truces& truces, int commune, int faction) {
    return static_cast<std::size_t>(commune * truces.factions + faction);
}

bool holds(const Truces& truces, int faction, int other, int place) {
    if (truces.nationals > 0 && truces.national[pair_index(truces, faction, other)] != 0) return true;
    return truces.locals > 0 && place < truces.communes && truces.local[local_index(truces, place, faction, other)] > 0;
}

void change_one(Truces& truces, int commune, int faction, int other, int change) {
    auto& count = truces.local[local_index(truces, commune, faction, other)];
    count = static_cast<std::uint8_t>(count + change);
    auto& bound = truces.bound[own_index(truces, commune, faction)];
    bound = static_cast<std::uint16_t>(bound + change);
    truces.locals += change;
}

/// Persons of each faction who stand in places where somebody is at truce; counted as presence counts them.
Eigen::ArrayXXi count_standing(const Setup& setup, const Step& step, const Units& units) {
    Eigen::ArrayXXi persons = Eigen::ArrayXXi::Zero(setup.places(), setup.actors.factions());
    for (int u = 0; u < units.size(); ++u) {
        const auto i = static_cast<std::size_t>(u);
        if (units.latent_until[i] <= step.day) persons(units.place[i], units.faction[i]) += units.strength(u);
    }
    return persons;
}

/// What a faction sees in a place of opponents who are not at truce with it.
void see_the_others(const Setup& setup, const State& state, const Eigen::ArrayXXi& standing, int faction, int place,
                    Outlook::Row& row) {
    const auto organisation = setup.actors.organisation_of[static_cast<std::size_t>(faction)];
    double overt = 0.0;
    double covert = 0.0;
    double persons = 0.0;
    for (int other = 0; other < setup.actors.factions(); ++other) {
        if (at_truce(state.truces, faction, other, place)) continue;
        const int theirs = setup.actors.organisation_of[static_cast<std::size_t>(other)];
        const double hostility = std::max(0.0, -state.relations.at(setup, place, organisation, theirs));
        const double overtness = state.parameters.factions[static_cast<std::size_t>(other)].overtness;
        const auto present = static_cast<double>(state.presence.of_faction(place, other));
        overt += hostility * overtness * present;
        covert += hostility * (1.0 - overtness) * present;
        persons += hostility * standing(place, other);
    }
    row.overt = static_cast<float>(overt);
    row.covert = static_cast<float>(covert);
    const auto armed = static_cast<float>(state.parameters.decision.armed_weight);
    row.armed_weight = row.weight > 0.0F ? row.weight + armed * static_cast<float>(persons) : 0.0F;
}

}  // namespace

bool at_truce(const Truces& truces, int faction, int other, int place) {
    return holds(truces, faction, other, place);
}

bool spares_villagers(const Truces& truces, int faction, int place) {
    return holds(truces, faction, kVillagers, place);
}

bool stays_home(const Truces& truces, int faction, int base) {
    return truces.locals > 0 && base < truces.communes && truces.confined[own_index(truces, base, faction)] > 0;
}

bool is_bound(const Truces& truces, int faction, int place) {
    if (truces.none()) return false;
    if (truces.locals > 0 && place < truces.communes && truces.bound[own_index(truces, place, faction)] > 0)
        return true;
    if (truces.nationals == 0) return false;
    const auto first = truces.national.begin() + static_cast<std::ptrdiff_t>(pair_index(truces, faction, 0));
    return std::any_of(first, first + truces.factions + 1, [](char holds_there) { return holds_there != 0; });
}

void change_local_truce(Truces& truces, int commune, int faction, int other, int change) {
    change_one(truces, commune, faction, other, change);
    if (other != kVillagers) change_one(truces, commune, other, faction, change);
}

void change_confinement(Truces& truces, int commune, int faction, int change) {
    auto& count = truces.confined[own_index(truces, commune, faction)];
    count = static_cast<std::uint8_t>(count + change);
}

void set_national_truce(Truces& truces, int faction, int other, bool on) {
    const auto set = [&](std::size_t i) {
        truces.nationals += (on ? 1 : 0) - (truces.national[i] != 0 ? 1 : 0);
        truces.national[i] = on ? 1 : 0;
    };
    set(pair_index(truces, faction, other));
    if (other != kVillagers && other != faction) set(pair_index(truces, other, faction));
}

void overlook_those_at_truce(const Setup& setup, const Step& step, const State& state, Outlook& outlook) {
    if (state.truces.none()) return;
    const Eigen::ArrayXXi standing = count_standing(setup, step, state.units);
    for (int f = 0; f < setup.actors.factions(); ++f) {
        for (int place = 0; place < setup.places(); ++place) {
            if (!is_bound(state.truces, f, place)) continue;
            see_the_others(setup, state, standing, f, place,
                           outlook.rows[static_cast<std::size_t>(f * setup.places() + place)]);
        }
    }
}

void note_violation(Truces& truces, int faction, int other, int place, std::int32_t event) {
    if (!holds(truces, faction, other, place)) return;
    truces.violations.push_back({event, place, static_cast<std::int16_t>(faction), static_cast<std::int16_t>(other)});
}

}  // namespace sahelsim::model
