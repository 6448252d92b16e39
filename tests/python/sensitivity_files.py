"""Designs over the unit cube, functions with known answers, and files of sweeps made of them by hand."""

import h5py
import numpy
from scipy.stats import qmc


class Points:
    """A design: what `/design` of a file holds."""

    def __init__(self, kind, values, blocks=None, exchanged=None, text="design: {}"):
        self.kind, self.values, self.text = kind, values, text
        self.names = [f"p{number}" for number in range(1, values.shape[1] + 1)]
        self.blocks = blocks or [""] * len(values)
        self.exchanged = exchanged or [""] * len(values)
        self.arms = [""] * len(self.names)

    def reordered(self, order):
        """The same design with its factors in another order."""
        other = Points(self.kind, self.values[:, order], self.blocks, self.exchanged, self.text)
        other.names = [self.names[index] for index in order]
        return other


def saltelli(samples, factors, seed=1, pairs=False):
    base = qmc.Sobol(2 * factors, seed=seed).random(samples)
    values, blocks, exchanged = [], [], []

    def add(row, block, factor=None, other=None):
        row = row.copy()
        if factor is not None:
            row[factor] = other[factor]
        values.append(row)
        blocks.append(block)
        exchanged.append("" if factor is None else f"p{factor + 1}")

    for row in base:
        one, two = row[:factors], row[factors:]
        add(one, "A")
        for factor in range(factors):
            add(one, "AB", factor, two)
        for factor in range(factors if pairs else 0):
            add(two, "BA", factor, one)
        add(two, "B")
    return Points("saltelli", numpy.array(values), blocks, exchanged, f"design: {{type: saltelli, samples: {samples}}}")


def morris(trajectories, factors, levels=4, seed=1):
    rng, values = numpy.random.default_rng(seed), []
    for _ in range(trajectories):
        up = rng.integers(0, 2, factors)
        level = rng.integers(0, levels // 2, factors) + numpy.where(up, 0, levels // 2)
        values.append(level.copy())
        for factor in rng.permutation(factors):
            level[factor] += levels // 2 if up[factor] else -(levels // 2)
            values.append(level.copy())
    return Points("morris", numpy.array(values) / (levels - 1), text=f"design: {{type: morris, levels: {levels}}}")


def hypercube(points, factors, seed=1):
    return Points("latin_hypercube", qmc.LatinHypercube(factors, seed=seed).random(points))


def ishigami(x):
    """Ishigami & Homma (1990), with a = 7 and b = 0.1."""
    x = numpy.pi * (2 * x - 1)
    return numpy.sin(x[..., 0]) + 7 * numpy.sin(x[..., 1]) ** 2 + 0.1 * x[..., 2] ** 4 * numpy.sin(x[..., 0])


def ishigami_indices():
    """Variance, first-order and total indices."""
    a, b, pi = 7, 0.1, numpy.pi
    alone, together = (1 + b * pi**4 / 5) ** 2 / 2, 8 * b**2 * pi**8 / 225
    variance = a**2 / 8 + alone + together
    first = numpy.array([alone, a**2 / 8, 0]) / variance
    return variance, first, first + numpy.array([together, 0, together]) / variance


def g_function(x, a):
    """Saltelli & Sobol (1995)."""
    return numpy.prod((numpy.abs(4 * x - 2) + a) / (1 + a), axis=-1)


def g_indices(a):
    alone = 1 / (3 * (1 + a) ** 2)
    variance = numpy.prod(1 + alone) - 1
    return variance, alone / variance, alone * numpy.array([numpy.prod(numpy.delete(1 + alone, i)) for i in
                                                            range(len(a))]) / variance


def write(path, points, outcomes, order=None):
    """A sweep's file of one outcome.

    `outcomes` gives values [point, replicate] by arm, NaN for runs that failed; `order` shuffles the runs.
    """
    cells = [(arm, point, replicate) for arm, values in outcomes.items()
             for point in range(values.shape[0]) for replicate in range(values.shape[1])]
    if order is not None:
        cells = [cells[index] for index in order.permutation(len(cells))]
    killed = numpy.array([outcomes[arm][point, replicate] for arm, point, replicate in cells])
    text = h5py.string_dtype()
    with h5py.File(path, "w") as data:
        data.attrs.update({"schema_version": 1, "seed": 1, "sweep": "made", "design": points.kind, "source": "test",
                           "git_hash": "abc", "start": "2017-01-01", "end": "2017-12-31",
                           "summary_start": "2017-01-01", "summary_end": "2017-12-31"})
        data.create_dataset("arm", data=[cell[0] for cell in cells], dtype=text)
        for index, name in enumerate(("point", "replicate"), 1):
            data[name] = [cell[index] for cell in cells]
        data["status"] = numpy.where(numpy.isnan(killed), 3, 1)
        for arm in outcomes:
            data.create_group(f"arms/{arm}")
        data["summary/run"] = numpy.arange(len(cells))
        data["summary/run"].make_scale("run")
        data["summary/civilians_killed"] = numpy.nan_to_num(killed)
        data["summary/civilians_killed"].attrs.update({"kind": "flow", "units": "person", "long_name": "civilians killed"})
        data["summary/civilians_killed"].dims[0].attach_scale(data["summary/run"])
        data["design/value"] = points.values
        columns = {"factor": points.names, "unit": ["1"] * len(points.names), "arms": points.arms,
                   "distribution": ["uniform 0 ... 1"] * len(points.names), "block": points.blocks,
                   "exchanged": points.exchanged}
        for name, column in columns.items():
            data.create_dataset(f"design/{name}", data=column, dtype=text)
        data.create_dataset("sweep/text", data=points.text, dtype=text)
    return path
