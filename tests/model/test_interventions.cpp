#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "model/processes/interventions.h"
#include "model/small_world.h"
#include "model/vocabulary.h"

using namespace sahelsim;
using namespace sahelsim::model;
using scenario::Intervention;
using scenario::InterventionType;

namespace {

Intervention intervention(InterventionType type, const char* date) {
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
    auto i = intervention(InterventionType::deploy, date);
    i.faction = faction;
    i.place = "Mopti";
    i.personnel = personnel;
    return i;
}

Intervention withdrawal(const std::string& faction, const char* date, const char* until) {
    auto i = intervention(InterventionType::withdraw, date);
    i.id = "exit";
    i.faction = faction;
    i.until = engine::parse_date(until);
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
    auto set = intervention(InterventionType::set, "2017-01-20");
    set.parameter = "revenge.half_life";
    set.value = 77.0;
    auto off = intervention(InterventionType::switch_mechanism, "2017-01-25");
    off.id = "off";
    off.mechanism = "gathering";
    off.on = false;
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
