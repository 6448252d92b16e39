#include "experiment/sweep_backend.h"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <type_traits>

namespace sahelsim::experiment {

namespace {

class Crew {
   public:
    Crew(WorkList& list, const DoUnit& do_unit, const OnUnit& on_unit, const std::atomic<bool>& stop)
        : list_(list), do_unit_(do_unit), on_unit_(on_unit), stop_(stop) {}

    void work() {
        std::unique_lock lock(mutex_);
        while (true) {
            const auto unit = is_over() ? std::nullopt : list_.next();
            if (!unit && (is_over() || list_.done())) break;
            if (!unit) {
                // The results of what others are doing decide whether there is more.
                changed_.wait(lock);
                continue;
            }
            lock.unlock();
            const auto heads = guarded([&] { return do_unit_(*unit); });
            lock.lock();
            if (heads) {
                list_.finished(*unit, *heads);
                guarded([&] { return on_unit_(list_), true; });
            } else {
                list_.abandoned(*unit);
            }
            changed_.notify_all();
        }
        changed_.notify_all();
    }

    void throw_what_was_thrown() const {
        if (error_) std::rethrow_exception(error_);
    }

   private:
    [[nodiscard]] bool is_over() const { return stop_.load(std::memory_order_relaxed) || failed_; }

    /// What `work` returns; nothing, and the end of all work, where it throws.
    template <class Work>
    std::invoke_result_t<Work> guarded(Work work) {
        try {
            return work();
        } catch (...) {
            const std::lock_guard lock(failing_);
            if (!failed_) error_ = std::current_exception();
            failed_ = true;
            return {};
        }
    }

    WorkList& list_;
    const DoUnit& do_unit_;
    const OnUnit& on_unit_;
    const std::atomic<bool>& stop_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::mutex failing_;
    std::atomic<bool> failed_{false};
    std::exception_ptr error_;
};

}  // namespace

void work_on_threads(WorkList& list, int threads, const DoUnit& do_unit, const OnUnit& on_unit,
                     const std::atomic<bool>& stop) {
    Crew crew(list, do_unit, on_unit, stop);
    {
        std::vector<std::jthread> workers;
        for (int i = 1; i < threads; ++i) workers.emplace_back([&crew] { crew.work(); });
        crew.work();
    }
    crew.throw_what_was_thrown();
}

}  // namespace sahelsim::experiment
