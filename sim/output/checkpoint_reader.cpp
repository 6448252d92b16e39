#include <fmt/format.h>

#include "engine/archive.h"
#include "engine/version.h"
#include "model/state_bytes.h"
#include "output/checkpoint.h"
#include "output/checkpoint_names.h"
#include "output/file_reader.h"

namespace sahelsim::output {

struct CheckpointReader::Implementation {
    explicit Implementation(const std::filesystem::path& path) : file(path, "checkpoint") {
        expect_checkpoint();
        expect_this_program();
        seed = file.unsigned_attribute("/", "seed");
        replicates = static_cast<int>(file.number_attribute("/", "replicates"));
        const auto day = engine::parse_date(file.text_attribute("/", "date"));
        if (!day) file.damaged("its date is none");
        date = *day;
        const auto texts = file.texts(checkpoint::scenario);
        if (texts.size() != 1) file.damaged("it holds no scenario");
        past.resolved = texts.front();
        past.interventions = file.texts(checkpoint::interventions);
        past.shown = path.string();
        if (file.text_attribute("/", "past") != checkpoint::hash_of(past)) file.damaged("its scenario");
    }

    void expect_checkpoint() const {
        if (!file.has_attribute("/", "format")) {
            file.refuse(file.has_attribute("/", "schema_version")
                            ? "this is a result file; runs go on from a checkpoint, which 'run --checkpoint' writes"
                            : "not a checkpoint, as 'run --checkpoint' writes it");
        }
        if (file.text_attribute("/", "format") != checkpoint::format) file.refuse("not a checkpoint of sahelsim");
        const auto version = file.number_attribute("/", "format_version");
        if (version != checkpoint_format_version) {
            file.refuse(fmt::format("a checkpoint of format {}; this program reads format {}", version,
                                    checkpoint_format_version));
        }
        if (!file.has_attribute("/", "complete")) file.damaged("it was not finished");
    }

    /// Another program may mean something else by the same bytes, and would go on differently.
    void expect_this_program() const {
        const auto version = file.text_attribute("/", "version");
        const auto hash = file.text_attribute("/", "git_hash");
        const bool same = version == engine::version() && hash == engine::git_hash();
        if (same && file.text_attribute("/", "layout") == model::state_layout()) return;
        file.refuse(fmt::format(
            "made by sahelsim {} ({}); this is sahelsim {} ({}){}: only the build that wrote a checkpoint goes on from "
            "it",
            version, hash, engine::version(), engine::git_hash(), same ? ", with other state variables" : ""));
    }

    FileReader file;
    engine::Date date{};
    std::uint64_t seed = 0;
    int replicates = 0;
    model::Past past;
};

CheckpointReader::CheckpointReader(const std::filesystem::path& path) {
    const auto lock = lock_hdf5();
    implementation_ = std::make_unique<Implementation>(path);
}

CheckpointReader::~CheckpointReader() {
    const auto lock = lock_hdf5();
    implementation_.reset();
}

engine::Date CheckpointReader::date() const {
    return implementation_->date;
}

std::uint64_t CheckpointReader::seed() const {
    return implementation_->seed;
}

int CheckpointReader::replicates() const {
    return implementation_->replicates;
}

const model::Past& CheckpointReader::past() const {
    return implementation_->past;
}

void CheckpointReader::expect(int count) const {
    const auto lock = lock_hdf5();
    const auto& file = implementation_->file;
    for (int replicate = 0; replicate < count; ++replicate) {
        if (file.has(checkpoint::path_of(static_cast<std::uint32_t>(replicate)))) continue;
        file.refuse(fmt::format("holds no state of replicate {}; {} were asked for, and {} were to be saved", replicate,
                                count, implementation_->replicates));
    }
}

model::State CheckpointReader::read(std::uint32_t replicate) const {
    std::vector<std::byte> bytes;
    const auto& file = implementation_->file;
    {
        const auto lock = lock_hdf5();
        const ErrorPrintingOff quiet;  // HDF5 may keep its errors by thread
        bytes = file.bytes(checkpoint::path_of(replicate));
    }
    try {
        auto state = model::state_from(bytes);
        const bool as_told = state.date == implementation_->date && state.random.seed == implementation_->seed &&
                             state.random.replicate == replicate;
        if (!as_told) throw engine::ArchiveError("it is another's");
        return state;
    } catch (const engine::ArchiveError& error) {
        file.damaged(fmt::format("the state of replicate {}: {}", replicate, error.what()));
    }
}

}  // namespace sahelsim::output
