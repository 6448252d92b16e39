"""What the numbers of a sensitivity analysis allow to say, one plain line an outcome and never more than they do."""

import math

from .sensitivity_analysis import EFFECTS, RANKS, SOBOL
from .text import number, percent, signed
from .words import scale

_MOST_NAMED, _MOST_LISTED = 3, 5


def _share(value):
    """An index in percent; estimates may fall a little short of 0."""
    return percent(max(0.0, value))


def _span(row, name, form):
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    return f"; 90 % interval {form(low)} to {form(high)}" if low == low else ""


def _of_sobol(row, _):
    """Estimates may exceed 100 %, which no share can."""
    about = ("" if row["total"] <= 1 else "; no share can be more than all" if row["total_low"] > 1 else "; about all")
    span = _span(row, "total", _share)
    inside = (about + (span and f"{span} %"))[2:]
    return f"{row['factor']} {_share(row['total'])} %" + (inside and f" ({inside})")


def _of_effects(row, times):
    def form(value):
        return number(value * times)

    way = " up" if row["mu_low"] > 0 else " down" if row["mu_high"] < 0 else ""
    return f"{row['factor']} (mu* {form(row['mu_star'])}{_span(row, 'mu_star', form)}{';' + way if way else ''})"


def _of_ranks(row, _):
    return f"{row['factor']} (PRCC {signed_index(row['prcc'])}{_span(row, 'prcc', signed_index)})"


_FORMS = {SOBOL: _of_sobol, EFFECTS: _of_effects, RANKS: _of_ranks}
_LEADS = {SOBOL: "of the variance that parameters make, alone and with others: ", EFFECTS: "moved most by ",
          RANKS: "goes with "}


def _listed(rows):
    names = [row["factor"] for row in rows]
    more = len(names) - _MOST_LISTED
    return ", ".join(names[:_MOST_LISTED]) + (f" and {more} more" if more > 0 else "")


def _named(rows, summary, method):
    shown = ", ".join(_FORMS[method](row, scale(summary["unit"])) for row in rows[:_MOST_NAMED])
    more = len(rows) - _MOST_NAMED
    return _LEADS[method] + shown + (f" and {more} more" if more > 0 else "")


def _chance(summary):
    if summary["chance_share"] != summary["chance_share"]:
        return ""
    single = "pairs" if summary["reference"] else "runs"
    return (f" Chance makes {percent(summary['chance_share'])} % of the variance of single {single} (90 % interval "
            f"{percent(summary['chance_low'])} to {percent(summary['chance_high'])} %).")


def _ranked(rows):
    """Factors of which the index may be 0 but the rank correlation is not."""
    if not rows:
        return []
    shown = ", ".join(f"{row['factor']} (PRCC {signed_index(row['prcc'])})" for row in rows[:_MOST_NAMED])
    more = len(rows) - _MOST_NAMED
    return ["no index that is surely above 0, but ranks that go with the outcome's: " + shown +
            (f" and {more} more" if more > 0 else "")]


def sentence(summary, rows, method):
    """One line on one outcome of one arm or difference.

    Parameters
    ----------
    summary : mapping
        A row of `Analysis.summaries`.
    rows : list of mapping
        Its rows of `Analysis.factors`, the strongest first.
    method : str

    Returns
    -------
    str
    """
    start = f"{summary['label']}: "
    if summary["constant"]:
        return start + f"the same in all runs ({number(summary['mean'] * scale(summary['unit']))}); there is nothing to explain."
    told = [row for row in rows if row["told"] == "yes"]
    by_ranks = [row for row in rows if row["told"] == "ranks"]
    none = [row for row in rows if row["told"] == "no"]
    open_ones = [row for row in rows if row["told"] == ""]
    if method == SOBOL and rows[0]["total"] != rows[0]["total"]:
        return start + (f"too little of the variance is the parameters' to share it out, with {summary['units']} base samples "
                        f"and {summary['replicates']} replicate{'s' if summary['replicates'] > 1 else ''}" +
                        "".join(f"; {part}" for part in _ranked(by_ranks)) + ".") + _chance(summary)
    parts = []
    if told:
        parts.append(_named(told, summary, method))
    parts += _ranked(by_ranks)
    if open_ones:
        parts.append(_named(open_ones, summary, method) + ", chance included")
    if none:
        parts.append(f"no parameter can be told from none with these {summary['points']} points" if len(none) == len(rows) > 1
                     else f"can't be told from none: {_listed(none)}")
    return start + "; ".join(parts) + "." + _chance(summary)


def signed_index(value):
    """A correlation with its sign."""
    return "-" if value != value else signed(value, index)


def index(value):
    """An index or correlation with two digits."""
    return number(value) if not math.isfinite(value) else "0" if round(value, 2) == 0 else f"{value:.2f}"
