#include "model/candidates.h"

#include <algorithm>
#include <numbers>

#include "engine/mathematics.h"
#include "model/groups.h"
#include "model/knowledge.h"
#include "model/provocations.h"
#include "model/truces.h"

namespace sahelsim::model {

namespace {

void add_candidate(int place, float hours, Candidates& candidates) {
    candidates.feature(candidates.count++, kHours) = hours;
    candidates.place.push_back(place);
}

/// What the faction sees of the candidates' places. Row by row through plain pointers: most of the time of a decision goes
/// into fetching what is known of so many places.
void look(const Setup& setup, const Step& step, const Picture& picture, const Decider& d, Candidates& c) {
    const auto* rows = picture.outlook.rows.data() + static_cast<std::ptrdiff_t>(d.faction) * setup.places();
    const Provocation* provocations = picture.provocations.data() + provocation_index(setup, d.organisation, 0);
    float* feature = c.feature.data();
    const Eigen::Index stride = c.feature.rows();
    for (Eigen::Index j = 0; j < c.count; ++j, ++feature) {
        const int place = c.place[static_cast<std::size_t>(j)];
        const auto& row = rows[place];
        const auto& provocation = provocations[place];
        feature[kWeight * stride] = row.weight;
        feature[kArmedWeight * stride] = row.armed_weight;
        feature[kOvert * stride] = row.overt * row.misjudged;
        feature[kCovert * stride] = row.covert * row.misjudged;
        feature[kOwn * stride] = row.own;
        feature[kKin * stride] = row.kin;
        feature[kSuspected * stride] = row.suspected;
        feature[kAirThreat * stride] = row.air_threat;
        feature[kInformation * stride] = row.information;
        feature[kFriends * stride] = row.friends;
        feature[kRural * stride] = row.rural;
        feature[kRevenge * stride] = static_cast<float>(provocation.amount);
        feature[kProvokedDays * stride] = static_cast<float>(step.day - provocation.day);
    }
}

/// What turns true strengths into perceived ones: a lognormal factor of mean one, wider with less information.
float misjudged(const FactionParameters& parameters, double information, double error) {
    const double spread = parameters.perception_error * (1.0 - information);
    return static_cast<float>(engine::exponential(spread * error - 0.5 * spread * spread));
}

/// Turns provocations of the past into the pull to retaliate today, as revenge_due does for one.
void weigh_revenge(const RevengeParameters& parameters, Candidates& c) {
    const auto rate = static_cast<float>(std::numbers::ln2 / parameters.half_life);
    const Eigen::ArrayXf standing = c.column(kRevenge) * (-rate * c.column(kProvokedDays)).exp();
    c.column(kRevenge) = standing / (standing + static_cast<float>(parameters.saturation));
}

void gather_by_air(const Setup& setup, const Picture& picture, const Decider& d, Candidates& candidates) {
    candidates.reserve(setup.communes());
    for (int place = 0; place < setup.communes(); ++place) {
        if (picture.presence.covert_opponents(place, d.organisation) <= 0.0F) continue;
        if (setup.air_km(d.base, place) > d.parameters->strike_range) continue;
        add_candidate(place, 0.0F, candidates);
    }
}

void gather_by_land(const Setup& setup, const Step& step, const Decider& d, Candidates& candidates) {
    const auto all = setup.targets[static_cast<std::size_t>(step.season)].from(d.base);
    const auto beyond = std::upper_bound(
        all.begin(), all.end(), d.parameters->travel_limit,
        [](double limit, const world::Reachable& target) { return limit < static_cast<double>(target.hours); });
    candidates.reserve(beyond - all.begin());
    for (auto target = all.begin(); target != beyond; ++target) add_candidate(target->place, target->hours, candidates);
}

/// Who defies a truce takes those behind it for the opponents that they are.
void see_everybody(const Setup& setup, const Picture& picture, const Decider& d, Candidates& c) {
    const auto armed = static_cast<float>(picture.parameters.decision.armed_weight);
    for (Eigen::Index j = 0; j < c.count; ++j) {
        const int place = c.place[static_cast<std::size_t>(j)];
        const float misjudged =
            picture.outlook.rows[static_cast<std::size_t>(d.faction * setup.places() + place)].misjudged;
        c.feature(j, kOvert) = picture.presence.overt_opponents(place, d.organisation) * misjudged;
        c.feature(j, kCovert) = picture.presence.covert_opponents(place, d.organisation) * misjudged;
        c.feature(j, kArmedWeight) =
            c.feature(j, kWeight) + armed * picture.presence.standing_opponents(place, d.organisation);
    }
}

/// What is left to a unit that keeps its truces.
void note_bounds(const Setup& setup, const Picture& picture, const Decider& d, Candidates& c) {
    const bool unarmed = stays_home(*picture.truces, d.faction, d.base);
    const auto* rows = picture.outlook.rows.data() + static_cast<std::ptrdiff_t>(d.faction) * setup.places();
    c.bounds.clear();
    for (const int place : c.place) {
        const auto at_home = unarmed ? (place == d.base ? kUnarmedAtHome : kUnarmedAway) : kFree;
        c.bounds.push_back(static_cast<std::uint8_t>(at_home | rows[place].bounds));
    }
    const bool free = std::all_of(c.bounds.begin(), c.bounds.end(), [](auto bounds) { return bounds == kFree; });
    if (free) c.bounds.clear();
}

/// Share of own strength that may be lost: opponents against own strength, and the air threat, which grows with the group.
void expect_losses(const Picture& picture, const Decider& d, Candidates& c) {
    const auto half = static_cast<float>(picture.parameters.decision.presence_half_gain);
    const auto opponents = c.column(kOvert) + c.column(kCovert);
    c.column(kLoss) =
        opponents / (opponents + d.strength + 1.0F) + c.column(kAirThreat) * (d.strength / (d.strength + half));
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
            row.own = governed ? static_cast<float>(control.share(place, authority)) : 0.0F;
            row.kin = sympathy.kin(place, f);
            row.suspected = sympathy.suspected(place, f);
            row.air_threat = presence.air_threat(place, organisation);
            const double information = information_of(setup, parameters, control, f, place);
            row.information = static_cast<float>(information);
            row.misjudged = misjudged(parameters.factions[static_cast<std::size_t>(f)], information,
                                      static_cast<double>(presence.misjudgement(place, organisation)));
            row.bounds = kFree;
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
        gather_by_air(setup, picture, d, candidates);
    } else if (static_cast<double>(d.strength) >= picture.parameters.decision.minimum_strength) {
        gather_by_land(setup, step, d, candidates);
    }
    if (candidates.count == 0) return;
    look(setup, step, picture, d, candidates);
    const bool truces = picture.truces != nullptr && !picture.truces->none();
    if (truces && d.defies) see_everybody(setup, picture, d, candidates);
    if (truces && !d.defies) note_bounds(setup, picture, d, candidates);
    expect_losses(picture, d, candidates);
    if (picture.mechanisms.revenge) {
        weigh_revenge(picture.parameters.revenge, candidates);
    } else {
        candidates.column(kRevenge).setZero();
    }
}

}  // namespace sahelsim::model
