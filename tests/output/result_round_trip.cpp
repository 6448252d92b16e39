// What was recorded is what the file holds, under the names and shapes of the schema.

#include <algorithm>
#include <cmath>

#include <catch2/catch.hpp>

#include "output/event_columns.h"
#include "output/national.h"
#include "output/schema.h"
#include "read_result.h"
#include "sample_result.h"

using namespace sahelsim;

namespace {

constexpr int kRuns = 7;

/// A finished file of the sample, kept for the tests of this file.
class Written {
   public:
    Written() : labels_(test::sample_labels()), path_(folder_.path() / "result.h5") {
        output::ResultWriter writer({path_, kRuns, 18446744073709551615ULL, 2, false}, labels_, test::sample_scenario());
        for (int run = 0; run < kRuns; ++run) writer.write(test::sample_recording(run, labels_));
        writer.finish();
    }
    [[nodiscard]] const model::Labels& labels() const { return labels_; }
    [[nodiscard]] test::ResultReader open() const { return test::ResultReader(path_); }

   private:
    test::TemporaryFolder folder_;
    model::Labels labels_;
    std::filesystem::path path_;
};

const Written& written() {
    static const Written file;
    return file;
}

std::vector<double> all_runs(std::size_t outcome, bool country) {
    std::vector<double> values;
    for (int run = 0; run < kRuns; ++run) {
        const auto recording = test::sample_recording(run, written().labels());
        const auto& declaration = model::outcomes()[outcome];
        auto series = recording.series[outcome];
        if (country && declaration.by_cercle) {
            series = output::national_series(declaration, series, output::series_of(recording, "population"));
        }
        values.insert(values.end(), series.values.begin(), series.values.end());
    }
    return values;
}

}  // namespace

TEST_CASE("every series of every run is read back as it was recorded") {
    const auto file = written().open();
    for (const auto& variable : output::result_schema().variables()) {
        if (variable.outcome < 0) continue;
        INFO(variable.path());
        const auto expected = all_runs(static_cast<std::size_t>(variable.outcome), variable.group == "/");
        CHECK(file.numbers(variable.path()) == expected);
        CHECK(file.shape(variable.path())[0] == kRuns);
        CHECK(file.shape(variable.path())[1] == 5);
    }
}

TEST_CASE("targets are told with what the observer would have recorded of each run") {
    const auto file = written().open();
    CHECK(file.texts("/targets/target") == std::vector<std::string>{"attacks", "songs"});
    CHECK(file.texts("/targets/role") == std::vector<std::string>{"calibration", "validation"});
    CHECK(file.texts("/targets/quantity") == std::vector<std::string>{"incidents", ""});
    CHECK(file.texts("/targets/places").front() == "Mopti, Segou");
    CHECK(file.texts("/targets/actors").front() == "by jnim");
    CHECK(file.texts("/targets/first_day").front() == "2017-02-01");
    CHECK(file.texts("/targets/answer") == std::vector<std::string>{"answered", "no_counterpart"});
    const auto low = file.numbers("/targets/low");
    CHECK(low[0] == 12.0);
    CHECK(std::isnan(low[1]));
    const auto simulated = file.numbers("/targets/simulated");
    REQUIRE(file.shape("/targets/simulated") == std::vector<std::uint64_t>{kRuns, 2});
    for (std::size_t run = 0; run < kRuns; ++run) {
        CHECK(simulated[2 * run] == 10.0 + static_cast<double>(run));
        CHECK(std::isnan(simulated[2 * run + 1]));
    }
}

TEST_CASE("every outcome is in the file, for the country, for cercles or both") {
    const auto objects = written().open().objects();
    const auto has = [&](const std::string& path) {
        return std::find(objects.begin(), objects.end(), path) != objects.end();
    };
    for (const auto& outcome : model::outcomes()) {
        INFO(outcome.name);
        const std::string name = outcome.name;
        CHECK(has("/cercles/" + name) == outcome.by_cercle);
        CHECK(has("/" + name) == (!outcome.by_cercle || outcome.national != model::National::none));
    }
}

TEST_CASE("events are read back, sorted by run and then by id") {
    const auto file = written().open();
    for (const auto& column : output::event_columns()) {
        std::vector<double> expected;
        for (int run = 0; run < kRuns; ++run) {
            for (const auto& event : test::sample_recording(run, written().labels()).events) {
                expected.push_back(column.value(event, run, written().labels()));
            }
        }
        INFO(column.variable.name);
        CHECK(expected.size() == 11);
        CHECK(file.numbers(column.variable.path()) == expected);
    }
    CHECK(file.numbers("/events/run") == std::vector<double>{1, 2, 2, 3, 3, 3, 4, 4, 4, 4, 6});
    CHECK(file.numbers("/events/id") == std::vector<double>{0, 0, 1, 0, 1, 2, 0, 1, 2, 3, 0});
    CHECK(file.numbers("/events/cercle")[5] == -1);  // in a border zone
}

TEST_CASE("months, their simulated part and the runs are labelled") {
    const auto file = written().open();
    CHECK(file.numbers("/time") == std::vector<double>{17167, 17198, 17226, 17257, 17287});
    CHECK(file.numbers("/time") == file.numbers("/cercles/time"));
    const auto bounds = file.numbers("/time_bounds");
    CHECK(bounds.front() == 17176);      // 2017-01-10
    CHECK(bounds.back() == 17287 + 15);  // the day after 2017-05-15
    CHECK(bounds[1] == 17198);
    CHECK(file.text_attribute("/time", "units") == "days since 1970-01-01");
    CHECK(file.numbers("/run") == file.numbers("/replicate"));
    CHECK(file.texts("/arm") == std::vector<std::string>(kRuns, "sample"));
    CHECK(file.numbers("/status") == std::vector<double>(kRuns, 1.0));
    CHECK(file.numbers("/runtime/wall_seconds")[3] == 1.0);
}

TEST_CASE("places and categories keep their names, letters with accents included") {
    const auto file = written().open();
    CHECK(file.texts("/cercles/cercle") == std::vector<std::string>{"Mopti", "Ke-Macina", "Ténenkou"});
    CHECK(file.texts("/communes/name")[4] == "Diafarabé");
    CHECK(file.texts("/victim") == std::vector<std::string>{"state", "jnim", "civilians"});
    CHECK(file.texts("/victim_label").back() == "Civilians");
    CHECK(file.texts("/organisation_side") == std::vector<std::string>{"state", "jnim"});
    CHECK(file.text_attribute("/events/cercle", "flag_meanings") == "none Mopti Ke-Macina Ténenkou");
    CHECK(file.text_attribute("/events/type", "flag_meanings") ==
          "battle explosion_remote_violence violence_against_civilians strategic_development");
}

TEST_CASE("parameters and scenario are in the file") {
    const auto file = written().open();
    CHECK(file.texts("/parameters/parameter") ==
          std::vector<std::string>{"control.relaxation_time", "jnim.initial.strength"});
    CHECK(file.numbers("/parameters/value") == std::vector<double>{90.0, 350.0});
    CHECK(file.numbers("/parameters/high") == std::vector<double>{180.0, 700.0});
    CHECK(file.texts("/parameters/status") == std::vector<std::string>{"assumed", "estimated"});
    CHECK(file.texts("/parameters/source") == std::vector<std::string>{"", "report-306"});
    CHECK(file.texts("/scenario/text")[0] == test::sample_scenario().resolved_yaml);
    CHECK(file.texts("/scenario/intervention_change")[0] == "all of barkhane from everywhere");
    CHECK(file.numbers("/scenario/mechanism_on") == std::vector<double>{0.0, 1.0});
}

TEST_CASE("the file holds exactly what the schema declares, each dimension with its scale") {
    const auto file = written().open();
    std::vector<std::string> expected;
    for (const auto& group : output::result_schema().groups()) expected.push_back(group.path);
    for (const auto& variable : output::result_schema().variables()) {
        expected.push_back(variable.path());
        if (variable.role == output::Role::dimension) continue;
        std::vector<std::string> scales;
        for (const auto& name : variable.dimensions)
            scales.push_back(variable.group == "/" ? "/" + name : variable.group + "/" + name);
        CHECK(file.scales(variable.path()) == scales);
    }
    // Dimensions without a variable of their name
    for (const auto* path : {"/bounds", "/cercles/bounds", "/events/event"}) expected.emplace_back(path);
    auto objects = file.objects();
    std::sort(expected.begin(), expected.end());
    std::sort(objects.begin(), objects.end());
    CHECK(objects == expected);
}

TEST_CASE("every variable says what it is, and the file says which program and seed made it") {
    const auto file = written().open();
    for (const auto& variable : output::result_schema().variables()) {
        INFO(variable.path());
        CHECK(file.text_attribute(variable.path(), "long_name") == variable.long_name);
        if (variable.outcome >= 0) CHECK(file.text_attribute(variable.path(), "units") == variable.units);
    }
    std::vector<std::string> declared;
    for (const auto& attribute : output::file_attributes()) declared.push_back(attribute.name);
    CHECK(file.attribute_names("/") == declared);
    CHECK(static_cast<std::uint64_t>(file.number_attribute("/", "schema_version")) == output::schema_version);
    CHECK(file.number_attribute("/", "complete") == 1);
    CHECK(file.text_attribute("/", "Conventions") == "CF-1.8");
}

TEST_CASE("a run without events, interventions and sources gives a file that opens") {
    const test::TemporaryFolder folder;
    const auto labels = test::sample_labels();
    auto scenario = test::sample_scenario();
    scenario.interventions.clear();
    scenario.sources.clear();
    output::ResultWriter writer({folder.path() / "quiet.h5", 1, 1, 1, false}, labels, scenario);
    writer.write(test::sample_recording(0, labels));
    writer.finish();
    const test::ResultReader file(folder.path() / "quiet.h5");
    CHECK(file.shape("/events/time") == std::vector<std::uint64_t>{0});
    CHECK(file.shape("/scenario/source") == std::vector<std::uint64_t>{0});
}
