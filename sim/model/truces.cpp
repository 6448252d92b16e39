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

bool holds_locally(const Truces& truces, int faction, int other, int place) {
    return truces.locals > 0 && place < truces.communes && truces.local[local_index(truces, place, faction, other)] > 0;
}

bool holds(const Truces& truces, int faction, int other, int place) {
    if (truces.nationals > 0 && truces.national[pair_index(truces, faction, other)] != 0) return true;
    return holds_locally(truces, faction, other, place);
}

void change_one(Truces& truces, int commune, int faction, int other, int change) {
    auto& count = truces.local[local_index(truces, commune, faction, other)];
    count = static_cast<std::uint8_t>(count + change);
    auto& bound = truces.bound[own_index(truces, commune, faction)];
    bound = static_cast<std::uint16_t>(bound + change);
    truces.locals += change;
}

/// What a faction sees in a place of opponents who are not at truce with it.
void see_the_others(const Setup& setup, const State& state, int faction, int place, Outlook::Row& row) {
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
        persons += hostility * static_cast<double>(state.presence.standing(place, other));
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
    return truces.nationally_bound[static_cast<std::size_t>(faction)] > 0;
}

void change_local_truce(Truces& truces, int commune, int faction, int other, int change) {
    change_one(truces, commune, faction, other, change);
    if (other != kVillagers) change_one(truces, commune, other, faction, change);
}

void change_confinement(Truces& truces, int commune, int faction, int change) {
    auto& count = truces.confined[own_index(truces, commune, faction)];
    count = static_cast<std::uint8_t>(count + change);
}

void begin_national_truce(Truces& truces, int faction, int other) {
    const auto begin = [&](int of, int with) {
        char& holds_already = truces.national[pair_index(truces, of, with)];
        if (holds_already != 0) return;
        holds_already = 1;
        ++truces.nationals;
        ++truces.nationally_bound[static_cast<std::size_t>(of)];
    };
    begin(faction, other);
    if (other != kVillagers && other != faction) begin(other, faction);
}

void end_national_truces(Truces& truces) {
    std::fill(truces.national.begin(), truces.national.end(), 0);
    std::fill(truces.nationally_bound.begin(), truces.nationally_bound.end(), 0);
    truces.nationals = 0;
}

void overlook_those_at_truce(const Setup& setup, const State& state, Outlook& outlook) {
    if (state.truces.none()) return;
    for (int f = 0; f < setup.actors.factions(); ++f) {
        for (int place = 0; place < setup.places(); ++place) {
            if (!is_bound(state.truces, f, place)) continue;
            auto& row = outlook.rows[static_cast<std::size_t>(f * setup.places() + place)];
            see_the_others(setup, state, f, place, row);
            row.bounds = static_cast<std::uint8_t>(
                kBound | (spares_villagers(state.truces, f, place) ? kSparesVillagers : kFree));
        }
    }
}

void note_violation(Truces& truces, int faction, int other, int place, std::int32_t event) {
    if (!holds_locally(truces, faction, other, place)) return;
    truces.violations.push_back({event, place, static_cast<std::int16_t>(faction), static_cast<std::int16_t>(other)});
}

}  // namespace sahelsim::model
