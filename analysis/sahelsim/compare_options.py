"""What is compared and how it is judged: options that commands on several arms have in common."""

import argparse

from . import command
from .problems import Problem, check_name


def add_choices(parser):
    """Options on what is compared.

    Returns
    -------
    argparse group
        To which a command may add its own.
    """
    what = parser.add_argument_group("what is compared")
    what.add_argument("--reference", metavar="ARM", help="the arm that others are compared with")
    what.add_argument("--arms", metavar="A,B", type=command.names, help="the arms that are compared with it (all others)")
    what.add_argument("--outcomes", metavar="A,B", type=command.names,
                      help="any of the country: displaced, control.jnim, deaths.state.civilians ... (a choice of thirteen)")
    what.add_argument("--start", metavar="YYYY-MM", type=command.month, help="first month, where the file has monthly series")
    what.add_argument("--end", metavar="YYYY-MM", type=command.month, help="last month")
    return what


def add_judgement(parser):
    """Options on how differences are judged."""
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


def results(arguments):
    """The files that were named, between the months that were named, as `results.Results`."""
    import numpy

    from .results import Results

    return Results(arguments.files, *[None if month is None else numpy.datetime64(month, "M")
                                      for month in (arguments.start, arguments.end)])


def settings(arguments, results):
    """What was asked for, checked against what the files have, as `comparison.Settings`."""
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
