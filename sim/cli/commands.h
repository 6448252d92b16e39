#pragma once
// The subcommands of the program: each adds itself to the command line, with its options and what it does.
//
// A command leaves its exit code in `exit_code` (0 when it says nothing). Bad input is thrown as scenario::InputError
// and becomes exit code 2 in main; any other exception becomes 1.

#include <CLI/CLI.hpp>

namespace sahelsim::cli {

inline constexpr int exit_done = 0;
inline constexpr int exit_failed = 1;
inline constexpr int exit_bad_input = 2;
inline constexpr int exit_resumable = 75;  ///< sysexits.h: EX_TEMPFAIL

/// check FILE: validates a scenario without running it.
void add_check(CLI::App& app, int& exit_code);

/// parameters FILE: lists every parameter with its source.
void add_parameters(CLI::App& app, int& exit_code);

/// explain FILE NAME: everything about one parameter.
void add_explain(CLI::App& app, int& exit_code);

/// run FILE -o OUT.h5: simulates a scenario.
void add_run(CLI::App& app, int& exit_code);

/// design FILE: what a sweep would do.
void add_design(CLI::App& app, int& exit_code);

/// sweep FILE -o DIR: runs a sweep or goes on with it.
void add_sweep(CLI::App& app, int& exit_code);

/// status DIR: how far a sweep is.
void add_status(CLI::App& app, int& exit_code);

/// merge DIR -o FILE.h5: the runs of a sweep as one file.
void add_merge(CLI::App& app, int& exit_code);

/// slurm FILE -o DIR: a script that runs a sweep on a cluster.
void add_slurm(CLI::App& app, int& exit_code);

/// trace FILE.h5: what led to an event and what followed from it; the longest chains of revenge.
void add_trace(CLI::App& app, int& exit_code);

/// accords FILE.h5: attacks on civilians before and after local accords, and against runs without them.
void add_accords(CLI::App& app, int& exit_code);

}  // namespace sahelsim::cli
