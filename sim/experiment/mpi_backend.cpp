#include "experiment/mpi_backend.h"

#include <array>
#include <charconv>
#include <cstdlib>
#include <cstring>

#ifdef SAHELSIM_MPI
// The C functions alone.
#define OMPI_SKIP_MPICXX 1
#define MPICH_SKIP_MPICXX 1
#include <mpi.h>

#include <chrono>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

#include "engine/archive.h"
#endif

namespace sahelsim::experiment {

int launched_processes() {
    for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"}) {
        const char* text = std::getenv(name);
        int size = 0;
        if (text != nullptr && std::from_chars(text, text + std::strlen(text), size).ec == std::errc{} && size > 0)
            return size;
    }
    // srun --mpi=pmix names the rank only; the number of tasks is Slurm's.
    const char* tasks = std::getenv("SLURM_STEP_NUM_TASKS");
    int size = 0;
    if (std::getenv("PMIX_RANK") != nullptr && tasks != nullptr &&
        std::from_chars(tasks, tasks + std::strlen(tasks), size).ec == std::errc{} && size > 0)
        return size;
    return 1;
}

#ifndef SAHELSIM_MPI

bool has_mpi() {
    return false;
}

MpiJob::MpiJob() = default;
MpiJob::~MpiJob() = default;

int MpiJob::from_first(int number) {
    return number;
}

void MpiJob::abort(int exit_code) {
    std::exit(exit_code);
}

void MpiJob::coordinate(WorkList& list, const DoUnit& do_unit, const OnUnit& on_unit, const std::atomic<bool>& stop) {
    work_on_threads(list, 1, do_unit, on_unit, stop);
}

void MpiJob::serve(const DoUnit& /*do_unit*/) {
}

#else

namespace {

constexpr int kReport = 1;      // tag: what became of a unit, and a request for the next
constexpr int kAssignment = 2;  // tag: the next unit, or the end
constexpr auto kPause = std::chrono::microseconds{500};

using Heads = std::vector<RunHead>;

/// What a process tells the first one.
struct Report {
    bool has_unit = false;  ///< not the first request
    bool done = false;      ///< false: stopped in the middle
    std::int32_t point = 0;
    std::int32_t replicate = 0;
    Heads heads;
};

void send_report(const Report& report) {
    engine::ArchiveWriter writer;
    writer.put(report);
    const auto bytes = writer.take();
    MPI_Send(bytes.data(), static_cast<int>(bytes.size()), MPI_BYTE, 0, kReport, MPI_COMM_WORLD);
}

/// A unit, or nothing at the end.
void send_assignment(int rank, const std::optional<Unit>& unit) {
    const std::array<int, 3> numbers = {unit ? 1 : 0, unit ? unit->point : 0, unit ? unit->replicate : 0};
    MPI_Send(numbers.data(), static_cast<int>(numbers.size()), MPI_INT, rank, kAssignment, MPI_COMM_WORLD);
}

std::optional<Unit> receive_assignment() {
    std::array<int, 3> numbers{};
    MPI_Recv(numbers.data(), static_cast<int>(numbers.size()), MPI_INT, 0, kAssignment, MPI_COMM_WORLD,
             MPI_STATUS_IGNORE);
    if (numbers[0] == 0) return std::nullopt;
    return Unit{numbers[1], numbers[2]};
}

class Coordinator {
   public:
    Coordinator(int others, WorkList& list, const DoUnit& do_unit, const OnUnit& on_unit, const std::atomic<bool>& stop)
        : list_(list), do_unit_(do_unit), on_unit_(on_unit), stop_(stop), others_(others) {}

    void coordinate() {
        // Everybody gets a unit before anybody gets a second one: a short sweep is shared too.
        await_requests();
        const auto first = next();
        hand_out();
        {
            // The first process works too; this thread is the one that may speak to the others.
            const std::jthread own([this, first] { work(first); });
            try {
                while (others_ > 0) {
                    receive();
                    hand_out();
                    std::this_thread::sleep_for(kPause);
                }
            } catch (...) {
                note_error();
            }
        }
        if (error_) std::rethrow_exception(error_);
    }

   private:
    [[nodiscard]] bool is_over() const { return stop_.load(std::memory_order_relaxed) || stopped_; }

    std::optional<Unit> next() {
        const std::lock_guard lock(mutex_);
        return is_over() ? std::nullopt : list_.next();
    }

    /// Whether nothing is left to hand out, whatever the others report.
    bool is_handed_out() {
        const std::lock_guard lock(mutex_);
        return is_over() || list_.done();
    }

    void await_requests() {
        while (idle_.size() < static_cast<std::size_t>(others_)) {
            receive();
            std::this_thread::sleep_for(kPause);
        }
    }

    void work(std::optional<Unit> unit) {
        for (; unit || !is_handed_out(); unit = next()) {
            if (!unit) {
                std::this_thread::sleep_for(kPause);
                continue;
            }
            try {
                take(*unit, do_unit_(*unit));
            } catch (...) {
                note_error();
                return;
            }
        }
    }

    void note_error() {
        const std::lock_guard lock(failing_);
        if (!error_) error_ = std::current_exception();
        stopped_ = true;
    }

    void take(const Unit& unit, const std::optional<Heads>& heads) {
        const std::lock_guard lock(mutex_);
        if (heads) {
            list_.finished(unit, *heads);
            on_unit_(list_);
        } else {
            stopped_ = true;
            list_.abandoned(unit);
        }
    }

    void receive() {
        while (true) {
            int there = 0;
            MPI_Status status;
            MPI_Iprobe(MPI_ANY_SOURCE, kReport, MPI_COMM_WORLD, &there, &status);
            if (there == 0) return;
            int length = 0;
            MPI_Get_count(&status, MPI_BYTE, &length);
            std::vector<std::byte> bytes(static_cast<std::size_t>(length));
            MPI_Recv(bytes.data(), length, MPI_BYTE, status.MPI_SOURCE, kReport, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
            Report report;
            engine::ArchiveReader(bytes).get(report);
            const Unit unit{report.point, report.replicate};
            if (report.has_unit) take(unit, report.done ? std::optional(report.heads) : std::nullopt);
            idle_.push_back(status.MPI_SOURCE);
        }
    }

    void hand_out() {
        while (!idle_.empty()) {
            const auto unit = next();
            if (!unit && !is_handed_out()) return;  // what others do decides whether there is more
            send_assignment(idle_.front(), unit);
            idle_.pop_front();
            if (!unit) --others_;
        }
    }

    WorkList& list_;
    const DoUnit& do_unit_;
    const OnUnit& on_unit_;
    const std::atomic<bool>& stop_;
    int others_;  ///< processes that have not been sent home
    std::mutex mutex_;
    std::atomic<bool> stopped_{false};
    std::deque<int> idle_;
    std::mutex failing_;
    std::exception_ptr error_;
};

}  // namespace

bool has_mpi() {
    return true;
}

MpiJob::MpiJob() {
    int provided = 0;
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &size_);
}

MpiJob::~MpiJob() {
    MPI_Finalize();
}

int MpiJob::from_first(int number) {
    MPI_Bcast(&number, 1, MPI_INT, 0, MPI_COMM_WORLD);
    return number;
}

void MpiJob::abort(int exit_code) {
    MPI_Abort(MPI_COMM_WORLD, exit_code);
    std::abort();
}

void MpiJob::coordinate(WorkList& list, const DoUnit& do_unit, const OnUnit& on_unit, const std::atomic<bool>& stop) {
    Coordinator(size_ - 1, list, do_unit, on_unit, stop).coordinate();
}

void MpiJob::serve(const DoUnit& do_unit) {
    Report report;
    while (true) {
        send_report(report);
        const auto unit = receive_assignment();
        if (!unit) return;
        const auto heads = do_unit(*unit);
        report = {true, heads.has_value(), unit->point, unit->replicate, heads.value_or(Heads{})};
    }
}

#endif

}  // namespace sahelsim::experiment
