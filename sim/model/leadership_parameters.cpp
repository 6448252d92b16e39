#include "model/leadership_parameters.h"

#include <array>

#include "scenario/binding.h"

namespace sahelsim::model {

namespace {

using scenario::Binding;

using L = LeadershipParameters;
constexpr std::array leadership_rows = {
    Binding<L>{
        &L::strike_rate, "leadership.strike_rate", "1/year", 0, 100,
        "Rate at which one crew of aircraft that strike, with full information, kills a leader within its reach."},
    Binding<L>{&L::head_vacancy, "leadership.head_vacancy", "days", 0, 3650,
               "Mean time until the head of an organisation is replaced."},
    Binding<L>{&L::commander_vacancy, "leadership.commander_vacancy", "days", 0, 3650,
               "Mean time until the commander of a faction is replaced."},
    Binding<L>{&L::head_loss, "leadership.head_loss", "share", 0, 1,
               "Cohesion that the head's own faction loses with him."},
    Binding<L>{&L::commander_loss, "leadership.commander_loss", "share", 0, 1,
               "Cohesion that a faction loses with a commander."},
    Binding<L>{&L::head_reach, "leadership.head_reach", "1", 0, 1,
               "Loss of the organisation's other factions with its head against that of his own."},
    Binding<L>{&L::recovery_half_life, "leadership.recovery_half_life", "days", 1, 3650,
               "Time in which half of the lost cohesion comes back once the post is filled."},
    Binding<L>{&L::succession_spread, "leadership.succession_spread", "1", 0, 1,
               "Standard deviation of a successor's hardness around that of the man before."},
    Binding<L>{&L::head_weight, "leadership.head_weight", "share", 0, 1,
               "Part of the head of the organisation in the stance of a faction; the rest is its commanders'."},
    Binding<L>{&L::usual_hardness, "leadership.usual_hardness", "1", 0, 1,
               "Hardness of factions without a leader of whom anything is known."},
    Binding<L>{&L::desertion_weight, "leadership.desertion_weight", "1", 0, 100,
               "How much a faction without any cohesion raises its members' rate of leaving, above one."},
};

}  // namespace

void declare_leadership_parameters(std::vector<scenario::ParameterDeclaration>& all) {
    scenario::declare<L>(all, leadership_rows);
    all.push_back({"leader.{leader}.hardness", scenario::ParameterType::real, "1", 0, 1,
                   "The leader's stance on dialogue: 0 open to it, 1 against any.", false});
}

LeadershipParameters read_leadership_parameters(const scenario::Scenario& scenario,
                                                const scenario::ParameterSet& values) {
    LeadershipParameters p;
    scenario::read<L>(values, leadership_rows, p);
    std::vector<scenario::Problem> problems;
    for (const auto& leader : scenario.leaders) {
        const auto* record = values.find(fmt::format("leader.{}.hardness", leader.id));
        if (record == nullptr) {
            problems.push_back({leader.where, fmt::format("parameters.leader.{}.hardness", leader.id), "no record",
                                "one for each of 'leaders'", ""});
            continue;
        }
        p.hardness.push_back(record->value);
    }
    if (!problems.empty()) throw scenario::InputError(std::move(problems));
    return p;
}

}  // namespace sahelsim::model
