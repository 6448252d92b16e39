// The order in which runs end leaves no trace in the file.

#include <algorithm>
#include <bit>
#include <fstream>
#include <iterator>
#include <numeric>
#include <thread>

#include <catch2/catch.hpp>

#include "output/schema.h"
#include "read_result.h"
#include "sample_result.h"

using namespace sahelsim;

namespace {

void write_in_order(const std::filesystem::path& path, const std::vector<int>& order) {
    const auto labels = test::sample_labels();
    output::ResultWriter writer({path, static_cast<int>(order.size()), 1, 1, false}, labels, test::sample_scenario());
    for (const int run : order) writer.write(test::sample_recording(run, labels));
    writer.finish();
}

/// Bits, since what is not a number equals nothing.
std::vector<std::uint64_t> bits_of(const std::vector<double>& numbers) {
    std::vector<std::uint64_t> bits;
    for (const double number : numbers) bits.push_back(std::bit_cast<std::uint64_t>(number));
    return bits;
}

void check_same_data(const std::filesystem::path& one, const std::filesystem::path& other) {
    const test::ResultReader a(one);
    const test::ResultReader b(other);
    CHECK(a.objects() == b.objects());
    for (const auto& variable : output::result_schema().variables()) {
        if (variable.group == "/runtime") continue;
        INFO(variable.path());
        CHECK(a.shape(variable.path()) == b.shape(variable.path()));
        CHECK(a.chunk(variable.path()) == b.chunk(variable.path()));
        if (variable.type == output::Type::text) {
            CHECK(a.texts(variable.path()) == b.texts(variable.path()));
        } else if (variable.type == output::Type::float64) {
            CHECK(bits_of(a.numbers(variable.path())) == bits_of(b.numbers(variable.path())));
        } else {
            CHECK(a.counts(variable.path()) == b.counts(variable.path()));
        }
    }
}

std::vector<int> in_sequence(int runs) {
    std::vector<int> order(static_cast<std::size_t>(runs));
    std::iota(order.begin(), order.end(), 0);
    return order;
}

}  // namespace

TEST_CASE("runs that end in any order give the same file") {
    const test::TemporaryFolder folder;
    const int runs = GENERATE(1, 2, 16, 21);  // less than a block of runs, one, more than one
    auto order = in_sequence(runs);
    write_in_order(folder.path() / "forward.h5", order);
    std::reverse(order.begin(), order.end());
    write_in_order(folder.path() / "backward.h5", order);
    check_same_data(folder.path() / "forward.h5", folder.path() / "backward.h5");
    std::rotate(order.begin(), order.begin() + runs / 3, order.end());
    write_in_order(folder.path() / "rotated.h5", order);
    check_same_data(folder.path() / "forward.h5", folder.path() / "rotated.h5");
}

TEST_CASE("threads may write at the same time") {
    const test::TemporaryFolder folder;
    const auto labels = test::sample_labels();
    {
        output::ResultWriter writer({folder.path() / "threads.h5", 20, 1, 2, false}, labels, test::sample_scenario());
        const auto write_every_other = [&](int first) {
            for (int run = first; run < 20; run += 2) writer.write(test::sample_recording(run, labels));
        };
        std::thread odd(write_every_other, 1);
        write_every_other(0);
        odd.join();
        writer.finish();
    }
    write_in_order(folder.path() / "one.h5", in_sequence(20));
    check_same_data(folder.path() / "one.h5", folder.path() / "threads.h5");
}

TEST_CASE("recordings that don't belong into the file are refused") {
    const test::TemporaryFolder folder;
    const auto labels = test::sample_labels();
    output::ResultWriter writer({folder.path() / "result.h5", 2, 1, 1, false}, labels, test::sample_scenario());
    writer.write(test::sample_recording(0, labels));
    CHECK_THROWS_AS(writer.write(test::sample_recording(0, labels)), std::logic_error);
    CHECK_THROWS_AS(writer.write(test::sample_recording(2, labels)), std::logic_error);
    auto other = test::sample_recording(1, labels);
    other.series[1].values.pop_back();
    CHECK_THROWS_AS(writer.write(other), std::logic_error);
    writer.write(test::sample_recording(1, labels));
    writer.finish();
    CHECK_THROWS_AS(writer.finish(), std::logic_error);
    CHECK(test::ResultReader(folder.path() / "result.h5").number_attribute("/", "complete") == 1);
}
