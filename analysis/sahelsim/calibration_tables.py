"""A calibration as tables of numbers, of which the screen, JSON and figures are made."""

import numpy
import pandas
from scipy import stats
from scipy.stats import qmc

from . import documents, priors

LAYOUT = 1
SHOWN = 2**11  # points of the prior on which targets are judged one by one
_QUANTILES = (0.05, 0.5, 0.95)


def of_parameters(calibration, draws=None):
    """A row for each parameter.

    Parameters
    ----------
    calibration : calibration.Calibration
    draws : draws.PosteriorDraws, optional

    Returns
    -------
    pandas.DataFrame
        Name, unit, the scenario's value; prior, left and posterior: 5 %, median and 95 %, and least and largest of what is
        left; `narrowed`, 1 less the width of the middle nine tenths of what is left (of the posterior where there is one) as
        a share of the prior's, in the prior's own probability.
    """
    data, rows = calibration.data, []
    points = calibration.left.points
    values = priors.from_unit(data.priors, points) if len(points) else None
    for index, prior in enumerate(data.priors):
        row = {"parameter": prior.name, "unit": prior.unit, "distribution": prior.description,
               "low": prior.low, "high": prior.high, "record_value": data.record_values[index]}
        row.update(zip(("prior_5", "prior_50", "prior_95"), map(float, prior.from_unit(numpy.array(_QUANTILES)))))
        names = ("left_5", "left_50", "left_95")
        row.update(dict.fromkeys((*names, "left_least", "left_largest", "narrowed"), numpy.nan))
        if values is not None:
            row.update(zip(names, numpy.quantile(values[:, index], _QUANTILES)))
            row["left_least"], row["left_largest"] = values[:, index].min(), values[:, index].max()
            row["narrowed"] = _narrowed(points[:, index])
        if draws is not None:
            row.update(zip(("posterior_5", "posterior_50", "posterior_95"),
                           numpy.quantile(draws.values[:, index], _QUANTILES)))
            row["narrowed"] = _narrowed(draws.points[:, index])
        rows.append(row)
    return pandas.DataFrame(rows)


def _narrowed(points):
    low, high = numpy.quantile(points, (0.05, 0.95))
    return 1 - (high - low) / 0.9


def _last_used(calibration, index):
    """The last emulator of a target that is used, or None."""
    return next((fitted[index].emulator for fitted in reversed(calibration.fitted) if fitted[index].used), None)


def of_targets(calibration, draws=None):
    """A row for each target.

    Returns
    -------
    pandas.DataFrame
        Observed figures in the quantity's unit; what the last wave's emulator was worth (`explained`, `coverage`), and what
        the last one that met a later wave was (`coverage_later`); in how many waves it was used, and why not in the last;
        `rules_out`, the share of the prior's space that this target alone rules out; medians over what is left of the
        implausibility and of the standard deviations of emulator, replicates, observation and discrepancy, on the scale; the
        5 %, median and 95 % of the means that are expected there, and of single runs at the posterior draws, in the unit.
    """
    data, left = calibration.data, calibration.left.points
    prior_points = qmc.Sobol(len(data.priors), seed=calibration.settings.seed).random(SHOWN)
    alone = calibration.screens.by_target(prior_points)
    there = calibration.screens.by_target(left) if len(left) else None
    rows = []
    for index, figure in enumerate(calibration.figures):
        last, target = calibration.fitted[-1][index], figure.target
        tested = next((fitted[index].later for fitted in reversed(calibration.fitted) if fitted[index].later), None)
        known = ~numpy.isnan(alone[:, index])
        row = {"target": target.name, "label": target.label, "quantity": target.quantity, "observer": target.observer,
               "source": target.source, "scale": figure.scale.words, "low": target.low, "high": target.high,
               "explained": last.emulator.left_out.explained if last.emulator else numpy.nan,
               "coverage": last.emulator.left_out.coverage if last.emulator else numpy.nan,
               "coverage_later": tested.coverage if tested else numpy.nan, "shared_chance": last.shared,
               "waves_used": sum(fitted[index].used for fitted in calibration.fitted), "why_not": last.why,
               "rules_out": (alone[known, index] > calibration.settings.cutoff).mean() if known.any() else 0.0,
               "least": numpy.nanmin(alone[:, index]) if known.any() else numpy.nan,
               "observation_sd": figure.error, "discrepancy_sd": figure.discrepancy}
        row.update(dict.fromkeys(("implausibility", "emulator_sd", "replicate_sd"), numpy.nan))
        row.update(dict.fromkeys(("expected_5", "expected_50", "expected_95"), numpy.nan))
        emulated = _last_used(calibration, index)
        if there is not None and emulated is not None:
            mean, variance, replicate_variance = emulated.predict(priors.snap(data.priors, left))
            row["implausibility"] = numpy.median(there[:, index])
            row["emulator_sd"] = numpy.sqrt(numpy.median(variance))
            row["replicate_sd"] = numpy.sqrt(numpy.median(replicate_variance))
            row.update(zip(("expected_5", "expected_50", "expected_95"),
                           figure.scale.back(numpy.quantile(mean, _QUANTILES))))
        if draws is not None:
            row.update(dict.fromkeys(("drawn_5", "drawn_50", "drawn_95"), numpy.nan))
            if index in draws.targets:
                foretold = draws.foretold[:, draws.targets.index(index)]
                row.update(zip(("drawn_5", "drawn_50", "drawn_95"), figure.scale.back(numpy.quantile(foretold, _QUANTILES))))
        rows.append(row)
    return pandas.DataFrame(rows)


def of_waves(calibration):
    """A row for each wave: file, points, replicates, emulators that are used, and the share that is left after it."""
    rows = []
    for number, (wave, fitted) in enumerate(zip(calibration.data.waves, calibration.fitted)):
        region = calibration.regions[number]
        rows.append({"wave": number + 1, "file": wave.path, "points": len(wave.points),
                     "replicates": wave.simulated.shape[1], "seed_of_runs": wave.seed,
                     "targets": len(fitted), "targets_used": sum(one.used for one in fitted),
                     "share_left": region.share, "share_left_error": region.share_error * region.share,
                     "levels": region.levels, "least_implausibility": region.least})
    return pandas.DataFrame(rows)


def correlations(calibration, draws=None, least=0.3):
    """Pairs of parameters that hang together in what is left, or in the posterior: Spearman's rank correlation.

    Returns
    -------
    pandas.DataFrame
        one, other, correlation; the strongest first, those below `least` left out.
    """
    points = calibration.left.points if draws is None else draws.points
    names, rows = [prior.name for prior in calibration.data.priors], []
    if len(points) > 2 and len(names) > 1:
        found = numpy.atleast_2d(stats.spearmanr(points).correlation)
        if found.shape == (1, 1):  # of two columns scipy gives the number alone
            found = numpy.array([[1, found[0, 0]], [found[0, 0], 1]])
        rows = [{"one": names[one], "other": names[other], "correlation": found[one, other]}
                for one in range(len(names)) for other in range(one) if abs(found[one, other]) >= least]
    table = pandas.DataFrame(rows, columns=["one", "other", "correlation"])
    return table.reindex(table["correlation"].abs().sort_values(ascending=False, kind="stable").index).reset_index(drop=True)


def of_record(calibration):
    """How the scenario's own values do.

    Returns
    -------
    tuple
        Their implausibility, and the name of the target that holds most against them; None where they lie outside the
        ranges.
    """
    data = calibration.data
    values = data.record_values
    if any(not prior.low <= value <= prior.high for prior, value in zip(data.priors, values)):
        return None
    point = priors.to_unit(data.priors, values[None, :])
    by_target = calibration.screens.by_target(point)[0]
    if numpy.isnan(by_target).all():
        return None
    return float(calibration.screens.measure(point)[0]), calibration.figures[int(numpy.nanargmax(by_target))].target.name


def unsure(targets):
    """Targets in use whose emulator is less sure than all else together, at the median of what is left.

    Parameters
    ----------
    targets : pandas.DataFrame
        As `of_targets` gives it.

    Returns
    -------
    list of str
    """
    others = numpy.sqrt(targets["replicate_sd"] ** 2 + targets["observation_sd"] ** 2 + targets["discrepancy_sd"] ** 2)
    return list(targets["target"][targets["emulator_sd"] > others])


def write_json(path, calibration, tables, draws):
    """All numbers, with settings and notes.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        waves, targets, parameters and correlations.
    """
    settings, data = calibration.settings, calibration.data
    record = of_record(calibration)
    documents.write(path, {
        "layout": LAYOUT, "source": str(data.attributes.get("source", "")), "arm": data.arm,
        "start": str(data.attributes["start"]), "end": str(data.attributes["end"]),
        "cutoff": settings.cutoff, "kth": settings.kth, "discrepancy": settings.discrepancy,
        "discrepancies": settings.discrepancies, "seed": settings.seed,
        **{name: table.to_dict("records") for name, table in tables.items()},
        "record": None if record is None else {"implausibility": record[0], "target": record[1]},
        "posterior": None if draws is None else {
            "draws": len(draws.points), "kept": draws.kept, "effective": draws.effective,
            "tolerance": draws.tolerance, "left_share": draws.left_share},
        "notes": calibration.notes,
    })
