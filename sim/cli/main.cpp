// The program `sahelsim`: hands the command line to the subcommands and turns what goes wrong into exit codes.

#include <cstdio>
#include <exception>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/python_command.h"
#include "cli/suggestions.h"
#include "cli/version_text.h"
#include "scenario/problem.h"

namespace {

using namespace sahelsim;

/// CLI11 has a code of its own for each mistake, and calls asking for help an error too.
int report_usage(const CLI::App& app, const CLI::ParseError& error, int argc, const char* const* argv) {
    if (error.get_exit_code() == 0) return app.exit(error);
    if (argc <= 1) {
        fmt::print(stderr, "{}", app.help());
        return cli::exit_bad_input;
    }
    const auto text = cli::suggestion(app, argc, argv);
    fmt::print(stderr, "sahelsim: {}\n", text.empty() ? error.what() : text);
    fmt::print(stderr, "'sahelsim --help' and 'sahelsim COMMAND --help' tell how to use it.\n");
    return cli::exit_bad_input;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1 && cli::is_python_command(argv[1])) return cli::run_python_command(argc, argv);
    CLI::App app("Agent-based simulator of the conflict in Mali.", "sahelsim");
    app.set_version_flag("--version", cli::version_text);
    app.require_subcommand(1);
    int exit_code = cli::exit_done;
    cli::add_run(app, exit_code);
    cli::add_check(app, exit_code);
    cli::add_parameters(app, exit_code);
    cli::add_explain(app, exit_code);
    cli::add_design(app, exit_code);
    cli::add_sweep(app, exit_code);
    cli::add_status(app, exit_code);
    cli::add_merge(app, exit_code);
    cli::add_slurm(app, exit_code);
    cli::add_trace(app, exit_code);
    cli::add_accords(app, exit_code);
    cli::add_python_commands(app);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return report_usage(app, error, argc, argv);
    } catch (const scenario::InputError& error) {
        fmt::print(stderr, "{}\n", error.what());
        return cli::exit_bad_input;
    } catch (const std::exception& error) {
        fmt::print(stderr, "sahelsim: {}\n", error.what());
        return cli::exit_failed;
    }
    // A full disk shows when the last of the output is written.
    return std::fflush(stdout) == 0 ? exit_code : cli::exit_failed;
}
