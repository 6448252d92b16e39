"""The command `sahelsim sensitivity`: which parameters drive outcomes, and which the difference between two arms."""

import argparse
import sys

from . import command
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
    what.add_argument("--start", metavar="YYYY-MM", type=command.month, help="first month, where the file has monthly series")
    what.add_argument("--end", metavar="YYYY-MM", type=command.month, help="last month")
    what.add_argument("--seed", type=int, default=1, help="of the bootstrap (1)")
    out = parser.add_argument_group("output")
    out.add_argument("--csv", metavar="FILE", help="all numbers as one table")
    out.add_argument("--json", metavar="FILE", help="the same with settings, notes and sentences")
    out.add_argument("--figures", metavar="DIR", help="figures as PNG and SVG")
    out.add_argument("--force", action="store_true", help="replace files that exist")
    return parser


def _contrast(text):
    found = command.names(text)
    if len(found) != 2 or found[0] == found[1]:
        raise argparse.ArgumentTypeError(f"found '{text}', expected two arms, ARM,REFERENCE")
    return found


def _settings(arguments, results):
    from .outcomes import choose
    from .sensitivity_analysis import Settings, Subject

    if arguments.seed < 0:
        raise Problem(f"argument --seed: found {arguments.seed}, expected 0 or more")
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
    for path in (arguments.csv, arguments.json):
        command.check_file(path, arguments.force)
    command.check_folder(arguments.figures)
    import numpy

    from .results import Results

    months = [None if month is None else numpy.datetime64(month, "M") for month in (arguments.start, arguments.end)]
    results = Results([arguments.file], *months)
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
    from .sensitivity_analysis import analyse
    from .sensitivity_report import report
    from .text import paragraph

    analysis = analyse(results, design, settings)
    written = _write(arguments, results, analysis)
    sys.stdout.write(report(results, analysis, command.width()))
    for line in written:
        print(paragraph(line, command.width()))


def _write(arguments, results, analysis):
    """Write what was asked for; the lines that say so."""
    from . import sensitivity_tables as tables

    written = []
    for path, write in ((arguments.csv, tables.write_csv), (arguments.json, tables.write_json)):
        if path:
            with command.writing(path):
                write(path, results, analysis)
            written.append(f"Written: {path}")
    if arguments.figures:
        from .sensitivity_figures import draw

        with command.writing(arguments.figures):
            names = draw(arguments.figures, results, analysis)
        written.append(f"Written: {len(names)} figures in {arguments.figures}, as PNG and SVG: {', '.join(names)}")
    return written


def main(argv=None):
    """Run the command; see `command.execute`."""
    return command.execute(_run, argv)


if __name__ == "__main__":
    sys.exit(main())
