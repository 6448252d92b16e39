#pragma once
// Designs: points of the unit cube, at which distributions turn into values of factors. The same arguments give the same
// bits, whatever the number of threads. Factors have streams of their own, keyed by their place, so that random and Sobol
// points don't move when factors or points are added behind them.

#include <cstdint>
#include <string_view>
#include <vector>

#include <Eigen/Core>

namespace sahelsim::experiment {

/// [point, factor], each in [0, 1), but for Morris's designs, which reach 1.
using Points = Eigen::ArrayXXd;

// All throw std::invalid_argument where there is not at least one point (trajectory, sample) and one factor.

/// Independent and uniform.
[[nodiscard]] Points random_points(int points, int factors, std::uint64_t seed);

/// Latin hypercube (McKay, Beckman & Conover 1979, doi 10.2307/1268522): of each factor one value, drawn uniformly, in each
/// of as many strata as there are points. Points keep away from each other (maximin, Johnson, Moore & Ylvisaker 1990, doi
/// 10.1016/0378-3758(90)90122-B): the best of some random ones, of which points that are too close then swap single
/// coordinates with others as long as that helps (cf. Morris & Mitchell 1995, doi 10.1016/0378-3758(94)00035-T). The work
/// is bounded, to about a second: of 2,000 points of 20 factors the closest are half as far again apart as random ones.
/// Where points^2 * factors exceeds 10^9 (7,000 points of 20) the first random hypercube is left as it is.
/// Other numbers of points give other points: a Latin hypercube can't be extended.
[[nodiscard]] Points latin_hypercube(int points, int factors, std::uint64_t seed);

/// Sobol's sequence with the directions of Joe & Kuo 2008 (doi 10.1137/070709359), moved by a random digital shift for each
/// factor (L'Ecuyer & Lemieux 2002, doi 10.1007/0-306-48102-2_20), so that each point is uniform and estimates are unbiased.
/// It begins with the point that unshifted is the origin: without it the points would be less even (Owen 2020, arXiv
/// 2008.08051). The first 2^m points have one value of each factor in each of 2^m strata. Any other number of points is
/// allowed and takes the beginning of the sequence; strata then differ by a point, and means over the points lose the
/// faster convergence that powers of two have for smooth functions (about 1 / n instead of n^-1.5).
/// Throws std::invalid_argument where there are more than `most_factors_of_sobol()` factors.
[[nodiscard]] Points sobol_points(int points, int factors, std::uint64_t seed);

/// The most dimensions for which Boost has directions.
[[nodiscard]] int most_factors_of_sobol();

/// What a row of Saltelli's design is: a base point, or a base point but for one factor taken from the other one.
enum class SaltelliBlock : std::uint8_t { a, ab, ba, b };

/// "A", "AB", "BA", "B".
[[nodiscard]] std::string_view to_string(SaltelliBlock block);

struct SaltelliRow {
    int sample = 0;  ///< the base sample that the row belongs to
    SaltelliBlock block = SaltelliBlock::a;
    int factor = -1;  ///< the one taken from B in AB, from A in BA; -1 in A and B
};

struct Saltelli {
    Points points;
    std::vector<SaltelliRow> rows;  ///< [point]
};

/// For Sobol's sensitivity indices (Saltelli et al. 2010, doi 10.1016/j.cpc.2009.09.018). Each base sample is two points, A
/// and B, the halves of one point of a Sobol sequence of twice as many dimensions, and gives the rows A, AB of each
/// factor, with `second_order` BA of each factor, B: factors + 2 rows, or 2 factors + 2. This is the order of SALib's
/// sample.sobol, so that its analyze.sobol can take the results. The number of samples should be a power of two, as with
/// `sobol_points`; the rows of fewer samples are the beginning of those of more. Indices need every row: one that is missing
/// can't be left out alone.
/// Throws std::invalid_argument where there are more than `most_factors_of_sobol() / 2` factors.
[[nodiscard]] Saltelli saltelli(int samples, int factors, std::uint64_t seed, bool second_order);

/// Trajectories for elementary effects (Morris 1991, doi 10.2307/1269043) in the order of rows of SALib: factors + 1 rows
/// each, in which one factor after the other, in random order, jumps up or down by levels / (2 (levels - 1)). Values lie on
/// i / (levels - 1), 0 and 1 among them, at which a normal distribution without ends has no finite value. Trajectories are
/// drawn independently, not picked from many for their spread as by Campolongo et al. 2007; fewer are the beginning of
/// more. Throws std::invalid_argument where `levels` is not even and at least 2.
[[nodiscard]] Points morris(int trajectories, int factors, int levels, std::uint64_t seed);

}  // namespace sahelsim::experiment
