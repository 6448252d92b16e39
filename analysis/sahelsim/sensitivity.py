"""The command `sahelsim sensitivity`: which parameters drive outcomes, and which the difference between two arms."""

import argparse
import sys

from . import command, compare_options
from .problems import Problem

DESCRIPTION = """\
Find out which parameters of a sweep drive its outcomes, and which drive the difference between two arms.

  sahelsim sensitivity out/results.h5                                   each arm; of two arms their difference too
  sahelsim sensitivity out/results.h5 --contrast dialogue,military      the difference of two arms of several

The design of the sweep says how: Sobol indices for saltelli, elementary effects for morris, partial rank correlations
for all others. docs/tutorial-sensitivity.md explains every column, and what not to conclude.
"""
DEFAULT_OUTCOMES = ("civilians_killed", "deaths", "displaced", "population_by_authority.state", "violent_events")


def _parser():
    parser = command.Parser("sensitivity", DESCRIPTION)
    parser.add_argument("file", metavar="FILE", help="the file of a sweep")
    what = parser.add_argument_group("what is looked at")
    what.add_argument("--arms", metavar="A,B", type=command.names, help="the arms whose outcomes are explained (all)")
    what.add_argument("--contrast", metavar="ARM,REFERENCE", type=_contrast, action="append", default=[],
                      help="explain the difference arm less reference, pair by pair; may be given several times (the second "
                      "arm less the first, where there are two)")
    what.add_argument("--outcomes", metavar="A,B", type=command.names,
                      help="any of the country, as in sahelsim compare (a choice of five)")
    what.add_argument("--list", action="store_true", help="show all outcomes of the file")
    compare_options.add_months(what)
    command.add_seed(what, "of the bootstrap")
    command.add_outputs(parser)
    return parser


def _contrast(text):
    found = command.names(text)
    if len(found) != 2 or found[0] == found[1]:
        raise argparse.ArgumentTypeError(f"found '{text}', expected two arms, ARM,REFERENCE")
    return found


def _settings(arguments, results):
    from .outcomes import choose
    from .sensitivity_analysis import Settings, Subject

    contrasts = arguments.contrast
    for arm in [*(arguments.arms or []), *(name for pair in contrasts for name in pair)]:
        results.check_arm(arm)
    arms = arguments.arms or list(dict.fromkeys(name for pair in contrasts for name in reversed(pair))) or results.arms
    if not contrasts and len(results.arms) == 2 and not arguments.arms:
        contrasts = [(results.arms[1], results.arms[0])]
    usual = [one.name for one in choose(None, results.variables) if one.name in DEFAULT_OUTCOMES]
    if not arguments.outcomes and not usual:
        raise Problem(f"{arguments.file}: found none of {', '.join(DEFAULT_OUTCOMES)}; --outcomes chooses others")
    subjects = [Subject(arm) for arm in dict.fromkeys(arms)]
    subjects += [Subject(*pair) for pair in dict.fromkeys(map(tuple, contrasts))]
    return Settings(subjects, choose(arguments.outcomes or usual, results.variables), arguments.seed)


def _print_list(results):
    from .outcomes import listing
    from .text import table

    lines = [[name, meaning] for name, _, meaning in listing(results.variables)]
    print(table(["outcome", "meaning"], lines))
    print(f"\nExplained unless others are chosen: {', '.join(DEFAULT_OUTCOMES)}. name.CATEGORY takes one category; without it\n"
          "categories are summed, or where a sum means nothing ([] are left out) each is taken.")


def _run(argv):
    arguments = _parser().parse_args(argv)
    command.check_outputs(arguments)
    results = compare_options.results([arguments.file], arguments)
    try:
        if arguments.list:
            _print_list(results)
        else:
            _analyse(arguments, results)
    finally:
        results.close()


def _analyse(arguments, results):
    if not results.is_sweep:
        raise Problem(f"{arguments.file}: found a file of run, which has one set of values, expected the file of a sweep over "
                      "parameters")
    from .design import read_design

    design = read_design(arguments.file)
    settings = _settings(arguments, results)
    from . import sensitivity_tables
    from .sensitivity_analysis import analyse
    from .sensitivity_report import report

    analysis = analyse(results, design, settings)
    written = command.write_outputs(arguments, sensitivity_tables, "sensitivity_figures", results, analysis)
    command.tell(report(results, analysis, command.width()), written)


def main(argv=None):
    """Run the command; see `command.execute`."""
    return command.execute(_run, argv)


if __name__ == "__main__":
    sys.exit(main())
