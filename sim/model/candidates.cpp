#include "model/candidates.h"

#include <numbers>

#include "model/groups.h"
#include "model/knowledge.h"
#include "model/provocations.h"

namespace sahelsim::model {

namespace {

void add_candidate(const Setup& setup, const Step& step, const Picture& picture, const Decider& d, int place,
                   float hours, Candidates& candidates) {
    const auto n = candidates.count++;
    candidates.place.push_back(place);
    auto row = candidates.feature.row(n);
    const double information = information_of(setup, picture.parameters, picture.control, d.faction, place);
    row(kWeight) = setup.target_weight[static_cast<std::size_t>(place)];
    row(kHours) = hours;
    row(kOvert) = picture.presence.overt_opponents(place, d.organisation);
    row(kCovert) = picture.presence.covert_opponents(place, d.organisation);
    row(kMisjudgement) = picture.presence.misjudgement(place, d.organisation);
    row(kOwn) = d.authority < 0 ? 0.0F : static_cast<float>(picture.control.share(place, d.authority));
    row(kKin) = picture.sympathy.kin(place, d.faction);
    row(kSuspected) = picture.sympathy.suspected(place, d.faction);
    const auto& provocation = picture.provocations[provocation_index(setup, d.organisation, place)];
    row(kRevenge) = picture.mechanisms.revenge ? static_cast<float>(provocation.amount) : 0.0F;
    row(kProvokedDays) = static_cast<float>(step.day - provocation.day);
    row(kAirThreat) = picture.presence.air_threat(place, d.organisation);
    row(kInformation) = static_cast<float>(information);
    row(kFriends) = picture.presence.overt(place, d.organisation);
    row(kRural) = setup.geography.places[static_cast<std::size_t>(place)].town ? 0.0F : 1.0F;
}

/// Turns true strengths into perceived ones: times a lognormal factor of mean one, wider with less information.
void misjudge(const FactionParameters& parameters, Candidates& c) {
    const Eigen::ArrayXf spread = static_cast<float>(parameters.perception_error) * (1.0F - c.column(kInformation));
    const Eigen::ArrayXf factor = (spread * c.column(kMisjudgement) - 0.5F * spread.square()).exp();
    c.column(kOvert) *= factor;
    c.column(kCovert) *= factor;
}

/// Turns provocations of the past into the pull to retaliate today, as revenge_due does for one.
void weigh_revenge(const RevengeParameters& parameters, Candidates& c) {
    const auto rate = static_cast<float>(std::numbers::ln2 / parameters.half_life);
    const Eigen::ArrayXf standing = c.column(kRevenge) * (-rate * c.column(kProvokedDays)).exp();
    c.column(kRevenge) = standing / (standing + static_cast<float>(parameters.saturation));
}

void gather_by_air(const Setup& setup, const Step& step, const Picture& picture, const Decider& d,
                   Candidates& candidates) {
    candidates.reserve(setup.communes());
    for (int place = 0; place < setup.communes(); ++place) {
        if (picture.presence.covert_opponents(place, d.organisation) <= 0.0F) continue;
        if (setup.air_km(d.base, place) > d.parameters->strike_range) continue;
        add_candidate(setup, step, picture, d, place, 0.0F, candidates);
    }
}

void gather_by_land(const Setup& setup, const Step& step, const Picture& picture, const Decider& d,
                    Candidates& candidates) {
    const auto reachable = setup.travel[static_cast<std::size_t>(step.season)].from(d.base);
    candidates.reserve(static_cast<Eigen::Index>(reachable.size()));
    for (const auto& [place, hours] : reachable) {
        if (static_cast<double>(hours) > d.parameters->travel_limit) break;
        if (setup.target_weight[static_cast<std::size_t>(place)] <= 0.0F) continue;
        add_candidate(setup, step, picture, d, place, hours, candidates);
    }
}

}  // namespace

Decider describe(const Setup& setup, const Parameters& parameters, const Units& units, int unit) {
    const auto i = static_cast<std::size_t>(unit);
    Decider d;
    d.unit = unit;
    d.organisation = units.organisation[i];
    d.faction = units.faction[i];
    d.authority = setup.actors.authority[static_cast<std::size_t>(d.organisation)];
    d.type = units.type[i];
    d.base = units.base[i];
    d.strength = static_cast<float>(group_strength(units, unit));
    d.morale = units.morale[i];
    d.supply = units.supply[i];
    d.parameters = &parameters.factions[static_cast<std::size_t>(d.faction)];
    return d;
}

void gather_candidates(const Setup& setup, const Step& step, const Picture& picture, const Decider& d,
                       Candidates& candidates) {
    candidates.count = 0;
    candidates.place.clear();
    if (d.type == UnitType::air) {
        gather_by_air(setup, step, picture, d, candidates);
    } else if (static_cast<double>(d.strength) >= picture.parameters.decision.minimum_strength) {
        gather_by_land(setup, step, picture, d, candidates);
    }
    if (candidates.count == 0) return;
    misjudge(*d.parameters, candidates);
    weigh_revenge(picture.parameters.revenge, candidates);
}

}  // namespace sahelsim::model
