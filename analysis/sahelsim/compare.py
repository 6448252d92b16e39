"""The command `sahelsim compare`: arms of a sweep, or files of `run`, against a reference, pair by pair."""

import argparse
import sys

from . import command
from .problems import Problem, check_name

DESCRIPTION = """\
Compare scenarios pair by pair: runs with the same seed and replicate (and point of a sweep) share their random numbers.

  sahelsim compare reference.h5 other.h5 [...]      files of `run`; the first is the reference
  sahelsim compare out/results.h5                   the arms of a sweep; the first is the reference, or --reference

docs/tutorial-compare.md explains every column, and what not to conclude.
"""


def _parser():
    parser = command.Parser("compare", DESCRIPTION)
    parser.add_argument("files", metavar="FILE", nargs="+", help="one file of a sweep, or several files of run")
    what = parser.add_argument_group("what is compared")
    what.add_argument("--reference", metavar="ARM", help="the arm that others are compared with")
    what.add_argument("--arms", metavar="A,B", type=command.names, help="the arms that are compared with it (all others)")
    what.add_argument("--outcomes", metavar="A,B", type=command.names,
                      help="any of the country: displaced, control.jnim, deaths.state.civilians ... (a choice of thirteen)")
    what.add_argument("--list", action="store_true", help="show all outcomes of the file, and which way is better")
    what.add_argument("--start", metavar="YYYY-MM", type=command.month, help="first month, where the file has monthly series")
    what.add_argument("--end", metavar="YYYY-MM", type=command.month, help="last month")
    how = parser.add_argument_group("how it is judged")
    how.add_argument("--margin", metavar="N%", type=command.share, default=0.05,
                     help="arms count as alike within this share of the reference's mean (5%%)")
    how.add_argument("--better", metavar="OUTCOME=less|more,...", type=_directions, default={},
                     help="which way is better, where you see it otherwise than the list")
    how.add_argument("--pareto", metavar="A,B", type=command.names, default=[],
                     help="outcomes of the table of arms that nothing beats (all with a better way)")
    how.add_argument("--weights", metavar="OUTCOME=W,...", type=_weights, default={},
                     help="add a weighted sum as one more outcome; weights are per unit of each outcome")
    how.add_argument("--seed", type=int, default=1, help="of bootstrap and sign flips (1)")
    out = parser.add_argument_group("output")
    out.add_argument("--csv", metavar="FILE", help="all numbers as one table, years and regions too")
    out.add_argument("--json", metavar="FILE", help="the same with settings, notes and sentences")
    out.add_argument("--figures", metavar="DIR", help="figures as PNG and SVG")
    out.add_argument("--force", action="store_true", help="replace files that exist")
    return parser


def _directions(text):
    def direction(word):
        if word not in ("less", "more"):
            raise argparse.ArgumentTypeError(f"found '{word}', expected less or more")
        return word

    return command.pairs_of(text, direction)


def _weights(text):
    def weight(word):
        try:
            number = float(word)
        except ValueError:
            number = float("nan")
        if not 0 <= number < float("inf"):
            raise argparse.ArgumentTypeError(f"found '{word}', expected a weight of 0 or more")
        return number

    return command.pairs_of(text, weight)


def _check_output(arguments):
    for path in (arguments.csv, arguments.json):
        command.check_file(path, arguments.force)
    command.check_folder(arguments.figures)


def _settings(arguments, results):
    from .comparison import Settings
    from .outcomes import choose

    reference = arguments.reference or results.arms[0]
    for arm in [reference, *(arguments.arms or [])]:
        results.check_arm(arm)
    arms = list(dict.fromkeys(arm for arm in arguments.arms or results.arms if arm != reference))
    if not arms:
        raise Problem(f"found one arm, '{reference}', expected a second one to compare with it")
    outcomes = choose(arguments.outcomes, results.variables, arguments.better)
    names = {one.name: one for one in outcomes}
    for name in [*arguments.pareto, *arguments.weights]:
        check_name("outcome among those that are compared", name, names)
    for name in arguments.pareto:
        if not names[name].better:
            raise Problem(f"--pareto: for '{name}' neither less nor more is better by itself; --better {name}=less (or more) "
                          "says which")
    return Settings(reference, arms, outcomes, arguments.margin, arguments.weights, arguments.pareto, arguments.seed)


def _print_list(results):
    from .outcomes import listing
    from .text import table

    lines = listing(results.variables)
    print(table(["outcome", "better", "meaning"], [list(line) for line in lines]))
    print("\nThose up to violent_events are compared unless others are chosen. name.CATEGORY takes one category; without it\n"
          "categories are summed, or where a sum means nothing ([] are left out) each is compared.")


def _run(argv):
    arguments = _parser().parse_args(argv)
    _check_output(arguments)
    import numpy

    from .results import Results

    months = [None if month is None else numpy.datetime64(month, "M") for month in (arguments.start, arguments.end)]
    results = Results(arguments.files, *months)
    try:
        if arguments.list:
            _print_list(results)
        else:
            _compare(arguments, results)
    finally:
        results.close()


def _compare(arguments, results):
    settings = _settings(arguments, results)
    from .comparison import compare
    from .report import report
    from .text import paragraph

    comparison = compare(results, settings)
    written = _write(arguments, results, comparison)
    sys.stdout.write(report(results, comparison, command.width()))
    for line in written:
        print(paragraph(line, command.width()))


def _write(arguments, results, comparison):
    """Write what was asked for; the lines that say so."""
    from . import tables

    written = []
    for path, write in ((arguments.csv, tables.write_csv), (arguments.json, tables.write_json)):
        if path:
            with command.writing(path):
                write(path, results, comparison)
            written.append(f"Written: {path}")
    if arguments.figures:
        from .figures import draw

        with command.writing(arguments.figures):
            names = draw(arguments.figures, results, comparison)
        written.append(f"Written: {len(names)} figures in {arguments.figures}, as PNG and SVG: {', '.join(names)}")
    return written


def main(argv=None):
    """Run the command; see `command.execute`."""
    return command.execute(_run, argv)


if __name__ == "__main__":
    sys.exit(main())
