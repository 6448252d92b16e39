#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>

#include "model/interventions/conditions.h"
#include "model/interventions/table.h"
#include "model/processes/interventions.h"
#include "model/small_world.h"
#include "model/vocabulary.h"
#include "scenario/intervention_types.h"

using namespace sahelsim;
using namespace sahelsim::model;
using scenario::Intervention;

namespace {

Intervention intervention(const char* type, const char* date) {
    Intervention i;
    i.id = "test";
    i.type = type;
    i.date = engine::parse_date(date);
    return i;
}

/// The small world with these interventions and no others.
struct Story {
    Setup setup;
    State state;

    explicit Story(std::vector<Intervention> interventions)
        : setup([&] {
              auto scenario = testing::library_scenario("small");
              scenario.interventions = std::move(interventions);
              return make_setup(std::move(scenario));
          }()),
          state(initial_state(setup, {3, 0})) {}

    void run_until(const char* date) {
        while (state.date < *engine::parse_date(date)) run_day(setup, state);
    }

    [[nodiscard]] int personnel(const std::string& faction) const {
        int sum = 0;
        for (int u = 0; u < state.units.size(); ++u) {
            const bool counts =
                state.units.faction[static_cast<std::size_t>(u)] == testing::faction_index(setup, faction);
            sum += counts ? state.units.established[static_cast<std::size_t>(u)] : 0;
        }
        return sum;
    }

    [[nodiscard]] int logged(EventSubtype subtype) const {
        return static_cast<int>(std::count_if(state.events.begin(), state.events.end(),
                                              [&](const Event& e) { return e.subtype == subtype; }));
    }
};

Intervention deployment(const std::string& faction, const char* date, long personnel) {
    auto i = intervention("deploy", date);
    i.fields = {{"faction", faction}, {"cercle", std::string("Mopti")}, {"personnel", personnel}};
    return i;
}

Intervention withdrawal(const std::string& faction, const char* date, const char* until) {
    auto i = intervention("withdraw", date);
    i.id = "exit";
    i.fields = {{"faction", faction}, {"until", *engine::parse_date(until)}};
    return i;
}

}  // namespace

TEST_CASE("a deployment brings its people on its day, once") {
    Story story({deployment("wagner", "2017-02-10", 210)});
    story.run_until("2017-02-10");
    CHECK(story.personnel("wagner") == 0);
    story.run_until("2017-02-11");
    CHECK(story.personnel("wagner") == 210);
    story.run_until("2017-03-01");
    CHECK(story.personnel("wagner") == 210);
    CHECK(story.logged(EventSubtype::deployment) == 1);
}

TEST_CASE("a withdrawal is spread over its time and takes the aircraft with it") {
    Story story({deployment("barkhane", "2017-01-05", 300), withdrawal("barkhane", "2017-02-01", "2017-03-02")});
    const auto aircraft = [&] {
        int crews = 0;
        for (std::size_t u = 0; u < story.state.units.key.size(); ++u) {
            crews += story.state.units.faction[u] == testing::faction_index(story.setup, "barkhane") &&
                             story.state.units.type[u] == UnitType::air
                         ? 1
                         : 0;
        }
        return crews;
    };
    story.run_until("2017-02-01");
    const int before = story.personnel("barkhane");
    REQUIRE(before >= 300);
    CHECK(aircraft() > 0);
    story.run_until("2017-02-16");
    CHECK(story.personnel("barkhane") == Approx(before / 2).margin(before / 20 + 1));
    story.run_until("2017-03-03");
    CHECK(story.personnel("barkhane") == 0);
    CHECK(aircraft() == 0);
    check_conservation(story.setup, story.state);
}

TEST_CASE("what was switched off leaves nothing behind, and what was not stays") {
    const auto switched = [](const char* mechanism) {
        auto i = intervention("switch", "2017-02-01");
        i.fields = {{"mechanism", std::string(mechanism)}, {"on", false}};
        Story story({i});
        story.state.mechanisms.dialogue = false;
        story.state.dialogue.measures[number(Measure::way_out)] = 0.5;
        story.state.dialogue.until.fill(std::numeric_limits<std::int32_t>::max());
        story.run_until("2017-02-01");
        story.state.politics.sanctions = 0.4;
        story.state.partners.front().suspended = true;
        story.state.partners.front().phase = PartnerPhase::announced;
        intervene(story.setup,
                  {story.state.date, engine::day_number(story.state.date), world::Season::dry, false, false},
                  story.state);
        return story.state;
    };
    const State politics = switched("politics");
    CHECK(politics.politics.sanctions == 0.0);
    CHECK(politics.dialogue.measure(Measure::way_out) == 0.5);
    const State partners = switched("partners");
    CHECK_FALSE(partners.partners.front().suspended);
    CHECK(partners.partners.front().phase == PartnerPhase::cooperation);
    CHECK(partners.politics.sanctions == 0.4);
}

TEST_CASE("fewer people than days leave all the same, and the aircraft too") {
    Story story({deployment("wagner", "2017-01-05", 5), withdrawal("wagner", "2017-02-01", "2017-03-31")});
    story.run_until("2017-04-01");
    CHECK(story.personnel("wagner") == 0);
    for (std::size_t u = 0; u < story.state.units.key.size(); ++u) {
        const bool wagner = story.state.units.faction[u] == testing::faction_index(story.setup, "wagner");
        CHECK_FALSE((wagner && story.state.units.type[u] == UnitType::air));
    }
}

TEST_CASE("a withdrawal that was over before the run began leaves nobody") {
    Story story({withdrawal("fama", "2016-01-01", "2016-06-30")});
    REQUIRE(story.personnel("fama") > 0);
    story.run_until("2017-01-02");
    CHECK(story.personnel("fama") == 0);
    check_conservation(story.setup, story.state);
}

TEST_CASE("who comes back has new keys") {
    auto again = deployment("barkhane", "2017-03-01", 200);
    again.id = "again";
    Story story({deployment("barkhane", "2017-01-05", 300), withdrawal("barkhane", "2017-02-01", "2017-02-02"), again});
    story.run_until("2017-03-05");
    auto keys = story.state.units.key;
    std::sort(keys.begin(), keys.end());
    CHECK(std::adjacent_find(keys.begin(), keys.end()) == keys.end());
}

TEST_CASE("parameters and mechanisms change on the day") {
    auto set = intervention("set", "2017-01-20");
    set.fields = {{"parameter", std::string("revenge.half_life")}, {"value", 77.0}};
    auto off = intervention("switch", "2017-01-25");
    off.id = "off";
    off.fields = {{"mechanism", std::string("gathering")}, {"on", false}};
    Story story({set, off});
    story.run_until("2017-01-20");
    CHECK(story.state.parameters.revenge.half_life != 77.0);
    story.run_until("2017-01-21");
    CHECK(story.state.parameters.revenge.half_life == 77.0);
    CHECK(story.state.mechanisms.gathering);
    story.run_until("2017-01-26");
    CHECK_FALSE(story.state.mechanisms.gathering);
}

TEST_CASE("what is read at the start only can't be set later, and the message says so") {
    const auto path = std::filesystem::temp_directory_path() / "sahelsim_start_only.yaml";
    std::ofstream(path)
        << "title: Late\ndescription: Too late.\nextends: sahelsim:small\ninterventions:\n"
           "  - {id: late, type: set, date: 2017-05-01, parameter: travel.winding, value: 2, note: Too late.}\n";
    try {
        static_cast<void>(scenario::read_scenario(path.string(), vocabulary()));
        FAIL("accepted");
    } catch (const scenario::InputError& error) {
        CHECK(std::string(error.what()).find("read at the start only") != std::string::npos);
    }
    std::filesystem::remove(path);
}

TEST_CASE("units that are founded after a change are what it says") {
    auto tied = intervention("set", "2017-01-20");
    tied.fields = {{"parameter", std::string("fama.initial.mobile_share")}, {"value", 0.0}};
    auto scenario = testing::library_scenario("small");
    auto record = *scenario.parameters.find("state.initial.mobile_share");
    record.name = "fama.initial.mobile_share";
    record.value = 1.0;
    scenario.parameters.put(record);
    auto before = deployment("fama", "2017-01-10", 400);
    auto after = deployment("fama", "2017-01-30", 400);
    before.id = "before";
    after.id = "after";
    scenario.interventions = {before, tied, after};
    const auto setup = make_setup(std::move(scenario));
    auto state = initial_state(setup, {3, 0});
    const auto count = [&](UnitType type) {
        int sum = 0;
        for (std::size_t u = 0; u < state.units.key.size(); ++u)
            sum +=
                state.units.faction[u] == testing::faction_index(setup, "fama") && state.units.type[u] == type ? 1 : 0;
        return sum;
    };
    const auto run_until = [&](const char* date) {
        while (state.date < *engine::parse_date(date)) run_day(setup, state);
    };
    run_until("2017-01-10");
    const int garrisons = count(UnitType::garrison);
    const int cells = count(UnitType::cell);
    run_until("2017-01-11");
    CHECK(count(UnitType::garrison) == garrisons);
    CHECK(count(UnitType::cell) == cells + 5);
    run_until("2017-01-30");
    const int garrisons_later = count(UnitType::garrison);
    run_until("2017-01-31");
    CHECK(count(UnitType::garrison) == garrisons_later + 5);
}

TEST_CASE("a condition is met when it is met") {
    auto later = deployment("wagner", "2017-01-01", 100);
    later.date.reset();
    later.condition = scenario::Condition{"events_90_days", "", "Mopti", true, 5.0, engine::parse_date("2017-02-01")};
    auto never = deployment("wagner", "2017-01-01", 100);
    never.id = "never";
    never.date.reset();
    never.condition = scenario::Condition{"deaths_90_days", "", "", true, 1e9, std::nullopt};
    auto nowhere = never;
    nowhere.id = "nowhere";
    nowhere.condition = scenario::Condition{"control", "state", "Kayes", false, 0.5, std::nullopt};  // not simulated
    Story story({later, never, nowhere});
    story.run_until("2017-02-01");
    CHECK(story.personnel("wagner") == 0);
    story.run_until("2017-12-01");
    CHECK(story.personnel("wagner") == 100);
}

TEST_CASE("a count below its threshold means nothing before the window is full") {
    auto calm = deployment("wagner", "2017-01-01", 100);
    calm.date.reset();
    calm.condition = scenario::Condition{"deaths_90_days", "", "", false, 1e9, std::nullopt};
    Story story({calm});
    story.run_until("2017-03-20");
    CHECK(story.personnel("wagner") == 0);
    story.run_until("2017-04-10");
    CHECK(story.personnel("wagner") == 100);
}

TEST_CASE("every type of intervention that files may have does something, and every outcome can be observed") {
    std::vector<std::string> declared, done;
    for (const auto& type : scenario::intervention_types()) declared.push_back(type.name);
    for (const auto& entry : intervention_table()) done.emplace_back(entry.type);
    CHECK_THAT(done, Catch::UnorderedEquals(declared));
    std::vector<std::string> outcomes, observed;
    for (const auto& outcome : scenario::condition_outcomes()) outcomes.push_back(outcome.name);
    for (const auto& entry : condition_table()) observed.emplace_back(entry.outcome);
    CHECK_THAT(observed, Catch::UnorderedEquals(outcomes));
}

namespace {

Intervention disarmament(const char* faction, const char* date, double share) {
    auto i = intervention("disarm", date);
    i.fields = {{"faction", std::string(faction)}, {"share", share}};
    return i;
}

/// Members of a faction's units, and those of them based in a cercle.
struct Members {
    int all = 0;
    int in_cercle = 0;
};

Members members(const Story& story, const std::string& faction, const char* cercle) {
    Members sum;
    const auto& units = story.state.units;
    for (int u = 0; u < units.size(); ++u) {
        const auto i = static_cast<std::size_t>(u);
        if (units.faction[i] != testing::faction_index(story.setup, faction)) continue;
        sum.all += units.strength(u);
        const int at = story.setup.cercle_of[static_cast<std::size_t>(units.base[i])];
        const bool here = story.setup.geography.cercles[static_cast<std::size_t>(at)].name == cercle;
        sum.in_cercle += here ? units.strength(u) : 0;
    }
    return sum;
}

/// Nobody fights, joins or leaves but by the intervention.
void keep_still(Story& story) {
    story.state.mechanisms = Mechanisms{};
    for (const char* name : {"recruitment", "desertion", "defection", "replacement", "spread"})
        switch_mechanism(story.state.mechanisms, name, false);
}

}  // namespace

TEST_CASE("those who are disarmed go home, and their posts with them") {
    Story story({disarmament("fama", "2017-01-01", 1.0)});
    const int before = members(story, "fama", "").all;
    REQUIRE(before > 0);
    const auto residents = [&] {
        std::int64_t sum = 0;
        for (int i = 0; i < story.setup.communes(); ++i) sum += story.state.cohorts.residents_of(i);
        return sum;
    };
    const auto at_home = residents();
    auto step = testing::step_of(story.state);
    intervene(story.setup, step, story.state);
    CHECK(members(story, "fama", "").all == 0);
    CHECK(story.personnel("fama") == 0);
    CHECK(residents() == at_home + before);
    CHECK(story.logged(EventSubtype::disarmament) == 1);
    CHECK(story.state.intervention_done[0] == 1);
    check_conservation(story.setup, story.state);
}

TEST_CASE("a share of the members disarms over time, of the faction and the places that were named") {
    auto slow = disarmament("fama", "2017-01-01", 0.6);
    slow.fields["until"] = *engine::parse_date("2017-01-20");
    slow.fields["cercles"] = std::vector<std::string>{"Mopti"};
    Story story({slow});
    keep_still(story);
    const auto before = members(story, "fama", "Mopti");
    const auto others = members(story, "katiba_macina", "Mopti");
    REQUIRE(before.in_cercle > 200);
    REQUIRE(before.all > before.in_cercle);
    // Day by day without the rest of the model, so that nobody falls in a fight.
    auto step = testing::step_of(story.state);
    int halfway = 0;
    for (int day = 0; day < 20; ++day) {
        CHECK(story.state.intervention_done[0] == 0);
        intervene(story.setup, step, story.state);
        step.date += std::chrono::days(1);
        ++step.day;
        if (day == 9) halfway = members(story, "fama", "Mopti").in_cercle;
    }
    CHECK(story.state.intervention_done[0] == 1);
    const auto after = members(story, "fama", "Mopti");
    const double n = before.in_cercle;
    const auto four_deviations = [&](double p) { return 4.0 * std::sqrt(n * p * (1.0 - p)); };
    CHECK(after.in_cercle == Approx(0.4 * n).margin(four_deviations(0.4)));
    CHECK(halfway == Approx(std::sqrt(0.4) * n).margin(four_deviations(std::sqrt(0.4))));
    CHECK(after.all - after.in_cercle == before.all - before.in_cercle);
    CHECK(members(story, "katiba_macina", "Mopti").all == others.all);
    check_conservation(story.setup, story.state);
}

TEST_CASE("the disarmed take up arms again only where people do") {
    Story story({disarmament("katiba_macina", "2017-06-01", 1.0)});
    story.run_until("2017-06-02");
    CHECK(members(story, "katiba_macina", "").all == 0);
    story.state.mechanisms.recruitment = false;
    story.run_until("2017-07-15");
    CHECK(members(story, "katiba_macina", "").all == 0);
    check_conservation(story.setup, story.state);
}
