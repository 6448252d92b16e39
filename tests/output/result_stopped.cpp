// A run that was stopped by a signal.

#include <algorithm>
#include <cmath>

#include <catch2/catch.hpp>

#include "output/file.h"
#include "output/schema.h"
#include "read_result.h"
#include "sample_result.h"

using namespace sahelsim;

namespace {

/// Of five runs, 1 was stopped and 3 never began.
void write_stopped(const std::filesystem::path& path) {
    const auto labels = test::sample_labels();
    output::ResultWriter writer({path, 5, 1, 1, false}, labels, test::sample_scenario());
    for (const int run : {4, 1, 0, 2}) {
        auto recording = test::sample_recording(run, labels);
        recording.complete = run != 1;
        writer.write(recording);
    }
    writer.finish();
}

}  // namespace

TEST_CASE("a stopped run gives a file that says which replicates are done") {
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "result.h5";
    write_stopped(path);
    const test::ResultReader file(path);
    CHECK(file.number_attribute("/", "complete") == 0);
    CHECK(file.numbers("/status") == std::vector<double>{1, 2, 1, 0, 1});
    CHECK(file.numbers("/cercles/status") == file.numbers("/status"));
    CHECK(file.text_attribute("/status", "flag_meanings") == "pending done stopped failed");
    CHECK(std::isnan(file.numbers("/runtime/wall_seconds")[1]));
}

TEST_CASE("replicates that are not done hold the fill value and have no events") {
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "result.h5";
    write_stopped(path);
    const test::ResultReader file(path);
    CHECK(file.numbers("/events/run") == std::vector<double>{2, 2, 4, 4, 4, 4});
    for (const auto& variable : output::result_schema().variables()) {
        if (variable.outcome < 0) continue;
        INFO(variable.path());
        const bool is_count = variable.type == output::Type::int64;
        if (is_count) {
            CHECK(file.number_attribute(variable.path(), "_FillValue") == output::fill_value_of_counts);
        }
        const auto values = file.numbers(variable.path());
        const auto width = static_cast<std::ptrdiff_t>(values.size() / 5);
        const auto is_fill = [&](double value) {
            return is_count ? value == static_cast<double>(output::fill_value_of_counts) : std::isnan(value);
        };
        for (int run = 0; run < 5; ++run) {
            const auto begin = values.begin() + run * width;
            const auto fills = std::count_if(begin, begin + width, is_fill);
            CHECK(fills == (run == 1 || run == 3 ? width : 0));
        }
    }
}

TEST_CASE("a run stopped before any replicate was done gives a file that opens") {
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "result.h5";
    output::ResultWriter writer({path, 3, 1, 1, false}, test::sample_labels(), test::sample_scenario());
    writer.finish();
    const test::ResultReader file(path);
    CHECK(file.numbers("/status") == std::vector<double>{0, 0, 0});
    CHECK(file.shape("/events/time") == std::vector<std::uint64_t>{0});
}
