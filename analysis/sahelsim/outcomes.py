"""What is compared: which outcomes there are, how each is made of a variable of the result file, and which way is better."""

from dataclasses import dataclass, field, replace

from .problems import Problem, check_name, nearest

LESS, MORE = "less", "more"


@dataclass(frozen=True)
class Outcome:
    """One number a run, made of one variable of the result file."""

    name: str
    label: str
    variable: str
    unit: str
    kind: str  # "flow": summed over time, "stock": as at the end
    better: str | None = None  # LESS, MORE, or None where neither is better by itself
    chosen: dict = field(default_factory=dict, hash=False)  # axis -> categories that count; of other axes, all
    share: bool = False  # the share of runs in which the variable is above 0
    by_cercle: bool = True  # whether cercles add up to the country

    @property
    def unit_words(self):
        """str: The unit as people read it."""
        return {"1": "", "person": "people", "share": "share of runs"}.get(self.unit, self.unit)


# The table of defaults: name, label, variable, which way is better, and what is special. Neither way is better by itself for
# who rules people, which is for the reader to judge, nor for agreements: one that was never signed can't collapse.
_VIOLENT = {"event_type": ["battle", "explosion_remote_violence", "violence_against_civilians"]}
_DEFAULTS = (
    ("civilians_killed", "Civilians killed", "civilians_killed", LESS, {}),
    ("deaths", "All deaths", "deaths", LESS, {}),
    ("displaced", "Displaced in the country", "displaced", LESS, {}),
    ("population_by_authority", "Residents under", "population_by_authority", None, {}),
    ("schools_closed", "Schools closed", "schools_closed", LESS, {}),
    ("agreement_signed", "Agreement signed", "agreements_signed", None, {"share": True}),
    ("agreement_collapsed", "Agreement collapsed", "agreements_collapsed", None, {"share": True}),
    ("coup", "Coup", "coups", LESS, {"share": True}),
    ("violent_events", "Violent events", "events_by_type", LESS, {"chosen": _VIOLENT}),
)
_DIRECTIONS = {
    **dict.fromkeys(("civilians_killed", "deaths", "displaced", "schools_closed", "coups", "civilians_injured",
                     "civilians_abducted", "civilians_killed_by_community", "raids_with_looting", "land_disputes",
                     "displaced_from", "refugees", "fled", "grievance", "fear", "hardship", "besieged_communes",
                     "people_under_siege", "field_days_denied", "market_days_denied", "hostages", "women_restricted",
                     "deaths_after_collapse"), LESS),
    "market_access": MORE,
}
# Averages over people: cercles don't add up, and neither do categories.
_AVERAGES = {"grievance", "fear", "hardship", "pasture_stress", "control", "strictness", "market_access", "cohesion",
             "relation", "partner_phase", "dialogue_terms", "legitimacy", "protest", "sanctions", "dialogue_support",
             "dialogue_stage", "algiers_accord"}
_SUMMED_STOCKS = {"personnel", "prisoners", "cost_of_operations"}


def _categories(variable, about):
    """Names of single categories, ``control.jnim``, with what they choose and their labels."""
    found = [([], {}, [])]
    for axis in about.axes:
        found = [(names + [name], {**chosen, axis.name: [name]}, labels + [label])
                 for names, chosen, labels in found for name, label in zip(axis.names, axis.labels)]
    return {".".join([variable, *names]): (chosen, ", ".join(labels)) for names, chosen, labels in found if names}


def _sums(variable, about):
    """Whether the variable's categories make a total that means something."""
    if variable in _AVERAGES:
        return False
    return about.kind == "flow" or variable in _SUMMED_STOCKS


def _of_variable(name, about, better):
    variable, _, category = name.partition(".")
    label = about.label[:1].upper() + about.label[1:]
    whole = Outcome(variable, label, variable, about.unit, about.kind, better, by_cercle=variable not in _AVERAGES)
    categories = _categories(variable, about)
    if category:
        check_name(f"category of '{variable}'", name, categories)
        chosen, words = categories[name]
        return [replace(whole, name=name, label=f"{label}: {words}", chosen=chosen)]
    if not categories or _sums(variable, about):
        return [whole]
    if len(categories) > 40:
        raise Problem(f"outcome '{variable}' has {len(categories)} categories: choose some, for instance "
                      f"'{next(iter(categories))}'")
    return [replace(whole, name=key, label=f"{label}: {words}", chosen=chosen)
            for key, (chosen, words) in categories.items()]


def _default(entry, variables):
    name, label, variable, better, special = entry
    if variable not in variables:
        return []
    about = variables[variable]
    found = _of_variable(variable, about, better)
    if len(found) > 1:
        return [replace(one, label=f"{label} {one.label.split(': ', 1)[1]}") for one in found]
    unit = "share" if special.get("share") else about.unit
    return [replace(found[0], name=name, label=label, unit=unit, **special)]


def choose(names, variables, directions=None):
    """The outcomes that are to be compared.

    Parameters
    ----------
    names : list of str or None
        As given with ``--outcomes``: names of defaults, of variables (``refugees``) or of a category of one
        (``control.jnim``). None for the defaults.
    variables : dict of str to results.Variable
        What the file has.
    directions : dict of str to str, optional
        "less" or "more" for outcomes by name, in place of the table's.

    Returns
    -------
    list of Outcome
    """
    defaults = {entry[0]: entry for entry in _DEFAULTS if entry[2] in variables}
    found = []
    for name in names or defaults:
        variable = name.partition(".")[0]
        if name in defaults:
            found += _default(defaults[name], variables)
        elif name.startswith("population_by_authority.") and variable in defaults:
            _of_variable(name, variables[variable], None)  # refuses authorities that there are not
            found += [one for one in _default(defaults[variable], variables) if one.name == name]
        elif variable in variables:
            found += _of_variable(name, variables[variable], _DIRECTIONS.get(variable))
        else:
            raise Problem(f"there is no outcome '{name}'{nearest(name, {*defaults, *variables})} (--list shows all)")
    found = list({one.name: one for one in found}.values())
    for name in directions or {}:
        check_name("outcome among those that are compared", name, {one.name for one in found})
    return [replace(one, better=(directions or {}).get(one.name, one.better)) for one in found]


def listing(variables):
    """What ``--outcomes`` takes, as (name, which way is better, meaning)."""
    lines = [(one.name, one.better or "-", one.label) for one in choose(None, variables)]
    known = {name for name, _, _ in lines} | {"population_by_authority"}
    for name, about in variables.items():
        if name not in known:
            axes = "".join(f".{axis.name}" for axis in about.axes)
            lines.append((name + axes.upper() if not _sums(name, about) else name + (f"[{axes.upper()}]" if axes else ""),
                          _DIRECTIONS.get(name, "-"), about.label))
    return lines
