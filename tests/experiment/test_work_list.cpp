// Which units of work there are, whoever does them.

#include <catch2/catch.hpp>

#include <cmath>
#include <set>

#include "experiment/work_list.h"

using namespace sahelsim;
using experiment::RunHead;
using experiment::Share;
using experiment::Unit;
using experiment::WorkList;
using experiment::WorkPlan;

namespace {

WorkPlan fixed_plan(int arms, int points, int replicates) {
    WorkPlan plan{arms, points, {}};
    plan.replicates.least = plan.replicates.most = replicates;
    return plan;
}

/// From 3 to 11 replicates by 2, until the mean is known to 10 %.
WorkPlan adaptive_plan(int points) {
    WorkPlan plan{1, points, {}};
    plan.replicates = {3, 11, 2, experiment::Precision{"deaths", 0.1, true}};
    return plan;
}

/// Point 0 is always the same, the others scatter ever more.
double result_of(const Unit& unit) {
    const double wave = std::fmod(unit.replicate * 0.61803398875, 1.0) - 0.5;
    return 100.0 * (1.0 + 0.6 * unit.point * wave);
}

std::vector<RunHead> heads_of(const Unit& unit, int arms = 1) {
    std::vector<RunHead> heads;
    for (int arm = 0; arm < arms; ++arm) {
        RunHead head;
        head.arm = arm;
        head.point = unit.point;
        head.replicate = unit.replicate;
        head.watched = result_of(unit);
        heads.push_back(head);
    }
    return heads;
}

std::set<Unit> do_all(WorkList& list, int arms = 1) {
    list.begin();
    std::set<Unit> units;
    while (const auto unit = list.next()) {
        CHECK(units.insert(*unit).second);
        list.finished(*unit, heads_of(*unit, arms));
    }
    CHECK(list.done());
    return units;
}

}  // namespace

TEST_CASE("tasks share all units among them") {
    const auto plan = GENERATE(fixed_plan(2, 5, 3), adaptive_plan(5));
    WorkList whole(plan, {}, false);
    const auto expected = do_all(whole, plan.arms);
    for (const int tasks : {2, 3, 20}) {
        std::set<Unit> together;
        for (int task = 0; task < tasks; ++task) {
            WorkList list(plan, {task, tasks}, false);
            for (const auto& unit : do_all(list, plan.arms)) CHECK(together.insert(unit).second);
        }
        CHECK(together == expected);
    }
}

TEST_CASE("points are done until they are precise, whatever was done before") {
    const auto plan = adaptive_plan(4);
    WorkList whole(plan, {}, false);
    const auto expected = do_all(whole);
    CHECK(whole.replicates_of(0) == 3);
    CHECK(whole.replicates_of(3) == 11);
    // Stopped after each number of units in turn, and gone on with from what was kept.
    for (std::size_t stop = 0; stop <= expected.size(); ++stop) {
        WorkList first(plan, {}, false);
        first.begin();
        std::vector<RunHead> kept;
        for (std::size_t i = 0; i < stop; ++i) {
            const auto unit = first.next();
            REQUIRE(unit);
            first.finished(*unit, heads_of(*unit));
            kept.insert(kept.begin(), heads_of(*unit).front());
        }
        WorkList second(plan, {}, false);
        for (const auto& head : kept) second.learn(head);
        const auto rest = do_all(second);
        CHECK(rest.size() == expected.size() - stop);
        for (int point = 0; point < 4; ++point) CHECK(second.replicates_of(point) == whole.replicates_of(point));
    }
}

TEST_CASE("whether there is more may depend on what is being done") {
    WorkList list(adaptive_plan(1), {}, false);
    list.begin();
    std::vector<Unit> units;
    while (const auto unit = list.next()) units.push_back(*unit);
    CHECK(units.size() == 3);
    CHECK_FALSE(list.done());
    for (const auto& unit : units) list.finished(unit, heads_of(unit));
    CHECK(list.done());
}

TEST_CASE("a unit that was not done is still to be done") {
    WorkList list(fixed_plan(1, 1, 1), {}, false);
    list.begin();
    const auto unit = list.next();
    REQUIRE(unit);
    list.abandoned(*unit);
    CHECK_FALSE(list.done());
    CHECK(list.next() == unit);
}

TEST_CASE("points say why they ended") {
    const auto plan = adaptive_plan(4);
    WorkList list(plan, {}, false);
    do_all(list);
    CHECK(list.ending_of(0) == experiment::Ending::precise);
    CHECK(list.ending_of(3) == experiment::Ending::most);
    WorkList fixed(fixed_plan(1, 1, 2), {}, false);
    do_all(fixed);
    CHECK(fixed.ending_of(0) == experiment::Ending::none);
}

TEST_CASE("a unit counts when all its arms are done") {
    WorkList list(fixed_plan(2, 1, 2), {}, false);
    for (const auto& head : heads_of({0, 0}, 2)) list.learn(head);
    list.learn(heads_of({0, 1}, 2).front());
    list.begin();
    CHECK(list.units() == 2);
    CHECK(list.units_done() == 1);
    CHECK(list.next() == Unit{0, 1});
}

TEST_CASE("failed runs are done again only if asked for") {
    const bool retry = GENERATE(false, true);
    WorkList list(fixed_plan(1, 1, 2), {}, retry);
    auto failed = heads_of({0, 0}).front();
    failed.status = output::RunStatus::failed;
    list.learn(failed);
    list.learn(heads_of({0, 1}).front());
    list.begin();
    CHECK(list.done() == !retry);

    // One that has been tried again counts as done, in whichever order the two are found.
    WorkList later(fixed_plan(1, 1, 2), {}, true);
    const auto good = heads_of({0, 0}).front();
    later.learn(retry ? failed : good);
    later.learn(retry ? good : failed);
    later.learn(heads_of({0, 1}).front());
    later.begin();
    CHECK(later.done());
}

TEST_CASE("half a confidence interval") {
    CHECK(std::isinf(experiment::half_width_of_mean({})));
    CHECK(std::isinf(experiment::half_width_of_mean({3.0})));
    CHECK(experiment::half_width_of_mean({2.0, 2.0, 2.0}) == 0.0);
    // R: qt(0.975, 4) * sd(1:5) / sqrt(5)
    CHECK(experiment::half_width_of_mean({1.0, 2.0, 3.0, 4.0, 5.0}) == Approx(1.963243).epsilon(1e-6));
}
