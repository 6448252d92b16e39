// Checkpoint files: what is written is read back, and what doesn't serve is refused.

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include "model/small_world.h"
#include "model/state_bytes.h"
#include "output/checkpoint.h"
#include "output/file_reader.h"
#include "sample_result.h"

using namespace sahelsim;
using Catch::Contains;
namespace fs = std::filesystem;

namespace {

const model::Setup& setup() {
    static const auto world = testing::small_world();
    return world;
}

model::State some_state(std::uint32_t replicate) {
    auto state = model::initial_state(setup(), {9, replicate});
    for (int day = 0; day < 3; ++day) model::run_day(setup(), state);
    return state;
}

output::CheckpointOptions options_for(const fs::path& path, int replicates = 2) {
    return {path, replicates, 9, *engine::parse_date("2017-01-04"), false};
}

std::string content(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

template <class Do>
std::string complaint(Do what) {
    try {
        what();
    } catch (const output::FileError& error) {
        return error.what();
    }
    return "";
}

fs::path written(const fs::path& path, const std::vector<std::uint32_t>& order = {0, 1}) {
    output::CheckpointWriter writer(options_for(path), model::past_of(setup()));
    for (const auto replicate : order) writer.write(some_state(replicate));
    writer.finish();
    return path;
}

}  // namespace

TEST_CASE("states are read back from a checkpoint as they were written") {
    const test::TemporaryFolder folder;
    const auto path = written(folder.path() / "a.h5");
    const output::CheckpointReader file(path);
    CHECK(file.seed() == 9);
    CHECK(file.replicates() == 2);
    CHECK(file.date() == *engine::parse_date("2017-01-04"));
    CHECK(file.past().resolved == model::past_of(setup()).resolved);
    CHECK(file.past().interventions == model::past_of(setup()).interventions);
    file.expect(2);
    for (const std::uint32_t replicate : {1U, 0U})
        CHECK(model::bytes_of(file.read(replicate)) == model::bytes_of(some_state(replicate)));
    CHECK_THAT(complaint([&] { file.expect(3); }), Contains("no state of replicate 2"));
}

TEST_CASE("states in another order make a checkpoint of the same content") {
    const test::TemporaryFolder folder;
    const output::CheckpointReader one(written(folder.path() / "a.h5"));
    const output::CheckpointReader other(written(folder.path() / "b.h5", {1, 0}));
    for (const std::uint32_t replicate : {0U, 1U})
        CHECK(model::bytes_of(one.read(replicate)) == model::bytes_of(other.read(replicate)));
}

TEST_CASE("a checkpoint that isn't finished leaves nothing") {
    const test::TemporaryFolder folder;
    {
        output::CheckpointWriter writer(options_for(folder.path() / "a.h5"), model::past_of(setup()));
        writer.write(some_state(0));
        CHECK(writer.written() == 1);
        CHECK_FALSE(fs::exists(folder.path() / "a.h5"));
    }
    CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("a checkpoint takes each state once, of its day and seed") {
    const test::TemporaryFolder folder;
    output::CheckpointWriter writer(options_for(folder.path() / "a.h5"), model::past_of(setup()));
    auto state = some_state(0);
    writer.write(state);
    CHECK_THROWS_AS(writer.write(state), std::logic_error);
    state.random = {8, 1};
    CHECK_THROWS_AS(writer.write(state), std::logic_error);
    state = some_state(1);
    state.date += std::chrono::days{1};
    CHECK_THROWS_AS(writer.write(state), std::logic_error);
}

TEST_CASE("a damaged checkpoint is refused") {
    const test::TemporaryFolder folder;
    const auto path = written(folder.path() / "a.h5");
    const auto whole = content(path);
    const auto use = [&](const std::string& bytes) {
        std::ofstream(folder.path() / "b.h5", std::ios::binary) << bytes;
        return complaint([&] {
            const output::CheckpointReader file(folder.path() / "b.h5");
            file.expect(2);
            for (const std::uint32_t replicate : {0U, 1U}) static_cast<void>(file.read(replicate));
        });
    };
    CHECK(use(whole).empty());
    for (const std::size_t length : {std::size_t{0}, std::size_t{100}, whole.size() / 2, whole.size() - 1}) {
        CAPTURE(length);
        CHECK_THAT(use(whole.substr(0, length)), Contains("b.h5"));
    }
}

TEST_CASE("a wrong byte in a checkpoint is noticed or makes no difference") {
    const test::TemporaryFolder folder;
    const auto path = written(folder.path() / "a.h5");
    const auto whole = content(path);
    const auto past = model::past_of(setup());
    const std::array states = {model::bytes_of(some_state(0)), model::bytes_of(some_state(1))};
    int noticed = 0;
    constexpr std::size_t kTries = 60;
    for (std::size_t k = 0; k < kTries; ++k) {
        CAPTURE(k);
        auto changed = whole;
        auto& byte = changed[whole.size() * k / kTries];
        byte = static_cast<char>(byte ^ 0x10);
        std::ofstream(folder.path() / "b.h5", std::ios::binary) << changed;
        const auto complained = complaint([&] {
            const output::CheckpointReader file(folder.path() / "b.h5");
            file.expect(2);
            CHECK(file.past().resolved == past.resolved);
            CHECK(file.past().interventions == past.interventions);
            for (const std::uint32_t replicate : {0U, 1U}) {
                const auto state = file.read(replicate);
                CHECK(model::bytes_of(state) == states[replicate]);
            }
        });
        if (!complained.empty()) ++noticed;
    }
    CHECK(noticed > static_cast<int>(kTries) / 2);
}

TEST_CASE("another build's checkpoint is refused") {
    const test::TemporaryFolder folder;
    const auto path = written(folder.path() / "a.h5");
    const auto change = [&](const char* attribute, const std::string& value) {
        fs::copy_file(path, folder.path() / "b.h5", fs::copy_options::overwrite_existing);
        const output::Handle file(H5Fopen((folder.path() / "b.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose);
        const output::Handle text(H5Aopen(file.id(), attribute, H5P_DEFAULT), H5Aclose);
        const auto type = output::text_type();
        const char* pointer = value.c_str();
        H5Awrite(text.id(), type.id(), &pointer);
        return folder.path() / "b.h5";
    };
    const auto refusal = [](const fs::path& file) {
        return complaint([&] { const output::CheckpointReader reader(file); });
    };
    CHECK_THAT(refusal(change("version", "9.9.9")), Contains("made by sahelsim 9.9.9") && Contains("this is sahelsim"));
    CHECK_THAT(refusal(change("git_hash", "abc")), Contains("(abc)"));
    CHECK_THAT(refusal(change("layout", "abc")), Contains("other state variables"));
    CHECK_THAT(refusal(change("format", "abc")), Contains("not a checkpoint"));
}
