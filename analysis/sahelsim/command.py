"""What the commands of the package have in common: options, messages, exit codes, and files that are not overwritten."""

import argparse
import contextlib
import importlib
import os
import re
import shutil
import sys

from .problems import Problem

EXIT_FAILED, EXIT_BAD_INPUT, EXIT_INTERRUPTED = 1, 2, 130
_DEBIAN = {"h5py": "python3-h5py", "jinja2": "python3-jinja2", "matplotlib": "python3-matplotlib", "numpy": "python3-numpy",
           "pandas": "python3-pandas", "scipy": "python3-scipy", "sklearn": "python3-sklearn",
           "statsmodels": "python3-statsmodels", "threadpoolctl": "python3-threadpoolctl",
           "xarray": "python3-xarray", "yaml": "python3-yaml"}


class Parser(argparse.ArgumentParser):
    """Options of a command; one line on what is wrong with them, as in the program's other commands."""

    def __init__(self, name, description):
        super().__init__(f"sahelsim {name}", description=description, allow_abbrev=False,
                         formatter_class=argparse.RawDescriptionHelpFormatter)

    def error(self, message):
        raise Problem(f"{message}\n'{self.prog} --help' tells how to use it.")


def names(text):
    """"a,b" as a list."""
    found = [name.strip() for name in text.split(",")]
    if not all(found):
        raise argparse.ArgumentTypeError(f"found '{text}', expected names with commas between them")
    return found


def number(text):
    """A number, NaN where there is none."""
    try:
        return float(text)
    except ValueError:
        return float("nan")


def positive(text):
    """A number above 0."""
    value = number(text)
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"found '{text}', expected a number above 0")
    return value


def not_negative(text, what="a number"):
    """A number of 0 or more; `what` says it in the message."""
    value = number(text)
    if not 0 <= value < float("inf"):
        raise argparse.ArgumentTypeError(f"found '{text}', expected {what} of 0 or more")
    return value


def whole(text):
    """A whole number of 0 or more, of a seed for instance."""
    if not re.fullmatch(r"\d{1,18}", text):
        raise argparse.ArgumentTypeError(f"found '{text}', expected a whole number of 0 or more")
    return int(text)


def count(text):
    """A whole number above 0."""
    if not re.fullmatch(r"\d{1,9}", text) or int(text) < 1:
        raise argparse.ArgumentTypeError(f"found '{text}', expected a whole number above 0")
    return int(text)


def share(text):
    """"5%" or "0.05" as 0.05."""
    found = re.fullmatch(r"\s*([0-9.]+)\s*%\s*", text)
    value = number(found[1]) / 100 if found else number(text)
    if not 0 < value < 10:
        raise argparse.ArgumentTypeError(f"found '{text}', expected a share above 0, for instance 5%")
    return value


def month(text):
    """"2022-03" or a day of it as "2022-03"."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])(-\d\d)?", text):
        raise argparse.ArgumentTypeError(f"found '{text}', expected YYYY-MM")
    return text[:7]


def pairs_of(text, value):
    """"name=x,other=y" as a dict, with `value` applied to each x."""
    found = {}
    for part in text.split(","):
        name, equals, word = part.partition("=")
        if not equals or not name.strip():
            raise argparse.ArgumentTypeError(f"found '{part}', expected OUTCOME=...")
        found[name.strip()] = value(word.strip())
    return found


def directions(text):
    """"deaths=less,displaced=more" as a dict."""
    def direction(word):
        if word not in ("less", "more"):
            raise argparse.ArgumentTypeError(f"found '{word}', expected less or more")
        return word

    return pairs_of(text, direction)


def add_seed(parser, purpose):
    """The option --seed; `purpose` says what is drawn with it."""
    parser.add_argument("--seed", metavar="N", type=whole, default=1, help=f"{purpose} (1)")


def add_outputs(parser, csv="all numbers as one table", json="the same with settings, notes and sentences"):
    """The options of what is written, which `check_outputs` and `write_outputs` read.

    Parameters
    ----------
    parser : Parser
    csv, json : str or None
        What stands in the table and in the document; None: the command has no such option.

    Returns
    -------
    argparse group
        To which a command may add its own.
    """
    out = parser.add_argument_group("output")
    if csv:
        out.add_argument("--csv", metavar="FILE", help=csv)
    if json:
        out.add_argument("--json", metavar="FILE", help=json)
    out.add_argument("--figures", metavar="DIR", help="figures as PNG and SVG")
    out.add_argument("--force", action="store_true", help="replace files that exist")
    return out


def check_outputs(arguments, *others):
    """Find out before the work what could not be written after it.

    Parameters
    ----------
    arguments : argparse.Namespace
    *others : str or None
        Files that the command writes besides.
    """
    for path in (*others, getattr(arguments, "csv", None), getattr(arguments, "json", None)):
        check_file(path, arguments.force)
    check_folder(arguments.figures)


def write_outputs(arguments, tables, figures, *found):
    """Write what was asked for.

    Parameters
    ----------
    arguments : argparse.Namespace
    tables : module
        With `write_csv` and `write_json`, as far as there are such options; both take a path and what was found.
    figures : str
        Name of the module of the package whose `draw` takes a folder and what was found, and gives the names of the figures;
        imported only where they are asked for, since that takes long.
    *found : object

    Returns
    -------
    list of str
        Lines that say what was written.
    """
    written = []
    for kind in ("csv", "json"):
        path = getattr(arguments, kind, None)
        if path:
            with writing(path):
                getattr(tables, f"write_{kind}")(path, *found)
            written.append(f"Written: {path}")
    if arguments.figures:
        with writing(arguments.figures):
            drawn = importlib.import_module(f".{figures}", __package__).draw(arguments.figures, *found)
        count = f"{len(drawn)} figure{'s' if len(drawn) != 1 else ''}"
        written.append(f"Written: {count} in {arguments.figures}, as PNG and SVG: {', '.join(drawn)}")
    return written


def tell(text, written):
    """The report on the screen, and behind it what was written."""
    from .text import paragraph

    sys.stdout.write(text)
    for line in written:
        print(paragraph(line, width()))


def check_file(path, force):
    """Find out before the work what file could not be written after it; None is none."""
    if path is None:
        return
    folder = os.path.dirname(os.path.abspath(path))
    if os.path.isdir(path):
        raise Problem(f"{path}: found a folder, expected the name of a file")
    if not os.path.isdir(folder):
        raise Problem(f"{path}: there is no folder {folder}")
    if os.path.exists(path) and not force:
        raise Problem(f"{path}: the file exists already; --force replaces it")
    if not os.access(path if os.path.exists(path) else folder, os.W_OK):
        raise Problem(f"{path}: can't be written")


def check_folder(path):
    """The same for a folder, which is made; None is none."""
    if path is None:
        return
    try:
        os.makedirs(path, exist_ok=True)
    except OSError as error:
        raise Problem(f"{path}: can't be made ({error.strerror})") from None
    if not os.access(path, os.W_OK):
        raise Problem(f"{path}: can't be written")


@contextlib.contextmanager
def writing(path):
    """A full disk and the like are told with the name of the file."""
    try:
        yield
    except OSError as error:
        raise Problem(f"{path}: can't be written ({error.strerror or error})") from None


def width():
    """Characters a line of the screen, of files and pipes 120."""
    return max(40, min(120, shutil.get_terminal_size((120, 24)).columns))


def execute(run, argv=None):
    """Run a command, from its arguments to its exit code.

    Parameters
    ----------
    run : callable
        Takes the list of arguments.
    argv : list of str, optional
        Those of the process.

    Returns
    -------
    int
        Exit code: 0 done, 1 a package is missing, 2 bad input, 130 interrupted.
    """
    try:
        run(sys.argv[1:] if argv is None else argv)
        sys.stdout.flush()
    except Problem as problem:
        print(f"sahelsim: {problem}", file=sys.stderr)
        return EXIT_BAD_INPUT
    except ModuleNotFoundError as error:
        package = _DEBIAN.get((error.name or "").partition(".")[0])
        if package is None:
            raise
        print(f"sahelsim: this needs the Python package {error.name} (Debian: apt-get install {package}) for "
              f"{sys.executable}", file=sys.stderr)
        return EXIT_FAILED
    except BrokenPipeError:  # the reader, `head` for instance, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    return 0
