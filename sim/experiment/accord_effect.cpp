#include "experiment/accord_effect.h"

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

namespace sahelsim::experiment {

namespace {

using model::Event;
using model::EventSubtype;
using model::EventType;

constexpr double kHalved = -0.5;

bool is_accord(const Event& event) {
    return event.subtype == EventSubtype::agreement;
}

bool by_day(const Event& event, std::int32_t day) {
    return event.day < day;
}

Change change_of(const std::vector<double>& values) {
    Change change;
    change.n = static_cast<int>(values.size());
    if (!values.empty()) change.spread = spread_of(values);
    return change;
}

void add_change(std::vector<double>& changes, double before, double after) {
    if (before > 0.0) changes.push_back(after / before - 1.0);
}

bool same(const Event& a, const Event& b) {
    return a.day == b.day && a.commune == b.commune && a.subtype == b.subtype && a.actor1 == b.actor1 &&
           a.deaths_actor1 == b.deaths_actor1 && a.deaths_actor2 == b.deaths_actor2 &&
           a.civilians_killed == b.civilians_killed;
}

void expect_one_past(const std::vector<Event>& events, const std::vector<Event>& without) {
    const auto first = std::find_if(events.begin(), events.end(), is_accord);
    const auto past = static_cast<std::size_t>(first - events.begin());
    for (std::size_t e = 0; e < past; ++e) {
        if (e < without.size() && same(events[e], without[e])) continue;
        throw std::invalid_argument(
            fmt::format("event {} differs before any accord is signed: not the same replicate, seed or scenario", e));
    }
    if (std::any_of(without.begin(), without.end(), is_accord))
        throw std::invalid_argument("the run without accords has accords: set accord.signature to 0 for it");
}

}  // namespace

AccordEffectBuilder::AccordEffectBuilder(std::vector<int> areas, int window)
    : areas_(std::move(areas)), window_(window) {
}

double AccordEffectBuilder::attacks(const std::vector<Event>& events, int area, std::int32_t from,
                                    std::int32_t to) const {
    const auto first = std::lower_bound(events.begin(), events.end(), from, by_day);
    const auto last = std::lower_bound(first, events.end(), to, by_day);
    return static_cast<double>(std::count_if(first, last, [&](const Event& event) {
        return event.type == EventType::violence_against_civilians && area_of(event) == area;
    }));
}

void AccordEffectBuilder::add(const std::vector<Event>& events, const std::vector<Event>* without) {
    if (without != nullptr) expect_one_past(events, *without);
    if (events.empty()) return;
    std::vector<Count> counts;
    for (const Event& accord : events) {
        const bool whole = accord.day - window_ >= events.front().day && accord.day + window_ <= events.back().day + 1;
        if (!is_accord(accord) || area_of(accord) < 0 || !whole) continue;
        Count count;
        count.before = attacks(events, area_of(accord), accord.day - window_, accord.day);
        count.after = attacks(events, area_of(accord), accord.day, accord.day + window_);
        if (without != nullptr)
            count.after_without = attacks(*without, area_of(accord), accord.day, accord.day + window_);
        counts.push_back(count);
    }
    add_run(counts, without != nullptr);
}

void AccordEffectBuilder::add_run(const std::vector<Count>& counts, bool paired) {
    Count all;
    for (const Count& count : counts) {
        ++accords_;
        if (count.before == 0.0) ++without_any_;
        add_change(before_after_, count.before, count.after);
        all.before += count.before;
        all.after += count.after;
        all.after_without += count.after_without;
    }
    add_change(pooled_, all.before, all.after);
    if (!paired || counts.empty()) return;
    add_change(paired_, all.after_without, all.after);
    add_change(paired_first_, counts.front().after_without, counts.front().after);
}

AccordEffect AccordEffectBuilder::build() const {
    AccordEffect effect;
    effect.accords = accords_;
    effect.without_any = without_any_;
    effect.before_after = change_of(before_after_);
    const auto halved =
        std::count_if(before_after_.begin(), before_after_.end(), [](double change) { return change <= kHalved; });
    if (!before_after_.empty()) effect.halved = static_cast<double>(halved) / static_cast<double>(before_after_.size());
    effect.pooled = change_of(pooled_);
    effect.paired = change_of(paired_);
    effect.paired_first = change_of(paired_first_);
    return effect;
}

}  // namespace sahelsim::experiment
