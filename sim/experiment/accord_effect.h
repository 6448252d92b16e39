#pragma once
// What local accords seem to do and what they do. The reports compare attacks on civilians before and after an accord
// (Crisis Group 306, III.B fn 82: at least half fewer in Koro and Niono). Accords are made where it is worst, so that attacks
// fall afterwards even if accords do nothing; the same estimator is therefore computed on simulated accords, and beside it
// the difference to runs in which the same accords were vetoed at the moment of signature, all else and all draws equal.

#include <cstdint>
#include <vector>

#include "experiment/summary.h"
#include "model/recording.h"

namespace sahelsim::experiment {

/// Relative changes: -0.5 is half as many attacks.
struct Change {
    int n = 0;      ///< accords or runs that the spread is over
    Spread spread;  ///< zeros where n is 0
};

struct AccordEffect {
    int accords = 0;      ///< with a whole window before and after
    int without_any = 0;  ///< of these, without any attack before, for which a change has no meaning
    Change before_after;  ///< of each accord: the reports' estimator
    double halved = 0.0;  ///< share of these accords after which there were at most half as many attacks
    Change pooled;        ///< of each run: all its accords' attacks before and after together
    Change paired;        ///< of each run: attacks after all its accords, against the run without them
    Change paired_first;  ///< the same for the first accord of each run alone, before which the two runs are one
};

/// Collects runs one by one. Attacks are entries of the type violence against civilians, as ACLED would count.
class AccordEffectBuilder {
   public:
    /// `areas`: [commune] the area that an accord signed there covers, -1 for none. `window`: days before and after.
    AccordEffectBuilder(std::vector<int> areas, int window);

    /// A run with its accords; `without`: the same replicate with signature vetoed, or nullptr. Throws
    /// std::invalid_argument if the two differ before the first accord.
    void add(const std::vector<model::Event>& events, const std::vector<model::Event>* without);
    [[nodiscard]] AccordEffect build() const;

   private:
    struct Count {
        double before = 0.0, after = 0.0, after_without = 0.0;
    };
    [[nodiscard]] int area_of(const model::Event& event) const {
        return areas_[static_cast<std::size_t>(event.commune)];
    }
    [[nodiscard]] double attacks(const std::vector<model::Event>& events, int area, std::int32_t from,
                                 std::int32_t to) const;
    void add_run(const std::vector<Count>& counts, bool paired);

    std::vector<int> areas_;
    int window_;
    int accords_ = 0, without_any_ = 0;
    std::vector<double> before_after_, pooled_, paired_, paired_first_;
};

}  // namespace sahelsim::experiment
