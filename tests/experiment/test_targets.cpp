// What a recording made by hand gives for targets.

#include <cmath>

#include <catch2/catch.hpp>

#include "experiment/observation.h"
#include "experiment/target_summary.h"
#include "experiment/targets.h"
#include "model/tally.h"
#include "model/target_coverage.h"

using namespace sahelsim;
using scenario::Quantity;

namespace {

constexpr std::uint64_t seed = 7;

engine::Date day(const char* text) {
    return *engine::parse_date(text);
}

/// Two cercles of a region each; army and foreigners against rebels.
scenario::Scenario small_scenario() {
    scenario::Scenario s;
    s.start = day("2018-01-01");
    s.end = day("2018-12-31");
    for (const char* name : {"North", "South"}) {
        scenario::Cercle cercle;
        cercle.name = name;
        cercle.region = std::string(name) + " region";
        s.world.cercles.push_back(cercle);
    }
    const auto organisation = [&s](const char* id, const char* side) {
        scenario::Organisation o;
        o.id = id;
        o.side = side;
        s.organisations.push_back(o);
    };
    organisation("army", "state");
    organisation("rebels", "jihad");
    organisation("foreigners", "abroad");
    return s;
}

void set_share(scenario::Scenario& s, const std::string& name, double value) {
    scenario::ParameterRecord record;
    record.name = name;
    record.value = value;
    s.parameters.put(record);
}

model::Labels labels_of(const scenario::Scenario& s) {
    model::Labels labels;
    labels.start = s.start;
    labels.end = s.end;
    labels.first_month = engine::month_number(s.start);
    labels.months = 12;
    labels.cercles = {{"North", "North region", 0.0, 16.0, 1.0, 1}, {"South", "South region", 0.0, 12.0, 1.0, 1}};
    labels.communes = {{"n", 0, 0.0, 16.0, true},
                       {"s", 1, 0.0, 12.0, true},
                       {"far south", 1, 0.0, 10.0, false},
                       {"abroad", -1, 0.0, 9.0, false}};
    labels.organisations = {"army", "rebels", "foreigners"};
    labels.authorities = {"state", "rebels"};
    return labels;
}

scenario::Target target(Quantity quantity) {
    scenario::Target t;
    t.id = t.label = "target";
    t.quantity = quantity;
    t.from = day("2018-02-01");
    t.to = day("2018-03-31");
    t.observer = "us";
    t.low = t.high = 10.0;
    return t;
}

/// Rebels attack the army in the north on 10 February: three soldiers and one rebel die.
model::Event battle() {
    model::Event e;
    e.day = engine::day_number(day("2018-02-10"));
    e.actor1 = 1;
    e.actor2 = 0;
    e.deaths_actor1 = 1;
    e.deaths_actor2 = 3;
    e.civilians_killed = 2;
    return e;
}

/// The army harms civilians in the south on 31 March.
model::Event sweep() {
    model::Event e;
    e.id = 1;
    e.day = engine::day_number(day("2018-03-31"));
    e.commune = 1;
    e.type = model::EventType::violence_against_civilians;
    e.actor1 = 0;
    e.civilians_killed = 4;
    e.civilians_injured = 5;
    e.civilians_abducted = 6;
    return e;
}

model::Recording recording(const model::Labels& labels) {
    model::Recording r;
    r.complete = true;
    r.series = model::make_series(labels);
    auto later = battle();
    later.day = engine::day_number(day("2018-04-01"));
    auto siege = battle();
    siege.type = model::EventType::strategic_development;
    auto abroad = battle();
    abroad.commune = 3;
    r.events = {battle(), sweep(), siege, abroad, later};
    for (std::size_t i = 0; i < r.events.size(); ++i) r.events[i].id = static_cast<std::int32_t>(i);
    return r;
}

struct Fixture {
    scenario::Scenario s = small_scenario();
    model::Labels labels = labels_of(s);
    model::Recording r = recording(labels);

    /// Nothing where the run doesn't answer the target.
    std::optional<double> operator()(const scenario::Target& t) const {
        auto asked = s;
        asked.targets = {t};
        const double value = experiment::measure(asked, labels, r, seed).front();
        return std::isnan(value) ? std::nullopt : std::optional(value);
    }
};

}  // namespace

TEST_CASE("an incident is a violent entry in one place on one day") {
    auto event = battle();
    CHECK(experiment::is_incident(event));
    event.type = model::EventType::explosion_remote_violence;
    CHECK(experiment::is_incident(event));
    event.type = model::EventType::violence_against_civilians;
    CHECK(experiment::is_incident(event));
    event.type = model::EventType::strategic_development;
    CHECK_FALSE(experiment::is_incident(event));
}

TEST_CASE("an observer who sees all counts what is in the log, period and country") {
    const Fixture measured;
    CHECK(measured(target(Quantity::incidents)) == 2.0);
    CHECK(measured(target(Quantity::deaths)) == 10.0);
    CHECK(measured(target(Quantity::fighters_killed)) == 4.0);
    CHECK(measured(target(Quantity::civilians_killed)) == 6.0);
    CHECK(measured(target(Quantity::civilians_injured)) == 5.0);
    CHECK(measured(target(Quantity::civilians_abducted)) == 6.0);
}

TEST_CASE("places and surroundings narrow the count") {
    Fixture measured;
    auto t = target(Quantity::incidents);
    t.regions = {"North region"};
    CHECK(measured(t) == 1.0);
    t.regions.clear();
    t.cercles = {"South"};
    CHECK(measured(t) == 1.0);
    t.cercles.clear();
    t.within = {"South", 100.0};
    CHECK(measured(t) == 1.0);
    measured.r.events[1].commune = 2;  // 222 km further south
    CHECK(measured(t) == 0.0);
    t.within->km = 250.0;
    CHECK(measured(t) == 1.0);
}

TEST_CASE("each side's dead were killed by the other, civilians by who acted") {
    const Fixture measured;
    auto t = target(Quantity::deaths);
    t.perpetrators = {"jihad"};  // a side
    CHECK(measured(t) == 5.0);
    t.perpetrators = {"army"};  // an organisation
    CHECK(measured(t) == 5.0);
    t = target(Quantity::fighters_killed);
    t.victims = {"state", "abroad"};
    CHECK(measured(t) == 3.0);
    t.perpetrators = {"foreigners"};
    CHECK(measured(t) == 0.0);
    t = target(Quantity::civilians_killed);
    t.perpetrators = {"army", "foreigners"};
    CHECK(measured(t) == 4.0);
}

TEST_CASE("fights between two are found whoever began") {
    const Fixture measured;
    auto t = target(Quantity::battles);
    t.between = {"army", "rebels"};
    CHECK(measured(t) == 1.0);
    t.between = {"rebels", "army"};
    CHECK(measured(t) == 1.0);
    t.between = {"foreigners", "rebels"};
    CHECK(measured(t) == 0.0);
    t = target(Quantity::fighters_killed);
    t.between = {"army", "rebels"};
    CHECK(measured(t) == 4.0);
}

TEST_CASE("stocks are read at the ends of months") {
    Fixture measured;
    auto t = target(Quantity::presence_class);
    t.cercles = {"South"};
    t.authority = "rebels";
    measured.r.series[model::outcome_index("presence_class")].at(2, 1, 1) = 3.0;
    CHECK(measured(t) == 3.0);
    t.cercles = {"North"};
    CHECK(measured(t) == 0.0);
}

TEST_CASE("people displaced are a mean over months, or unanswered where the model doesn't know them") {
    const Fixture measured;
    const auto& all = model::outcomes();
    const bool known = std::any_of(all.begin(), all.end(),
                                   [](const auto& outcome) { return std::string_view(outcome.name) == "displaced"; });
    CHECK(measured(target(Quantity::displaced)).has_value() == known);
}

TEST_CASE("schools are a mean over months, posts of the state a share of those of all communes") {
    Fixture measured;
    auto t = target(Quantity::schools_closed);
    auto& closed = measured.r.series[model::outcome_index("schools_closed")];
    closed.at(1, 0) = 10.0;
    closed.at(2, 0) = 20.0;
    closed.at(1, 1) = 2.0;
    closed.at(3, 1) = 100.0;  // after the period
    CHECK(*measured(t) == Approx(16.0));
    t.regions = {"South region"};
    CHECK(*measured(t) == Approx(1.0));
    t.quantity = Quantity::state_agents;
    auto& posts = measured.r.series[model::outcome_index("state_agents")];
    posts.at(1, 1) = 1.0;  // of two communes
    posts.at(2, 1) = 0.5;
    CHECK(*measured(t) == Approx(0.375));
}

TEST_CASE("what a run doesn't cover is absent") {
    Fixture measured;
    auto t = target(Quantity::incidents);
    t.to = day("2019-01-01");
    CHECK_FALSE(measured(t).has_value());
    CHECK(model::why_unanswered(t, measured.s, measured.labels) == model::Unanswered::other_period);
    t = target(Quantity::incidents);
    t.from = day("2017-12-31");
    CHECK_FALSE(measured(t).has_value());
    t = target(Quantity::incidents);
    t.quantity.reset();
    CHECK(model::why_unanswered(t, measured.s, measured.labels) == model::Unanswered::no_counterpart);

    measured.labels.cercles.pop_back();
    t = target(Quantity::incidents);
    CHECK(model::why_unanswered(t, measured.s, measured.labels) == model::Unanswered::other_places);
    t.regions = {"North region"};
    CHECK_FALSE(model::why_unanswered(t, measured.s, measured.labels).has_value());
}

TEST_CASE("observers record their share in the mean, the region's where it has one") {
    Fixture measured;
    set_share(measured.s, "observation.us.incidents", 0.3);
    set_share(measured.s, "observation.us.incidents.South region", 0.8);
    constexpr int events = 20000;
    measured.r.events.clear();
    for (int i = 0; i < events; ++i) {
        auto event = i % 2 == 0 ? battle() : sweep();
        event.id = i;
        measured.r.events.push_back(event);
    }
    auto t = target(Quantity::incidents);
    t.cercles = {"North"};
    // Binomial: 10,000 draws of 0.3, standard deviation 46; of 0.8, 40. Both within four of them.
    CHECK(std::abs(*measured(t) - 3000.0) < 184.0);
    t.cercles = {"South"};
    CHECK(std::abs(*measured(t) - 8000.0) < 160.0);
}

TEST_CASE("a share above one counts some things twice") {
    Fixture measured;
    set_share(measured.s, "observation.us.fighters_killed", 2.0);
    CHECK(measured(target(Quantity::fighters_killed)) == 8.0);
    set_share(measured.s, "observation.us.fighters_killed", 1.25);
    measured.r.events = {battle()};
    measured.r.events[0].deaths_actor2 = 10000;
    measured.r.events[0].deaths_actor1 = 0;
    CHECK(std::abs(*measured(target(Quantity::fighters_killed)) - 12500.0) < 175.0);
}

TEST_CASE("what is recorded of an event depends on seed, replicate, event and observer only") {
    const auto recorded = [](std::uint64_t s, std::uint32_t replicate, const char* observer) {
        std::vector<int> counts;
        for (int i = 0; i < 50; ++i) {
            auto event = sweep();
            event.id = i;
            counts.push_back(experiment::Observer(observer, {s, replicate})
                                 .record(event, scenario::Recorded::civilians_killed, 20, 0.5));
        }
        return counts;
    };
    CHECK(recorded(1, 0, "us") == recorded(1, 0, "us"));
    CHECK(recorded(1, 0, "us") != recorded(2, 0, "us"));
    CHECK(recorded(1, 0, "us") != recorded(1, 1, "us"));
    CHECK(recorded(1, 0, "us") != recorded(1, 0, "them"));
}

TEST_CASE("the comparison leaves validation out, scales a larger area and says what is unanswered") {
    Fixture f;
    auto scaled = target(Quantity::incidents);
    auto hidden = target(Quantity::deaths);
    hidden.role = scenario::TargetRole::validation;
    auto later = target(Quantity::incidents);
    later.to = day("2020-01-01");
    f.s.targets = {scaled, hidden, later};
    set_share(f.s, "area_share.target", 0.2);
    f.r.targets = experiment::measure(f.s, f.labels, f.r, seed);
    experiment::TargetSummaryBuilder builder(f.s, f.labels);
    builder.add(f.r);
    const auto summary = builder.build();
    REQUIRE(summary.rows.size() == 1);
    CHECK(summary.rows[0].low == Approx(2.0));
    CHECK(summary.rows[0].simulated.median == 2.0);
    CHECK(summary.rows[0].is_inside());
    CHECK(summary.unanswered == std::map<model::Unanswered, int>{{model::Unanswered::other_period, 1}});
}
