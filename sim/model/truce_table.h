#pragma once
// The truces of a run as plain arrays. What is asked of them and changed in them: see truces.h.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sahelsim::model {

/// Villagers as the other party of a truce.
inline constexpr int kVillagers = -1;

struct Truces {
    struct Violation {
        std::int32_t event = -1;
        std::int32_t place = 0;
        std::int16_t faction = 0;         ///< that broke the truce
        std::int16_t other = kVillagers;  ///< faction that was attacked
    };

    int communes = 0;
    int factions = 0;
    std::vector<std::uint8_t> local;     ///< [commune][faction][other, villagers last]: how many accords say so
    std::vector<std::uint8_t> confined;  ///< [commune][faction]: how many accords keep its units at home
    std::vector<std::uint16_t> bound;    ///< [commune][faction]: how many local truces it has there
    std::vector<char> national;          ///< [faction][other, villagers last]
    std::vector<std::uint16_t> nationally_bound;  ///< [faction]: how many national truces it has
    std::int64_t locals = 0;                      ///< in all
    std::int64_t nationals = 0;                   ///< in all
    std::vector<Violation> violations;            ///< of local truces since the accords last looked

    void reset(int of_communes, int of_factions) {
        *this = {};
        communes = of_communes;
        factions = of_factions;
        const auto pairs = static_cast<std::size_t>(factions) * (static_cast<std::size_t>(factions) + 1);
        local.assign(static_cast<std::size_t>(communes) * pairs, 0);
        confined.assign(static_cast<std::size_t>(communes * factions), 0);
        bound.assign(static_cast<std::size_t>(communes * factions), 0);
        national.assign(pairs, 0);
        nationally_bound.assign(static_cast<std::size_t>(factions), 0);
    }
    [[nodiscard]] bool none() const { return locals == 0 && nationals == 0; }
};

}  // namespace sahelsim::model
