"""History matching over the waves of a calibration: emulators of each wave, and what it leaves of the parameters' space."""

from dataclasses import dataclass, field

import numpy

from . import emulator, history_matching, priors, replicate_noise
from .implausibility import CUTOFF, DISCREPANCY, figure_of, implausibility, of_replicates
from .problems import Problem

_CHECKED = 1024  # points of the prior on which emulators are put in order
_LEAST_TRAINING = 0.5  # of the points of a wave that must have a figure for it to be emulated


@dataclass(frozen=True)
class Settings:
    """What was asked for."""

    cutoff: float = CUTOFF
    kth: int = 1  # which of the targets' implausibilities, from the largest down, is held against the cutoff
    discrepancy: float = DISCREPANCY  # standard deviation on the scale of the target
    discrepancies: dict = field(default_factory=dict)  # target -> the same, of its own
    seed: int = 1
    size: int = 2000  # points that show what is left


@dataclass
class Fitted:
    """The emulator of one target in one wave.

    Attributes
    ----------
    emulator : emulator.Emulator or None
    later : emulator.Diagnostics or None
        How it foretold the next wave, of which it knew nothing.
    shared : float
        Share of the chance of runs that all points have in common.
    why : str
        Why it is not used; empty where it is.
    """

    emulator: object
    later: object
    shared: float
    why: str

    @property
    def used(self):
        """bool: Whether it may rule anything out."""
        return not self.why


class Screens:
    """Emulators wave by wave, and the implausibility that comes of them."""

    def __init__(self, made, figures, settings):
        self._priors, self._figures, self._settings = made, figures, settings
        self._waves = []  # of lists of (index of target, emulator)

    def add(self, fitted):
        """Add a wave, the emulators that rule out most first, since what is ruled out needs no more looking at."""
        used = [(index, one.emulator) for index, one in enumerate(fitted) if one.used]
        if not used:
            self._waves.append([])
            return
        if len(used) < self._settings.kth:
            raise Problem(f"--kth {self._settings.kth}: found {len(used)} targets with an emulator that can be used, "
                          "expected as many at least")
        points = priors.snap(self._priors, numpy.random.default_rng(0).random((_CHECKED, len(self._priors))))
        shares = [(self.of_target(points, *one) > self._settings.cutoff).mean() for one in used]
        self._waves.append([used[index] for index in numpy.argsort(-numpy.array(shares), kind="stable")])

    def __len__(self):
        return len(self._waves)

    def of_target(self, points, index, emulated):
        """Implausibility of each point for one target."""
        figure = self._figures[index]
        mean, variance, replicate_variance = emulated.predict(points)
        return implausibility(mean, figure.low, figure.high, variance + replicate_variance + figure.variance)

    def measure(self, points, limit=numpy.inf):
        """The largest over waves of the kth largest over targets.

        Exact where no larger than `limit`, elsewhere anything above it.
        """
        points = priors.snap(self._priors, points)
        worst = numpy.zeros(len(points))
        for wave in self._waves:
            alive = numpy.flatnonzero(worst <= limit)
            top = numpy.zeros((len(alive), self._settings.kth))
            for index, emulated in wave:
                if len(alive) == 0:
                    break
                found = self.of_target(points[alive], index, emulated)
                top = -numpy.sort(-numpy.column_stack([top, found]), axis=1)[:, :-1]
                worst[alive] = numpy.maximum(worst[alive], top[:, -1])
                left = worst[alive] <= limit
                alive, top = alive[left], top[left]
        return worst

    def by_target(self, points):
        """The largest over waves, target by target, [point, target]; NaN where no emulator of a target is used."""
        points = priors.snap(self._priors, points)
        found = numpy.full((len(points), len(self._figures)), numpy.nan)
        for wave in self._waves:
            for index, emulated in wave:
                found[:, index] = numpy.fmax(found[:, index], self.of_target(points, index, emulated))
        return found


@dataclass
class Calibration:
    """What came of it.

    Attributes
    ----------
    data : waves.Calibrated
    settings : Settings
    figures : list of implausibility.Figure
    fitted : list of list of Fitted
        [wave][target]
    screens : Screens
    regions : list of history_matching.Region
        What each wave leaves, in the order of the waves.
    notes : list of str
    """

    data: object
    settings: Settings
    figures: list
    fitted: list
    screens: Screens
    regions: list
    notes: list

    @property
    def left(self):
        """history_matching.Region: What the last wave leaves."""
        return self.regions[-1]


@dataclass(frozen=True)
class _Outputs:
    """One target at some points: statistics of its replicates."""

    means: numpy.ndarray
    variances: numpy.ndarray
    counts: numpy.ndarray
    shared: float


def outputs_of(simulated, scale):
    """Statistics of one target's replicates on its scale.

    Parameters
    ----------
    simulated : numpy.ndarray
        [point, replicate] NaN where there is no run.
    """
    values = scale.forward(simulated)
    return _Outputs(*of_replicates(values), replicate_noise.shared_part(values))


def _level_variance(of_waves, noise):
    """Variance of a chance that all points of a wave have in common, of the average over waves with seeds of their own."""
    total = sum(len(one.means) for one in of_waves)
    average = noise.variance(numpy.concatenate([one.means for one in of_waves])).mean()
    return sum((len(one.means) / total) ** 2 * one.shared * average / one.counts.mean() for one in of_waves)


def _fit(points, of_waves, seed):
    """Emulate one target on the points of some waves, each with outputs of its own."""
    of_waves = [(each, one) for each, one in zip(points, of_waves) if len(each)]
    known = [one.counts > 0 for _, one in of_waves]
    points = numpy.concatenate([each[kept] for (each, _), kept in zip(of_waves, known)])
    parts = [_Outputs(one.means[kept], one.variances[kept], one.counts[kept], one.shared)
             for (_, one), kept in zip(of_waves, known) if kept.any()]
    if len(points) < _LEAST_TRAINING * sum(map(len, known)) or len(points) < points.shape[1] + emulator.FEWEST_BEYOND:
        return Fitted(None, None, 0.0, f"has a figure at {len(points)} points only")
    means, variances, counts = (numpy.concatenate([getattr(one, name) for one in parts])
                                for name in ("means", "variances", "counts"))
    shared = float(numpy.average([one.shared for one in parts], weights=[len(one.means) for one in parts]))
    noise = replicate_noise.fit(means, variances, counts, shared)
    level = 0.0 if noise is None else _level_variance(parts, noise)
    found = emulator.fit(points, means, noise, level, seed)
    if found is None:
        return Fitted(None, None, shared, "is the same in all runs")
    why = ""
    if found.left_out.fails:
        why = f"emulator fails: {found.left_out.coverage:.0%} of left-out points inside 90 % intervals".replace("%", " %", 1)
    return Fitted(found, None, shared, why)


def _check_later(fitted, points, outputs):
    """Hold an emulator against the next wave, which it does not know."""
    known = outputs.counts > 0
    if fitted.emulator is None or known.sum() < emulator.FEWEST_BEYOND:
        return fitted
    mean, variance, replicate_variance = fitted.emulator.predict(points[known])
    later = emulator.diagnose(outputs.means[known], mean, variance + replicate_variance / outputs.counts[known])
    why = fitted.why
    if later.fails and not why:
        why = f"emulator fails: {later.coverage:.0%} of the next wave inside 90 % intervals".replace("%", " %", 1)
    return Fitted(fitted.emulator, later, fitted.shared, why)


def _training(data, screens, wave, cutoff):
    """Points of this wave, and those of earlier ones that aren't ruled out: a mask for each."""
    masks = []
    for number in range(wave + 1):
        points = data.waves[number].points
        masks.append(numpy.ones(len(points), bool) if number == wave else screens.measure(points, cutoff) <= cutoff)
    return masks


def calibrate(data, settings, progress=lambda text: None):
    """Match history.

    Parameters
    ----------
    data : waves.Calibrated
    settings : Settings
    progress : callable, optional
        Told in a few words what is being done.

    Returns
    -------
    Calibration
        Later waves are left out once nothing is left.
    """
    figures = [figure_of(target, settings.discrepancies.get(target.name, settings.discrepancy)) for target in data.targets]
    screens, every, regions, notes = Screens(data.priors, figures, settings), [], [], list(data.notes)
    for number, wave in enumerate(data.waves):
        masks = _training(data, screens, number, settings.cutoff)
        fitted = []
        for index, figure in enumerate(figures):
            progress(f"wave {number + 1} of {len(data.waves)}: emulator {index + 1} of {len(figures)}")
            points = [each.points[mask] for each, mask in zip(data.waves, masks)]
            of_waves = [outputs_of(each.simulated[mask][..., index], figure.scale)
                        for each, mask in zip(data.waves, masks)]
            one = _fit(points, of_waves, settings.seed)
            if number + 1 < len(data.waves):
                after = data.waves[number + 1]
                one = _check_later(one, after.points, outputs_of(after.simulated[..., index], figure.scale))
            fitted.append(one)
        if not any(one.used for one in fitted):
            notes.append(f"No emulator of wave {number + 1} can be used: it rules nothing out.")
        every.append(fitted)
        screens.add(fitted)
        progress(f"wave {number + 1} of {len(data.waves)}: what is left")
        size = settings.size if number + 1 == len(data.waves) else min(settings.size, 500)
        regions.append(history_matching.sample(screens.measure, len(data.priors), settings.cutoff, size, settings.seed))
        if len(regions[-1].points) == 0:
            if number + 1 < len(data.waves):
                notes.append(f"Nothing is left after wave {number + 1}: later waves aren't looked at.")
            break
    return Calibration(data, settings, figures, every, screens, regions, notes)
