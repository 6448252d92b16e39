"""What is compared and how it is judged: options that commands on several arms have in common."""

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
    add_months(what)
    return what


def add_months(what):
    """Options on the months that count, which `results` reads."""
    what.add_argument("--start", metavar="YYYY-MM", type=command.month,
                      help="first month, where the file has monthly series")
    what.add_argument("--end", metavar="YYYY-MM", type=command.month, help="last month")


def add_judgement(parser):
    """Options on how differences are judged."""
    how = parser.add_argument_group("how it is judged")
    how.add_argument("--margin", metavar="N%", type=command.share, default=0.05,
                     help="arms count as alike within this share of the reference's mean (5%%)")
    how.add_argument("--better", metavar="OUTCOME=less|more,...", type=command.directions, default={},
                     help="which way is better, where you see it otherwise than the list")
    how.add_argument("--pareto", metavar="A,B", type=command.names, default=[],
                     help="outcomes of the table of arms that nothing beats (all with a better way)")
    how.add_argument("--weights", metavar="OUTCOME=W,...", type=_weights, default={},
                     help="add a weighted sum as one more outcome; weights are per unit of each outcome")
    command.add_seed(how, "of bootstrap and sign flips")


def _weights(text):
    return command.pairs_of(text, lambda word: command.not_negative(word, "a weight"))


def results(paths, arguments):
    """Files, between the months that were named, as `results.Results`."""
    import numpy

    from .results import Results

    return Results(paths, *[None if month is None else numpy.datetime64(month, "M")
                            for month in (arguments.start, arguments.end)])


def chosen_arms(arguments, results):
    """The reference, and the arms that are compared with it, as --reference and --arms say."""
    reference = arguments.reference or results.arms[0]
    for arm in [reference, *(arguments.arms or [])]:
        results.check_arm(arm)
    arms = list(dict.fromkeys(arm for arm in arguments.arms or results.arms if arm != reference))
    if not arms:
        raise Problem(f"found one arm, '{reference}', expected a second one to compare with it")
    return reference, arms


def settings(arguments, results):
    """What was asked for, checked against what the files have, as `comparison.Settings`."""
    from .comparison import Settings
    from .outcomes import choose

    reference, arms = chosen_arms(arguments, results)
    outcomes = choose(arguments.outcomes, results.variables, arguments.better)
    names = {one.name: one for one in outcomes}
    for name in [*arguments.pareto, *arguments.weights]:
        check_name("outcome among those that are compared", name, names)
    for name in arguments.pareto:
        if not names[name].better:
            raise Problem(f"--pareto: for '{name}' neither less nor more is better by itself; --better {name}=less (or more) "
                          "says which")
    return Settings(reference, arms, outcomes, arguments.margin, arguments.weights, arguments.pareto, arguments.seed)
