"""The command `sahelsim discover`: under which conditions one arm of a sweep beats another, and whether a ranking holds."""

import argparse
import re
import sys

from . import command, compare_options
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
    what.add_argument("--better", metavar="OUTCOME=less|more,...", type=command.directions, default={},
                      help="which way is better, where you see it otherwise than `sahelsim compare --list`")
    what.add_argument("--satisfice", metavar="OUTCOME<N", action="append", type=_wanted, default=[],
                      help="in what share of points each arm reaches this, also with >; may be given several times")
    compare_options.add_months(what)
    how = parser.add_argument_group("boxes")
    how.add_argument("--box", metavar="K", type=command.whole,
                     help="take this box of the trajectory (that of highest Youden)")
    how.add_argument("--peel", metavar="N%", type=_part, default=0.05,
                     help="points that each step takes away: more is steadier where points are few or noisy (5%%)")
    how.add_argument("--boxes", metavar="N", type=command.count, default=3,
                     help="no more boxes than this, one after the other (3)")
    how.add_argument("--permutations", metavar="N", type=command.count, default=199, help="of the p-value of a search (199)")
    targets = parser.add_argument_group("which points targets rule out")
    targets.add_argument("--cutoff", metavar="X", type=command.not_negative, default=3.0, help="of implausibility (3)")
    targets.add_argument("--discrepancy", metavar="X", type=command.not_negative, default=0.1,
                         help="what the model misses at its best: standard deviation of the logarithm, of classes of the "
                         "class (0.1)")
    targets.add_argument("--history", metavar="ARM", help="the arm whose runs follow what happened (the reference; after a "
                         "branch its targets up to then only)")
    targets.add_argument("--only-plausible", action="store_true", help="use other points for nothing: no boxes, no regret")
    command.add_seed(parser, "of permutations, folds and draws")
    command.add_outputs(parser, "a row for each arm and point", "all numbers with settings, notes and sentences")
    return parser


def _part(text):
    value = command.share(text)
    if value > 0.5:
        raise argparse.ArgumentTypeError(f"found '{text}', expected a share of no more than 50%")
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

    reference, arms = compare_options.chosen_arms(arguments, results)
    if arguments.history:
        results.check_arm(arguments.history)
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
    command.check_outputs(arguments)
    results = compare_options.results([arguments.file], arguments)
    try:
        if not results.is_sweep:
            raise Problem(f"{arguments.file}: found a file of run, expected that of a sweep over many points")
        _discover(arguments, results)
    finally:
        results.close()


def _discover(arguments, results):
    from . import discover_tables
    from .discover_report import report
    from .discovery import discover

    discovery = discover(results, _settings(arguments, results))
    written = command.write_outputs(arguments, discover_tables, "discover_figures", results, discovery)
    command.tell(report(results, discovery, command.width()), written)


def main(argv=None):
    """Run the command; see `command.execute`."""
    return command.execute(_run, argv)


if __name__ == "__main__":
    sys.exit(main())
