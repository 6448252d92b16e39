#include "model/candidates.h"

#include <numbers>

#include "model/groups.h"
#include "model/knowledge.h"
#include "model/provocations.h"
#include "model/truces.h"

namespace sahelsim::model {

namespace {

void add_candidate(const Setup& setup, const Step& step, const Picture& picture, const Decider& d, int place,
                   float hours, Candidates& candidates) {
    const auto n = candidates.count++;
    candidates.place.push_back(place);
    auto row = candidates.feature.row(n);
    const auto& seen = picture.outlook.rows[static_cast<std::size_t>(d.faction * setup.places() + place)];
    row(kWeight) = seen.weight;
    row(kArmedWeight) = seen.armed_weight;
    row(kHours) = hours;
    row(kOvert) = seen.overt;
    row(kCovert) = seen.covert;
    row(kMisjudgement) = seen.misjudgement;
    row(kOwn) = seen.own;
    row(kKin) = seen.kin;
    row(kSuspected) = seen.suspected;
    row(kAirThreat) = seen.air_threat;
    row(kInformation) = seen.information;
    row(kFriends) = seen.friends;
    row(kRural) = seen.rural;
    const auto& provocation = picture.provocations[provocation_index(setup, d.organisation, place)];
    row(kRevenge) = picture.mechanisms.revenge ? static_cast<float>(provocation.amount) : 0.0F;
    row(kProvokedDays) = static_cast<float>(step.day - provocation.day);
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

/// Who defies a truce takes those behind it for the opponents that they are.
void see_everybody(const Picture& picture, const Decider& d, Candidates& c) {
    const auto armed = static_cast<float>(picture.parameters.decision.armed_weight);
    for (Eigen::Index j = 0; j < c.count; ++j) {
        const int place = c.place[static_cast<std::size_t>(j)];
        c.feature(j, kOvert) = picture.presence.overt_opponents(place, d.organisation);
        c.feature(j, kCovert) = picture.presence.covert_opponents(place, d.organisation);
        c.feature(j, kArmedWeight) =
            c.feature(j, kWeight) + armed * picture.presence.standing_opponents(place, d.organisation);
    }
}

/// What is left to a unit that keeps its truces.
void note_bounds(const Picture& picture, const Decider& d, Candidates& c) {
    const auto& truces = *picture.truces;
    const bool unarmed = stays_home(truces, d.faction, d.base);
    c.bounds.assign(static_cast<std::size_t>(c.count), kFree);
    for (Eigen::Index j = 0; j < c.count; ++j) {
        auto& bounds = c.bounds[static_cast<std::size_t>(j)];
        const int place = c.place[static_cast<std::size_t>(j)];
        const auto at_home = unarmed ? (place == d.base ? kUnarmedAtHome : kUnarmedAway) : kFree;
        const auto people = spares_villagers(truces, d.faction, place) ? kSparesVillagers : kFree;
        bounds = static_cast<std::uint8_t>(at_home | people);
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

void update_outlook(const Setup& setup, const Parameters& parameters, const Control& control, const Presence& presence,
                    const Sympathy& sympathy, Outlook& outlook) {
    const auto armed = static_cast<float>(parameters.decision.armed_weight);
    outlook.rows.resize(static_cast<std::size_t>(setup.actors.factions() * setup.places()));
    for (int f = 0; f < setup.actors.factions(); ++f) {
        const int organisation = setup.actors.organisation_of[static_cast<std::size_t>(f)];
        const int authority = setup.actors.authority[static_cast<std::size_t>(organisation)];
        for (int place = 0; place < setup.places(); ++place) {
            auto& row = outlook.rows[static_cast<std::size_t>(f * setup.places() + place)];
            const bool governed = authority >= 0 && place < setup.communes();
            row.weight = setup.target_weight[static_cast<std::size_t>(place)];
            const bool target = row.weight > 0.0F;
            row.armed_weight = target ? row.weight + armed * presence.standing_opponents(place, organisation) : 0.0F;
            row.overt = presence.overt_opponents(place, organisation);
            row.covert = presence.covert_opponents(place, organisation);
            row.misjudgement = presence.misjudgement(place, organisation);
            row.own = governed ? static_cast<float>(control.share(place, authority)) : 0.0F;
            row.kin = sympathy.kin(place, f);
            row.suspected = sympathy.suspected(place, f);
            row.air_threat = presence.air_threat(place, organisation);
            row.information = static_cast<float>(information_of(setup, parameters, control, f, place));
            row.friends = presence.overt(place, organisation);
            row.rural = setup.geography.places[static_cast<std::size_t>(place)].town ? 0.0F : 1.0F;
        }
    }
}

void gather_candidates(const Setup& setup, const Step& step, const Picture& picture, const Decider& d,
                       Candidates& candidates) {
    candidates.count = 0;
    candidates.place.clear();
    candidates.bounds.clear();
    if (d.type == UnitType::air) {
        gather_by_air(setup, step, picture, d, candidates);
    } else if (static_cast<double>(d.strength) >= picture.parameters.decision.minimum_strength) {
        gather_by_land(setup, step, picture, d, candidates);
    }
    if (candidates.count == 0) return;
    const bool truces = picture.truces != nullptr && !picture.truces->none();
    if (truces && d.defies) see_everybody(picture, d, candidates);
    if (truces && !d.defies) note_bounds(picture, d, candidates);
    misjudge(*d.parameters, candidates);
    weigh_revenge(picture.parameters.revenge, candidates);
}

}  // namespace sahelsim::model
