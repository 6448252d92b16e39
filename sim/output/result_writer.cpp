#include "output/result_writer.h"

#include <cassert>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/machine.h"
#include "output/attributes.h"
#include "output/content.h"
#include "output/file.h"
#include "output/handle.h"
#include "output/recordings.h"
#include "output/temporary_file.h"

namespace sahelsim::output {

namespace {

std::string now() {
    return engine::time_text(engine::seconds_now());
}

const ResultOptions& checked(const ResultOptions& options) {
    if (options.replicates < 1) throw std::logic_error("a result file without runs");
    check_target(options.path, options.overwrite);
    return options;
}

}  // namespace

struct ResultWriter::Implementation {
    Implementation(const ResultOptions& options, model::Labels run_labels, const scenario::Scenario& scenario)
        : started(now()),
          labels(std::move(run_labels)),
          layout(make_layout(labels, scenario, options.replicates)),
          temporary(checked(options).path, options.overwrite),
          file(temporary.name(), options.path.string(), result_schema(), layout, labels),
          recordings(file, result_schema(), layout, labels),
          runs(options.replicates),
          threads(options.threads) {
        for (const auto& attribute : attributes_of(scenario, options.seed)) file.set_attribute(attribute);
        write_content(file, labels, scenario, options.replicates);
    }

    void write_runtime() {
        file.write("/runtime/started", std::vector<std::string>{started});
        file.write("/runtime/finished", std::vector<std::string>{now()});
        file.write("/runtime/host", std::vector<std::string>{engine::host_name()});
        file.write("/runtime/threads", std::vector<double>{static_cast<double>(threads)});
    }

    void finish() {
        recordings.finish();
        write_runtime();
        file.set_attribute({"complete", std::int64_t{recordings.done() == runs ? 1 : 0}});
        assert(recordings.done() < runs || file.unwritten().empty());
        file.close();
        temporary.commit();
    }

    std::string started;
    model::Labels labels;
    Layout layout;
    TemporaryFile temporary;  // outlives the file, which it removes if something goes wrong
    File file;
    Recordings recordings;
    int runs;
    int threads;
    bool finished = false;
};

ResultWriter::ResultWriter(const ResultOptions& options, const model::Labels& labels, const scenario::Scenario& scenario)
    : implementation_(std::make_unique<Implementation>(options, labels, scenario)) {
}

ResultWriter::~ResultWriter() = default;

void ResultWriter::write(model::Recording recording) {
    const auto lock = lock_hdf5();
    if (implementation_->finished) throw std::logic_error("written to a finished result file");
    const auto status = recording.complete ? RunStatus::done : RunStatus::stopped;
    const std::uint64_t run = recording.replicate;
    implementation_->recordings.add(run, status, std::move(recording));
}

void ResultWriter::finish() {
    const auto lock = lock_hdf5();
    if (implementation_->finished) throw std::logic_error("a result file was finished twice");
    implementation_->finished = true;
    implementation_->finish();
}

}  // namespace sahelsim::output
