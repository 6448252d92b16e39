// Targets and observers: what a good section becomes, and that a bad one is refused.

#include <cmath>

#include <catch2/catch.hpp>

#include "scenario/observation.h"
#include "scenario/tiny.h"

using namespace sahelsim;
using sahelsim::test::Project;
using sahelsim::test::replaced;

namespace {

const std::string good = R"(extends: tiny.yaml
observers: {mission: {label: Mission}, agency: {label: Agency}}
parameters:
  observation:
    mission:
      incidents: {value: 0.5, unit: share, range: [0.2, 1], status: assumed, note: Half.}
      incidents.South: {value: 0.25, unit: share, range: [0.2, 1], status: assumed, note: Less.}
      fighters_killed: {value: 1.2, unit: share, range: [0.5, 1.5], status: assumed, note: Claims.}
    agency.displaced: {value: 0.9, unit: share, range: [0.5, 1], status: assumed, note: Most.}
  area_share.battles-2018: {value: 0.6, unit: share, range: [0.3, 0.8], status: assumed, note: A guess.}
targets:
  incidents-2018:
    {label: Incidents, role: calibration, quantity: incidents, from: 2018-01-01, to: 2018-12-31, regions: [North],
     perpetrators: [front], observed: 100, observer: mission, observation_error: 0.3,
     source: survey-2016, place: p. 1, note: A count.}
  near:
    {label: Near, role: validation, quantity: incidents, from: 2018-01-01, to: 2018-12-31,
     within: {cercle: Gamma Town, km: 150}, observed: [5, 9], observer: mission, observation_error: 0.3,
     source: survey-2016, place: p. 1, note: A count.}
  battles-2018:
    {label: Battles, role: calibration, quantity: battles, from: 2018-01-01, to: 2018-12-31, between: [army, rebels],
     at_least: 10, observer: mission, observation_error: 0.3, source: survey-2016, place: p. 2, note: At least.}
  dead:
    {label: Soldiers, role: calibration, quantity: fighters_killed, from: 2018-01-01, to: 2018-12-31, victims: [state],
     observed: 7, observer: mission, observation_error: 0.3, source: survey-2016, place: p. 2, note: A count.}
  displaced:
    {label: Displaced, role: calibration, quantity: displaced, from: 2018-01-01, to: 2018-12-31,
     observed: 700, observer: agency, observation_error: 0.3, source: survey-2016, place: p. 2, note: A count.}
  class:
    {label: Class, role: calibration, quantity: presence_class, from: 2018-12-31, to: 2018-12-31, cercles: [Alpha],
     authority: rebels, observed: 3, observer: mission, observation_error: 0.5, source: survey-2016, place: p. 3, note: A class.}
  mood:
    {label: Mood, role: validation, from: 2018-01-01, to: 2018-12-31, source: survey-2016, place: p. 3, note: No number.}
)";

struct Change {
    const char* from;
    const char* to;
    std::vector<const char*> words;
};

}  // namespace

TEST_CASE("targets are read into values") {
    const Project project;
    project.write("good.yaml", good);
    const auto s = project.read("good.yaml");
    REQUIRE(s.targets.size() == 7);
    const auto& incidents = s.targets[0];
    CHECK(incidents.id == "incidents-2018");
    CHECK(incidents.quantity == scenario::Quantity::incidents);
    CHECK(incidents.role == scenario::TargetRole::calibration);
    CHECK(engine::format_date(incidents.to) == "2018-12-31");
    CHECK(incidents.regions == std::vector<std::string>{"North"});
    CHECK(incidents.perpetrators == std::vector<std::string>{"front"});
    CHECK(incidents.low == 100.0);
    CHECK(incidents.high == 100.0);
    CHECK(s.targets[1].within->km == 150.0);
    CHECK(s.targets[1].high == 9.0);
    CHECK(s.targets[1].role == scenario::TargetRole::validation);
    CHECK(std::isinf(s.targets[2].high));
    CHECK(s.targets[5].authority == "rebels");
    CHECK_FALSE(s.targets[6].quantity.has_value());
    CHECK_FALSE(s.targets[6].observed);
}

TEST_CASE("an observer's share is the region's where it has one") {
    const Project project;
    project.write("good.yaml", good);
    const auto s = project.read("good.yaml", {{"observation.mission.incidents", "0.4"}});
    using scenario::Recorded;
    CHECK(scenario::recorded_share(s.parameters, "mission", Recorded::incidents, "North") == 0.4);
    CHECK(scenario::recorded_share(s.parameters, "mission", Recorded::incidents, "South") == 0.25);
    CHECK_FALSE(scenario::recorded_share(s.parameters, "agency", Recorded::incidents, "South").has_value());
    CHECK(scenario::area_share(s.parameters, "battles-2018") == 0.6);
    CHECK(scenario::area_share(s.parameters, "dead") == 1.0);
}

TEST_CASE("targets merge key by key") {
    const Project project;
    project.write("good.yaml", good);
    project.write("more.yaml", "extends: good.yaml\ntargets:\n  dead: {observed: 8, role: validation}\n");
    const auto s = project.read("more.yaml");
    REQUIRE(s.targets.size() == 7);
    CHECK(s.targets[3].low == 8.0);
    CHECK(s.targets[3].role == scenario::TargetRole::validation);
    CHECK(s.targets[3].victims == std::vector<std::string>{"state"});
}

TEST_CASE("the resolved text holds targets and observers") {
    const Project project;
    project.write("good.yaml", good);
    const auto s = project.read("good.yaml");
    const Project other;
    other.write("resolved.yaml", s.resolved_yaml);
    const auto again = other.read("resolved.yaml");
    CHECK(again.resolved_yaml == s.resolved_yaml);
    REQUIRE(again.targets.size() == s.targets.size());
    CHECK(std::isinf(again.targets[2].high));
    CHECK(again.targets[2].between == s.targets[2].between);
    CHECK(again.targets[1].within->cercle == "Gamma Town");
    CHECK(again.observers.size() == 2);
}

TEST_CASE("bad targets are refused") {
    const std::vector<Change> changes = {
        {"quantity: incidents, from", "quantty: incidents, from", {"targets.incidents-2018", "'quantty'"}},
        {"quantity: battles", "quantity: battels", {"targets.battles-2018.quantity", "did you mean 'battles'?"}},
        {"label: Incidents, ", "", {"targets.incidents-2018.label: found nothing"}},
        {"label: Incidents", "label: [Incidents]", {"label: found a list, expected a text"}},
        {"role: calibration", "role: calibraton", {"did you mean 'calibration'?"}},
        {"role: calibration, ", "", {"role: found nothing"}},
        {"from: 2018-01-01", "from: 2018-02-30", {"from: found '2018-02-30'", "YYYY-MM-DD"}},
        {"from: 2018-01-01", "from: 2019-01-01", {"to: found 2018-12-31, expected a day not before 'from', 2019-01-01"}},
        {"regions: [North]", "regions: [Nort]", {"regions: found 'Nort'", "did you mean 'North'?"}},
        {"regions: [North]", "regions: North", {"regions: found 'North', expected a list of names"}},
        {"regions: [North]", "regions: []", {"an empty list"}},
        {"regions: [North]", "cercles: [Alhpa]", {"did you mean 'Alpha'?"}},
        {"perpetrators: [front]", "perpetrators: [frnt]", {"perpetrators: found 'frnt'", "did you mean 'front'?"}},
        {"perpetrators: [front]", "victims: [front]", {"targets.incidents-2018: found 'victims'"}},
        {"victims: [state]", "victims: [sate]", {"did you mean 'state'?"}},
        {"observed: 100", "observed: -1", {"observed: found -1, expected a number from 0"}},
        {"observed: 100", "observed: many", {"observed: found 'many'"}},
        {"observed: 100, ", "", {"neither 'observed' nor 'at_least'"}},
        {"observed: 100", "observed: 100, at_least: 3", {"both 'observed' and 'at_least'"}},
        {"observed: [5, 9]", "observed: [9, 5]", {"the lower end first"}},
        {"observed: [5, 9]", "observed: [5]", {"a list of 1", "[low, high]"}},
        {"observer: mission", "observer: misson", {"observer: found 'misson'", "did you mean 'mission'?"}},
        {"observer: mission, ", "", {"targets.incidents-2018.observer: found nothing"}},
        {"observer: mission", "observer: agency", {"no record observation.agency.incidents"}},
        {"observation_error: 0.3, ", "", {"observation_error: found nothing"}},
        {"observation_error: 0.3", "observation_error: 30", {"a number from 0 to 5"}},
        {"source: survey-2016", "source: survey-2106", {"did you mean 'survey-2016'?"}},
        {", place: p. 1", "", {"place: found nothing"}},
        {", note: A count.", "", {"note: found nothing"}},
        {"cercle: Gamma Town, km: 150", "cercle: Gama Town, km: 150", {"within.cercle", "did you mean 'Gamma Town'?"}},
        {"cercle: Gamma Town, km: 150", "cercle: Gamma Town", {"within.km: found nothing"}},
        {"within: {", "regions: [North], within: {", {"'within' and a list of places"}},
        {"between: [army, rebels]", "between: [army]", {"between: found a list of 1"}},
        {" between: [army, rebels],", "", {"between: found nothing"}},
        {"cercles: [Alpha]", "cercles: [Alpha, Beta]", {"found 2 cercles, expected one"}},
        {"authority: rebels", "authority: rebel", {"did you mean 'rebels'?"}},
        {"  mood:", "  Mood!:", {"targets: found the name 'Mood!'"}},
        {"agency: {label", "agency: {lable", {"observers.agency", "did you mean 'label'?"}},
        {"agency.displaced", "agncy.displaced", {"the observer 'agncy'"}},
        {"agency.displaced", "agency.displacd", {"did you mean 'observation.agency.displaced'?"}},
        {"area_share.battles-2018", "area_share.battles-2019", {"did you mean 'area_share.battles-2018'?"}},
    };
    const Project project;
    for (const auto& change : changes) {
        INFO(change.from << " -> " << change.to);
        project.write("bad.yaml", replaced(good, change.from, change.to));
        const auto complaints = project.complaints("bad.yaml");
        INFO(complaints);
        CHECK(complaints.find("bad.yaml:") != std::string::npos);
        for (const char* word : change.words) {
            INFO("expected: " << word);
            CHECK(complaints.find(word) != std::string::npos);
        }
    }
}
