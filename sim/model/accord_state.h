#pragma once
// Local accords as they stand: who talks with whom and on what terms. The rules are in processes/accords.h.

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace sahelsim::model {

/// What an accord is about.
enum class Term : std::uint8_t { passage, fields, market, zakat, dress, arms, pasture, prisoners, garrison };
inline constexpr std::array term_names = {"passage", "fields",  "market",    "zakat",   "dress",
                                          "arms",    "pasture", "prisoners", "garrison"};
inline constexpr std::size_t term_count = term_names.size();

/// A set of terms, one bit each.
using Terms = std::uint16_t;
[[nodiscard]] inline constexpr Terms bit(Term term) {
    return static_cast<Terms>(1U << static_cast<unsigned>(term));
}
[[nodiscard]] inline constexpr bool has(Terms terms, Term term) {
    return (terms & bit(term)) != 0;
}

enum class AccordStage : std::uint8_t { none, contact, talks, in_force, embittered };

enum class CollapseCause : std::uint8_t { strain, excluded_party, army, rival, violations, unmet_clause };
inline constexpr std::array collapse_cause_names = {"strain", "excluded_party", "army",
                                                    "rival",  "violations",     "unmet_clause"};
inline constexpr std::size_t collapse_cause_count = collapse_cause_names.size();

/// What a cluster and a katiba (a faction whose leader may consent) have with each other.
struct Accord {
    AccordStage stage = AccordStage::none;
    std::int16_t counterpart = -1;  ///< faction on the villagers' side; -1: the villagers alone
    Terms terms = 0;
    bool binding = false;             ///< anybody stands down
    float strictness = 0.0F;          ///< what its terms add to the katiba's rule
    std::int32_t since = 0;           ///< day number on which the stage began
    std::int32_t term_end = 0;        ///< day number
    std::int32_t wait_until = 0;      ///< day number before which nobody makes contact
    double kept = 0.0, broken = 0.0;  ///< trust is Beta(kept, broken)
    std::int32_t violations = 0;      ///< since the accord was signed, detected or not
    std::int32_t event = -1;          ///< the agreement in the log
    std::int32_t last_breach = -1;    ///< event id of the last violation that was detected

    [[nodiscard]] double trust() const { return kept + broken > 0.0 ? kept / (kept + broken) : 0.0; }
};

/// Mediators sent to a cluster.
struct Mediation {
    std::int32_t cluster = 0;
    double mediators = 0.0;
    std::int32_t until = 0;  ///< last day number
};

struct Accords {
    std::vector<Accord> all;          ///< [cluster * factions + faction]
    std::vector<double> pressure;     ///< [cluster]: weeks of siege or of much violence, older ones forgotten
    std::vector<double> siege_share;  ///< [cluster]: share of recent weeks under siege, 0 ... 1
    std::vector<Mediation> mediations;
    std::vector<float> strictness;        ///< [commune * authorities + authority]: what accords add to its coercion
    std::vector<std::uint8_t> pasture;    ///< [commune]: accords in force that share out pasture
    std::vector<std::int32_t> collapsed;  ///< [commune]: day number of the last collapse
};

}  // namespace sahelsim::model
