#pragma once
// Talks between the government and the armed opposition: what is talked about, how far talks have come, and what an
// agreement says.

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace sahelsim::model {

/// What is bargained over. On each issue 0 is the state's position in full and 1 the armed opposition's.
enum class Issue : std::uint8_t {
    foreign_troops,  ///< 1: those whom the precondition means are gone
    qadis,           ///< 1: the opposition's judges are recognised where it rules
    constitution,    ///< 1: no longer secular
    autonomy,        ///< 1: the opposition administers what it holds, garrisons leave
    schools,         ///< 1: state schools and women's rights end where it rules
    al_qaeda,        ///< 1: it keeps its ties and a free hand abroad
    integration,     ///< 1: it keeps its men under arms as a recognised force; 0: they go home
    prisoners,       ///< 1: all are released
};
inline constexpr std::size_t issue_count = 8;
inline constexpr std::array<const char*, issue_count> issue_names = {
    "foreign_troops", "qadis", "constitution", "autonomy", "schools", "al_qaeda", "integration", "prisoners"};

/// A position or an outcome on every issue.
using IssueTerms = std::array<double, issue_count>;

/// What a party wants and how much it cares.
struct Interests {
    IssueTerms ideal{};
    IssueTerms salience{};  ///< shares; they add up to 1
};

enum class Stage : std::uint8_t {
    none,
    signals,         ///< both sides say in public that they would talk
    channel,         ///< go-betweens; exchanges of prisoners
    teams,           ///< negotiators are named
    negotiation,     ///< rounds over the issues
    implementation,  ///< an agreement is signed and carried out
    durable,         ///< it has been carried out and has held
    collapsed,       ///< it was broken; nobody talks for a while
};
inline constexpr std::size_t stage_count = 8;
inline constexpr std::array<const char*, stage_count> stage_names = {
    "none", "signals", "channel", "teams", "negotiation", "implementation", "durable", "collapsed"};

/// What can be done for talks from outside (Crisis Group, report 306, V) and what goes with it.
enum class Measure : std::uint8_t {
    ease_resistance,  ///< win over elites and partners
    name_teams,
    public_debate,  ///< on religion and state
    mediator,
    open,       ///< the government makes talks its policy
    guarantee,  ///< a third party that watches over what was agreed
    way_out,    ///< legal return to civil life for fighters who leave
};
inline constexpr std::size_t measure_count = 7;
inline constexpr std::array<const char*, measure_count> measure_names = {
    "ease_resistance", "name_teams", "public_debate", "mediator", "open", "guarantee", "way_out"};

template <class Enum>
[[nodiscard]] constexpr std::size_t number(Enum value) {
    return static_cast<std::size_t>(value);
}

struct Dialogue {
    Stage stage = Stage::none;
    std::int32_t since = 0;    ///< day number on which the stage began
    std::int32_t tracks = 0;   ///< how often talks have begun
    double support = 0.0;      ///< share of the public that wants talks, 0 ... 1
    double ambivalence = 0.0;  ///< of those who govern now, log-odds
    double softening = 0.0;    ///< part of the precondition that has been given up, 0 ... 1
    bool sincere = true;       ///< whether the opposition means to keep what it signs
    double belief = 0.0;       ///< the government's probability that it is sincere
    double rounds = 0.0;       ///< of negotiation so far
    double trust = 0.0;        ///< 0 ... 1, in a signed agreement
    double carried_out = 0.0;  ///< part of the agreement, 0 ... 1
    double algiers = 0.0;      ///< part of the accord with the signatory groups that is alive, 0 ... 1
    IssueTerms terms{};        ///< of the agreement, while one is carried out or has become durable
    std::array<double, measure_count> measures{};     ///< 0 ... 1: how far each is taken
    std::array<std::int32_t, measure_count> until{};  ///< day number on which it ends
    std::vector<char> signatory;                      ///< [faction]: bound by the agreement
    std::size_t next_event = 0;  ///< first event of the log that has not been weighed against the agreement
    std::int32_t watched = 0;    ///< day number on which it was last watched over
    std::int32_t event = -1;     ///< the agreement in the event log
    [[nodiscard]] bool is_open() const { return stage == Stage::teams || stage == Stage::negotiation; }
    [[nodiscard]] bool in_force() const { return stage == Stage::implementation || stage == Stage::durable; }
    [[nodiscard]] double measure(Measure m) const { return measures[number(m)]; }
};

}  // namespace sahelsim::model
