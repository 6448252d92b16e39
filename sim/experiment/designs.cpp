#include "experiment/designs.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>

#include <boost/random/sobol.hpp>
#include <fmt/format.h>

#include "engine/random.h"
#include "model/process_ids.h"

namespace sahelsim::experiment {

namespace {

using Eigen::Index;

/// What a stream is drawn for. Part of its name: never change or reuse a number.
enum class Draw : std::uint64_t { random = 0, strata = 1, exchange = 2, shift = 3, morris = 4 };

/// `item`: the factor or trajectory; `attempt`: which of several for the same item.
engine::RandomStream stream(std::uint64_t seed, Draw draw, Index item, int attempt = 0) {
    return engine::RandomSource{seed, 0}.stream(static_cast<std::uint32_t>(model::Process::designs),
                                                static_cast<std::uint64_t>(draw), static_cast<std::uint64_t>(item),
                                                static_cast<std::uint64_t>(attempt));
}

void check_size(const char* what, int n, int factors) {
    if (n < 1) throw std::invalid_argument(fmt::format("a design needs at least one {}, not {}", what, n));
    if (factors < 1) throw std::invalid_argument(fmt::format("a design needs at least one factor, not {}", factors));
}

void check_dimensions(int factors, int most) {
    if (factors > most)
        throw std::invalid_argument(fmt::format("this design has at most {} factors, not {}", most, factors));
}

/// Fisher-Yates.
template <class Values>
void shuffle(Values& values, engine::RandomStream& random) {
    for (auto i = static_cast<std::int64_t>(values.size()) - 1; i > 0; --i) {
        const auto j = engine::draw_index(random, i + 1);
        std::swap(values[static_cast<std::size_t>(i)], values[static_cast<std::size_t>(j)]);
    }
}

// Latin hypercubes. Work is counted in differences of coordinates, of which about 10^9 take a second.
constexpr double kMostWorkOfStart = 1e9;  ///< above it even the search for close points takes too long
constexpr double kWorkOfStarts = 1e8;
constexpr double kWorkOfExchange = 4e8;
constexpr int kMostStarts = 50;
constexpr Index kPassesOverDistances = 4;  ///< the rest of the work on a point's distances, as so many factors
constexpr int kMostFailures = 2000;        ///< swaps in a row that don't help

Points random_hypercube(int points, int factors, std::uint64_t seed, int attempt) {
    const double below_one = 1.0 - std::numeric_limits<double>::epsilon() / 2.0;
    Points design(points, factors);
    std::vector<int> strata(static_cast<std::size_t>(points));
    for (Index c = 0; c < factors; ++c) {
        auto random = stream(seed, Draw::strata, c, attempt);
        std::iota(strata.begin(), strata.end(), 0);
        shuffle(strata, random);
        for (Index i = 0; i < points; ++i) {
            const double value = (strata[static_cast<std::size_t>(i)] + engine::draw_uniform(random)) / points;
            design(i, c) = std::min(value, below_one);  // the sum may have been rounded up
        }
    }
    return design;
}

/// Keeps each point's nearest neighbour while coordinates are swapped. Distances are sums over factors in their order, and
/// of these only minima are taken: the same bits however wide the processor's vectors are.
class Maximin {
   public:
    explicit Maximin(Points points)
        : points_(std::move(points)), nearest_(points_.rows()), neighbour_(static_cast<std::size_t>(points_.rows())) {
        for (Index i = 0; i < points_.rows(); ++i) find_neighbour(i);
    }

    /// Square of the smallest distance.
    [[nodiscard]] double smallest() const { return nearest_.minCoeff(); }

    /// Raises the smallest distance, or leaves fewer pairs that close, until that gets hard.
    void improve(engine::RandomStream& random) {
        work_ = 0.0;
        for (int failures = 0; failures < kMostFailures && work_ < kWorkOfExchange; ++failures) {
            if (try_swap(random)) failures = -1;
        }
    }

    [[nodiscard]] const Points& points() const { return points_; }

   private:
    /// Squared distances of a point to all, infinite to itself.
    void measure(Index point, Eigen::ArrayXd& distances) {
        distances.setZero(points_.rows());
        for (Index c = 0; c < points_.cols(); ++c) distances += (points_.col(c) - points_(point, c)).square();
        distances(point) = std::numeric_limits<double>::infinity();
        work_ += static_cast<double>(points_.size() + kPassesOverDistances * points_.rows());
    }

    void set_neighbour(Index point, const Eigen::ArrayXd& distances) {
        const auto* nearest = std::min_element(distances.data(), distances.data() + distances.size());
        nearest_(point) = *nearest;
        neighbour_[static_cast<std::size_t>(point)] = nearest - distances.data();
    }

    void find_neighbour(Index point) {
        measure(point, scratch_);
        set_neighbour(point, scratch_);
    }

    /// One of the two closest points takes a coordinate of any third for its own. Stays if the two points that change are
    /// then further from all others than the closest were.
    bool try_swap(engine::RandomStream& random) {
        Index moved = std::min_element(nearest_.data(), nearest_.data() + nearest_.size()) - nearest_.data();
        const double closest = nearest_(moved);
        Index other = neighbour_[static_cast<std::size_t>(moved)];
        if (engine::draw_bernoulli(random, 0.5)) std::swap(moved, other);
        const Index factor = engine::draw_index(random, points_.cols());
        const Index third = engine::draw_index(random, points_.rows());
        work_ += static_cast<double>(points_.rows());
        // Cheap first: do the two closest come apart?
        const double apart_now = points_(moved, factor) - points_(other, factor);
        const double apart_then = points_(third, factor) - points_(other, factor);
        if (third == other || apart_then * apart_then <= apart_now * apart_now) return false;

        std::swap(points_(moved, factor), points_(third, factor));
        measure(moved, of_moved_);
        measure(third, of_third_);
        if (std::min(of_moved_.minCoeff(), of_third_.minCoeff()) <= closest) {
            std::swap(points_(moved, factor), points_(third, factor));
            return false;
        }
        update_neighbours(moved, third);
        return true;
    }

    void update_neighbours(Index moved, Index third) {
        set_neighbour(moved, of_moved_);
        set_neighbour(third, of_third_);
        for (Index i = 0; i < points_.rows(); ++i) {
            if (i == moved || i == third) continue;
            const Index closer = of_third_(i) < of_moved_(i) ? third : moved;
            const double distance = std::min(of_third_(i), of_moved_(i));
            auto& neighbour = neighbour_[static_cast<std::size_t>(i)];
            if (distance <= nearest_(i)) {
                nearest_(i) = distance;
                neighbour = closer;
            } else if (neighbour == moved || neighbour == third) {
                find_neighbour(i);
            }
        }
    }

    Points points_;
    Eigen::ArrayXd nearest_;        ///< [point] squared distance to the nearest other
    std::vector<Index> neighbour_;  ///< [point] which that is
    Eigen::ArrayXd scratch_, of_moved_, of_third_;
    double work_ = 0.0;
};

/// A row of Saltelli's design: `base` holds A in its first half and B in its second.
void write_row(const Points& base, const SaltelliRow& row, Index at, Points& points) {
    const Index factors = points.cols();
    const bool mostly_a = row.block == SaltelliBlock::a || row.block == SaltelliBlock::ab;
    points.row(at) = base.row(row.sample).segment(mostly_a ? 0 : factors, factors);
    if (row.factor >= 0) points(at, row.factor) = base(row.sample, mostly_a ? factors + row.factor : row.factor);
}

std::vector<SaltelliRow> saltelli_rows(int samples, int factors, bool second_order) {
    std::vector<SaltelliRow> rows;
    rows.reserve(static_cast<std::size_t>(samples) * static_cast<std::size_t>((second_order ? 2 : 1) * factors + 2));
    for (int i = 0; i < samples; ++i) {
        rows.push_back({i, SaltelliBlock::a, -1});
        for (int j = 0; j < factors; ++j) rows.push_back({i, SaltelliBlock::ab, j});
        for (int j = 0; second_order && j < factors; ++j) rows.push_back({i, SaltelliBlock::ba, j});
        rows.push_back({i, SaltelliBlock::b, -1});
    }
    return rows;
}

/// Steps are counted in whole numbers, so that equal levels are equal numbers.
void write_trajectory(engine::RandomStream& random, int levels, Index first_row, Points& points) {
    const auto factors = static_cast<std::size_t>(points.cols());
    const int jump = levels / 2;
    std::vector<int> level(factors);
    std::vector<int> change(factors);
    for (std::size_t j = 0; j < factors; ++j) {
        const int lower = static_cast<int>(engine::draw_index(random, jump));
        const bool up = engine::draw_bernoulli(random, 0.5);
        level[j] = up ? lower : lower + jump;
        change[j] = up ? jump : -jump;
    }
    std::vector<std::size_t> order(factors);
    std::iota(order.begin(), order.end(), std::size_t{0});
    shuffle(order, random);
    const auto write = [&](Index row) {
        for (std::size_t j = 0; j < factors; ++j)
            points(row, static_cast<Index>(j)) = static_cast<double>(level[j]) / (levels - 1);
    };
    write(first_row);
    for (const auto j : order) {
        level[j] += change[j];
        write(++first_row);
    }
}

}  // namespace

Points random_points(int points, int factors, std::uint64_t seed) {
    check_size("point", points, factors);
    Points design(points, factors);
    for (Index c = 0; c < factors; ++c) {
        auto random = stream(seed, Draw::random, c);
        for (Index i = 0; i < points; ++i) design(i, c) = engine::draw_uniform(random);
    }
    return design;
}

Points latin_hypercube(int points, int factors, std::uint64_t seed) {
    check_size("point", points, factors);
    auto first = random_hypercube(points, factors, seed, 0);
    const double work_of_start = static_cast<double>(points) * points * factors;
    if (points < 3 || work_of_start > kMostWorkOfStart) return first;

    Maximin best(std::move(first));
    const int starts = static_cast<int>(std::min<double>(kMostStarts, kWorkOfStarts / work_of_start));
    for (int attempt = 1; attempt < starts; ++attempt) {
        Maximin next(random_hypercube(points, factors, seed, attempt));
        if (next.smallest() > best.smallest()) best = std::move(next);
    }
    auto random = stream(seed, Draw::exchange, 0);
    best.improve(random);
    return best.points();
}

int most_factors_of_sobol() {
    return static_cast<int>(boost::random::default_sobol_table::max_dimension);
}

Points sobol_points(int points, int factors, std::uint64_t seed) {
    check_size("point", points, factors);
    check_dimensions(factors, most_factors_of_sobol());
    std::vector<std::uint64_t> shift;
    for (Index c = 0; c < factors; ++c) shift.push_back(stream(seed, Draw::shift, c)());
    boost::random::sobol sequence(static_cast<std::size_t>(factors));
    Points design(points, factors);
    for (Index i = 0; i < points; ++i) {
        for (Index c = 0; c < factors; ++c) {
            const std::uint64_t digits = i == 0 ? 0 : sequence();  // Boost leaves the origin out
            // 53 bits are what a double holds.
            design(i, c) = static_cast<double>((digits ^ shift[static_cast<std::size_t>(c)]) >> 11U) * 0x1p-53;
        }
    }
    return design;
}

std::string_view to_string(SaltelliBlock block) {
    switch (block) {
        case SaltelliBlock::a:
            return "A";
        case SaltelliBlock::ab:
            return "AB";
        case SaltelliBlock::ba:
            return "BA";
        case SaltelliBlock::b:
            return "B";
    }
    return "";
}

Saltelli saltelli(int samples, int factors, std::uint64_t seed, bool second_order) {
    check_size("sample", samples, factors);
    check_dimensions(factors, most_factors_of_sobol() / 2);
    const auto base = sobol_points(samples, 2 * factors, seed);
    Saltelli design;
    design.rows = saltelli_rows(samples, factors, second_order);
    design.points.resize(static_cast<Index>(design.rows.size()), factors);
    for (Index i = 0; i < design.points.rows(); ++i)
        write_row(base, design.rows[static_cast<std::size_t>(i)], i, design.points);
    return design;
}

Points morris(int trajectories, int factors, int levels, std::uint64_t seed) {
    check_size("trajectory", trajectories, factors);
    if (levels < 2 || levels % 2 != 0)
        throw std::invalid_argument(fmt::format("levels must be even and at least 2, not {}", levels));
    const Index rows = Index{factors} + 1;
    Points design(trajectories * rows, factors);
    for (Index t = 0; t < trajectories; ++t) {
        auto random = stream(seed, Draw::morris, t);
        write_trajectory(random, levels, t * rows, design);
    }
    return design;
}

}  // namespace sahelsim::experiment
