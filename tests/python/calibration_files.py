"""Result files of sweeps, made by hand with a cheap known model in place of the simulator."""

import h5py
import made_up
import numpy
from scipy.stats import qmc

PARAMETERS = ("war.rate", "war.spread", "war.decay")
LOW, HIGH = numpy.array([0.0, 10.0, 1.0]), numpy.array([1.0, 1000.0, 5.0])
DISTRIBUTIONS = ("uniform 0 ... 1", "log_uniform 10 ... 1000", "triangular 1 ... 5 with mode 2")
RECORD = (0.4, 100.0, 2.0)
TRUTH = numpy.array([0.62, 60.0, 2.4])
CHANCE = 0.15  # standard deviation of the logarithm of a run, and of classes
TARGETS = (
    # name, role, quantity, observation_error, area_share, kind
    ("incidents-one", "calibration", "incidents", 0.1, 1.0, "single"),
    ("judge-deaths", "validation", "deaths", 0.1, 1.0, "single"),
    ("deaths-one", "calibration", "deaths", 0.1, 0.8, "single"),
    ("class-one", "calibration", "presence_class", 0.2, 1.0, "single"),
    ("killed-least", "calibration", "civilians_killed", 0.2, 1.0, "least"),
    ("displaced-range", "calibration", "displaced", 0.15, 1.0, "range"),
    ("judge-incidents", "validation", "incidents", 0.1, 1.0, "single"),
    ("no-counterpart", "calibration", "", 0.0, 1.0, "none"),
)
SWEEP = """\
title: "A made-up war"
arms: {war: war.yaml}
until: 2017-03-31
vary:
  war.rate: range
design: {type: latin_hypercube, points: 60}
replicates: 4
outputs: [summary]
"""


def means(values):
    """[point, target] What a run gives without chance."""
    a, b, c = values[:, 0], numpy.log(values[:, 1] / 10) / numpy.log(100), (values[:, 2] - 1) / 4
    return numpy.stack([
        numpy.exp(3 + 2 * a + numpy.sin(3 * b)),
        numpy.exp(3 + a),
        numpy.exp(6 + a * b - 2 * c),
        0.5 + 2 * a * (1 - b) + c,
        numpy.exp(4 + c + b),
        numpy.exp(8 + 1.5 * b - a),
        numpy.exp(4 + b),
        numpy.full(len(values), numpy.nan),
    ], -1)


def simulate(values, replicates, generator, shared=0.0):
    """[point, replicate, target] Lognormal chance, of which `shared` is the part that all points have in common."""
    of_mean = means(values)
    chance = numpy.sqrt(1 - shared) * generator.standard_normal((len(values), replicates, of_mean.shape[1]))
    chance = CHANCE * (chance + numpy.sqrt(shared) * generator.standard_normal((1, replicates, of_mean.shape[1])))
    found = of_mean[:, None, :] * numpy.exp(chance)
    found[..., 3] = of_mean[:, None, 3] + chance[..., 3]
    return found


def observe(generator, truth=TRUTH):
    """low and high of each target: one run at the truth, seen with the error of observation."""
    run = simulate(truth[None, :], 1, generator)[0, 0]
    errors = numpy.array([target[3] for target in TARGETS]) * generator.standard_normal(len(TARGETS))
    seen = numpy.where([target[2] == "presence_class" for target in TARGETS], run + errors, run * numpy.exp(errors))
    kinds = [target[5] for target in TARGETS]
    low = numpy.array([x * {"least": 0.7, "range": 0.8}.get(kind, 1.0) for x, kind in zip(seen, kinds)])
    high = numpy.array([numpy.inf if kind == "least" else x * (1.2 if kind == "range" else 1.0)
                        for x, kind in zip(seen, kinds)])
    # The source tells of the whole area, of which the simulated country is a part.
    share = numpy.array([target[4] for target in TARGETS])
    return low / share, high / share


def hypercube(points, seed):
    """A latin hypercube over the priors, [point, factor]."""
    u = qmc.LatinHypercube(len(PARAMETERS), seed=seed).random(points)
    low, high, mode = LOW[2], HIGH[2], 2.0
    rising = (mode - low) / (high - low)
    c = numpy.where(u[:, 2] < rising, low + (high - low) * numpy.sqrt(u[:, 2] * rising),
                    high - (high - low) * numpy.sqrt((1 - u[:, 2]) * (1 - rising)))
    return numpy.stack([u[:, 0], 10 * 100 ** u[:, 1], c], -1)


def _texts(group, name, texts):
    group.create_dataset(name, data=list(texts), dtype=h5py.string_dtype())


def write_wave(path, values, simulated, bounds, *, listed=False, seed=1, parameters=PARAMETERS, distributions=DISTRIBUTIONS,
               record=RECORD, targets=TARGETS, text=SWEEP):
    """A sweep's file with /targets.

    Parameters
    ----------
    values : [point, factor]
    simulated : [point, replicate, target]
    bounds : low and high, [target] each
    """
    points, replicates, _ = simulated.shape
    run = points * replicates
    with h5py.File(path, "w") as data:
        data.attrs.update({"schema_version": 1, "seed": seed, "git_hash": "abc", "start": "2017-01-01", "end": "2017-03-31",
                           "persons_per_agent": 1000, "sweep": "war", "source": "sahelsim 0.1.0", "replicates": replicates,
                           "design": "list" if listed else "latin_hypercube", "summary_start": "2017-01-01",
                           "summary_end": "2017-03-31"})
        _texts(data, "arm", ["war"] * run)
        data["point"] = numpy.repeat(numpy.arange(points), replicates).astype("i4")
        data["replicate"] = numpy.tile(numpy.arange(replicates), points).astype("i4")
        data["status"] = numpy.ones(run, "i1")
        data.create_group("summary")
        design = data.create_group("design")
        for name, texts in (("factor", parameters), ("unit", ["1"] * len(parameters)), ("arms", [""] * len(parameters)),
                            ("distribution", ["listed"] * len(parameters) if listed else distributions)):
            _texts(design, name, texts)
        design["value"] = values
        design["record_value"] = numpy.array(record, dtype=float)
        names, roles, quantities, errors, shares, kinds = zip(*targets)
        made_up.put_targets(data, simulated.reshape(run, -1), target=names, role=roles, quantity=quantities, observer="un",
                            source="report", answer=["no_counterpart" if kind == "none" else "answered" for kind in kinds],
                            low=bounds[0], high=bounds[1], observation_error=errors, area_share=shares)
        arm = data.create_group("arms/war")
        _texts(arm, "parameters/parameter", [*parameters, "war.other"])
        arm["parameters/value"] = numpy.array([*record, 7.0])
        arm.create_dataset("scenario/text", data="title: war\n", dtype=h5py.string_dtype())
        data.create_dataset("sweep/text", data=text, dtype=h5py.string_dtype())
    return path
