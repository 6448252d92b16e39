"""What a result file says of its scenarios: what they are for, their interventions, parameters and sources, who made it."""

from dataclasses import dataclass, field

import pandas
import yaml

from .problems import reading

INTERVENTION = ("intervention", "type", "date", "until", "condition", "change", "source", "note")
PARAMETER = ("parameter", "value", "unit", "low", "high", "status", "source", "place", "meaning", "note")
SOURCE = ("source", "title", "authors", "year", "url")
FACTOR = ("factor", "unit", "distribution", "low", "high", "arms", "status", "source", "place", "meaning")


@dataclass
class Scenario:
    """One arm as it was simulated.

    Attributes
    ----------
    arm, title, description, path : str
    interventions, sources : pandas.DataFrame
        A row each, in the file's order.
    parameters : pandas.DataFrame
        A row each, with the parameter's name as index.
    mechanisms : dict of str to bool
        Whether each is on at the start.
    """

    arm: str
    title: str
    description: str = ""
    path: str = ""
    interventions: pandas.DataFrame = field(default_factory=lambda: pandas.DataFrame(columns=INTERVENTION))
    parameters: pandas.DataFrame = field(default_factory=lambda: pandas.DataFrame(columns=PARAMETER[1:]))
    sources: pandas.DataFrame = field(default_factory=lambda: pandas.DataFrame(columns=SOURCE))
    mechanisms: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Making:
    """How one file was made; times as the file has them, empty where it has none."""

    path: str
    source: str
    git_hash: str
    seed: int
    started: str
    finished: str
    complete: bool


def scenarios(results):
    """The scenarios of all arms.

    Parameters
    ----------
    results : results.Results

    Returns
    -------
    list of Scenario
        In the order of `results.arms`.

    Raises
    ------
    Problem
        Where what the file says of them is damaged.
    """
    if results.is_sweep:
        path, every = results.groups("arms")[0]
        return [_scenario(arm, path, every.get(arm) if every is not None else None) for arm in results.arms]
    return [_scenario(arm, path, group) for arm, (path, group) in zip(results.arms, results.groups("/"))]


def _scenario(arm, path, group):
    if group is None or "scenario" not in group or "parameters" not in group:
        return Scenario(arm, arm, path=path)
    with reading(path, f"what it says of scenario '{arm}'"):
        about = group["scenario"]
        text = about["text"].asstr()[()]
        return Scenario(
            arm, _title(text) or arm, _text(about, "description"), path,
            _records(about, INTERVENTION, "intervention"),
            _records(group["parameters"], PARAMETER).set_index("parameter"),
            _records(about, SOURCE, "source"),
            dict(zip(_column(about["mechanism"]), map(bool, about["mechanism_on"][:]))) if "mechanism" in about else {})


def _title(text):
    """The title of a scenario, which is the first line of its YAML; the rest is long."""
    first = text.partition("\n")[0]
    try:
        found = yaml.safe_load(first) if first.startswith("title:") else None
    except yaml.YAMLError:
        found = None
    return str(found["title"]) if found and found["title"] else ""


def _text(group, name):
    return str(group[name].asstr()[()]) if name in group else ""


def _column(variable):
    return [str(text) for text in variable.asstr()[:]] if variable.dtype.kind == "O" else variable[:]


def _records(group, names, prefix=""):
    """A table of variables that are called by the prefix, or by the prefix and their name."""
    full = {name: name if name == prefix or not prefix else f"{prefix}_{name}" for name in names}
    return pandas.DataFrame({name: _column(group[variable]) for name, variable in full.items()})


def factors(results):
    """What varies between the points of a sweep.

    Returns
    -------
    pandas.DataFrame
        A row for each parameter that varies; empty where none does.
    """
    path, group = results.groups("design")[0]
    with reading(path, "/design"):
        if group is None or not len(group["factor"]):
            return pandas.DataFrame(columns=FACTOR)
        return _records(group, FACTOR)


def making(results):
    """list of Making: How each file was made."""
    found = []
    for (path, root), (_, runtime) in zip(results.groups("/"), results.groups("runtime")):
        with reading(path, "how it was made"):
            times = {name: _text(runtime, name) if runtime is not None else "" for name in ("started", "finished", "merged")}
            found.append(Making(path, str(root.attrs.get("source", "")), str(root.attrs.get("git_hash", "")),
                                int(root.attrs["seed"]), times["started"], times["finished"] or times["merged"],
                                bool(root.attrs.get("complete", 0))))
    return found


def about_sweep(results):
    """str: What a sweep is for; empty for files of `run`."""
    path, group = results.groups("sweep")[0]
    with reading(path, "/sweep/description"):
        return _text(group, "description") if group is not None else ""


def differing_parameters(found):
    """Parameters whose values are not the same in all scenarios.

    Parameters
    ----------
    found : list of Scenario

    Returns
    -------
    records : pandas.DataFrame
        Of the first scenario that has each.
    values : pandas.DataFrame
        [parameter, arm]; NaN where an arm has no such parameter.
    """
    values = pandas.DataFrame({one.arm: one.parameters["value"] for one in found})
    records = pandas.concat([one.parameters for one in found])
    records = records[~records.index.duplicated()]
    differs = values.index[values.nunique(axis=1, dropna=False) > 1]
    return records.loc[differs].rename_axis("parameter"), values.loc[differs]


def differing_mechanisms(found):
    """dict of str to list of bool or None: Switches that are not the same in all scenarios, in their order."""
    names = dict.fromkeys(name for one in found for name in one.mechanisms)
    every = {name: [one.mechanisms.get(name) for one in found] for name in names}
    return {name: states for name, states in every.items() if len(set(states)) > 1}


def interventions_by_arms(found):
    """Interventions, and which arms have them just so.

    Parameters
    ----------
    found : list of Scenario

    Returns
    -------
    list of (dict, list of str)
        An intervention and the names of its arms; one that an arm has in another form comes twice. By date, those that
        wait on a condition last.
    """
    arms_of = {}
    for one in found:
        for row in one.interventions.itertuples(index=False):
            arms_of.setdefault(tuple(row), []).append(one.arm)
    rows = [(dict(zip(INTERVENTION, row)), arms) for row, arms in arms_of.items()]
    return sorted(rows, key=lambda row: (row[0]["date"] or "9", row[0]["intervention"]))


def sources(found):
    """pandas.DataFrame: Every source that a scenario cites, once."""
    return pandas.concat([one.sources for one in found]).drop_duplicates("source", ignore_index=True)
