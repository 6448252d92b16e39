#include <algorithm>
#include <set>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/version.h"
#include "model/state_bytes.h"
#include "output/checkpoint.h"
#include "output/checkpoint_names.h"
#include "output/handle.h"
#include "output/temporary_file.h"

namespace sahelsim::output {

namespace {

constexpr unsigned kDeflate = 4;
constexpr hsize_t kChunk = hsize_t{1} << 20U;

const CheckpointOptions& checked(const CheckpointOptions& options) {
    if (options.replicates < 1) throw std::logic_error("a checkpoint without runs");
    check_target(options.path, options.overwrite);
    return options;
}

}  // namespace

struct CheckpointWriter::Implementation {
    Implementation(const CheckpointOptions& chosen, const model::Past& past)
        : options(chosen), temporary(checked(options).path, options.overwrite) {
        create();
        put_text("format", checkpoint::format);
        put_number("format_version", checkpoint_format_version);
        put_text("version", std::string(engine::version()));
        put_text("git_hash", std::string(engine::git_hash()));
        put_text("layout", model::state_layout());
        put_text("scenario", past.shown);
        put_attribute("seed", H5T_STD_U64LE, H5T_NATIVE_UINT64, &options.seed);
        put_text("date", engine::format_date(options.date));
        put_number("replicates", options.replicates);
        put_text("past", checkpoint::hash_of(past));
        write_texts(checkpoint::scenario, {past.resolved});
        write_texts(checkpoint::interventions, past.interventions);
    }

    void create() {
        const Handle creation(check(H5Pcreate(H5P_FILE_CREATE), "create the file"), H5Pclose);
        H5Pset_obj_track_times(creation.id(), false);
        file = Handle(
            check(H5Fcreate(temporary.name().c_str(), H5F_ACC_TRUNC, creation.id(), H5P_DEFAULT), "create the file"),
            H5Fclose);
        const Handle group(check(H5Gcreate2(file.id(), checkpoint::states, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                                 "create the group of states"),
                           H5Gclose);
    }

    void put_attribute(const char* name, hid_t disk_type, hid_t memory_type, const void* value) {
        const Handle space(H5Screate(H5S_SCALAR), H5Sclose);
        const Handle attribute(
            check(H5Acreate2(file.id(), name, disk_type, space.id(), H5P_DEFAULT, H5P_DEFAULT), name), H5Aclose);
        check(H5Awrite(attribute.id(), memory_type, value), name);
    }
    void put_text(const char* name, const std::string& text) {
        const char* pointer = text.c_str();
        const auto type = text_type();
        put_attribute(name, type.id(), type.id(), &pointer);
    }
    void put_number(const char* name, std::int64_t number) {
        put_attribute(name, H5T_STD_I64LE, H5T_NATIVE_INT64, &number);
    }

    [[nodiscard]] Handle create_dataset(const std::string& path, hid_t type, hsize_t length, hsize_t chunk) {
        const Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
        H5Pset_obj_track_times(properties.id(), false);
        if (chunk > 0) {
            H5Pset_chunk(properties.id(), 1, &chunk);
            H5Pset_deflate(properties.id(), kDeflate);
            H5Pset_fletcher32(properties.id());
        }
        const Handle space(check(H5Screate_simple(1, &length, nullptr), path), H5Sclose);
        return {check(H5Dcreate2(file.id(), path.c_str(), type, space.id(), H5P_DEFAULT, properties.id(), H5P_DEFAULT),
                      path),
                H5Dclose};
    }

    void write_texts(const char* path, const std::vector<std::string>& texts) {
        const auto type = text_type();
        std::vector<const char*> pointers;
        for (const auto& text : texts) pointers.push_back(text.c_str());
        auto dataset = create_dataset(path, type.id(), texts.size(), 0);
        if (!texts.empty())
            check(H5Dwrite(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), path);
        check(dataset.reset(), path);
    }

    void write_state(std::uint32_t replicate, const std::vector<std::byte>& bytes) {
        const auto path = checkpoint::path_of(replicate);
        auto dataset = create_dataset(path, H5T_STD_U8LE, bytes.size(), std::min<hsize_t>(kChunk, bytes.size()));
        check(H5Dwrite(dataset.id(), H5T_NATIVE_UINT8, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data()), path);
        check(dataset.reset(), path);
    }

    void finish() {
        put_number("complete", static_cast<int>(done.size()) == options.replicates ? 1 : 0);
        check(H5Fflush(file.id(), H5F_SCOPE_GLOBAL), "the file");
        check(file.reset(), "the file");
        temporary.commit();
    }

    template <typename Result>
    Result check(Result result, std::string_view what) const {
        if (result < 0) throw FileError(options.path.string(), fmt::format("cannot write {}: {}", what, hdf5_error()));
        return result;
    }

    CheckpointOptions options;
    ErrorPrintingOff quiet;
    TemporaryFile temporary;  // outlives the file, which it removes if something goes wrong
    Handle file;
    std::set<std::uint32_t> done;
    bool finished = false;
};

CheckpointWriter::CheckpointWriter(const CheckpointOptions& options, const model::Past& past) {
    const auto lock = lock_hdf5();
    implementation_ = std::make_unique<Implementation>(options, past);
}

CheckpointWriter::~CheckpointWriter() {
    const auto lock = lock_hdf5();
    implementation_.reset();
}

void CheckpointWriter::write(const model::State& state) {
    auto& self = *implementation_;
    if (state.date != self.options.date || state.random.seed != self.options.seed)
        throw std::logic_error("a state of another day or seed than its checkpoint");
    const auto bytes = model::bytes_of(state);
    const auto lock = lock_hdf5();
    const ErrorPrintingOff quiet;  // HDF5 may keep its errors by thread
    if (self.finished || !self.done.insert(state.random.replicate).second)
        throw std::logic_error("a state was written twice or too late");
    self.write_state(state.random.replicate, bytes);
}

int CheckpointWriter::written() const {
    const auto lock = lock_hdf5();
    return static_cast<int>(implementation_->done.size());
}

void CheckpointWriter::finish() {
    const auto lock = lock_hdf5();
    if (implementation_->finished) throw std::logic_error("a checkpoint was finished twice");
    implementation_->finished = true;
    implementation_->finish();
}

}  // namespace sahelsim::output
