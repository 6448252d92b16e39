"""What the options of pattern measures may be, each by its name."""

import datetime

from .measures import VIOLENT


def _text(value):
    return value if isinstance(value, str) and value else None


def _texts(value):
    return value if isinstance(value, list) and value and all(map(_text, value)) else None


def _number(value):
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < 1e6 else None


def _whole(value):
    return _number(value) if isinstance(value, int) else None


def _flag(value):
    return value if isinstance(value, bool) else None


def _date(value):
    """YAML reads a date as one, unless it is in quotes."""
    try:
        return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _period(value):
    days = [_date(one) for one in value] if isinstance(value, list) and len(value) == 2 else [None]
    return days if None not in days and days[0] <= days[1] else None


def _one_of(*words):
    return (lambda value: value if value in words else None), " or ".join(words)


_KINDS = {
    **dict.fromkeys(("authority", "organisation", "one", "other", "cercle"), (_text, "a name")),
    **dict.fromkeys(("organisations", "regions", "recruiters", "by", "instead_of"), (_texts, "a list of names")),
    **dict.fromkeys(("km", "times"), (_number, "a number above 0")),
    **dict.fromkeys(("acts", "days", "dead", "least", "number"), (_whole, "a whole number above 0")),
    **dict.fromkeys(("within", "at_end"), (_flag, "true or false")),
    **dict.fromkeys(("until", "before"), (_date, "a date, YYYY-MM-DD")),
    **dict.fromkeys(("period", "over"), (_period, "[first day, last day]")),
    "type": _one_of(*VIOLENT),
    "law": _one_of("exponential", "lognormal"),
    "what": _one_of("events", "deaths", "civilians_killed_per_event"),
}


def read_option(name, value):
    """The value as measures take it.

    Parameters
    ----------
    name : str
    value : object
        As YAML has it.

    Returns
    -------
    object

    Raises
    ------
    ValueError
        With what was expected.
    """
    read, expected = _KINDS[name]
    found = read(value) if not isinstance(value, dict) else None
    if found is None:
        raise ValueError(expected)
    return found
