#pragma once
// A scenario as a validated value: everything that a run depends on apart from the seed and the number of replicates.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/date.h"
#include "scenario/parameter.h"
#include "scenario/target.h"

namespace sahelsim::scenario {

/// A publication that parameters cite.
struct Source {
    std::string id;
    std::string title;
    std::string authors;
    std::string year;
    std::string url;
};

/// One row of the table of cercles (`world.cercles`).
struct Cercle {
    std::string name;
    std::string region;
    double seat_longitude = 0.0, seat_latitude = 0.0;          ///< degrees east, degrees north
    double centroid_longitude = 0.0, centroid_latitude = 0.0;  ///< degrees east, degrees north
    double area_km2 = 0.0;
    int communes = 0;
    int urban_communes = 0;  ///< how many of them are town; one, but for Bamako
    long population = 0;     ///< at the census of `population.census_year`
    std::string ecology;     ///< identifier: sahara, sahel, delta, savanna
    std::vector<std::string> neighbours;
};

/// Land abroad next to the border: sanctuary and road, without inhabitants of the model (`world.border_zones`).
struct BorderZone {
    std::string id;
    std::string label;
    std::string country;
    double longitude = 0.0, latitude = 0.0;
    std::vector<std::string> cercles;  ///< that it touches
};

/// A name by which people call a place of the world (`world.gazetteer`).
struct GazetteerEntry {
    std::string alias;
    std::string name;  ///< a region or cercle of the model
    std::string note;
};

struct World {
    std::vector<Cercle> cercles;
    std::vector<BorderZone> border_zones;
    std::vector<GazetteerEntry> gazetteer;
    /// Regions that are simulated; empty: all.
    std::vector<std::string> regions;
};

/// A name and what to call it on screen and in result files.
struct Labelled {
    std::string id;
    std::string label;
};

struct Organisation {
    std::string id;
    std::string label;
    std::string kind;  ///< state, jihadist, militia, signatory, foreign, bandit, or any other name; only groups parameters
    std::string side;       ///< the side that it is counted under in the outcomes (`sides`)
    std::string authority;  ///< the authority that it works for (`authorities`); empty: none
    bool malian = true;     ///< its members are people of Mali's communes; otherwise they are counted apart
    /// At least one; an organisation without factions has one of its own name.
    std::vector<Labelled> factions;
    Location where;
};

enum class InterventionType { set, switch_mechanism, deploy, withdraw, mediate };

/// "when deaths_90_days in Mopti is above 300, not before 2022-01-01".
struct Condition {
    std::string outcome;    ///< deaths_90_days, civilians_killed_90_days, events_90_days or control
    std::string authority;  ///< for control: the authority whose share of control is meant
    std::string region;     ///< empty: the country
    bool above = true;      ///< otherwise below
    double threshold = 0.0;
    std::optional<engine::Date> not_before;
};

/// A change from outside at a date or on a condition. Which fields count depends on the type.
struct Intervention {
    std::string id;
    InterventionType type = InterventionType::set;
    std::optional<engine::Date> date;
    std::optional<Condition> condition;
    /// withdraw: spread evenly from the start to this day; mediate: last day.
    std::optional<engine::Date> until;
    std::string parameter;             ///< set: full name
    double value = 0.0;                ///< set
    std::string mechanism;             ///< switch_mechanism
    bool on = true;                    ///< switch_mechanism
    std::string faction;               ///< deploy, withdraw: faction or single-faction organisation
    std::string place;                 ///< deploy: cercle; withdraw: cercle, or empty for everywhere
    long personnel = 0;                ///< deploy: persons; withdraw: persons, or 0 for all; mediate: mediators
    std::vector<std::string> cercles;  ///< mediate: where; empty with no region: everywhere
    std::string region;                ///< mediate
    std::string source;                ///< id in `sources`; may be empty where the note says why
    std::string source_place;
    std::string note;
    Location where;
};

/// The widest scope of an actor's parameters.
inline constexpr const char* every_armed_actor = "armed_actor";

struct Scenario {
    std::string name;  ///< file name without ending
    std::string title;
    std::string description;  ///< what it answers to, with the report passage
    engine::Date start;
    engine::Date end;  ///< last simulated day
    int persons_per_agent = 100;
    World world;
    std::vector<Source> sources;
    std::vector<Labelled> communities;
    std::vector<Labelled> livelihoods;
    std::vector<Labelled> authorities;
    std::vector<Labelled> sides;
    std::vector<Organisation> organisations;
    std::vector<Labelled> observers;  ///< who counted the figures of `targets`
    std::vector<Target> targets;      ///< in the order of the files
    ParameterSet parameters;
    std::vector<ParameterDeclaration> declarations;
    Placeholders program_names;               ///< "action", "ecology", "season": what the program itself calls things
    std::map<std::string, bool> mechanisms;   ///< every mechanism that the program has, on or off
    std::vector<Intervention> interventions;  ///< in order of date, conditional ones last, then of id
    /// The scenario with everything that it extends, as YAML, for the result file.
    std::string resolved_yaml;

    /// What "{actor}" stands for: "armed_actor", every kind, every organisation, every faction.
    [[nodiscard]] std::vector<std::string> actors() const;
    /// Where an actor's parameters are looked up, the most specific first: itself, then its organisation, its kind,
    /// "armed_actor". Empty for a name that is no actor.
    [[nodiscard]] std::vector<std::string> scopes(std::string_view actor) const;
    [[nodiscard]] Placeholders placeholders() const;
};

/// What the program itself knows and a file must agree with.
struct Vocabulary {
    std::vector<ParameterDeclaration> declarations;
    Placeholders program_names;  ///< "action", "ecology", "season": what the program itself calls things
    std::vector<std::string> mechanisms;
    std::vector<std::string> actions;
    std::vector<std::string> ecologies;
    std::vector<std::string> seasons;
};

/// `--set name=value` from the command line.
struct Override {
    std::string name;
    std::string value;
};

/// Reads a scenario file with all that it extends, applies `overrides`, and checks everything.
/// Throws InputError with all problems found.
[[nodiscard]] Scenario read_scenario(const std::string& path, const Vocabulary& vocabulary,
                                     const std::vector<Override>& overrides = {});

}  // namespace sahelsim::scenario
