#pragma once
// Every variable of a run that changes, in one place, as arrays. Copying a State copies the run.

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <Eigen/Core>

#include "engine/date.h"
#include "engine/random.h"
#include "model/accord_state.h"
#include "model/actions.h"
#include "model/air_reach.h"
#include "model/dialogue.h"
#include "model/governance.h"
#include "model/kernel.h"
#include "model/leadership.h"
#include "model/mechanisms.h"
#include "model/parameters.h"
#include "model/politics.h"
#include "model/recording.h"
#include "model/relations.h"
#include "model/truce_table.h"
#include "world/parameters.h"
#include "world/population.h"

namespace sahelsim::model {

/// Rows: places; columns: organisations or authorities. A place's values lie together.
using Field = Eigen::Array<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

enum class UnitType : std::uint8_t {
    cell,      ///< free to move: home cells, patrol companies, village groups
    garrison,  ///< tied to its post
    air,       ///< a crew with aircraft, based with its organisation; has no members that ground fire could hit
    retired,   ///< a crew that has left, a cell without members; it stays in the list, since keys are permanent
};

/// A home cohort of a member who does not come from Mali.
inline constexpr std::int32_t kForeign = -1;

/// Armed units, one array a variable.
struct Units {
    std::vector<std::uint64_t> key;  ///< permanent name of the unit in random streams
    std::vector<std::int16_t> organisation;
    std::vector<std::int16_t> faction;
    std::vector<UnitType> type;
    std::vector<std::int32_t> base;                  ///< place
    std::vector<std::int32_t> place;                 ///< where it is now
    std::vector<std::int32_t> established;           ///< persons that it is meant to have
    std::vector<std::vector<std::int32_t>> members;  ///< each member's home cohort, kForeign for foreigners
    std::vector<float> experience;                   ///< 0 ... 1
    std::vector<float> morale;                       ///< 0 ... 1
    std::vector<float> supply;                       ///< 0 ... 1
    std::vector<std::int32_t> leader;                ///< unit that leads the group; itself where alone
    std::vector<std::int32_t> next;                  ///< next follower of the same leader; -1: the last (see groups.h)
    std::vector<Action> action;
    std::vector<std::int32_t> target;   ///< place of the action
    std::vector<std::int32_t> arrival;  ///< day number on which the action takes place
    std::vector<std::int32_t> end;      ///< day number of the next decision
    std::vector<CauseKind> cause_kind;  ///< what provoked the action
    std::vector<std::int32_t> cause;
    std::vector<std::int32_t> touched;       ///< day number on which a process last changed the unit
    std::vector<std::int32_t> latent_until;  ///< day number before which the unit hides and does nothing
    std::vector<std::int32_t> births;        ///< units that have split off from it
    std::vector<char> defies;                ///< whether it defies truces with its present action
    std::vector<std::int32_t> by_key;        ///< all units in order of key: the order in which processes visit them
    Eigen::ArrayXXi origin;  ///< [faction, cell]: members by commune * communities + community of their home

    [[nodiscard]] int size() const { return static_cast<int>(key.size()); }
    [[nodiscard]] int strength(int unit) const {
        return static_cast<int>(members[static_cast<std::size_t>(unit)].size());
    }
    [[nodiscard]] bool leads(int unit) const { return leader[static_cast<std::size_t>(unit)] == unit; }
};

/// Who controls what and who knows what; communes in rows, authorities in columns.
struct Control {
    Eigen::ArrayXXd share;        ///< a simplex per commune: shares add up to 1
    Eigen::ArrayXXd information;  ///< 0 ... 1
};

/// What can be seen of the armed in and around each place, brought up to date every week.
struct Presence {
    Field standing;         ///< [place, faction]: persons in the place itself
    Field of_faction;       ///< [place, faction]: fighters, falling with travel time
    Field overt;            ///< [place, organisation]: openly present fighters, falling with travel time
    Field covert;           ///< [place, organisation]: hidden fighters, likewise
    Field overt_opponents;  ///< [place, organisation]: openly present opponents of the organisation, weighted by hostility
    Field covert_opponents;    ///< [place, organisation]: hidden ones
    Field standing_opponents;  ///< [place, organisation]: opponents in the place itself, weighted by hostility, persons
    Field air_threat;          ///< [place, organisation]: 0 ... 1, from aircraft of its opponents
    Field misjudgement;        ///< [place, organisation]: standard normal error of this week's picture of the opponents
    AirReach air_reach;
};

/// What a truce leaves a unit that keeps it at a place.
enum Bounds : std::uint8_t {
    kFree = 0,
    kSparesVillagers = 1,  ///< no attacks on the people, no siege
    kUnarmedAway = 2,      ///< nothing at all: the unit stays at home
    kUnarmedAtHome = 4,    ///< only what a unit does among its own
    kBound = 8,            ///< some truce of the faction holds there
};

/// What the units of a faction weigh up about a place, gathered from what changes weekly, so that a decision reads one row a
/// place: the features of candidates.h that don't depend on the unit.
struct Outlook {
    struct Row {
        float weight = 0.0F, armed_weight = 0.0F, overt = 0.0F, covert = 0.0F, own = 0.0F, kin = 0.0F, suspected = 0.0F,
              air_threat = 0.0F, information = 0.0F, friends = 0.0F, rural = 0.0F;
        float misjudged = 1.0F;   ///< factor on opponents' strength as perceived
        std::uint8_t bounds = 0;  ///< Bounds of a truce
    };
    std::vector<Row> rows;  ///< [faction * places + place]
};

/// How the people of a place look to a faction: [place, faction], but for `support`.
struct Sympathy {
    Field kin;        ///< share of the people, weighted by affinity
    Field suspected;  ///< share of the people, weighted by suspicion
    Field support;    ///< [place, authority]: by affinity to its closest faction, less what grievances take from it
    Field fear;       ///< [place, side]: mean over the people
};

/// How people stand to the sides of the war: rows are cells (commune * communities + community), columns sides; all of
/// the cell's cohorts share it, those who fled included. 0 ... 1.
struct Attitudes {
    Field grievance;
    Field fear;
    std::int32_t day = 0;  ///< when both were right; what was added since has not decayed
};

/// People of one home who fled to one place.
struct Refuge {
    std::int32_t place = 0;  ///< border zones included
    std::int32_t persons = 0;
};

struct Displacement {
    std::vector<std::vector<Refuge>> refuges;  ///< [home commune * communities + community]
    std::vector<std::int64_t> hosted;          ///< [place]: persons who have fled there
    std::vector<std::int64_t> away;            ///< [home commune * communities + community]: persons who have fled
};

struct Prisoner {
    std::int32_t cohort = 0;
    std::int32_t release = 0;  ///< day number
    std::int16_t organisation = 0;
};

/// What changes the relation of a pair of rivals until the next monthly review.
struct RivalryTally {
    std::vector<std::int32_t> battles;    ///< [zone * organisations^2 + organisation * organisations + other]
    std::vector<std::int32_t> defectors;  ///< likewise
};

/// What moves an organisation to retaliate near a place.
struct Provocation {
    double amount = 0.0;
    double of_event = 0.0;    ///< what `event` alone contributed
    std::int32_t day = 0;     ///< when both were right; they have decayed since
    std::int32_t event = -1;  ///< the strongest standing reason
};

struct Siege {
    std::int32_t unit = -1;  ///< besieging unit; -1: no siege
};

struct Hostage {
    std::int32_t cohort = 0;
    std::int32_t place = 0;
    std::int32_t release = 0;  ///< day number
    std::int16_t faction = 0;  ///< that holds him
    bool dies = false;
};

/// What a faction remembers of its actions since the last monthly review.
struct Experience {
    struct Taken {
        std::int16_t faction = 0;
        Action action = Action::rest;
        std::int32_t place = 0;
        double control_before = 0.0;  ///< own authority's share of control there
    };
    std::vector<Taken> taken;          ///< day by day, within a day in order of key
    Eigen::ArrayXXd opponents_killed;  ///< [faction, action]
    Eigen::ArrayXXd own_killed;        ///< [faction, action]
    Eigen::ArrayXXd shift;             ///< [faction, action]: learnt shift of log-odds
};

/// An act of war of the day, left by the engagements for what civilians suffer from it.
struct Fight {
    std::int32_t event = 0;
    std::int32_t unit = 0;                 ///< that attacked
    double hours = 0.0;                    ///< of fire; 0 for devices and strikes
    std::int32_t killed = 0, injured = 0;  ///< civilians under whom a device went off
};

/// What happened since the last step, for the processes later in the day.
struct Today {
    std::vector<std::int32_t> arrived;  ///< leaders whose action takes place today, in order of key
    std::vector<Fight> fights;
    std::vector<std::int32_t> repelled;  ///< units whose attack on civilians was beaten off, sorted
    std::size_t first_event = 0;         ///< index of the day's first event in the log
    std::int64_t cohort_changes = 0;     ///< Cohorts::changes in the morning
};

/// What an intervention takes out of the country, as many posts every day.
struct Withdrawal {
    std::int64_t posts = 0;  ///< in all
    std::int32_t days = 1;   ///< in all
};

struct State {
    engine::Date date{};
    engine::RandomSource random;
    scenario::ParameterSet values;  ///< as interventions left them
    Parameters parameters;          ///< read from `values`
    Mechanisms mechanisms;
    world::Cohorts cohorts;
    Units units;
    Control control;
    Kernel kernel;
    Presence presence;
    Sympathy sympathy;
    Outlook outlook;
    Relations relations;
    RivalryTally rivalry;
    Attitudes attitudes;
    Kernel reaction_kernel;
    Displacement displacement;
    Kernel flight_kernel;
    Kernel herd_kernel;
    std::vector<float> pasture_stress;  ///< [commune]: 0 ... 1
    std::vector<float> hardship;        ///< [commune]: 0 ... 1, from pasture, siege and the burden of the displaced
    Governance governance;
    Leadership leadership;
    std::vector<Prisoner> prisoners;
    std::vector<std::int64_t> depot;        ///< [faction]: people taken on by the centre who wait for a new unit
    std::vector<Provocation> provocations;  ///< [organisation * places + place]
    std::vector<Siege> sieges;              ///< [place]
    std::vector<Hostage> hostages;
    Truces truces;
    Accords accords;
    Experience experience;
    CourseOfWar course;
    Politics politics;
    std::vector<Partner> partners;  ///< [faction]; means something for foreign ones only
    Dialogue dialogue;
    std::vector<std::int32_t> last_act;  ///< [commune * authorities + authority]: day number of its last act of violence
    std::vector<char> intervention_begun;  ///< [intervention]
    std::vector<char> intervention_done;   ///< [intervention]: over
    std::vector<Withdrawal> withdrawals;   ///< [intervention]
    std::vector<Event> events;
    Today today;
    std::vector<Series> series;  ///< in the order of outcomes()
};

/// The day that a process works on.
struct Step {
    engine::Date date{};
    std::int32_t day = 0;  ///< day number
    world::Season season = world::Season::dry;
    bool first_of_week = false;
    bool first_of_month = false;
};

}  // namespace sahelsim::model
