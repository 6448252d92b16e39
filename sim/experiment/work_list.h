#pragma once
// What is left to do of a sweep. The unit of work is one replicate of one point in all arms. Which units there are depends on
// the sweep and on results alone, not on who does them, in which order, or how often the sweep was interrupted.

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "experiment/run_record.h"
#include "experiment/sweep.h"

namespace sahelsim::experiment {

struct Unit {
    int point = 0;
    int replicate = 0;

    friend auto operator<=>(const Unit&, const Unit&) = default;
};

/// The part of a sweep that one of several tasks does. Whole points where results decide on the number of replicates.
struct Share {
    int task = 0;
    int tasks = 1;
};

/// Why a point needs no more replicates.
enum class Ending : std::uint8_t {
    none,     ///< it does, or their number is fixed
    precise,  ///< its means are known as well as was asked for
    most,     ///< they are not, but the sweep allows no more
};
/// "precise", "most", "".
[[nodiscard]] std::string_view to_string(Ending ending);

class WorkList {
   public:
    /// `retry_failed`: units with a run that failed are to be done again.
    WorkList(WorkPlan plan, const Share& share, bool retry_failed);

    /// Takes note of a run that was done earlier. Before begin().
    void learn(const RunHead& head);
    /// Makes the list.
    void begin();

    /// The next unit, nothing where there is none for the moment: see done(). It is handed out once.
    [[nodiscard]] std::optional<Unit> next();
    /// The runs of a unit that was handed out, of all arms.
    void finished(const Unit& unit, const std::vector<RunHead>& heads);
    /// A unit that was handed out was not done: it waits again.
    void abandoned(const Unit& unit);
    /// Nothing is left and nothing is being done.
    [[nodiscard]] bool done() const { return waiting_.empty() && running_ == 0; }

    /// Units that are known to be needed so far, and how many of them are done.
    [[nodiscard]] std::int64_t units() const { return units_; }
    [[nodiscard]] std::int64_t units_done() const { return units_done_; }
    /// Replicates that a point needs, as far as is known.
    [[nodiscard]] int replicates_of(int point) const;
    [[nodiscard]] Ending ending_of(int point) const;

   private:
    struct Point {
        int wanted = 0;                                ///< replicates
        int left = 0;                                  ///< of them, those not done
        std::map<int, std::vector<RunHead>> finished;  ///< [replicate]: heads by arm
    };

    [[nodiscard]] bool is_mine(const Unit& unit) const;
    [[nodiscard]] bool is_done(const Point& point, int replicate) const;
    void want(int number, int replicates);
    void extend_if_needed(int number);
    [[nodiscard]] bool is_precise(const Point& point) const;

    WorkPlan plan_;
    Share share_;
    bool retry_failed_;
    std::map<int, Point> points_;
    std::deque<Unit> waiting_;
    int running_ = 0;
    std::int64_t units_ = 0;
    std::int64_t units_done_ = 0;
};

/// Half the width of the 95 % confidence interval of a mean (Student's t); infinite for fewer than two values.
[[nodiscard]] double half_width_of_mean(const std::vector<double>& values);

}  // namespace sahelsim::experiment
