#pragma once
// Checkpoint files: the states of all replicates on one morning, from which runs go on (model/branch.h).
//
// An HDF5 file with the attributes `format`, `format_version`, `version`, `git_hash`, `layout` (of states), `scenario`, `seed`,
// `date`, `replicates`, `past` (hash of the scenario) and `complete`, the resolved scenario in /scenario, the ids of its
// interventions in /interventions, and each replicate's state as bytes in /states/NUMBER, compressed and with checksums.
// Only the build of the program that wrote it reads it.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "engine/date.h"
#include "model/branch.h"
#include "output/errors.h"

namespace sahelsim::output {

inline constexpr int checkpoint_format_version = 1;

struct CheckpointOptions {
    std::filesystem::path path;
    int replicates = 1;
    std::uint64_t seed = 0;
    engine::Date date{};     ///< of the morning
    bool overwrite = false;  ///< replace a file of that name
};

/// The file grows under a temporary name beside its target and gets its name in one step when it is finished. The same
/// states give the same file, in whichever order they come.
class CheckpointWriter {
   public:
    /// Throws FileExistsError or FileError.
    CheckpointWriter(const CheckpointOptions& options, const model::Past& past);
    CheckpointWriter(const CheckpointWriter&) = delete;
    CheckpointWriter& operator=(const CheckpointWriter&) = delete;
    /// Removes the temporary file unless the writer was finished.
    ~CheckpointWriter();

    /// Takes a replicate's state; each once, in any order, from any thread. Throws FileError, and std::logic_error for a
    /// state of another day or seed.
    void write(const model::State& state);

    /// How many states were written.
    [[nodiscard]] int written() const;

    /// Closes and renames the file; `complete` is 0 unless all replicates were written. Throws FileError.
    void finish();

   private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation_;
};

class CheckpointReader {
   public:
    /// Throws FileError for a file that is none, is no checkpoint, is damaged or comes from another build of the program.
    explicit CheckpointReader(const std::filesystem::path& path);
    CheckpointReader(const CheckpointReader&) = delete;
    CheckpointReader& operator=(const CheckpointReader&) = delete;
    ~CheckpointReader();

    [[nodiscard]] engine::Date date() const;
    [[nodiscard]] std::uint64_t seed() const;
    /// How many states there are to be; of a run that was stopped some may be missing.
    [[nodiscard]] int replicates() const;
    [[nodiscard]] const model::Past& past() const;

    /// Throws FileError unless the states of replicates 0 to count - 1 are there.
    void expect(int count) const;

    /// A replicate's state as it was saved, for model::continue_as. From any thread. Throws FileError.
    [[nodiscard]] model::State read(std::uint32_t replicate) const;

   private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace sahelsim::output
