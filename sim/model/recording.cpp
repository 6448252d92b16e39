#include "model/recording.h"

#include <array>
#include <cassert>

namespace sahelsim::model {

namespace {

// In the order of the enumerations. These names are part of the result file's format: they may be added to, not changed.
constexpr std::array kAxisNames = {"event_type",   "perpetrator",   "victim", "authority",
                                   "organisation", "community",     "action", "other_organisation",
                                   "issue",        "collapse_cause"};
constexpr std::array kEventTypeNames = {"battle", "explosion_remote_violence", "violence_against_civilians",
                                        "strategic_development"};
constexpr std::array kEventSubtypeNames = {"armed_clash",
                                           "government_regains_territory",
                                           "non_state_actor_overtakes_territory",
                                           "air_drone_strike",
                                           "remote_explosive",
                                           "attack",
                                           "abduction",
                                           "siege_begun",
                                           "siege_ended",
                                           "base_abandoned",
                                           "deployment",
                                           "withdrawal",
                                           "land_dispute",
                                           "group_formed",
                                           "defection",
                                           "coup",
                                           "withdrawal_announced",
                                           "peace_agreement",
                                           "peace_agreement_broken",
                                           "disarmament",
                                           "leader_killed",
                                           "agreement",
                                           "agreement_lapsed",
                                           "agreement_collapsed"};
constexpr std::array kViolenceTypeNames = {"none", "state_based", "non_state", "one_sided"};
constexpr std::array kCauseKindNames = {"none", "event", "intervention"};

static_assert(kAxisNames.size() == static_cast<std::size_t>(last_axis) + 1);
static_assert(kEventTypeNames.size() == static_cast<std::size_t>(EventType::strategic_development) + 1);
static_assert(kEventSubtypeNames.size() == static_cast<std::size_t>(last_event_subtype) + 1);
static_assert(kViolenceTypeNames.size() == static_cast<std::size_t>(ViolenceType::one_sided) + 1);
static_assert(kCauseKindNames.size() == static_cast<std::size_t>(CauseKind::intervention) + 1);

template <typename Names, typename Enumeration>
const char* name_of(const Names& names, Enumeration value) {
    const auto i = static_cast<std::size_t>(value);
    assert(i < names.size());
    return names[i];
}

}  // namespace

const std::vector<std::string>& Labels::names(Axis axis) const {
    static const std::vector<std::string> event_types(kEventTypeNames.begin(), kEventTypeNames.end());
    switch (axis) {
        case Axis::event_type:
            return event_types;
        case Axis::perpetrator:
            return sides;
        case Axis::victim:
            return victim_sides;
        case Axis::authority:
            return authorities;
        case Axis::organisation:
        case Axis::other_organisation:
            return organisations;
        case Axis::community:
            return communities;
        case Axis::action:
            return actions;
        case Axis::issue:
            return issues;
        case Axis::collapse_cause:
            return collapse_causes;
    }
    assert(false);
    return actions;
}

const char* to_string(Axis axis) {
    return name_of(kAxisNames, axis);
}

const char* to_string(EventType type) {
    return name_of(kEventTypeNames, type);
}

const char* to_string(EventSubtype subtype) {
    return name_of(kEventSubtypeNames, subtype);
}

const char* to_string(ViolenceType type) {
    return name_of(kViolenceTypeNames, type);
}

const char* to_string(CauseKind kind) {
    return name_of(kCauseKindNames, kind);
}

}  // namespace sahelsim::model
