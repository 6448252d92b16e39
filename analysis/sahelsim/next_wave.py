"""Points for the program: a list of them as CSV, and a sweep file that simulates the next wave."""

import csv
import json
import os

from .problems import Problem

_KEPT = ("branch", "summary", "outputs", "replicates")


def paths_of(name):
    """Where the next wave is written.

    Parameters
    ----------
    name : str
        "wave2" or "wave2.yaml", with a folder before it or not.

    Returns
    -------
    dict
        sweep, points and scenario: "wave2.yaml", "wave2.csv" and "wave2-scenario.yaml".
    """
    stem = name[:-len(".yaml")] if name.endswith(".yaml") else name
    last = os.path.basename(stem)
    if not last or not all(c.isascii() and (c.isalnum() or c in "-_.") for c in last):
        raise Problem(f"-o {name}: expected a name of letters, digits, '-', '_' and '.', which sweeps are called by")
    return {"sweep": stem + ".yaml", "points": stem + ".csv", "scenario": stem + "-scenario.yaml"}


def write_points(path, priors, values):
    """Write points as a design of type list reads them.

    Parameters
    ----------
    path : str
    priors : list of priors.Prior
    values : numpy.ndarray
        [point, factor] in the parameters' units.
    """
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([prior.name for prior in priors])
        for row in values:
            writer.writerow([str(int(value)) if prior.whole else repr(float(value)) for prior, value in zip(priors, row)])


def _kept(text):
    """What the last wave's sweep file says of outputs and replicates."""
    import yaml

    try:
        # All scalars as they stand: dates and numbers are the program's to read.
        found = yaml.load(text, yaml.BaseLoader)
    except yaml.YAMLError:
        found = None
    if not isinstance(found, dict):
        raise Problem("the sweep file that the last wave's results hold can't be read as YAML")
    return {key: found[key] for key in _KEPT if key in found}, str(found.get("title", ""))


def _inline(value):
    """YAML in one line; scalars as they stood."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_inline(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return str(value)


def write_sweep(paths, data, values, number):
    """Write the sweep of the next wave, with the arm's scenario as it was run beside it.

    Its seed is the last wave's plus 1, so that waves don't share their random numbers.

    Parameters
    ----------
    paths : dict
        As `paths_of` gives them.
    data : waves.Calibrated
    values : numpy.ndarray
        [point, factor] in the parameters' units.
    number : int
        Of the wave, from 1.
    """
    kept, title = _kept(data.sweep_text)
    title = title.partition(" (wave ")[0]
    earlier = ", ".join(wave.path for wave in data.waves)
    lines = [
        f"# Wave {number} of a calibration: points that the waves before it do not rule out.",
        f"title: {json.dumps(f'{title} (wave {number})', ensure_ascii=False)}",
        f"description: {json.dumps(f'Points left by history matching with {earlier}.', ensure_ascii=False)}",
        f"arms: {{{data.arm}: {os.path.basename(paths['scenario'])}}}",
        f"design: {{type: list, file: {os.path.basename(paths['points'])}}}",
        *[f"{key}: {_inline(value)}" for key, value in kept.items()],
        f"seed: {max(wave.seed for wave in data.waves) + 1}",
    ]
    with open(paths["scenario"], "w", encoding="utf-8") as file:
        file.write(data.scenario_text)
    write_points(paths["points"], data.priors, values)
    with open(paths["sweep"], "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
