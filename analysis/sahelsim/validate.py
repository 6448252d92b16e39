"""The command `sahelsim validate`: runs scored against reports, patterns, and event data of others."""

import sys

from . import command
from .problems import Problem

DESCRIPTION = """\
Score runs: against the figures of reports, against patterns that a credible run shows, and against event data.

  sahelsim validate baseline.h5                             figures of reports and patterns
  sahelsim validate out/results.h5 --arm baseline           runs of one arm of a sweep
  sahelsim validate baseline.h5 --observed acled.csv --level region     your export of ACLED or UCDP GED, by month

Files that are given together are pooled. docs/tutorial-validate.md explains every column, and what not to conclude.
"""


def _parser():
    parser = command.Parser("validate", DESCRIPTION)
    parser.add_argument("files", metavar="FILE", nargs="+", help="files of run or of a sweep")
    what = parser.add_argument_group("what is scored")
    what.add_argument("--arm", metavar="ARM", help="the arm whose runs are scored (the first)")
    what.add_argument("--parts", metavar="A,B", type=command.names,
                      help="any of scorecard, patterns and observed (the first two; with --observed the last)")
    what.add_argument("--role", choices=("calibration", "validation"), help="only the figures of reports of this role")
    what.add_argument("--patterns", metavar="FILE", help="another list of patterns (that of the library of scenarios)")
    command.add_seed(what, "of the bootstrap of power laws")
    other = parser.add_argument_group("event data of others")
    other.add_argument("--observed", metavar="FILE.csv", help="export of ACLED or UCDP GED, known by its header")
    other.add_argument("--country", metavar="NAME", help="as in the file, where it has several")
    other.add_argument("--level", choices=("country", "region", "cercle"), default="country", help="places (country)")
    other.add_argument("--count", choices=("deaths", "events"), default="deaths", help="what is counted (deaths)")
    other.add_argument("--from", metavar="YYYY-MM", dest="start", type=command.month,
                       help="first month that is scored; naive forecasts know those before it (the middle)")
    command.add_outputs(parser, json="the same with settings and notes")
    return parser


def _check(arguments):
    command.check_outputs(arguments)
    if arguments.observed is None:
        given = [f"--{name}" for name, value, default in
                 (("country", arguments.country, None), ("level", arguments.level, "country"),
                  ("count", arguments.count, "deaths"), ("from", arguments.start, None)) if value != default]
        if given:
            raise Problem(f"{given[0]} needs --observed FILE.csv")


def _settings(arguments):
    import numpy

    from .problems import check_name
    from .targets import ROLES
    from .validation import PARTS, Settings

    for part in arguments.parts or []:
        check_name("part", part, PARTS)
    start = None if arguments.start is None else numpy.datetime64(arguments.start, "M")
    return Settings(arguments.parts or [], (arguments.role,) if arguments.role else ROLES, arguments.patterns,
                    arguments.observed, arguments.country, arguments.level, arguments.count, start, arguments.seed)


def _run(argv):
    arguments = _parser().parse_args(argv)
    _check(arguments)
    from . import validation_tables
    from .runs import Runs
    from .validation import validate
    from .validation_report import report

    settings = _settings(arguments)
    runs = Runs(arguments.files, arguments.arm)
    try:
        validation = validate(runs, settings)
        written = command.write_outputs(arguments, validation_tables, "validation_figures", runs, validation)
        command.tell(report(runs, validation, command.width()), written)
    finally:
        runs.close()


def main(argv=None):
    """Run the command; see `command.execute`."""
    return command.execute(_run, argv)


if __name__ == "__main__":
    sys.exit(main())
