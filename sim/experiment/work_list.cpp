#include "experiment/work_list.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <boost/math/distributions/students_t.hpp>

namespace sahelsim::experiment {

WorkList::WorkList(WorkPlan plan, const Share& share, bool retry_failed)
    : plan_(std::move(plan)), share_(share), retry_failed_(retry_failed) {
}

bool WorkList::is_mine(const Unit& unit) const {
    // Results decide on a point's later replicates: whoever has the point must have all of them.
    const auto number = plan_.replicates.until ? std::int64_t{unit.point}
                                               : std::int64_t{unit.point} * plan_.replicates.most + unit.replicate;
    return number % share_.tasks == share_.task;
}

void WorkList::learn(const RunHead& head) {
    if (!is_mine({head.point, head.replicate})) return;
    auto& heads = points_[head.point].finished[head.replicate];
    const auto known = std::find_if(heads.begin(), heads.end(), [&](const RunHead& h) { return h.arm == head.arm; });
    if (known == heads.end()) {
        heads.push_back(head);
    } else if (supersedes(head, *known)) {
        *known = head;
    }
}

bool WorkList::is_done(const Point& point, int replicate) const {
    const auto found = point.finished.find(replicate);
    if (found == point.finished.end() || found->second.size() < static_cast<std::size_t>(plan_.arms)) return false;
    return !retry_failed_ || std::all_of(found->second.begin(), found->second.end(),
                                         [](const RunHead& head) { return head.status == output::RunStatus::done; });
}

void WorkList::begin() {
    for (int point = 0; point < plan_.points; ++point) {
        if (plan_.replicates.until && !is_mine({point, 0})) continue;
        want(point, plan_.replicates.least);
        extend_if_needed(point);
    }
}

void WorkList::want(int number, int replicates) {
    auto& point = points_[number];
    for (int replicate = point.wanted; replicate < replicates; ++replicate) {
        const Unit unit{number, replicate};
        if (!is_mine(unit)) continue;
        ++units_;
        if (is_done(point, replicate)) {
            ++units_done_;
        } else {
            waiting_.push_back(unit);
            ++point.left;
        }
    }
    point.wanted = replicates;
}

void WorkList::extend_if_needed(int number) {
    if (!plan_.replicates.until) return;
    auto& point = points_[number];
    while (point.left == 0 && point.wanted < plan_.replicates.most && !is_precise(point))
        want(number, std::min(point.wanted + plan_.replicates.batch, plan_.replicates.most));
}

bool WorkList::is_precise(const Point& point) const {
    const auto& precision = *plan_.replicates.until;
    for (int arm = 0; arm < plan_.arms; ++arm) {
        std::vector<double> values;
        for (int replicate = 0; replicate < point.wanted; ++replicate) {
            for (const auto& head : point.finished.at(replicate)) {
                if (head.arm == arm && head.status == output::RunStatus::done) values.push_back(head.watched);
            }
        }
        if (values.empty()) continue;  // all failed: more of them would too
        const double mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
        const double wanted = precision.relative ? precision.half_width * std::abs(mean) : precision.half_width;
        if (!(half_width_of_mean(values) <= wanted)) return false;  // nor where it is no number
    }
    return true;
}

std::optional<Unit> WorkList::next() {
    if (waiting_.empty()) return std::nullopt;
    const auto unit = waiting_.front();
    waiting_.pop_front();
    ++running_;
    return unit;
}

void WorkList::finished(const Unit& unit, const std::vector<RunHead>& heads) {
    auto& point = points_.at(unit.point);
    point.finished[unit.replicate] = heads;
    --running_;
    --point.left;
    ++units_done_;
    extend_if_needed(unit.point);
}

void WorkList::abandoned(const Unit& unit) {
    --running_;
    waiting_.push_front(unit);
}

int WorkList::replicates_of(int point) const {
    const auto found = points_.find(point);
    return found == points_.end() ? 0 : found->second.wanted;
}

Ending WorkList::ending_of(int point) const {
    const auto found = points_.find(point);
    if (!plan_.replicates.until || found == points_.end() || found->second.left > 0) return Ending::none;
    return is_precise(found->second) ? Ending::precise : Ending::most;
}

std::string_view to_string(Ending ending) {
    switch (ending) {
        case Ending::none:
            return "";
        case Ending::precise:
            return "precise";
        case Ending::most:
            return "most";
    }
    return "";
}

double half_width_of_mean(const std::vector<double>& values) {
    const auto n = static_cast<double>(values.size());
    if (values.size() < 2) return std::numeric_limits<double>::infinity();
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
    double squares = 0.0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    const double error = std::sqrt(squares / (n - 1.0) / n);
    constexpr double upper_tail = 0.025;
    return boost::math::quantile(boost::math::complement(boost::math::students_t(n - 1.0), upper_tail)) * error;
}

}  // namespace sahelsim::experiment
