"""What the commands of the package have in common: options, messages, exit codes, and files that are not overwritten."""

import argparse
import contextlib
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


def share(text):
    """"5%" or "0.05" as 0.05."""
    found = re.fullmatch(r"\s*([0-9.]+)\s*%\s*", text)
    try:
        value = float(found[1]) / 100 if found else float(text)
    except ValueError:
        value = 0
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
        print(f"sahelsim: this needs the Python package {error.name} (Debian: apt-get install {package}) for {sys.executable}",
              file=sys.stderr)
        return EXIT_FAILED
    except BrokenPipeError:  # the reader, `head` for instance, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    return 0
