#include "model/utility.h"

namespace sahelsim::model {

namespace {

/// Calls use(gain, retaliation) with what the action is worth at each candidate, 0 ... 1, and with how far revenge is a reason
/// for it: expressions, so that nothing is stored in between.
template <class Use>
void with_reasons(const DecisionParameters& parameters, Action action, Candidates& c, Use use) {
    const auto half = static_cast<float>(parameters.presence_half_gain);
    const auto none = Eigen::ArrayXf::Zero(c.count);
    const auto revenge = c.column(kRevenge);
    const auto foreign = 1.0F - c.column(kOwn);
    const auto overt = c.column(kOvert) / (c.column(kOvert) + half);
    const auto covert = c.column(kCovert) / (c.column(kCovert) + half);
    switch (action) {
        case Action::ambush:
        case Action::ied:
        case Action::assault:
            return use(overt, revenge);
        case Action::coordinated_attack:
            return use(c.column(kOvert) / (c.column(kOvert) + static_cast<float>(parameters.strong_base_factor) * half),
                       revenge);
        case Action::siege:
            return use(c.column(kRural) * overt * foreign, revenge);
        case Action::raid:
            return use(c.column(kSuspected) * foreign, revenge * c.column(kSuspected));
        case Action::abduction:
            return use((1.0F - c.column(kKin)) * foreign, none);
        case Action::rival_attack:
        case Action::sweep:
            return use(covert, revenge);
        case Action::air_strike:
            return use(covert * c.column(kInformation), revenge);
        case Action::patrol:
            return use(c.column(kOwn), none);
        case Action::protect:
            return use(c.column(kKin) * revenge, none);
        case Action::govern:
            return use(0.5F * (c.column(kOwn) + c.column(kKin)), none);
        case Action::relocate:
            return use(c.column(kKin) * (1.0F - overt) * foreign, none);
        case Action::withdraw:
            return use(c.column(kFriends) / (c.column(kFriends) + half), none);
        case Action::rest:
            return use(none, none);
    }
}

}  // namespace

float retaliation(Action action, const Candidates& c, Eigen::Index candidate) {
    switch (action) {
        case Action::raid:
            return c.feature(candidate, kRevenge) * c.feature(candidate, kSuspected);
        case Action::ambush:
        case Action::ied:
        case Action::assault:
        case Action::coordinated_attack:
        case Action::siege:
        case Action::rival_attack:
        case Action::sweep:
        case Action::air_strike:
            return c.feature(candidate, kRevenge);
        default:
            return 0.0F;
    }
}

Feature weight_for(Action action) {
    switch (action) {
        case Action::ambush:
        case Action::ied:
        case Action::assault:
        case Action::coordinated_attack:
        case Action::rival_attack:
            return kArmedWeight;
        default:
            return kWeight;
    }
}

void weigh_up(const Picture& picture, const Decider& d, Action action, Candidates& c) {
    const auto& p = *d.parameters;
    const auto a = index(action);
    const double holding = picture.cohesion.empty() ? 1.0 : picture.cohesion[static_cast<std::size_t>(d.faction)];
    const double discipline = p.discipline * holding;
    const double support_weight = discipline * p.support_weight_leaders + (1.0 - discipline) * p.support_weight_cells;
    const double shaken = picture.parameters.decision.shaken_loss_weight * (1.0 - static_cast<double>(d.morale));
    const auto by_gain = static_cast<float>(p.gain_weight);
    const auto by_revenge = static_cast<float>(p.revenge_weight);
    const auto by_loss = static_cast<float>(p.loss_weight * (1.0 + shaken) * picture.parameters.decision.exposure[a]);
    const auto by_hour = static_cast<float>(p.distance_weight);
    const auto by_kin = static_cast<float>(support_weight * picture.parameters.decision.civilian_harm[a]);
    with_reasons(picture.parameters.decision, action, c, [&](const auto& gain, const auto& retaliation) {
        c.odds_of(action) = by_gain * gain + by_revenge * retaliation - by_loss * c.column(kLoss) -
                            by_hour * c.column(kHours) - by_kin * c.column(kKin);
    });
}

}  // namespace sahelsim::model
