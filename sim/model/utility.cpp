#include "model/utility.h"

namespace sahelsim::model {

namespace {

/// What the action is worth at each candidate, 0 ... 1.
Eigen::ArrayXf gain(const DecisionParameters& parameters, Action action, Candidates& c) {
    const auto half = static_cast<float>(parameters.presence_half_gain);
    const auto overt = c.column(kOvert) / (c.column(kOvert) + half);
    const auto covert = c.column(kCovert) / (c.column(kCovert) + half);
    switch (action) {
        case Action::ambush:
        case Action::ied:
        case Action::assault:
            return overt;
        case Action::coordinated_attack:
            return c.column(kOvert) / (c.column(kOvert) + static_cast<float>(parameters.strong_base_factor) * half);
        case Action::siege:
            return c.column(kRural) * overt * (1.0F - c.column(kOwn));
        case Action::raid:
            return c.column(kSuspected) * (1.0F - c.column(kOwn));
        case Action::abduction:
            return (1.0F - c.column(kKin)) * (1.0F - c.column(kOwn));
        case Action::rival_attack:
        case Action::sweep:
            return covert;
        case Action::air_strike:
            return covert * c.column(kInformation);
        case Action::patrol:
            return c.column(kOwn);
        case Action::protect:
            return c.column(kKin) * c.column(kRevenge);
        case Action::govern:
            return 0.5F * (c.column(kOwn) + c.column(kKin));
        case Action::relocate:
            return c.column(kKin) * (1.0F - overt) * (1.0F - c.column(kOwn));
        case Action::withdraw:
            return c.column(kFriends) / (c.column(kFriends) + half);
        case Action::rest:
            break;
    }
    return Eigen::ArrayXf::Zero(c.count);
}

/// Share of own strength that may be lost: opponents against own strength, and the air threat, which grows with the group.
Eigen::ArrayXf expected_loss(Candidates& c, float strength, float half) {
    const auto opponents = c.column(kOvert) + c.column(kCovert);
    return opponents / (opponents + strength + 1.0F) + c.column(kAirThreat) * (strength / (strength + half));
}

}  // namespace

Eigen::ArrayXf retaliation(Action action, Candidates& c) {
    switch (action) {
        case Action::raid:
            return c.column(kRevenge) * c.column(kSuspected);
        case Action::ambush:
        case Action::ied:
        case Action::assault:
        case Action::coordinated_attack:
        case Action::siege:
        case Action::rival_attack:
        case Action::sweep:
        case Action::air_strike:
            return c.column(kRevenge);
        default:
            return Eigen::ArrayXf::Zero(c.count);
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

Eigen::ArrayXf utility(const Picture& picture, const Decider& d, Action action, Candidates& c) {
    const auto& p = *d.parameters;
    const auto a = index(action);
    const auto half = static_cast<float>(picture.parameters.decision.presence_half_gain);
    const double holding = picture.cohesion.empty() ? 1.0 : picture.cohesion[static_cast<std::size_t>(d.faction)];
    const double discipline = p.discipline * holding;
    const double support_weight = discipline * p.support_weight_leaders + (1.0 - discipline) * p.support_weight_cells;
    const double shaken = picture.parameters.decision.shaken_loss_weight * (1.0 - static_cast<double>(d.morale));
    const double loss_weight = p.loss_weight * (1.0 + shaken) * picture.parameters.decision.exposure[a];
    return static_cast<float>(p.gain_weight) * gain(picture.parameters.decision, action, c) +
           static_cast<float>(p.revenge_weight) * retaliation(action, c) -
           static_cast<float>(loss_weight) * expected_loss(c, d.strength, half) -
           static_cast<float>(p.distance_weight) * c.column(kHours) -
           static_cast<float>(support_weight * picture.parameters.decision.civilian_harm[a]) * c.column(kKin);
}

}  // namespace sahelsim::model
