#include "sample_result.h"

#include <unistd.h>

#include <cstdlib>
#include <limits>
#include <stdexcept>

namespace sahelsim::test {

namespace {

engine::Date date(const char* text) {
    return engine::parse_date(text).value();
}

scenario::ParameterRecord parameter(const char* name, double value, const char* unit, scenario::Status status) {
    scenario::ParameterRecord record;
    record.name = name;
    record.value = value;
    record.unit = unit;
    record.low = 0.5 * value;
    record.high = 2.0 * value;
    record.status = status;
    record.source = status == scenario::Status::assumed ? "" : "report-306";
    record.place = status == scenario::Status::assumed ? "" : "p. 4";
    record.note = "A note with \"quotes\", commas and Ségou.";
    return record;
}

scenario::Target target(const char* id, std::optional<scenario::Quantity> quantity) {
    scenario::Target t;
    t.id = id;
    t.label = std::string("Figure ") + id;
    t.quantity = quantity;
    t.from = date("2017-02-01");
    t.to = date("2017-03-31");
    t.regions = {"Mopti", "Segou"};
    t.perpetrators = {"jnim"};
    t.low = t.high = 12.0;
    t.observed = true;
    t.observer = "minusma";
    t.observation_error = 0.25;
    t.source = "report-306";
    return t;
}

model::Series sample_series(const model::Outcome& outcome, int number, int run, const model::Labels& labels) {
    const auto length = [&](std::size_t axis) {
        return outcome.axes.size() > axis ? static_cast<int>(labels.names(outcome.axes[axis]).size()) : 1;
    };
    const int cercles = outcome.by_cercle ? static_cast<int>(labels.cercles.size()) : 1;
    model::Series series{labels.months, cercles, length(0), length(1), {}};
    const auto size = static_cast<std::size_t>(series.months * cercles * series.first * series.second);
    for (std::size_t i = 0; i < size; ++i) {
        const double value = 100000.0 * number + 10000.0 * run + static_cast<double>(i);
        series.values.push_back(outcome.storage == model::Storage::real ? value / 1024.0 : value);
    }
    return series;
}

model::Event sample_event(int run, int id) {
    model::Event event;
    event.id = id;
    event.day = engine::day_number(date("2017-01-20")) + 10 * id + run;
    event.commune = (run + id) % 6;
    event.type = static_cast<model::EventType>(id % 4);
    event.subtype = static_cast<model::EventSubtype>((3 * id + run) % 12);
    event.violence = static_cast<model::ViolenceType>(id % 4);
    event.actor1 = 0;
    event.actor2 = static_cast<std::int16_t>(id % 2 == 0 ? 1 : -1);
    event.faction1 = static_cast<std::int16_t>(id % 3);
    event.community = static_cast<std::int16_t>(id % 3 - 1);
    event.deaths_actor1 = id;
    event.deaths_actor2 = 100 * run + id;
    event.civilians_killed = 70000 + run;
    event.cause_kind = id > 0 ? model::CauseKind::event : model::CauseKind::none;
    event.cause = id - 1;
    return event;
}

}  // namespace

model::Labels sample_labels() {
    model::Labels labels;
    labels.start = date("2017-01-10");
    labels.end = date("2017-05-15");
    labels.first_month = engine::month_number(labels.start);
    labels.months = 5;
    labels.cercles = {{"Mopti", "Mopti", -4.19, 14.48, 7262.0, 400000},
                      {"Ke-Macina", "Segou", -5.36, 13.96, 6400.0, 250000},
                      {"Ténenkou", "Mopti", -4.92, 14.46, 9100.0, 180000}};
    labels.communes = {{"Mopti", 0, -4.19, 14.48, true},      {"Konna", 0, -3.89, 14.94, false},
                       {"Macina", 1, -5.36, 13.96, true},     {"Ténenkou", 2, -4.92, 14.46, true},
                       {"Diafarabé", 2, -5.02, 14.13, false}, {"Soum", -1, -1.6, 14.1, false}};
    labels.sides = {"state", "jnim"};
    labels.side_labels = {"State", "JNIM"};
    labels.victim_sides = {"state", "jnim", "civilians"};
    labels.victim_side_labels = {"State", "JNIM", "Civilians"};
    labels.authorities = {"state", "jnim", "communities"};
    labels.authority_labels = {"State", "JNIM", "Community self-rule"};
    labels.organisations = {"fama", "jnim"};
    labels.organisation_labels = {"Malian Armed Forces", "JNIM"};
    labels.factions = {"fama", "ansar_dine", "katiba_macina"};
    labels.communities = {"fulani", "dogon"};
    labels.community_labels = {"Fulani", "Dogon"};
    labels.actions = {"rest", "ambush", "raid"};
    labels.issues = {"qadis", "schools"};
    labels.collapse_causes = {"strain", "army"};
    labels.interventions = {"french-exit"};
    return labels;
}

scenario::Scenario sample_scenario() {
    scenario::Scenario scenario;
    scenario.name = "sample";
    scenario.title = "A small country";
    scenario.description = "For tests.";
    scenario.start = date("2017-01-10");
    scenario.end = date("2017-05-15");
    scenario.sources = {{"report-306", "Mali: Enabling Dialogue", "Crisis Group", "2021", "https://example.org"}};
    scenario.organisations.resize(2);
    scenario.organisations[0].id = "fama";
    scenario.organisations[0].side = "state";
    scenario.organisations[1].id = "jnim";
    scenario.organisations[1].side = "jnim";
    scenario.parameters.put(parameter("control.relaxation_time", 90.0, "days", scenario::Status::assumed));
    scenario.parameters.put(parameter("jnim.initial.strength", 350.0, "fighters", scenario::Status::estimated));
    scenario.mechanisms = {{"information", false}, {"revenge", true}};
    scenario::Intervention exit;
    exit.id = "french-exit";
    exit.type = "withdraw";
    exit.date = date("2017-03-01");
    exit.fields["faction"] = "barkhane";
    exit.note = "Barkhane leaves.";
    scenario.interventions = {exit};
    scenario.targets = {target("attacks", scenario::Quantity::incidents), target("songs", std::nullopt)};
    scenario.targets[1].role = scenario::TargetRole::validation;
    scenario.targets[1].observed = false;
    scenario.resolved_yaml = "title: A small country\nperiod: {start: 2017-01-10, end: 2017-05-15}\n";
    return scenario;
}

model::Recording sample_recording(int run, const model::Labels& labels) {
    model::Recording recording;
    recording.replicate = static_cast<std::uint32_t>(run);
    recording.complete = true;
    recording.wall_seconds = 0.25 * (run + 1);
    int number = 0;
    for (const auto& outcome : model::outcomes())
        recording.series.push_back(sample_series(outcome, number++, run, labels));
    recording.targets = {10.0 + run, std::numeric_limits<double>::quiet_NaN()};
    for (int id = 0; id < run % 5; ++id) recording.events.push_back(sample_event(run, id));
    return recording;
}

TemporaryFolder::TemporaryFolder() {
    auto name = (std::filesystem::temp_directory_path() / "sahelsim-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

int TemporaryFolder::entries() const {
    int count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(path_)) ++count;
    return count;
}

}  // namespace sahelsim::test
