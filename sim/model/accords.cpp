#include "model/accords.h"

#include <algorithm>
#include <limits>

#include "model/truces.h"

namespace sahelsim::model {

namespace {

constexpr std::int32_t kLongAgo = -1'000'000;  // day number

/// Stricter rule of the katiba's authority. Another accord's part stays; what rounding leaves of none does not.
void change_strictness(float& strictness, float part, int change) {
    strictness += static_cast<float>(change) * part;
    if (change < 0 && strictness < 1e-6F) strictness = 0.0F;
}

}  // namespace

std::size_t accord_index(const Setup& setup, int cluster, int faction) {
    return static_cast<std::size_t>(cluster * setup.actors.factions() + faction);
}

void reset_accords(const Setup& setup, State& state) {
    state.truces.reset(setup.communes(), setup.actors.factions());
    const auto clusters = static_cast<std::size_t>(setup.clusters.size());
    auto& accords = state.accords;
    accords = {};
    accords.all.resize(clusters * static_cast<std::size_t>(setup.actors.factions()));
    for (Accord& accord : accords.all) accord.wait_until = kLongAgo;
    accords.pressure.assign(clusters, 0.0);
    accords.siege_share.assign(clusters, 0.0);
    accords.strictness.assign(static_cast<std::size_t>(setup.communes() * setup.actors.authorities), 0.0F);
    accords.pasture.assign(static_cast<std::size_t>(setup.communes()), 0);
    accords.collapsed.assign(static_cast<std::size_t>(setup.communes()), kLongAgo);
}

void dissolve_accords(const Setup& setup, State& state) {
    for (int c = 0; c < setup.clusters.size(); ++c) {
        for (int f = 0; f < setup.actors.factions(); ++f) {
            Accord& accord = state.accords.all[accord_index(setup, c, f)];
            if (accord.stage == AccordStage::in_force && accord.binding) change_stand_down(setup, state, c, f, -1);
            accord = {};
            accord.wait_until = kLongAgo;
        }
    }
    std::fill(state.accords.pressure.begin(), state.accords.pressure.end(), 0.0);
    std::fill(state.accords.siege_share.begin(), state.accords.siege_share.end(), 0.0);
}

double mediators_in(const Step& step, const State& state, int cluster) {
    double sum = state.parameters.accords.mediators;
    for (const auto& mediation : state.accords.mediations) {
        if (mediation.cluster == cluster && mediation.until >= step.day) sum += mediation.mediators;
    }
    return sum;
}

void change_stand_down(const Setup& setup, State& state, int cluster, int faction, int change) {
    auto& truces = state.truces;
    const Accord& accord = state.accords.all[accord_index(setup, cluster, faction)];
    const int other = accord.counterpart;
    const auto organisation = static_cast<std::size_t>(setup.actors.organisation_of[static_cast<std::size_t>(faction)]);
    const int authority = setup.actors.authority[organisation];
    for (const int i : setup.clusters.communes[static_cast<std::size_t>(cluster)]) {
        change_local_truce(truces, i, faction, kVillagers, change);
        if (other >= 0) {
            change_local_truce(truces, i, faction, other, change);
            change_local_truce(truces, i, other, kVillagers, change);
            if (has(accord.terms, Term::arms)) change_confinement(truces, i, other, change);
        }
        if (has(accord.terms, Term::pasture)) {
            auto& count = state.accords.pasture[static_cast<std::size_t>(i)];
            count = static_cast<std::uint8_t>(count + change);
        }
        if (authority < 0) continue;
        change_strictness(state.accords.strictness[static_cast<std::size_t>(i * setup.actors.authorities + authority)],
                          accord.strictness, change);
    }
}

double accord_strictness(const Setup& setup, const State& state, int commune, int authority) {
    return static_cast<double>(
        state.accords.strictness[static_cast<std::size_t>(commune * setup.actors.authorities + authority)]);
}

bool is_under_accord(const Setup& setup, const State& state, int commune) {
    const int cluster = setup.clusters.of_commune[static_cast<std::size_t>(commune)];
    if (cluster < 0) return false;
    const auto first = state.accords.all.begin() + static_cast<std::ptrdiff_t>(accord_index(setup, cluster, 0));
    return std::any_of(first, first + setup.actors.factions(),
                       [](const Accord& accord) { return accord.stage == AccordStage::in_force; });
}

}  // namespace sahelsim::model
