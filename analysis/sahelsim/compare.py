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
    out = parser.add_argument_group("output")
    out.add_argument("--csv", metavar="FILE", help="all numbers as one table, years and regions too")
    out.add_argument("--json", metavar="FILE", help="the same with settings, notes and sentences")
    out.add_argument("--figures", metavar="DIR", help="figures as PNG and SVG")
    out.add_argument("--force", action="store_true", help="replace files that exist")
    return parser


def _check_output(arguments):
    for path in (arguments.csv, arguments.json):
        command.check_file(path, arguments.force)
    command.check_folder(arguments.figures)


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
    results = compare_options.results(arguments)
    try:
        if arguments.list:
            _print_list(results)
        else:
            _compare(arguments, results)
    finally:
        results.close()


def _compare(arguments, results):
    settings = compare_options.settings(arguments, results)
    from .comparison import compare
    from .comparison_text import text_of
    from .text import paragraph

    comparison = compare(results, settings)
    written = _write(arguments, results, comparison)
    sys.stdout.write(text_of(results, comparison, command.width()))
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
