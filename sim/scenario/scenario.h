#pragma once
// A scenario as a validated value: everything that a run depends on apart from the seed and the number of replicates.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/date.h"
#include "scenario/intervention.h"
#include "scenario/node.h"
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

enum class LeaderRole { head, commander };

/// A named leader (`leaders`).
struct Leader {
    std::string id;
    std::string label;
    std::string faction;                      ///< faction, or organisation without factions
    LeaderRole role = LeaderRole::commander;  ///< head: of the whole organisation
    std::string follows;  ///< the leader whose post he takes after that one's loss; empty: he leads from the start
    std::string source;   ///< id in `sources`
    std::string source_place;
    std::string note;
    Location where;
};

/// Who has a stake in talks with the armed opposition.
struct Party {
    std::string id;
    std::string label;
    std::string role;          ///< one of party_roles()
    std::string organisation;  ///< government: its army; partner: its force; otherwise empty
    std::string faction;       ///< armed: itself
    std::string leavers_join;  ///< armed: the organisation that its hardliners go over to; may be empty
    Location where;
};

/// government, armed (a faction of the opposition that can sign), partner (has a force in the country), elite (can take to
/// the street), officers (can take power).
[[nodiscard]] const std::vector<std::string>& party_roles();

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
    std::vector<Leader> leaders;      ///< in the order of the files
    std::vector<Party> parties;       ///< to talks; none: nobody ever talks
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

/// The file that messages name where an override is wrong.
inline constexpr const char* name_of_overrides = "--set";

/// `--set name=value` from the command line.
struct Override {
    std::string name;
    std::string value;
};

/// Reads a scenario file with all that it extends, applies `overrides`, and checks everything.
/// Throws InputError with all problems found.
[[nodiscard]] Scenario read_scenario(const std::string& path, const Vocabulary& vocabulary,
                                     const std::vector<Override>& overrides = {});

/// The same for a scenario that is no file: `text` as if it stood in the file `name` of the current folder.
[[nodiscard]] Scenario read_scenario_text(const std::string& text, const std::string& name,
                                          const Vocabulary& vocabulary, const std::vector<Override>& overrides = {});

/// The scenario with one more intervention on a day of its period. `fields` is what a file says of it but for its date; id and
/// note may be left out. Throws InputError.
[[nodiscard]] Scenario with_intervention(Scenario scenario, const Node& fields, engine::Date date,
                                         const Vocabulary& vocabulary);

}  // namespace sahelsim::scenario
