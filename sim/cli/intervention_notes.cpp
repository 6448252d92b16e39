#include "cli/intervention_notes.h"

#include <fmt/format.h>

#include "scenario/intervention_types.h"

namespace sahelsim::cli {

namespace {

using scenario::Intervention;
using scenario::Scenario;

std::string outside_period(const Scenario& scenario, const Intervention& intervention) {
    if (!intervention.date) return "";
    if (*intervention.date > scenario.end)
        return fmt::format("interventions.{} is dated {}, after the last day {}: it never acts", intervention.id,
                           engine::format_date(*intervention.date), engine::format_date(scenario.end));
    if (*intervention.date < scenario.start)
        return fmt::format("interventions.{} is dated {}, before the first day {}: it acts on the first day",
                           intervention.id, engine::format_date(*intervention.date),
                           engine::format_date(scenario.start));
    return "";
}

/// Whether a switch or the section `mechanisms` has the rule off on the day; switches on a condition are not foreseen.
bool is_off(const Scenario& scenario, const std::string& mechanism, engine::Date date) {
    const auto stated = scenario.mechanisms.find(mechanism);
    bool off = stated != scenario.mechanisms.end() && !stated->second;
    for (const auto& other : scenario.interventions) {  // by date
        if (other.type != "switch" || !other.date || *other.date > date) continue;
        if (other.text("mechanism") == mechanism) off = !other.flag("on");
    }
    return off;
}

std::string without_its_rule(const Scenario& scenario, const Intervention& intervention) {
    const auto* type = scenario::find_intervention_type(intervention.type);
    if (!intervention.date || type == nullptr || type->mechanism.empty()) return "";
    // Fighters who leave need no talks.
    if (intervention.has("measure") && intervention.text("measure") == "way_out") return "";
    if (!is_off(scenario, type->mechanism, *intervention.date)) return "";
    return fmt::format("interventions.{} needs the rule '{}', which is off on {}: it does nothing", intervention.id,
                       type->mechanism, engine::format_date(*intervention.date));
}

std::string outside_range(const Scenario& scenario, const Intervention& intervention) {
    if (intervention.type != "set") return "";
    const auto* record = scenario.parameters.find(intervention.text("parameter"));
    const double value = intervention.number("value");
    if (record == nullptr || (value >= record->low && value <= record->high)) return "";
    return fmt::format("interventions.{} sets {} to {}, outside its plausible range [{}, {}]", intervention.id,
                       intervention.text("parameter"), value, record->low, record->high);
}

}  // namespace

std::vector<std::string> intervention_notes(const Scenario& scenario) {
    std::vector<std::string> notes;
    for (const auto& intervention : scenario.interventions) {
        for (auto& note : {outside_period(scenario, intervention), without_its_rule(scenario, intervention),
                           outside_range(scenario, intervention)}) {
            if (!note.empty()) notes.push_back(note);
        }
    }
    return notes;
}

}  // namespace sahelsim::cli
