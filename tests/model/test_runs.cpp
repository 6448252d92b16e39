#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "experiment/replicates.h"
#include "experiment/summary.h"
#include "model/processes/displacement.h"
#include "model/small_world.h"
#include "model/tally.h"

using namespace sahelsim;
using namespace sahelsim::model;

namespace {

bool same(const Event& a, const Event& b) {
    return a.id == b.id && a.day == b.day && a.commune == b.commune && a.type == b.type && a.subtype == b.subtype &&
           a.violence == b.violence && a.actor1 == b.actor1 && a.actor2 == b.actor2 && a.faction1 == b.faction1 &&
           a.community == b.community && a.community2 == b.community2 && a.deaths_actor1 == b.deaths_actor1 &&
           a.deaths_actor2 == b.deaths_actor2 && a.civilians_killed == b.civilians_killed &&
           a.civilians_injured == b.civilians_injured && a.civilians_abducted == b.civilians_abducted &&
           a.cause_kind == b.cause_kind && a.cause == b.cause;
}

bool same(const std::vector<Event>& a, const std::vector<Event>& b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](const Event& x, const Event& y) { return same(x, y); });
}

bool same(const std::vector<Series>& a, const std::vector<Series>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Series& x, const Series& y) { return x.values == y.values; });
}

void run(const Setup& setup, State& state, int days) {
    for (int day = 0; day < days && state.date <= setup.scenario.end; ++day) run_day(setup, state);
}

template <class T>
void permute(std::vector<T>& values, const std::vector<std::int32_t>& from) {
    std::vector<T> permuted;
    for (const auto i : from) permuted.push_back(values[static_cast<std::size_t>(i)]);
    values = std::move(permuted);
}

/// The same units under other numbers, before any has joined a group.
void renumber(Units& units) {
    std::vector<std::int32_t> from(units.key.size());
    std::iota(from.begin(), from.end(), 0);
    // A fixed shuffle: by key hashed once more.
    std::sort(from.begin(), from.end(), [&](int a, int b) {
        return engine::child_key(units.key[static_cast<std::size_t>(a)], 1) <
               engine::child_key(units.key[static_cast<std::size_t>(b)], 1);
    });
    permute(units.key, from);
    permute(units.latent_until, from);
    permute(units.births, from);
    permute(units.defies, from);
    permute(units.organisation, from);
    permute(units.faction, from);
    permute(units.type, from);
    permute(units.base, from);
    permute(units.place, from);
    permute(units.established, from);
    permute(units.members, from);
    permute(units.experience, from);
    permute(units.morale, from);
    permute(units.supply, from);
    permute(units.action, from);
    permute(units.target, from);
    permute(units.arrival, from);
    permute(units.end, from);
    permute(units.cause_kind, from);
    permute(units.cause, from);
    permute(units.touched, from);
    std::iota(units.leader.begin(), units.leader.end(), 0);
    std::iota(units.by_key.begin(), units.by_key.end(), 0);
    std::sort(units.by_key.begin(), units.by_key.end(), [&](int a, int b) {
        return units.key[static_cast<std::size_t>(a)] < units.key[static_cast<std::size_t>(b)];
    });
}

struct Totals {
    std::vector<double> events, civilians, fighters, recruits, fled;
};

double total(const std::vector<Series>& series, const char* outcome) {
    const auto& values = series[outcome_index(outcome)].values;
    return std::accumulate(values.begin(), values.end(), 0.0);
}

Totals totals(const Setup& setup, int replicates) {
    Totals all;
    for (int r = 0; r < replicates; ++r) {
        const auto recording = experiment::run_replicate(setup, 11, static_cast<std::uint32_t>(r));
        double civilians = 0.0;
        double fighters = 0.0;
        double events = 0.0;
        for (const auto& event : recording.events) {
            civilians += event.civilians_killed;
            fighters += event.deaths_actor1 + event.deaths_actor2;
            events += event.type != EventType::strategic_development ? 1.0 : 0.0;
        }
        all.events.push_back(events);
        all.civilians.push_back(civilians);
        all.fighters.push_back(fighters);
        all.recruits.push_back(total(recording.series, "recruits_by_community"));
        all.fled.push_back(total(recording.series, "fled"));
    }
    return all;
}

double mean(const std::vector<double>& x) {
    return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
}

double variance(const std::vector<double>& x) {
    const double m = mean(x);
    double sum = 0.0;
    for (const double value : x) sum += (value - m) * (value - m);
    return sum / static_cast<double>(x.size() - 1);
}

/// A switch, what its mechanism changes before anything else, and what it leaves in the outcomes.
struct Switch {
    bool Mechanisms::*mechanism;
    std::function<bool(const State&, const State&)> has_acted;  ///< told from a run without it
    std::vector<const char*> outcomes;                          ///< nothing of these without it
};

std::vector<std::int32_t> head_counts(const State& state) {
    std::vector<std::int32_t> counts;
    for (int u = 0; u < state.units.size(); ++u) counts.push_back(state.units.strength(u));
    return counts;
}

std::vector<Switch> switches_of_people() {
    const auto members_differ = [](const State& a, const State& b) {
        return head_counts(a) != head_counts(b) || a.units.type != b.units.type;
    };
    const auto relations_differ = [](const State& a, const State& b) {
        return (a.relations.zone(0) != b.relations.zone(0)).any();
    };
    return {
        {&Mechanisms::reactions,
         [](const State& a, const State& b) {
             return (a.attitudes.fear != b.attitudes.fear).any() ||
                    (a.attitudes.grievance != b.attitudes.grievance).any();
         },
         {"grievance", "fear"}},
        {&Mechanisms::recruitment, members_differ, {"recruits_by_community", "units_formed"}},
        {&Mechanisms::desertion, members_differ, {"deserters"}},
        {&Mechanisms::defection,
         [](const State& a, const State& b) { return a.units.organisation != b.units.organisation; },
         {"defectors"}},
        {&Mechanisms::displacement,
         [](const State& a, const State& b) { return a.cohorts.displaced != b.cohorts.displaced; },
         {"displaced", "refugees", "fled", "returned"}},
        {&Mechanisms::spread,
         [](const State& a, const State& b) { return a.units.size() != b.units.size(); },
         {"areas_settled"}},
        {&Mechanisms::orders, [](const State& a, const State& b) { return a.units.action != b.units.action; }, {}},
        {&Mechanisms::rivalry, relations_differ, {}},
        {&Mechanisms::land,
         [](const State& a, const State& b) { return a.pasture_stress != b.pasture_stress; },
         {"land_disputes", "pasture_stress", "hardship"}},
        {&Mechanisms::demography,
         [](const State& a, const State& b) { return a.cohorts.increase != b.cohorts.increase; },
         {"births", "natural_deaths"}},
        {&Mechanisms::imprisonment,
         [](const State& a, const State& b) { return a.prisoners.size() != b.prisoners.size(); },
         {"prisoners"}},
    };
}

/// The small world from the middle of a month on, where everybody has reason to change sides and wounded are taken.
State restless_state(const Setup& setup) {
    auto state = initial_state(setup, {6, 0});
    for (auto& row : state.parameters.people.defection) std::fill(row.begin(), row.end(), 0.5);
    state.parameters.people.imprisonment.captured_share = 0.5;
    for (auto& faction : state.parameters.factions) faction.orders_rate *= 20.0;
    return state;
}

Setup from_mid_month() {
    auto scenario = testing::library_scenario("small");
    scenario.start = *engine::parse_date("2017-01-10");
    return make_setup(std::move(scenario));
}

/// Means within 3.5 standard errors of their difference; standard deviations within a factor that 80 replicates leave
/// in doubt one time in a thousand (heavy tails included, hence not the F distribution's own 1.4).
void check_same_law(const std::vector<double>& a, const std::vector<double>& b) {
    const double error =
        std::sqrt(variance(a) / static_cast<double>(a.size()) + variance(b) / static_cast<double>(b.size()));
    INFO("means " << mean(a) << " " << mean(b) << ", variances " << variance(a) << " " << variance(b));
    CHECK(std::abs(mean(a) - mean(b)) < 3.5 * error);
    CHECK(std::sqrt(variance(a) / variance(b)) < 1.7);
    CHECK(std::sqrt(variance(b) / variance(a)) < 1.7);
}

}  // namespace

TEST_CASE("people are conserved on every day") {
    const auto setup = testing::small_world({{"persons_per_agent", "70"}});
    auto state = initial_state(setup, {2, 0});
    const auto people =
        std::accumulate(setup.cohorts.residents.begin(), setup.cohorts.residents.end(), std::int64_t{0});
    for (int day = 0; day < 400; ++day) {
        run_day(setup, state);
        check_conservation(setup, state);
    }
    std::int64_t now = 0;
    for (std::size_t k = 0; k < state.cohorts.size(); ++k) {
        const auto& c = state.cohorts;
        now += c.residents[k] + c.armed[k] + c.hostages[k] + c.prisoners[k] + c.dead[k] - c.increase[k];
    }
    now += testing::displaced_within(setup, state.displacement) + testing::displaced_abroad(setup, state.displacement);
    CHECK(now == people);
    // The sums that are kept in step are the sums.
    std::int64_t by_commune = 0;
    for (const auto residents : state.cohorts.commune_people) by_commune += residents;
    const auto residents =
        std::accumulate(state.cohorts.residents.begin(), state.cohorts.residents.end(), std::int64_t{0});
    CHECK(by_commune == residents);
    CHECK(std::accumulate(state.cohorts.people.begin(), state.cohorts.people.end(), std::int64_t{0}) == residents);
    CHECK(std::accumulate(state.cohorts.livelihood_people.begin(), state.cohorts.livelihood_people.end(),
                          std::int64_t{0}) == residents);
}

TEST_CASE("the conservation check notices a lost person") {
    const auto setup = testing::small_world();
    auto state = initial_state(setup, {2, 0});
    --state.cohorts.residents[10];
    CHECK_THROWS_AS(check_conservation(setup, state), std::logic_error);
}

TEST_CASE("deaths in the log, in the series and among cohorts agree") {
    const auto setup = testing::small_world();
    auto state = initial_state(setup, {2, 0});
    run(setup, state, 10'000);
    double in_log = 0.0;
    double in_series = 0.0;
    for (const auto& event : state.events) in_log += event.deaths_actor1 + event.deaths_actor2 + event.civilians_killed;
    for (const double value : state.series[outcome_index("deaths")].values) in_series += value;
    CHECK(in_log > 0.0);
    CHECK(in_series == in_log);
    const auto dead = std::accumulate(state.cohorts.dead.begin(), state.cohorts.dead.end(), 0);
    CHECK(dead > 0);
    // Foreigners are counted apart, hostages who died in captivity are no event.
    CHECK(dead <= in_log + static_cast<double>(
                               std::accumulate(state.series[outcome_index("civilians_abducted")].values.begin(),
                                               state.series[outcome_index("civilians_abducted")].values.end(), 0.0)));
}

TEST_CASE("control is a simplex and information a share, always") {
    const auto setup = testing::small_world();
    auto state = initial_state(setup, {3, 0});
    for (int day = 0; day < 200; ++day) {
        run_day(setup, state);
        CHECK((state.control.share >= 0.0).all());
        CHECK((state.control.share.rowwise().sum() - 1.0).abs().maxCoeff() < 1e-9);
        CHECK((state.control.information >= 0.0).all());
        CHECK((state.control.information <= 1.0).all());
    }
}

TEST_CASE("how units are numbered has no influence, to the bit") {
    const auto setup = testing::small_world();
    auto first = initial_state(setup, {4, 0});
    auto second = first;
    renumber(second.units);
    REQUIRE(first.units.key != second.units.key);
    run(setup, first, 500);
    run(setup, second, 500);
    REQUIRE(first.events.size() > 50);
    CHECK(same(first.events, second.events));
    CHECK(same(first.series, second.series));
    CHECK((first.control.share == second.control.share).all());
}

TEST_CASE("a copied state goes on as the original does") {
    const auto setup = testing::small_world();
    auto state = initial_state(setup, {4, 0});
    run(setup, state, 200);
    auto copy = state;
    run(setup, state, 200);
    run(setup, copy, 200);
    CHECK(same(state.events, copy.events));
    CHECK(same(state.series, copy.series));
}

TEST_CASE("threads have no influence, seeds and replicates have") {
    const auto setup = testing::small_world();
    const auto all = [&](int threads, std::uint64_t seed) {
        std::vector<Recording> recordings(4);
        experiment::run_replicates(setup, {4, threads, seed, nullptr}, {}, [&](Recording r) {
            const auto k = r.replicate;
            recordings[k] = std::move(r);
        });
        return recordings;
    };
    const auto one = all(1, 9);
    const auto two = all(2, 9);
    const auto again = all(2, 9);
    const auto other = all(2, 10);
    for (std::size_t r = 0; r < one.size(); ++r) {
        CHECK(one[r].complete);
        CHECK(same(one[r].events, two[r].events));
        CHECK(same(one[r].series, two[r].series));
        CHECK(same(two[r].events, again[r].events));
        CHECK_FALSE(same(one[r].events, other[r].events));
    }
    CHECK_FALSE(same(one[0].events, one[1].events));
}

TEST_CASE("a stopped replicate is incomplete and conserves people") {
    const auto setup = testing::small_world();
    std::atomic<bool> stop{false};
    int days = 0;
    const auto recording = experiment::run_replicate(setup, 1, 0, &stop, [&] { stop = ++days == 100; });
    CHECK_FALSE(recording.complete);
    CHECK(days == 100);
}

TEST_CASE("switching a mechanism off leaves everything as it was until the mechanism would have acted") {
    const auto setup = testing::small_world();
    const auto run_without = [&](bool Mechanisms::*mechanism, int days) {
        auto state = initial_state(setup, {6, 0});
        state.mechanisms.*mechanism = false;
        run(setup, state, days);
        return state.events;
    };
    const auto with_all = [&](int days) {
        auto state = initial_state(setup, {6, 0});
        run(setup, state, days);
        return state.events;
    };
    // The first review of what pays is on the first of February, the first replacements on the second Monday.
    CHECK(same(run_without(&Mechanisms::adaptation, 31), with_all(31)));
    CHECK_FALSE(same(run_without(&Mechanisms::adaptation, 400), with_all(400)));
    CHECK_FALSE(same(run_without(&Mechanisms::replacement, 400), with_all(400)));
    CHECK_FALSE(same(run_without(&Mechanisms::gathering, 400), with_all(400)));
    CHECK_FALSE(same(run_without(&Mechanisms::revenge, 400), with_all(400)));
    CHECK_FALSE(same(run_without(&Mechanisms::information, 400), with_all(400)));
}

TEST_CASE("with a switch of what moves people off, all is as before until the mechanism would have acted") {
    const auto setup = from_mid_month();
    for (const auto& mechanism : switches_of_people()) {
        auto with = restless_state(setup);
        auto without = with;
        without.mechanisms.*mechanism.mechanism = false;
        bool acted = false;
        bool unchanged = true;
        for (int day = 0; day < 400 && !acted; ++day) {
            unchanged = unchanged && same(with.events, without.events) && head_counts(with) == head_counts(without) &&
                        (with.control.share == without.control.share).all();
            run_day(setup, with);
            run_day(setup, without);
            acted = mechanism.has_acted(with, without);
        }
        INFO("switch of " << (mechanism.outcomes.empty() ? "relations" : mechanism.outcomes.front()));
        CHECK(acted);
        CHECK(unchanged);
    }
}

TEST_CASE("a mechanism of what moves people leaves no trace where it is switched off, and some where it is not") {
    const auto setup = from_mid_month();
    auto with_all = restless_state(setup);
    run(setup, with_all, 400);
    for (const auto& mechanism : switches_of_people()) {
        auto without = restless_state(setup);
        without.mechanisms.*mechanism.mechanism = false;
        const Eigen::ArrayXXd relations = without.relations.zone(0);
        run(setup, without, 400);
        for (const char* outcome : mechanism.outcomes) {
            INFO(outcome);
            CHECK(total(without.series, outcome) == 0.0);
            if (std::string(outcome) != "returned") CHECK(total(with_all.series, outcome) > 0.0);
        }
        if (!without.mechanisms.rivalry) CHECK((without.relations.zone(0) == relations).all());
        check_conservation(setup, without);
    }
}

TEST_CASE("displaced people are as many by home as by refuge, and all who fled are away or have returned") {
    const auto setup = from_mid_month();
    auto state = restless_state(setup);
    state.parameters.people.displacement.flight_rate = 5.0;
    state.parameters.people.displacement.return_rate = 1.0;
    state.parameters.people.displacement.calm = 0.5;
    run(setup, state, 700);
    const auto at_end = [&](const char* outcome) {
        auto& series = state.series[outcome_index(outcome)];
        const int month = engine::month_number(state.date) - setup.labels.first_month - 1;
        double sum = 0.0;
        for (int cercle = 0; cercle < series.cercles; ++cercle) sum += series.at(month, cercle);
        return sum;
    };
    CHECK(at_end("displaced") > 0.0);
    CHECK(at_end("displaced") + at_end("refugees") == at_end("displaced_from"));
    CHECK(total(state.series, "returned") > 0.0);
    CHECK(total(state.series, "fled") - total(state.series, "returned") ==
          static_cast<double>(testing::displaced_within(setup, state.displacement) +
                              testing::displaced_abroad(setup, state.displacement)));
}

TEST_CASE("the table of members' homes is what a count of members gives, always") {
    const auto setup = from_mid_month();
    auto state = restless_state(setup);
    CHECK((testing::count_homes(setup, state) == state.units.origin).all());
    for (int fortnight = 0; fortnight < 30; ++fortnight) {
        run(setup, state, 14);
        CHECK((testing::count_homes(setup, state) == state.units.origin).all());
    }
    CHECK(total(state.series, "defectors") > 0.0);
    CHECK(total(state.series, "recruits_by_community") > 0.0);
}

TEST_CASE("without harm to civilians, fights are drawn as before until civilians would have been harmed") {
    const auto setup = testing::small_world();
    auto with = initial_state(setup, {6, 0});
    auto without = with;
    without.mechanisms.harm_to_civilians = false;
    const auto harmed = [](const Event& e) {
        return e.civilians_killed + e.civilians_injured + e.civilians_abducted > 0;
    };
    while (std::none_of(with.events.begin(), with.events.end(), harmed)) {
        run_day(setup, with);
        run_day(setup, without);
    }
    const auto of_fighters = [](const std::vector<Event>& events) {
        std::vector<int> deaths;
        for (const auto& e : events) {
            if (e.type == EventType::battle) deaths.push_back(e.deaths_actor1 * 1000 + e.deaths_actor2);
        }
        return deaths;
    };
    CHECK(of_fighters(with.events) == of_fighters(without.events));
    run(setup, without, 500);
    for (const auto& e : without.events) CHECK(e.civilians_killed + e.civilians_abducted == 0);
}

TEST_CASE("outcomes have the same law at 10, 100 and 1000 people an agent", "[slow]") {
    const auto fine = totals(testing::small_world({{"persons_per_agent", "10"}}), 80);
    const auto usual = totals(testing::small_world({{"persons_per_agent", "100"}}), 80);
    const auto coarse = totals(testing::small_world({{"persons_per_agent", "1000"}}), 80);
    for (const auto* other : {&fine, &coarse}) {
        check_same_law(usual.events, other->events);
        check_same_law(usual.civilians, other->civilians);
        check_same_law(usual.fighters, other->fighters);
        check_same_law(usual.recruits, other->recruits);
        check_same_law(usual.fled, other->fled);
    }
}

TEST_CASE("history is the past of baseline, to the bit", "[slow]") {
    const auto history = experiment::run_replicate(make_setup(testing::library_scenario("history")), 5, 3);
    auto scenario = testing::library_scenario("baseline");
    const auto branch = engine::day_number(*engine::parse_date("2021-12-10"));
    scenario.end = *engine::parse_date("2022-03-31");
    auto baseline = experiment::run_replicate(make_setup(std::move(scenario)), 5, 3);
    REQUIRE(baseline.events.size() > history.events.size());
    const auto later =
        std::find_if(baseline.events.begin(), baseline.events.end(), [&](const Event& e) { return e.day > branch; });
    baseline.events.erase(later, baseline.events.end());
    CHECK(same(history.events, baseline.events));
}

TEST_CASE("one person an agent works") {
    const auto setup = testing::small_world({{"persons_per_agent", "1"}});
    auto state = initial_state(setup, {1, 0});
    CHECK(state.cohorts.size() > 1'000'000);
    run(setup, state, 60);
    check_conservation(setup, state);
}

TEST_CASE("violence does not depend on how finely the map is cut", "[slow]") {
    const auto whole = totals(testing::small_world({{"settlement.subdivisions", "1"}}), 60);
    const auto cut = totals(testing::small_world({{"settlement.subdivisions", "3"}}), 60);
    INFO(mean(whole.events) << " " << mean(cut.events));
    // Two years in one region: within a tenth, where three times the places would triple a sum over places.
    CHECK(mean(cut.events) == Approx(mean(whole.events)).epsilon(0.12));
}

TEST_CASE("quantiles interpolate between order statistics") {
    const auto spread = experiment::spread_of({4.0, 1.0, 3.0, 2.0, 5.0});
    CHECK(spread.median == 3.0);
    CHECK(spread.low == Approx(1.2));
    CHECK(spread.high == Approx(4.8));
}
