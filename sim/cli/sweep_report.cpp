#include "cli/sweep_report.h"

#include <fmt/format.h>

namespace sahelsim::cli {

std::string counted(std::int64_t number, const std::string& thing) {
    return fmt::format("{} {}{}", number, thing, number == 1 ? "" : "s");
}

void report(const experiment::Merged& merged, const std::string& folder) {
    if (merged.missing() > 0)
        fmt::print(stderr, "sahelsim: {} of {} are not done yet\n", merged.missing(), counted(merged.runs, "run"));
    if (merged.damaged > 0) {
        fmt::print(stderr,
                   "sahelsim: {} damaged on the disk; 'sahelsim sweep --resume {}' does again what is missing\n",
                   merged.damaged == 1 ? "1 entry is" : fmt::format("{} entries are", merged.damaged), folder);
    }
    if (merged.failed > 0) {
        fmt::print(stderr, "sahelsim: {} of {} failed; 'sahelsim status {}' tells why\n", merged.failed,
                   counted(merged.runs, "run"), folder);
    }
    if (merged.imprecise > 0) {
        fmt::print(stderr, "sahelsim: {} took all replicates and {} not as precise as was asked for\n",
                   counted(merged.imprecise, "point"), merged.imprecise == 1 ? "is" : "are");
    }
}

}  // namespace sahelsim::cli
