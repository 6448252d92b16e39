"""What is wrong with input: one message, told without a traceback."""

import contextlib
import difflib

# What HDF5 and NumPy raise of damaged or unexpected data.
DAMAGE = (OSError, RuntimeError, LookupError, AttributeError, TypeError, ValueError, ArithmeticError, MemoryError)


class Problem(ValueError):
    """Bad input of any kind; the message is for the person who gave it."""


@contextlib.contextmanager
def reading(path, what):
    """Damaged data are told with the name of the file, and of what was to be read from it."""
    try:
        yield
    except Problem:
        raise
    except DAMAGE as error:
        words = " ".join(str(error).split())
        raise Problem(f"{path}: {what} can't be read; the file is damaged or incomplete ({words})") from None


def nearest(word, names):
    """The name most like `word`, as an addition to a message.

    Returns
    -------
    str
        ``"; did you mean 'baseline'?"``, or nothing where no name is near.
    """
    found = difflib.get_close_matches(str(word), list(names), n=1, cutoff=0.5)
    return f"; did you mean '{found[0]}'?" if found else ""


def check_name(what, word, names):
    """Refuse a word that is none of the names."""
    if word not in names:
        raise Problem(f"there is no {what} '{word}'{nearest(word, names) or '; there are ' + ', '.join(sorted(names))}")
