"""The list of patterns that runs are judged by: a YAML file, beside the scenarios unless another is named."""

import inspect
import os
from dataclasses import dataclass, field
from pathlib import Path

from .pattern_options import read_option
from .problems import Problem, nearest

_NAME = "patterns.yaml"
_PATTERN_KEYS = {"label", "measures"}
_MEASURE_KEYS = {"measure", "label", "options", "band", "source", "basis", "elsewhere", "reason"}


@dataclass(frozen=True)
class Measure:
    """One number a run, and where it should lie."""

    name: str  # of the function in pattern_measures; empty where something else measures it
    label: str
    options: dict = field(default_factory=dict)
    low: float = float("nan")  # ends of the band; NaN where there is none
    high: float = float("nan")
    source: str = ""
    basis: str = ""
    reason: str = ""  # why it isn't measured here


@dataclass(frozen=True)
class Pattern:
    """One pattern with its measures."""

    id: str
    label: str
    measures: tuple


def library_folders():
    """Folders in which the library of scenarios may lie: where the program would look, and beside this package."""
    chosen = os.environ.get("SAHELSIM_SCENARIOS")
    if chosen:
        yield Path(chosen)
    for folder in Path(__file__).resolve().parents:
        yield folder / "scenarios"  # of the source tree
        yield folder / "share" / "sahelsim" / "scenarios"  # of an installation


def find():
    """The list that comes with the scenarios: in the first library that has one, in the folder of its country.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    Problem
        Where no library has one, or the first that has one has several.
    """
    for folder in library_folders():
        found = sorted(path for path in folder.glob(f"*/{_NAME}") if path.is_file())
        if len(found) > 1:
            raise Problem(f"{folder}: found {len(found)} lists of patterns ({', '.join(map(str, found))}); --patterns says "
                          "which the runs are judged by")
        if found:
            return found[0]
    raise Problem(f"there is no {_NAME} in the folders of the library of scenarios: SAHELSIM_SCENARIOS names the library, "
                  "--patterns a list")


def read(path):
    """Read a list of patterns.

    Parameters
    ----------
    path : path-like

    Returns
    -------
    list of Pattern

    Raises
    ------
    Problem
        With line or key for what is wrong with it.
    """
    import yaml

    try:
        text = Path(path).read_text(encoding="utf-8")
        document = yaml.safe_load(text)
    except OSError as error:
        raise Problem(f"{path}: can't be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise Problem(f"{path}: found no UTF-8 text, expected a list of patterns (YAML)") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise Problem(f"{path}{line}: {getattr(error, 'problem', None) or error or 'too deeply nested'}") from None
    patterns = document.get("patterns") if isinstance(document, dict) else None
    if not isinstance(patterns, dict) or not patterns:
        raise Problem(f"{path}: found no map 'patterns', expected one of patterns by their name")
    return [_pattern(path, str(name), value) for name, value in patterns.items()]


def _pattern(path, name, value):
    _check_map(path, f"patterns.{name}", value, _PATTERN_KEYS)
    measures = value.get("measures")
    if not isinstance(measures, list) or not measures:
        raise Problem(f"{path}: patterns.{name}.measures: found no list, expected one of measures")
    return Pattern(name, _text(path, f"patterns.{name}", value, "label"),
                   tuple(_measure(path, f"patterns.{name}.measures[{number}]", one) for number, one in enumerate(measures)))


def _check_map(path, key, value, known):
    if not isinstance(value, dict):
        raise Problem(f"{path}: {key}: found {value!r}, expected a map")
    for name in value:
        if name not in known:
            raise Problem(f"{path}: {key}: there is no key '{name}'{nearest(name, known)}")


def _text(path, key, value, name):
    found = value.get(name, "")
    if not isinstance(found, str):
        raise Problem(f"{path}: {key}.{name}: found {found!r}, expected a text")
    return found


def _measure(path, key, value):
    from .pattern_measures import BY_NAME

    _check_map(path, key, value, _MEASURE_KEYS)
    texts = {name: _text(path, key, value, name) for name in ("label", "source", "basis", "reason")}
    if "elsewhere" in value:
        return Measure("", **texts)
    name = _text(path, key, value, "measure")
    if name not in BY_NAME:
        raise Problem(f"{path}: {key}: there is no measure '{name}'{nearest(name, BY_NAME)}")
    options = _options(path, f"{key}.options", name, BY_NAME[name], value.get("options") or {})
    low, high = _band(path, f"{key}.band", value.get("band"))
    return Measure(name, options=options, low=low, high=high, **texts)


def _options(path, key, name, function, options):
    known = list(inspect.signature(function).parameters.values())[1:]
    _check_map(path, key, options, {one.name for one in known})
    for one in known:
        if one.default is one.empty and one.name not in options:
            raise Problem(f"{path}: {key}: measure '{name}' needs '{one.name}'")
    found = {}
    for option, value in options.items():
        try:
            found[option] = read_option(option, value)
        except ValueError as error:
            raise Problem(f"{path}: {key}.{option}: found {value!r}, expected {error}") from None
    return found


def _band(path, key, value):
    if value is None:
        return float("nan"), float("nan")
    fits = isinstance(value, list) and len(value) == 2 and all(isinstance(end, (int, float)) for end in value)
    if not fits or not value[0] <= value[1]:
        raise Problem(f"{path}: {key}: found {value!r}, expected [low, high]")
    return float(value[0]), float(value[1])
