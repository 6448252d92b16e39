"""Arms against a reference, outcome by outcome: numbers only; words, tables and figures are made of them elsewhere."""

from dataclasses import dataclass, field

import numpy
import pandas
import xarray
from scipy import stats

from . import statistics
from .outcomes import LESS, MORE, Outcome
from .problems import Problem
from .results import over_time

FEWEST_FOR_INTERVAL, FEWEST = 5, 2
ALPHA = 0.05  # of corrected p-values
_PART_RESAMPLES = 1999  # of years and regions, of which there are many


@dataclass(frozen=True)
class Settings:
    """What was asked for."""

    reference: str
    arms: list  # without the reference
    outcomes: list  # of Outcome
    margin: float = 0.05  # share of the reference's mean within which arms count as alike
    weights: dict = field(default_factory=dict)  # outcome name -> weight, in one over the outcome's unit
    pareto: list = field(default_factory=list)  # names of outcomes; empty: all with a better way
    seed: int = 1


@dataclass
class Comparison:
    """What came of it.

    Attributes
    ----------
    effects : pandas.DataFrame
        A row for each arm and outcome; see docs/tutorial-compare.md for the columns.
    parts : pandas.DataFrame
        The same by year and by region, with the mean difference and its interval only.
    pareto : pandas.DataFrame or None
        A row for each arm, the reference among them.
    notes : list of str
    """

    settings: Settings
    effects: pandas.DataFrame
    parts: pandas.DataFrame
    pareto: pandas.DataFrame | None
    notes: list


class Pairs:
    """The pairs of an arm and the reference, and how their chance is reckoned.

    `way` is "replicates" where there is one point, "points" where each point has one replicate, "crossed" otherwise.
    """

    def __init__(self, results, arm, reference):
        self.name = arm
        self.arm, self.reference = results.arms.index(arm), results.arms.index(reference)
        self.known = results.done[self.arm] & results.done[self.reference]
        self.count = int(self.known.sum())
        self.dropped = int((results.planned[self.arm] | results.planned[self.reference]).sum()) - self.count
        self.points = int(self.known.any(1).sum())
        self.replicates = int(self.known.any(0).sum())
        crossed = self.replicates > 1 and (self.known.sum(1) > 1).any()
        self.way = "replicates" if self.points == 1 else "crossed" if crossed else "points"

    def cells(self, values):
        """Values of the reference and of the arm, [point, replicate, ...], NaN where there is no pair."""
        known = self.known.reshape(self.known.shape + (1,) * (values.ndim - 3))
        return tuple(numpy.where(known, values[index], numpy.nan) for index in (self.reference, self.arm))

    def difference(self, values):
        """Arm less reference, [point, replicate, ...]."""
        of_reference, of_arm = self.cells(values)
        return of_arm - of_reference

    def means(self, differences, seed, resamples=9999):
        """Mean differences with errors and intervals.

        Parameters
        ----------
        differences : numpy.ndarray
            [point, replicate, row]

        Returns
        -------
        pandas.DataFrame
            A row each: mean, low, high, error, freedom, p, between, within; NaN where there are too few pairs.
        """
        if self.way == "crossed":
            return pandas.DataFrame([self._crossed(differences[..., row]) for row in range(differences.shape[-1])])
        rows = differences[self.known].T
        found = pandas.DataFrame({"mean": rows.mean(1)})
        found[["low", "high", "p", "between", "within"]] = numpy.nan
        found["error"], found["freedom"] = rows.std(1, ddof=1) / numpy.sqrt(self.count), self.count - 1
        if self.count >= FEWEST_FOR_INTERVAL:
            found[["low", "high"]] = statistics.bca_interval(rows, seed=seed, resamples=resamples)
            found["p"] = statistics.sign_flip_p(rows, seed=seed) if resamples > _PART_RESAMPLES else numpy.nan
        return found

    def _crossed(self, cells):
        found = statistics.two_way(cells)
        answer = {**found._asdict(), "low": numpy.nan, "high": numpy.nan, "p": numpy.nan}
        if self.count >= FEWEST_FOR_INTERVAL and not numpy.isnan(found.error):
            answer["low"], answer["high"] = statistics.two_way_interval(found)
            ratio = abs(found.mean) / found.error if found.error > 0 else numpy.inf if found.mean else 0.0
            answer["p"] = 2 * stats.t.sf(ratio, found.freedom)
        return answer


def sign_of(outcome):
    """1 where more is better or neither is, -1 where less is."""
    return -1 if outcome.better == LESS else 1


def _weighted(settings, totals):
    """The one number that was asked for, as an outcome of its own."""
    by_name = {one.name: one for one in settings.outcomes}
    for name in settings.weights:
        if by_name[name].better is None:
            raise Problem(f"--weights: for '{name}' neither less nor more is better by itself; --better {name}=less (or more) "
                          "says which")
    values = sum(weight * -sign_of(by_name[name]) * totals[name] for name, weight in settings.weights.items())
    return Outcome("weighted", "Weighted sum", "", "weighted", "flow", LESS, by_cercle=False), values


def _describe(outcome, pairs, values, row, settings):
    """One row of the table of effects."""
    of_reference, of_arm = pairs.cells(values)
    differences = (of_arm - of_reference)[pairs.known]
    known = [cells[pairs.known] for cells in (of_reference, of_arm)]
    sign = sign_of(outcome)
    # Who loses most: where neither way is better, the highest tenth.
    worst = [statistics.worst_tenth(each, 1 if outcome.better == MORE else -1) for each in known]
    middle = [_mean(cells, pairs.known) for cells in (of_reference, of_arm)]
    margin = settings.margin * abs(middle[0]) or numpy.nan
    low, high = numpy.quantile(differences, [0.05, 0.95])
    middles = [numpy.median(each) for each in (differences, *known)]
    within = (numpy.abs(differences) <= margin).mean() if margin > 0 else numpy.nan
    if outcome.share:  # 0 or 1 in each run: only means say something
        low = high = within = numpy.nan
        middles, worst = [numpy.nan] * 3, [numpy.nan] * 2
    by_point = [cells[pairs.known[point]].mean() for point, cells in enumerate(of_arm - of_reference)
                if pairs.known[point].any()]
    able = not numpy.isnan(row["error"]) and not numpy.isnan(margin) and not numpy.isnan(row["low"])
    return {
        "outcome": outcome.name, "label": outcome.label, "unit": outcome.unit, "better": outcome.better or "",
        "arm": pairs.name, "reference": settings.reference,
        "points": pairs.points, "pairs": pairs.count, "pairs_dropped": pairs.dropped, "way": pairs.way,
        "reference_mean": middle[0], "arm_mean": middle[1],
        "median": middles[0], "mean": row["mean"], "low": row["low"], "high": row["high"],
        "range_low": low, "range_high": high,
        "relative": row["mean"] / abs(middle[0]) if middle[0] else numpy.nan,
        "probability": statistics.paired_probability(differences, sign),
        "probability_of": "better" if outcome.better else "more",
        "points_probability": statistics.paired_probability(by_point, sign) if pairs.points > 1 else numpy.nan,
        "between_points": row["between"], "within_points": row["within"],
        "p": row["p"] if differences.any() else numpy.nan, "p_corrected": numpy.nan,
        "correlation": statistics.correlation(of_reference, of_arm),
        "margin": margin, "pairs_within_margin": within,
        "p_equivalent": statistics.equivalence_p(row["mean"], row["error"], row["freedom"], margin) if able else numpy.nan,
        "reference_median": middles[1], "arm_median": middles[2],
        "reference_worst_tenth": worst[0], "arm_worst_tenth": worst[1],
        "no_difference": not differences.any(),
    }


def _mean(cells, known):
    """Mean over points, which count alike, of the means over replicates."""
    kept = known.any(1)
    return float((numpy.where(known, cells, 0).sum(1)[kept] / known.sum(1)[kept]).mean())


def _verdict(row):
    """What the numbers allow to say, from the surest statement down."""
    if row["no_difference"]:
        return "no_difference"
    if numpy.isnan(row["low"]):
        return "too_few_pairs"
    same = row["p_equivalent"] < ALPHA
    if row["p_corrected"] < ALPHA:
        return "different_within_margin" if same else "different"
    if same:
        return "equivalent"
    return "hint" if row["low"] > 0 or row["high"] < 0 else "unclear"


def _pairs_of(results, settings):
    found = []
    for arm in settings.arms:
        pairs = Pairs(results, arm, settings.reference)
        if pairs.count < FEWEST:
            raise Problem(f"arm '{arm}' and '{settings.reference}' have {pairs.count} pair{'s' if pairs.count != 1 else ''} "
                          f"of runs that are done, expected {FEWEST} at least" +
                          ("; --arms chooses others" if len(settings.arms) > 1 else ""))
        found.append(pairs)
    return found


def _effects(settings, every, totals, outcomes):
    rows = []
    for pairs in every:
        stack = numpy.stack([totals[one.name].values for one in outcomes], -1)
        means = pairs.means(pairs.difference(stack), settings.seed)
        for index, outcome in enumerate(outcomes):
            rows.append(_describe(outcome, pairs, totals[outcome.name].values, means.iloc[index], settings))
    table = pandas.DataFrame(rows)
    # Where nothing differs no test could ever find a difference: these do not count (Tarone 1990, Biometrics 46:515-522).
    table["p_corrected"] = statistics.holm(table["p"].to_numpy(dtype=float))
    table["verdict"] = table.apply(_verdict, axis=1)
    return table.drop(columns="no_difference")


def _by_year(series, outcome):
    years = [over_time(part, outcome).expand_dims(part=[str(year)], axis=-1)
             for year, part in series.groupby("time.year")]
    return xarray.concat(years, "part")


def _by_region(cercles, values, outcome):
    regions = xarray.DataArray(cercles.regions, dims="cercle", name="part")
    # skipna would make 0 of runs that are not done.
    return values.groupby(regions).sum("cercle", skipna=False)


def _parts(results, settings, every):
    """Mean differences by year and by region."""
    rows = []
    for outcome in settings.outcomes:
        found = []
        series = results.monthly(outcome)
        if series is not None:
            found.append(("year", _by_year(series, outcome)))
        values = results.by_cercle(outcome)
        if values is not None and not outcome.share:
            found.append(("region", _by_region(results.cercles, values, outcome)))
        for scope, array in found:
            for pairs in every:
                rows += _part_rows(scope, array, outcome, pairs, settings)
    return pandas.DataFrame(rows, columns=["scope", "part", "outcome", "label", "unit", "better", "arm", "reference", "pairs",
                                           "reference_mean", "arm_mean", "mean", "low", "high"])


def _part_rows(scope, array, outcome, pairs, settings):
    values = array.transpose("arm", "point", "replicate", "part").values
    of_reference, of_arm = pairs.cells(values)
    means = pairs.means(of_arm - of_reference, settings.seed, _PART_RESAMPLES)
    for index, part in enumerate(array["part"].values):
        yield {"scope": scope, "part": str(part), "outcome": outcome.name, "label": outcome.label, "unit": outcome.unit,
               "better": outcome.better or "", "arm": pairs.name, "reference": settings.reference, "pairs": pairs.count,
               "reference_mean": _mean(of_reference[..., index], pairs.known),
               "arm_mean": _mean(of_arm[..., index], pairs.known),
               **means.iloc[index][["mean", "low", "high"]].to_dict()}


def _pareto(results, settings, totals):
    """Which arms no other beats in all outcomes, on the means of runs that all arms have, and how sure that is."""
    chosen = [one for one in settings.outcomes if one.better and (not settings.pareto or one.name in settings.pareto)]
    arms = [settings.reference, *settings.arms]
    if len(chosen) < 2:
        return None
    numbers = [results.arms.index(arm) for arm in arms]
    known = results.done[numbers].all(0)
    if known.sum() < FEWEST:
        return None
    costs = numpy.stack([-sign_of(one) * totals[one.name].values[numbers] for one in chosen], -1)
    costs = numpy.where(known[None, ..., None], costs, 0)
    # Points and replicates are drawn anew, each by itself, since a replicate has the same chance at all points.
    generator = numpy.random.default_rng(settings.seed)
    shares = numpy.zeros(len(arms))
    draws = 500
    for _ in range(draws):
        weight = numpy.outer(*[generator.multinomial(size, numpy.full(size, 1 / size)) if size > 1 else numpy.ones(1)
                               for size in known.shape]) * known
        if weight.sum() == 0:
            weight = known * 1.0
        shares += statistics.front(numpy.einsum("apro,pr->ao", costs, weight) / weight.sum())
    means = numpy.stack([[_mean(totals[one.name].values[number], known) for one in chosen] for number in numbers])
    table = pandas.DataFrame(means, columns=[one.name for one in chosen])
    table.insert(0, "arm", arms)
    signs = numpy.array([-sign_of(one) for one in chosen])
    table["unbeaten"] = statistics.front(means * signs)
    table["unbeaten_share"] = shares / draws
    return table


def _notes(results, settings, every, effects):
    notes = list(results.notes)
    left_out = {}
    for pairs in every:
        if pairs.dropped:
            left_out.setdefault((pairs.dropped, pairs.dropped + pairs.count), []).append(pairs.name)
    for (dropped, all_pairs), arms in left_out.items():
        names = "each arm" if len(arms) == len(every) > 1 else ", ".join(arms)
        notes.append(f"{dropped} of {all_pairs} pairs with {names} are left out: one run of them or both failed, is pending "
                     "or is not in the files.")
    fewest = min(pairs.count for pairs in every)
    if fewest < FEWEST_FOR_INTERVAL:
        notes.append(f"Intervals and tests need {FEWEST_FOR_INTERVAL} pairs and are left out where there are fewer.")
    tests = int(effects["p"].notna().sum())
    if fewest >= FEWEST_FOR_INTERVAL and any(pairs.way != "crossed" for pairs in every):
        least = max(statistics.smallest_p(pairs.count) for pairs in every if pairs.way != "crossed")
        if least * tests >= ALPHA:
            notes.append(f"With {fewest} pairs and {tests} comparisons no difference could pass the correction, however large: "
                         "compare fewer outcomes or arms, or make more runs.")
    ways = {pairs.way for pairs in every}
    if "crossed" in ways:
        notes.append("Several points: intervals and p-values are by Student's t, counting the chance of points and of "
                     "replicates, which share random numbers between points.")
    if "points" in ways:
        notes.append("One replicate a point: what parameters do and what chance does can't be told apart.")
    if not results.has_series:
        notes.append("The file has summaries only: nothing by year" + ("" if results.has_cercles else " or region") +
                     " (outputs: [summary, series] in the sweep file keeps series).")
    return notes


def compare(results, settings):
    """Compare every arm with the reference.

    Parameters
    ----------
    results : results.Results
    settings : Settings

    Returns
    -------
    Comparison

    Raises
    ------
    Problem
        Where an arm has fewer than two pairs.
    """
    every = _pairs_of(results, settings)
    totals = {one.name: results.totals(one) for one in settings.outcomes}
    outcomes = list(settings.outcomes)
    if settings.weights:
        weighted, values = _weighted(settings, totals)
        totals[weighted.name] = values
        outcomes.append(weighted)
    effects = _effects(settings, every, totals, outcomes)
    return Comparison(settings, effects, _parts(results, settings, every), _pareto(results, settings, totals),
                      _notes(results, settings, every, effects))
