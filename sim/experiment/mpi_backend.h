#pragma once
// The processes that mpirun or srun started together share the work on a sweep: the first hands out units to all, itself
// included, one unit a process at a time.

#include "experiment/sweep_backend.h"

namespace sahelsim::experiment {

/// Whether this program was built with MPI.
[[nodiscard]] bool has_mpi();

/// How many processes a launcher of MPI (Open MPI, MPICH, Slurm's srun --mpi) says that it started; 1 without one.
[[nodiscard]] int launched_processes();

/// MPI as long as it lives; one in a program. Its calls belong to the thread that made it.
class MpiJob {
   public:
    /// Without MPI in the build a job of this process alone.
    MpiJob();
    MpiJob(const MpiJob&) = delete;
    MpiJob& operator=(const MpiJob&) = delete;
    ~MpiJob();

    [[nodiscard]] int size() const { return size_; }
    [[nodiscard]] bool is_first() const { return rank_ == 0; }

    /// The first process's number, in all of them: waits until each has come here.
    [[nodiscard]] int from_first(int number);
    /// Ends all processes at once.
    [[noreturn]] void abort(int exit_code);

    /// In the first process: hands out what is on the list until it is done or `stop` becomes true in any process.
    void coordinate(WorkList& list, const DoUnit& do_unit, const OnUnit& on_unit, const std::atomic<bool>& stop);
    /// In the others: does what the first hands out.
    void serve(const DoUnit& do_unit);

   private:
    int rank_ = 0;
    int size_ = 1;
};

}  // namespace sahelsim::experiment
