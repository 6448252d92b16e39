#include "output/result_writer.h"

#include <unistd.h>

#include <array>
#include <cassert>
#include <chrono>
#include <stdexcept>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "output/attributes.h"
#include "output/content.h"
#include "output/file.h"
#include "output/handle.h"
#include "output/recordings.h"
#include "output/temporary_file.h"

namespace sahelsim::output {

namespace {

std::string now() {
    const auto time = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

std::string host_name() {
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) != 0) return "unknown";
    return name.data();
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
          file(temporary.name(), options.path.string(), layout, labels),
          recordings(file, layout, labels),
          runs(options.replicates),
          threads(options.threads) {
        for (const auto& attribute : attributes_of(scenario, options.seed)) file.set_attribute(attribute);
        write_content(file, labels, scenario, options.replicates);
    }

    void write_runtime() {
        file.write("/runtime/started", std::vector<std::string>{started});
        file.write("/runtime/finished", std::vector<std::string>{now()});
        file.write("/runtime/host", std::vector<std::string>{host_name()});
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
    implementation_->recordings.add(std::move(recording));
}

void ResultWriter::finish() {
    const auto lock = lock_hdf5();
    if (implementation_->finished) throw std::logic_error("a result file was finished twice");
    implementation_->finished = true;
    implementation_->finish();
}

}  // namespace sahelsim::output
