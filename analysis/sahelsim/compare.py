"""The command `sahelsim compare`: arms of a sweep, or files of `run`, against a reference, pair by pair."""

import sys

from . import command, compare_options

DESCRIPTION = """\
Compare scenarios pair by pair: runs with the same seed and replicate (and point of a sweep) share their random numbers.

  sahelsim compare reference.h5 other.h5 [...]      files of `run`; the first is the reference
  sahelsim compare out/results.h5                   the arms of a sweep; the first is the reference, or --reference

docs/tutorial-compare.md explains every column, and what not to conclude.
"""


def _parser():
    parser = command.Parser("compare", DESCRIPTION)
    parser.add_argument("files", metavar="FILE", nargs="+", help="one file of a sweep, or several files of run")
    compare_options.add_choices(parser).add_argument(
        "--list", action="store_true", help="show all outcomes of the file, and which way is better")
    compare_options.add_judgement(parser)
    command.add_outputs(parser, "all numbers as one table, years and regions too")
    return parser


def _print_list(results):
    from .outcomes import listing
    from .text import table

    lines = listing(results.variables)
    print(table(["outcome", "better", "meaning"], [list(line) for line in lines]))
    print("\nThose up to violent_events are compared unless others are chosen. name.CATEGORY takes one category; without it\n"
          "categories are summed, or where a sum means nothing ([] are left out) each is compared.")


def _run(argv):
    arguments = _parser().parse_args(argv)
    command.check_outputs(arguments)
    results = compare_options.results(arguments.files, arguments)
    try:
        if arguments.list:
            _print_list(results)
        else:
            _compare(arguments, results)
    finally:
        results.close()


def _compare(arguments, results):
    settings = compare_options.settings(arguments, results)
    from . import tables
    from .comparison import compare
    from .comparison_text import text_of

    comparison = compare(results, settings)
    written = command.write_outputs(arguments, tables, "figures", results, comparison)
    command.tell(text_of(results, comparison, command.width()), written)


def main(argv=None):
    """Run the command; see `command.execute`."""
    return command.execute(_run, argv)


if __name__ == "__main__":
    sys.exit(main())
