"""The command `sahelsim report`: a comparison as one HTML page that needs nothing else."""

import shlex
import sys

from . import command, compare_options

DESCRIPTION = """\
Write one HTML page about runs of several scenarios: what was run, how outcomes differ and how sure that is, figures,
interventions, parameters and sources. It needs no network and no other file, and carries its numbers as JSON.

  sahelsim report reference.h5 other.h5 [...] -o page.html      files of `run`; the first is the reference
  sahelsim report out/results.h5 -o page.html                   the arms of a sweep; the first is the reference, or --reference

docs/report-page.md describes the page and its numbers.
"""


def _parser():
    parser = command.Parser("report", DESCRIPTION)
    parser.add_argument("files", metavar="FILE", nargs="+", help="one file of a sweep, or several files of run")
    compare_options.add_choices(parser)
    compare_options.add_judgement(parser)
    out = parser.add_argument_group("output")
    out.add_argument("-o", "--output", metavar="FILE", required=True, help="the page")
    out.add_argument("--force", action="store_true", help="replace the page if it exists")
    return parser


def _run(argv):
    arguments = _parser().parse_args(argv)
    command.check_file(arguments.output, arguments.force)
    results = compare_options.results(arguments.files, arguments)
    try:
        settings = compare_options.settings(arguments, results)
        from .comparison import compare
        from .page import render

        page = render(results, compare(results, settings), shlex.join(["sahelsim", "report", *argv]))
    finally:
        results.close()
    with command.writing(arguments.output), open(arguments.output, "w", encoding="utf-8") as file:
        file.write(page)
    print(f"Written: {arguments.output}, {len(page.encode()) / 1e6:.1f} MB; open it in a browser")


def main(argv=None):
    """Run the command; see `command.execute`."""
    return command.execute(_run, argv)


if __name__ == "__main__":
    sys.exit(main())
