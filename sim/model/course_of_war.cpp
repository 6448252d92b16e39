#include "model/course_of_war.h"

#include <algorithm>

namespace sahelsim::model {

namespace {

constexpr std::int32_t kFewest = 3;  // months, fewer make no trend

}  // namespace

double losses_within(const CourseOfWar& course, int organisation, int months) {
    const int known = std::min({course.recorded, months, static_cast<int>(CourseOfWar::months)});
    double sum = 0.0;
    for (int back = 1; back <= known; ++back) {
        const auto slot = static_cast<std::size_t>(course.recorded - back) % CourseOfWar::months;
        sum += course.losses[static_cast<std::size_t>(organisation)][slot];
    }
    return sum;
}

double civilians_of_last_month(const CourseOfWar& course) {
    return course.recorded > 0 ? course.civilians[static_cast<std::size_t>(course.recorded - 1) % CourseOfWar::months]
                               : 0.0;
}

double per_million(const CourseOfWar& course, double people) {
    return course.residents > 0.0 ? people / course.residents * 1e6 : 0.0;
}

double newest(const std::array<double, CourseOfWar::months + 1>& monthly, std::int32_t recorded) {
    return recorded > 0 ? monthly[static_cast<std::size_t>(recorded - 1) % monthly.size()] : 0.0;
}

double yearly_change(const std::array<double, CourseOfWar::months + 1>& monthly, std::int32_t recorded) {
    const int back = std::min(recorded - 1, static_cast<std::int32_t>(CourseOfWar::months));
    if (back < kFewest) return 0.0;
    const double then = monthly[static_cast<std::size_t>(recorded - 1 - back) % monthly.size()];
    return (newest(monthly, recorded) - then) * static_cast<double>(CourseOfWar::months) / back;
}

}  // namespace sahelsim::model
