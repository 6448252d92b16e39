#include "experiment/sweep_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <system_error>
#include <thread>

#include <fmt/format.h>

#include "engine/machine.h"
#include "engine/random.h"
#include "engine/version.h"
#include "model/vocabulary.h"
#include "output/errors.h"
#include "output/temporary_file.h"
#include "scenario/file_text.h"
#include "scenario/map_reader.h"
#include "scenario/scalars.h"
#include "scenario/yaml_tree.h"

namespace sahelsim::experiment {

namespace fs = std::filesystem;

namespace {

constexpr const char* kFormat = "sahelsim sweep 1";
constexpr const char* kManifest = "manifest.yaml";
constexpr std::string_view kDivision = "tasks-of-";

std::string system_error(int code) {
    return std::error_code(code, std::generic_category()).message();
}

std::string plan_of(const Sweep& sweep) {
    auto text = sweep.text + '\n' + sweep.points_text;
    for (const auto& arm : sweep.arms) text += fmt::format("\n{}\n{}", arm.name, arm.scenario.resolved_yaml);
    return fmt::format("{:016x}", engine::name_key(text));
}

std::string manifest_text(const Sweep& sweep) {
    std::string arms;
    for (const auto& arm : sweep.arms) arms += (arms.empty() ? "" : ", ") + arm.name;
    const auto& replicates = sweep.replicates;
    auto text = fmt::format(
        "# A sweep of sahelsim. `sahelsim sweep --resume` on this folder goes on with it.\n"
        "format: {}\nname: \"{}\"\nplan: \"{}\"\nversion: \"{}\"\ngit_hash: \"{}\"\narms: [{}]\npoints: {}\n"
        "replicates: {{min: {}, max: {}, batch: {}}}\n",
        kFormat, sweep.name, plan_of(sweep), engine::version(), engine::git_hash(), arms, sweep.design.points(),
        replicates.least, replicates.most, replicates.batch);
    if (replicates.until) {
        text += fmt::format("until: {{outcome: {}, half_width: {}, relative: {}}}\n", replicates.until->outcome,
                            scenario::number_text(replicates.until->half_width), replicates.until->relative);
    }
    return text;
}

/// All but the manifest, which makes a sweep of the folder. False where somebody else is at it.
bool fill(const fs::path& folder, const Sweep& sweep) {
    if (!fs::create_directory(folder / "arms")) return false;
    output::write_text_file(folder / "sweep.yaml", sweep.text, false);
    for (const auto& arm : sweep.arms)
        output::write_text_file(folder / "arms" / (arm.name + ".yaml"), arm.scenario.resolved_yaml, false);
    if (!sweep.points_text.empty()) output::write_text_file(folder / "points.csv", sweep.points_text, false);
    return true;
}

/// In an empty folder that is there already: a mount point, or the target of a link.
void fill_in_place(const fs::path& target, const Sweep& sweep) {
    if (!fill(target, sweep)) throw output::FileError(target.string(), "somebody else is making a sweep here");
    output::write_text_file(target / kManifest, manifest_text(sweep), false);
}

/// A new folder beside the target, under a name that no other process or computer uses.
fs::path make_temporary_folder(const fs::path& target) {
    for (int number = 0;; ++number) {
        auto path = target;
        path += fmt::format(".{}-{}-{}.part", engine::host_name(), ::getpid(), number);
        if (fs::create_directory(path)) return path;
    }
}

/// Under another name until it is whole. Other tasks of the same sweep may begin at the same moment: one of them makes it.
bool make_at_once(const fs::path& target, const Sweep& sweep) {
    const auto temporary = make_temporary_folder(target);
    std::error_code code;
    try {
        fill(temporary, sweep);
        output::write_text_file(temporary / kManifest, manifest_text(sweep), false);
    } catch (...) {
        fs::remove_all(temporary, code);
        throw;
    }
    if (std::rename(temporary.c_str(), target.c_str()) == 0) return true;
    const int reason = errno;
    fs::remove_all(temporary, code);
    if (fs::exists(target / kManifest, code)) return false;
    throw output::FileError(target.string(), "cannot be created: " + system_error(reason));
}

/// Takes the lock of an open file. What the file system doesn't support can't be had.
bool take_lock(int file, int kind) {
    if (::flock(file, kind | LOCK_NB) == 0) return true;
    return errno != EWOULDBLOCK;
}

/// The same, though somebody may look for a moment whether the lock is free.
bool take_lock_soon(int file, int kind) {
    constexpr int tries = 10;
    constexpr auto pause = std::chrono::milliseconds{20};
    for (int i = 0; i < tries; ++i) {
        if (take_lock(file, kind)) return true;
        std::this_thread::sleep_for(pause);
    }
    return false;
}

/// Tasks of another division would do the same work.
void expect_no_other_division(const fs::path& folder, int tasks) {
    std::error_code code;
    for (const auto& entry : fs::directory_iterator(folder, code)) {
        const auto name = entry.path().stem().string();
        if (!name.starts_with(kDivision) || name == fmt::format("{}{}", kDivision, tasks)) continue;
        const int file = ::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC);
        const bool free = file < 0 || take_lock(file, LOCK_EX);
        ::close(file);
        if (!free) {
            throw output::FileError(folder.string(),
                                    fmt::format("others are working on {} tasks of this sweep, not on {}",
                                                name.substr(kDivision.size()), tasks));
        }
    }
}

}  // namespace

bool create_sweep_folder(const fs::path& folder, const Sweep& sweep) {
    std::error_code code;
    auto target = fs::weakly_canonical(folder, code);
    if (code) throw output::FileError(folder.string(), "cannot be created: " + code.message());
    if (!target.has_filename()) target = target.parent_path();
    if (fs::exists(target / kManifest, code)) return false;
    const bool exists = fs::exists(target, code);
    if (exists && (!fs::is_directory(target, code) || !fs::is_empty(target, code)))
        throw output::FileExistsError(target.string(), "exists, is not empty and holds no sweep");
    try {
        if (!exists) return make_at_once(target, sweep);
        fill_in_place(target, sweep);
        return true;
    } catch (const fs::filesystem_error& error) {
        throw output::FileError(target.string(), "cannot be created: " + error.code().message());
    }
}

Manifest read_manifest(const fs::path& folder) {
    const auto path = folder / kManifest;
    std::error_code code;
    if (!fs::exists(path, code)) {
        throw output::FileError(folder.string(), fs::is_directory(folder, code)
                                                     ? "this folder holds no sweep (there is no manifest.yaml)"
                                                     : "there is no such folder");
    }
    scenario::Problems problems;
    const auto root = scenario::parse_yaml(scenario::read_text_file(path, path.string()), path.string(), problems);
    scenario::MapReader map(root, "", problems);
    if (map.text("format", scenario::Need::required).value_or("") != kFormat)
        throw output::FileError(path.string(), fmt::format("not a manifest of format '{}'", kFormat));
    Manifest manifest;
    const auto text = [&](const char* key) { return map.text(key, scenario::Need::required).value_or(""); };
    manifest.name = text("name");
    manifest.plan = text("plan");
    manifest.version = text("version");
    manifest.git_hash = text("git_hash");
    constexpr long most = 1'000'000'000;
    const auto whole = [&](scenario::MapReader& of, const char* key) {
        return static_cast<int>(of.integer(key, 1, most, scenario::Need::required).value_or(1));
    };
    if (const auto* arms = map.find("arms", scenario::Need::required)) {
        for (const auto& arm : arms->items) manifest.arms.push_back(arm.text);
    }
    manifest.work.arms = static_cast<int>(manifest.arms.size());
    manifest.work.points = whole(map, "points");
    auto& replicates = manifest.work.replicates;
    if (const auto* node = map.find("replicates", scenario::Need::required)) {
        scenario::MapReader inner(*node, "replicates", problems);
        replicates.least = whole(inner, "min");
        replicates.most = whole(inner, "max");
        replicates.batch = whole(inner, "batch");
    }
    if (const auto* node = map.find("until")) {
        scenario::MapReader inner(*node, "until", problems);
        Precision until;
        until.outcome = inner.text("outcome", scenario::Need::required).value_or("");
        until.half_width = inner.number("half_width", scenario::Need::required).value_or(1.0);
        until.relative = inner.boolean("relative", scenario::Need::required).value_or(false);
        replicates.until = std::move(until);
    }
    problems.throw_if_any();
    return manifest;
}

void expect_this_build(const fs::path& folder, const Manifest& manifest) {
    if (manifest.version == engine::version() && manifest.git_hash == engine::git_hash()) return;
    throw output::FileError(
        folder.string(), fmt::format("begun by sahelsim {} ({}); this is sahelsim {} ({}), whose results may differ: "
                                     "go on with the build that began it, or begin anew in another folder",
                                     manifest.version, manifest.git_hash, engine::version(), engine::git_hash()));
}

void expect_this_sweep(const fs::path& folder, const Manifest& manifest, const Sweep& sweep) {
    if (manifest.plan == plan_of(sweep)) return;
    throw output::FileError(
        folder.string(),
        fmt::format("holds another sweep: {} or what it names has changed since. Nothing was done. 'sahelsim sweep "
                    "--resume' goes on with the sweep as it was; a changed one needs another folder",
                    sweep.name));
}

Sweep read_begun_sweep(const fs::path& folder, const Manifest& manifest) {
    auto sweep = read_sweep_folder(folder, model::vocabulary());
    sweep.name = manifest.name;
    if (manifest.plan != plan_of(sweep))
        throw output::FileError(folder.string(), "damaged: its sweep.yaml, arms or points.csv were changed");
    return sweep;
}

std::vector<Shard> read_shards(const fs::path& folder, const Manifest& manifest, Verify verify) {
    std::vector<Shard> shards;
    for (const auto& path : shards_in(folder)) {
        auto shard = read_shard(path, verify);
        if (shard.entries.empty()) continue;
        if (shard.title.plan != manifest.key())
            throw output::FileError(path.string(), "a shard of another sweep or another build of the program");
        shards.push_back(std::move(shard));
    }
    return shards;
}

FolderLock::FolderLock(const fs::path& folder, const Share& share) {
    const auto take = [&](const fs::path& path, int kind, const std::string& held) {
        const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (file < 0) throw output::FileError(folder.string(), "cannot be worked in: " + system_error(errno));
        files_.push_back(file);
        if (!take_lock_soon(file, kind)) throw output::FileError(folder.string(), held);
    };
    try {
        if (share.tasks == 1) {
            take(folder / "sweep.lock", LOCK_EX,
                 "somebody else is working on this sweep; 'sahelsim status' shows how far");
        } else {
            take(folder / "sweep.lock", LOCK_SH, "somebody is working on all of this sweep, not on tasks of it");
            expect_no_other_division(folder, share.tasks);
            take(folder / fmt::format("{}{}.lock", kDivision, share.tasks), LOCK_SH,
                 fmt::format("somebody looks at its division into {} tasks", share.tasks));
            take(folder / fmt::format("task-{}-of-{}.lock", share.task, share.tasks), LOCK_EX,
                 fmt::format("somebody else is working on task {} of {}", share.task, share.tasks));
        }
    } catch (...) {
        for (const int file : files_) ::close(file);
        throw;
    }
}

bool is_worked_on(const fs::path& folder) {
    const int file = ::open((folder / "sweep.lock").c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    const bool free = take_lock(file, LOCK_EX);
    ::close(file);
    return !free;
}

FolderLock::~FolderLock() {
    for (const int file : files_) ::close(file);
}

}  // namespace sahelsim::experiment
