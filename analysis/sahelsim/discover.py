"""The command `sahelsim discover`: under which conditions one arm of a sweep beats another, and whether a ranking holds."""

import argparse
import re
import sys

from . import command
from .problems import Problem

DESCRIPTION = """\
Under which conditions does one arm of a sweep beat another? Boxes of parameters (PRIM), a tree (CART), tables of regret, and
whether points that the targets don't rule out reverse the ranking.

  sahelsim discover out/results.h5                  every arm against the first one, or --reference

docs/tutorial-discover.md explains every number, and what not to conclude.
"""
_TABLES = ("civilians_killed", "deaths", "displaced")


def _parser():
    parser = command.Parser("discover", DESCRIPTION)
    parser.add_argument("file", metavar="FILE", help="the file of a sweep with two arms and more over many points")
    what = parser.add_argument_group("what is compared")
    what.add_argument("--reference", metavar="ARM", help="the arm that is to be beaten (the first)")
    what.add_argument("--arms", metavar="A,B", type=command.names, help="the arms that may beat it (all others)")
    what.add_argument("--outcome", metavar="NAME", default="civilians_killed", help="in what (civilians_killed)")
    what.add_argument("--margin", metavar="N%", type=command.share, default=0.0,
                      help="by more than this share of the reference's mean at the point (any difference)")
    what.add_argument("--outcomes", metavar="A,B", type=command.names,
                      help=f"of the tables of regret ({', '.join(_TABLES)})")
    what.add_argument("--better", metavar="OUTCOME=less|more,...", type=_directions, default={},
                      help="which way is better, where you see it otherwise than `sahelsim compare --list`")
    what.add_argument("--satisfice", metavar="OUTCOME<N", action="append", type=_wanted, default=[],
                      help="in what share of points each arm reaches this, also with >; may be given several times")
    what.add_argument("--start", metavar="YYYY-MM", type=command.month, help="first month, if the file has monthly series")
    what.add_argument("--end", metavar="YYYY-MM", type=command.month, help="last month")
    how = parser.add_argument_group("boxes")
    how.add_argument("--box", metavar="K", type=_whole, help="take this box of the trajectory (that of highest Youden)")
    how.add_argument("--peel", metavar="N%", type=_part, default=0.05,
                     help="points that each step takes away: more is steadier where points are few or noisy (5%%)")
    how.add_argument("--boxes", metavar="N", type=_whole, default=3, help="no more boxes than this, one after the other (3)")
    how.add_argument("--permutations", metavar="N", type=_whole, default=199, help="of the p-value of a search (199)")
    targets = parser.add_argument_group("which points targets rule out")
    targets.add_argument("--cutoff", metavar="X", type=_positive, default=3.0, help="of implausibility (3)")
    targets.add_argument("--discrepancy", metavar="X", type=_positive, default=0.2,
                         help="what the model misses at its best: standard deviation of the natural logarithm (0.2)")
    targets.add_argument("--history", metavar="ARM", help="the arm whose runs follow what happened (the reference; after a "
                         "branch its targets up to then only)")
    targets.add_argument("--only-plausible", action="store_true", help="use other points for nothing: no boxes, no regret")
    parser.add_argument("--seed", type=_whole, default=1, help="of permutations, folds and draws (1)")
    out = parser.add_argument_group("output")
    out.add_argument("--csv", metavar="FILE", help="a row for each arm and point")
    out.add_argument("--json", metavar="FILE", help="all numbers with settings, notes and sentences")
    out.add_argument("--figures", metavar="DIR", help="figures as PNG and SVG")
    out.add_argument("--force", action="store_true", help="replace files that exist")
    return parser


def _directions(text):
    def direction(word):
        if word not in ("less", "more"):
            raise argparse.ArgumentTypeError(f"found '{word}', expected less or more")
        return word

    return command.pairs_of(text, direction)


def _whole(text):
    if not re.fullmatch(r"\d{1,9}", text):
        raise argparse.ArgumentTypeError(f"found '{text}', expected a whole number of 0 or more")
    return int(text)


def _part(text):
    value = command.share(text)
    if value > 0.5:
        raise argparse.ArgumentTypeError(f"found '{text}', expected a share of no more than 50%")
    return value


def _positive(text):
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 <= value < float("inf"):
        raise argparse.ArgumentTypeError(f"found '{text}', expected a number of 0 or more")
    return value


def _wanted(text):
    found = re.fullmatch(r"\s*([\w.]+)\s*([<>])\s*([-+0-9.eE]+)\s*", text)
    try:
        return found[1], found[2] == "<", float(found[3])
    except (TypeError, ValueError):
        raise argparse.ArgumentTypeError(f"found '{text}', expected OUTCOME<N or OUTCOME>N, in quotes") from None


def _one(name, results, better, option):
    """The one outcome of this name, with a better way."""
    from .outcomes import choose

    found = choose([name], results.variables)
    if len(found) != 1:
        raise Problem(f"{option}: '{name}' is several outcomes, choose one of {', '.join(one.name for one in found)}")
    return _directed(found, better, option)[0]


def _directed(outcomes, better, option):
    from dataclasses import replace

    outcomes = [replace(one, better=better.get(one.name, one.better)) for one in outcomes]
    for one in outcomes:
        if not one.better:
            raise Problem(f"{option}: for '{one.name}' neither less nor more is better by itself; --better {one.name}=less "
                          "(or more) says which")
    return outcomes


def _settings(arguments, results):
    from .discovery import Settings, Wanted
    from .outcomes import choose
    from .problems import check_name

    reference = arguments.reference or results.arms[0]
    for arm in [reference, *(arguments.arms or []), *([arguments.history] if arguments.history else [])]:
        results.check_arm(arm)
    arms = list(dict.fromkeys(arm for arm in arguments.arms or results.arms if arm != reference))
    if not arms:
        raise Problem(f"found one arm, '{reference}', expected a second one that may beat it")
    for name in ("boxes", "permutations"):
        if getattr(arguments, name) < 1:
            raise Problem(f"--{name}: found 0, expected 1 at least")
    outcome = _one(arguments.outcome, results, arguments.better, "--outcome")
    usual = [outcome.name, *[name for name in _TABLES if name in results.variables]]
    names = arguments.outcomes or list(dict.fromkeys(usual))
    outcomes = _directed(choose(names, results.variables), arguments.better, "--outcomes")
    wanted = [Wanted(_any_way(name, results), below, value) for name, below, value in arguments.satisfice]
    for name in arguments.better:
        check_name("outcome among those that are used", name, {one.name for one in [outcome, *outcomes]})
    same = ("margin", "cutoff", "discrepancy", "history", "only_plausible", "boxes", "box", "peel", "permutations", "seed")
    return Settings(reference, arms, outcome, outcomes, wanted=wanted, **{name: getattr(arguments, name) for name in same})


def _any_way(name, results):
    """An outcome for a threshold, which says itself which way is wanted."""
    from .outcomes import choose

    found = choose([name], results.variables)
    if len(found) != 1:
        raise Problem(f"--satisfice: '{name}' is several outcomes, choose one of {', '.join(one.name for one in found)}")
    return found[0]


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
        if not results.is_sweep:
            raise Problem(f"{arguments.file}: found a file of run, expected that of a sweep over many points")
        _discover(arguments, results)
    finally:
        results.close()


def _discover(arguments, results):
    from .discover_report import report
    from .discovery import discover
    from .text import paragraph

    discovery = discover(results, _settings(arguments, results))
    written = _write(arguments, results, discovery)
    sys.stdout.write(report(results, discovery, command.width()))
    for line in written:
        print(paragraph(line, command.width()))


def _write(arguments, results, discovery):
    """Write what was asked for; the lines that say so."""
    from . import discover_tables as tables

    written = []
    for path, write in ((arguments.csv, tables.write_csv), (arguments.json, tables.write_json)):
        if path:
            with command.writing(path):
                write(path, results, discovery)
            written.append(f"Written: {path}")
    if arguments.figures:
        from .discover_figures import draw

        with command.writing(arguments.figures):
            names = draw(arguments.figures, discovery)
        count = f"{len(names)} figure{'s' if len(names) != 1 else ''}"
        written.append(f"Written: {count} in {arguments.figures}, as PNG and SVG: {', '.join(names)}")
    return written


def main(argv=None):
    """Run the command; see `command.execute`."""
    return command.execute(_run, argv)


if __name__ == "__main__":
    sys.exit(main())
