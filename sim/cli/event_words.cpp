#include "cli/event_words.h"

#include <vector>

#include <fmt/format.h>

namespace sahelsim::cli {

namespace {

using model::Event;
using model::EventSubtype;
using output::EventNames;

std::string organisation(int position, const EventNames& names) {
    return name_at(names.organisations, position).label;
}

/// With the faction where the organisation has several.
std::string actor(const Event& event, const EventNames& names) {
    const auto& by = name_at(names.organisations, event.actor1);
    const auto& faction = name_at(names.factions, event.faction1);
    if (by.id.empty()) return "Somebody";
    return faction.id.empty() || faction.id == by.id ? by.label : fmt::format("{} ({})", by.label, faction.label);
}

std::string opponent(const Event& event, const EventNames& names) {
    return event.actor2 < 0 ? "civilians" : organisation(event.actor2, names);
}

/// The other party of an accord.
std::string party(const Event& event, const EventNames& names) {
    return event.actor2 < 0 ? "villagers" : organisation(event.actor2, names);
}

std::string deed(const Event& event, const EventNames& names) {
    auto by = actor(event, names);
    const auto whom = opponent(event, names);
    switch (event.subtype) {
        case EventSubtype::armed_clash:
            return fmt::format("{} fought {}", by, whom);
        case EventSubtype::government_regains_territory:
        case EventSubtype::non_state_actor_overtakes_territory:
            return event.actor2 < 0 ? by + " took the place" : fmt::format("{} took the place from {}", by, whom);
        case EventSubtype::air_drone_strike:
            return fmt::format("{} struck {} from the air", by, whom);
        case EventSubtype::remote_explosive:
            return fmt::format("{} hit {} with an explosive device", by, whom);
        case EventSubtype::attack:
            return fmt::format("{} attacked {}", by, whom);
        case EventSubtype::abduction:
            return fmt::format("{} abducted {}", by, whom);
        case EventSubtype::siege_begun:
            return by + " began a siege";
        case EventSubtype::siege_ended:
            return by + " ended its siege";
        case EventSubtype::base_abandoned:
            return by + " abandoned a base";
        case EventSubtype::deployment:
            return by + " deployed";
        case EventSubtype::withdrawal:
            return by + " withdrew";
        case EventSubtype::land_dispute:
            return fmt::format("{} and {} quarrelled over land", name_at(names.communities, event.community).label,
                               name_at(names.communities, event.community2).label);
        case EventSubtype::group_formed:
            return by + " gained a unit that villagers formed";
        case EventSubtype::defection:
            return fmt::format("a unit of {} went over to {}", by, whom);
        case EventSubtype::coup:
            return "officers took power";
        case EventSubtype::withdrawal_announced:
            return by + " announced that it leaves";
        case EventSubtype::peace_agreement:
            return fmt::format("{} and {} signed an agreement", by, whom);
        case EventSubtype::peace_agreement_broken:
            return fmt::format("the agreement between {} and {} broke down", by, whom);
        case EventSubtype::disarmament:
            return by + " began to disarm";
        case EventSubtype::leader_killed:
            return event.actor1 < 0 ? whom + " lost a leader" : fmt::format("{} killed a leader of {}", by, whom);
        case EventSubtype::agreement:
            return fmt::format("{} and {} made a local accord", by, party(event, names));
        case EventSubtype::agreement_lapsed:
            return fmt::format("the accord of {} with {} ran out", by, party(event, names));
        case EventSubtype::agreement_collapsed:
            return fmt::format("the accord of {} with {} broke down", by, party(event, names));
    }
    return by;
}

/// "Dogon" where civilians were the target, "Dogon civilians" beside the dead of a fight.
std::string civilians(const Event& event, int count, const EventNames& names) {
    const auto& community = name_at(names.communities, event.community).label;
    if (event.actor2 < 0 && !community.empty()) return community;
    return fmt::format("{}{}{}", community, community.empty() ? "" : " ", count == 1 ? "civilian" : "civilians");
}

std::string harm(const Event& event, const EventNames& names) {
    std::vector<std::string> parts;
    if (event.actor2 >= 0 && event.deaths_actor1 + event.deaths_actor2 > 0)
        parts.push_back(fmt::format("{} and {} killed", event.deaths_actor1, event.deaths_actor2));
    if (event.actor2 < 0 && event.deaths_actor1 > 0)
        parts.push_back(fmt::format("{} of its own killed", event.deaths_actor1));
    const auto add_civilians = [&](int count, const char* fate) {
        if (count > 0) parts.push_back(fmt::format("{} {} {}", count, civilians(event, count, names), fate));
    };
    add_civilians(event.civilians_killed, "killed");
    add_civilians(event.civilians_injured, "injured");
    add_civilians(event.civilians_abducted, "abducted");
    const bool violent = event.type != model::EventType::strategic_development;
    if (parts.empty() && violent) return ": nobody harmed";
    return parts.empty() ? "" : fmt::format(": {}", fmt::join(parts, ", "));
}

}  // namespace

const scenario::Labelled& name_at(const std::vector<scenario::Labelled>& names, int position) {
    static const scenario::Labelled none;
    const auto i = static_cast<std::size_t>(position);
    return position < 0 || i >= names.size() ? none : names[i];
}

std::string intervention_of(const Event& event, const EventNames& names) {
    if (event.cause_kind != model::CauseKind::intervention) return "";
    const auto i = static_cast<std::size_t>(event.cause);
    return event.cause < 0 || i >= names.interventions.size() ? "" : names.interventions[i];
}

std::string what_happened(const Event& event, const EventNames& names) {
    auto text = deed(event, names) + harm(event, names);
    const auto intervention = intervention_of(event, names);
    if (!intervention.empty()) text += fmt::format("; cause: intervention {}", intervention);
    return text;
}

std::string where_it_happened(const Event& event, const EventNames& names) {
    const auto& commune = names.communes[static_cast<std::size_t>(event.commune)];
    if (commune.cercle.empty()) return commune.name + " (abroad)";
    if (commune.cercle == commune.region) return fmt::format("{} ({})", commune.name, commune.region);
    return fmt::format("{} ({}, {})", commune.name, commune.cercle, commune.region);
}

}  // namespace sahelsim::cli
