#include "output/sweep_writer.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "engine/machine.h"
#include "output/attributes.h"
#include "output/content.h"
#include "output/file.h"
#include "output/handle.h"
#include "output/recordings.h"

namespace sahelsim::output {

namespace {

/// As of the first arm's scenario, but for what is the sweep's.
std::vector<Attribute> attributes_of_sweep(const SweepOptions& options, const scenario::Scenario& scenario) {
    const auto first = std::max(engine::first_day_of_month(options.summary.first), scenario.start);
    const auto after = engine::first_day_of_month(options.summary.last + 1);
    auto all = attributes_of(scenario, options.seed);
    for (auto& attribute : all) {
        const std::string_view name = attribute.name;
        if (name == "title") attribute.value = options.title;
        if (name == "scenario") attribute = {"sweep", options.name};
    }
    const std::vector<Attribute> own = {
        {"design", options.design},
        {"replicates", std::int64_t{options.replicates}},
        {"branch", options.branch ? engine::format_date(*options.branch) : std::string()},
        {"summary_start", engine::format_date(first)},
        {"summary_end", engine::format_date(std::min(after - std::chrono::days{1}, scenario.end))},
    };
    all.insert(all.end(), own.begin(), own.end());
    return all;
}

RunCoordinates coordinates_of(const SweepContent& content) {
    RunCoordinates all;
    for (const auto& run : content.runs) {
        all.arm.push_back(content.contents.arms[static_cast<std::size_t>(run.arm)]);
        all.point.push_back(run.point);
        all.replicate.push_back(run.replicate);
    }
    return all;
}

/// What the first arm concerned says of each factor.
void write_records(File& file, const SweepContent& content) {
    using Record = scenario::ParameterRecord;
    const auto column = [&](const char* name, auto values, auto get) {
        for (const auto& factor : content.design.factors) {
            const auto& scenario = *content.scenarios[static_cast<std::size_t>(factor.arm)];
            values.emplace_back(get(*scenario.parameters.find(factor.parameter)));
        }
        file.write(fmt::format("/design/{}", name), values);
    };
    const auto& declarations = content.scenarios.front()->declarations;
    const std::vector<std::string> texts;
    const std::vector<double> numbers;
    column("unit", texts, [](const Record& r) { return r.unit; });
    column("plausible_low", numbers, [](const Record& r) { return r.low; });
    column("plausible_high", numbers, [](const Record& r) { return r.high; });
    column("record_value", numbers, [](const Record& r) { return r.value; });
    column("status", texts, [](const Record& r) { return to_string(r.status); });
    column("source", texts, [](const Record& r) { return r.source; });
    column("place", texts, [](const Record& r) { return r.place; });
    column("meaning", texts, [&](const Record& r) { return declarations[r.declaration].meaning; });
}

void write_design(File& file, const SweepContent& content) {
    const auto& design = content.design;
    std::vector<double> points;
    std::vector<double> values;
    for (Eigen::Index p = 0; p < design.values.rows(); ++p) {
        points.push_back(static_cast<double>(p));
        for (Eigen::Index f = 0; f < design.values.cols(); ++f) values.push_back(design.values(p, f));
    }
    const auto column = [&](auto get) {
        std::vector<std::string> texts;
        for (const auto& factor : design.factors) texts.push_back(get(factor));
        return texts;
    };
    using Factor = SweepDesign::Factor;
    file.write("/design/point", points);
    file.write("/design/factor", column([](const Factor& f) { return f.parameter; }));
    file.write("/design/value", values);
    file.write("/design/block", design.blocks);
    file.write("/design/exchanged", design.exchanged);
    file.write("/design/replicates", design.replicates);
    file.write("/design/stopped", design.stopped);
    std::vector<double> low;
    std::vector<double> high;
    for (const auto& factor : design.factors) {
        low.push_back(factor.low);
        high.push_back(factor.high);
    }
    file.write("/design/low", low);
    file.write("/design/high", high);
    file.write("/design/distribution", column([](const Factor& f) { return f.distribution; }));
    file.write("/design/arms", column([](const Factor& f) { return f.arms; }));
    write_records(file, content);
}

}  // namespace

struct SweepWriter::Implementation {
    Implementation(const SweepOptions& options, model::Labels run_labels, const SweepContent& content)
        : labels(std::move(run_labels)),
          schema(sweep_schema(content.contents)),
          layout(make_sweep_layout(labels, content.contents, content.scenarios, content.runs.size(),
                                   static_cast<std::uint64_t>(content.design.values.rows()),
                                   content.design.factors.size())),
          temporary(options.path, options.overwrite),
          file(temporary.name(), options.path.string(), schema, layout, labels),
          recordings(file, schema, layout, labels),
          messages(content.runs.size()),
          hosts(content.runs.size()),
          peak_memory(content.runs.size(), std::numeric_limits<double>::quiet_NaN()) {
        const auto& first = *content.scenarios.front();
        for (const auto& attribute : attributes_of_sweep(options, first)) file.set_attribute(attribute);
        write_run_coordinates(file, schema, coordinates_of(content));
        write_time(file, schema, labels);
        write_places(file, schema, labels);
        write_axes(file, schema, labels, first);
        write_targets(file, labels, first);
        write_design(file, content);
        file.write("/sweep/text", std::vector<std::string>{options.text});
        file.write("/sweep/description", std::vector<std::string>{options.description});
        for (std::size_t arm = 0; arm < content.scenarios.size(); ++arm) {
            const auto group = arm_group(content.contents.arms[arm]);
            write_parameters(file, *content.scenarios[arm], group + "/parameters");
            write_scenario(file, labels, *content.scenarios[arm], group + "/scenario");
        }
    }

    void finish(bool complete) {
        recordings.finish();
        file.write("/message", messages);
        file.write("/runtime/host", hosts);
        file.write("/runtime/peak_memory", peak_memory);
        file.write("/runtime/merged", std::vector<std::string>{engine::time_text(engine::seconds_now())});
        file.set_attribute({"complete", std::int64_t{complete ? 1 : 0}});
        file.close();
        temporary.commit();
    }

    model::Labels labels;
    Schema schema;
    Layout layout;
    TemporaryFile temporary;  // outlives the file, which it removes if something goes wrong
    File file;
    Recordings recordings;
    std::vector<std::string> messages;  ///< [run]
    std::vector<std::string> hosts;     ///< [run]
    std::vector<double> peak_memory;    ///< [run]
};

SweepWriter::SweepWriter(const SweepOptions& options, const model::Labels& labels, const SweepContent& content) {
    const auto lock = lock_hdf5();
    check_target(options.path, options.overwrite);
    implementation_ = std::make_unique<Implementation>(options, labels, content);
}

SweepWriter::~SweepWriter() {
    const auto lock = lock_hdf5();
    implementation_.reset();
}

void SweepWriter::write(std::size_t run, const SweepRunState& state, model::Recording recording) {
    const auto lock = lock_hdf5();
    auto& self = *implementation_;
    self.messages.at(run) = state.message;
    self.hosts[run] = state.host;
    if (state.status == RunStatus::done) self.peak_memory[run] = state.peak_memory;
    self.recordings.add(run, state.status, std::move(recording));
}

void SweepWriter::finish(bool complete) {
    const auto lock = lock_hdf5();
    implementation_->finish(complete);
}

}  // namespace sahelsim::output
