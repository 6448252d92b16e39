#pragma once
// What a run leaves behind: monthly series of every outcome by cercle, and the log of events. Filled by the model,
// written by `output`, which adds nothing to it.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/date.h"

namespace sahelsim::model {

/// Category axes that a series may have after time and cercle.
enum class Axis : std::uint8_t {
    event_type,
    perpetrator,
    victim,
    authority,
    organisation,
    community,
    action,
    other_organisation,
    issue,
    collapse_cause
};
inline constexpr Axis last_axis = Axis::collapse_cause;

/// flow: summed over the month. stock: the state on the month's last day.
enum class OutcomeKind : std::uint8_t { flow, stock };

/// How cercles add up to the country: their sum, their mean weighted by residents, or not at all.
enum class National : std::uint8_t { sum, mean_by_residents, none };

enum class Storage : std::uint8_t { count, real };  ///< int64 or float64 on disk

/// An outcome's declaration. Names, once released, never change meaning.
struct Outcome {
    const char* name;
    const char* unit;
    OutcomeKind kind;
    Storage storage;
    bool by_cercle;  ///< false: national only
    National national;
    std::vector<Axis> axes;  ///< at most two
    const char* long_name;
    const char* description;  ///< one or two sentences: how it is computed
};

/// The registry: every outcome that the program records, in the order of the file.
[[nodiscard]] const std::vector<Outcome>& outcomes();

/// Monthly values of one outcome in one run, dense, row-major: [month][cercle][first axis][second axis].
/// National-only outcomes have a cercle dimension of length 1.
struct Series {
    int months = 0;
    int cercles = 0;
    int first = 1;   ///< length of the first axis, 1 if there is none
    int second = 1;  ///< length of the second axis
    std::vector<double> values;

    [[nodiscard]] double& at(int month, int cercle, int i = 0, int j = 0) {
        return values[static_cast<std::size_t>(((month * cercles + cercle) * first + i) * second + j)];
    }
    [[nodiscard]] double at(int month, int cercle, int i = 0, int j = 0) const {
        return values[static_cast<std::size_t>(((month * cercles + cercle) * first + i) * second + j)];
    }
};

/// Event types follow ACLED's codebook; sub-types are ACLED's too.
enum class EventType : std::uint8_t {
    battle,
    explosion_remote_violence,
    violence_against_civilians,
    strategic_development
};
enum class EventSubtype : std::uint8_t {
    armed_clash,
    government_regains_territory,
    non_state_actor_overtakes_territory,
    air_drone_strike,
    remote_explosive,
    attack,
    abduction,
    siege_begun,  // ACLED: strategic development, other
    siege_ended,
    base_abandoned,
    deployment,
    withdrawal,
    land_dispute,
    group_formed,  // ACLED: change to group
    defection,
    coup,
    withdrawal_announced,
    peace_agreement,  // ACLED: agreement
    peace_agreement_broken,
    disarmament,  // ACLED: change to group
    leader_killed,
    agreement,            // local; ACLED: agreement
    agreement_lapsed,     // ACLED: strategic development, other
    agreement_collapsed,  // likewise
};
inline constexpr EventSubtype last_event_subtype = EventSubtype::agreement_collapsed;
/// UCDP's types of organised violence.
enum class ViolenceType : std::uint8_t { none, state_based, non_state, one_sided };

/// What provoked an event: nothing in particular, an earlier event, or an intervention of the scenario.
enum class CauseKind : std::uint8_t { none, event, intervention };

struct Event {
    std::int32_t id = 0;       ///< from 0 in each run, in the order of happening
    std::int32_t day = 0;      ///< days since 1970-01-01
    std::int32_t commune = 0;  ///< index into the run's communes
    EventType type = EventType::battle;
    EventSubtype subtype = EventSubtype::armed_clash;
    ViolenceType violence = ViolenceType::none;
    std::int16_t actor1 = -1;      ///< organisation that acted; index into organisations
    std::int16_t actor2 = -1;      ///< organisation acted upon; -1: civilians or none
    std::int16_t faction1 = -1;    ///< faction of actor1
    std::int16_t community = -1;   ///< community of the civilian victims, the largest group of them; -1: none
    std::int16_t community2 = -1;  ///< in a dispute over land: the herders', while `community` is the farmers'
    std::int32_t deaths_actor1 = 0;
    std::int32_t deaths_actor2 = 0;
    std::int32_t civilians_killed = 0;
    std::int32_t civilians_injured = 0;
    std::int32_t civilians_abducted = 0;
    CauseKind cause_kind = CauseKind::none;
    std::int32_t cause = -1;  ///< event id or intervention index
};

/// All that one replicate recorded.
struct Recording {
    std::uint32_t replicate = 0;
    bool complete = false;       ///< false: stopped by a signal
    std::vector<Series> series;  ///< in the order of outcomes()
    /// In the order of outcomes(), each one month and one place long; empty where nobody asked for it (output/run_summary.h).
    std::vector<Series> summary;
    std::vector<Event> events;
    /// [target of the scenario]: what the figure's observer would have recorded of the run (experiment/targets.h).
    std::vector<double> targets;
    double wall_seconds = 0.0;
};

/// What the axes and places of a run are called, the same for all replicates of a scenario.
struct Labels {
    engine::Date start{}, end{};
    int first_month = 0;  ///< month_number of the first month
    int months = 0;       ///< calendar months touched by the period
    struct Cercle {
        std::string name, region;
        double longitude = 0.0, latitude = 0.0, area_km2 = 0.0;
        long population = 0;  ///< at the start of the run
    };
    std::vector<Cercle> cercles;
    struct Commune {
        std::string name;
        int cercle = 0;
        double longitude = 0.0, latitude = 0.0;
        bool town = false;
        int cluster = -1;  ///< of communes that make local accords together (model/clusters.h); -1: none
    };
    std::vector<Commune> communes;                              ///< border zones follow the communes, with cercle -1
    std::vector<std::string> sides, side_labels;                ///< axis perpetrator
    std::vector<std::string> victim_sides, victim_side_labels;  ///< axis victim: sides, then "civilians"
    std::vector<std::string> authorities, authority_labels;
    std::vector<std::string> organisations, organisation_labels;
    std::vector<std::string> factions;
    std::vector<std::string> communities, community_labels;
    std::vector<std::string> actions;
    std::vector<std::string> issues;  ///< of talks
    std::vector<std::string> collapse_causes;
    std::vector<std::string> interventions;

    [[nodiscard]] const std::vector<std::string>& names(Axis axis) const;
};

/// Names used in files, e.g. "violence_against_civilians".
[[nodiscard]] const char* to_string(Axis axis);
[[nodiscard]] const char* to_string(EventType type);
[[nodiscard]] const char* to_string(EventSubtype subtype);
[[nodiscard]] const char* to_string(ViolenceType type);
[[nodiscard]] const char* to_string(CauseKind kind);

}  // namespace sahelsim::model
