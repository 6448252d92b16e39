#pragma once
// Those who govern, their standing, and how their foreign partners stand to them.

#include <array>
#include <cstdint>
#include <vector>

namespace sahelsim::model {

/// How a partner stands to the government.
enum class PartnerPhase : std::uint8_t {
    cooperation,
    strain,
    suspension,  ///< no joint operations, no support from the air
    announced,   ///< has said that it leaves
    drawdown,    ///< leaves base by base
    gone,
};
inline constexpr std::array<const char*, 6> partner_phase_names = {"cooperation", "strain",   "suspension",
                                                                   "announced",   "drawdown", "gone"};

struct Politics {
    double legitimacy = 0.0;              ///< 0 ... 1
    double sanctions = 0.0;               ///< 0 ... 1
    double protest = 0.0;                 ///< 0 ... 1: elites in the street against what is conceded
    std::int32_t last_coup = -1'000'000;  ///< day number
    std::int32_t coups = 0;
};

struct Partner {
    PartnerPhase phase = PartnerPhase::cooperation;
    std::int32_t since = 0;      ///< day number on which the phase began
    bool suspended = false;      ///< supports nobody from the air, the exit included
    double casualties = 0.0;     ///< own dead, fading with partners.memory
    double standing = 0.0;       ///< log-odds of staying, as reckoned last month
    double support = 0.0;        ///< share of the public at home that backs it
    std::int64_t personnel = 0;  ///< at the announcement
};

/// The course of the war as those who decide on war and peace see it: the last twelve months.
struct CourseOfWar {
    static constexpr std::size_t months = 12;
    std::vector<std::array<double, months + 1>> control;  ///< [authority]: share of residents at the ends of months
    std::array<double, months + 1> contested{};           ///< the opposition's part of what it and the state control of
                                                          ///< the rural country where either was active in a year
    std::vector<std::array<double, months>> losses;       ///< [organisation]: members killed in a month
    std::array<double, months> civilians{};               ///< civilians killed in a month
    double residents = 0.0;                               ///< at the end of the last month
    std::int32_t recorded = 0;                            ///< months so far
    std::size_t next_event = 0;                           ///< first event of the log that is not counted yet
    std::vector<std::int64_t> personnel;                  ///< [organisation]: members at the end of the last month
    std::vector<std::int64_t> most_personnel;  ///< [organisation]: the most it ever had at the end of a month
};

}  // namespace sahelsim::model
