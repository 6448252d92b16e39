"""The shape of runs: patterns of reports and of the literature are there, and go with the rule that carries them."""

import os

import numpy
import pytest

pytest.importorskip("h5py")
pytest.importorskip("scipy")
pytest.importorskip("xarray")

from shape_runs import Simulator

from sahelsim import patterns, tails

PROGRAM = os.environ.get("SAHELSIM_PROGRAM")

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not PROGRAM, reason="SAHELSIM_PROGRAM names no program")]

CENTRE = ("Mopti", "Segou")
END = "2022-12-31"
THREE_YEARS = "2019-12-31"  # enough for what acts within weeks; the full model is cut to the same years


@pytest.fixture(scope="module")
def simulator(tmp_path_factory):
    return Simulator(PROGRAM, tmp_path_factory.mktemp("shape"))


@pytest.fixture(scope="module")
def full(simulator):
    return simulator.runs("full", END)


@pytest.fixture(scope="module")
def without_gathering(simulator):
    return simulator.runs("without-gathering", "2018-12-31", "mechanisms: {gathering: false}")


@pytest.fixture(scope="module")
def without_reactions(simulator):
    return simulator.runs("without-reactions", END, "mechanisms: {reactions: false}")


@pytest.fixture(scope="module")
def without_revenge(simulator):
    return simulator.runs("without-revenge", THREE_YEARS, "mechanisms: {revenge: false}")


@pytest.fixture(scope="module")
def without_rivalry(simulator):
    return simulator.runs("without-rivalry", "2020-12-31", "mechanisms: {rivalry: false}", replicates=8)


@pytest.fixture(scope="module")
def without_posts_in_towns(simulator):
    return simulator.runs("without-posts-in-towns", "2018-12-31",
                          "parameters: {state.initial.town_share: 0, foreign.initial.town_share: 0}", replicates=8)


def in_each_run(statistic, runs, until):
    """A statistic of counts of violent events [cercle, week] in each run."""
    return numpy.array([statistic(counts) for counts in runs.weekly_counts(until)])


def falls(full, without):
    """Whether the mean over replicates is lower without the rule, by two standard errors of the difference of pairs."""
    drop = full - without
    return drop.mean() > 2 * drop.std(ddof=1) / numpy.sqrt(len(drop))


def odds(counts):
    return patterns.odds_ratio(patterns.next_week(counts))


def odds_within(counts):
    return patterns.odds_ratio_within(patterns.next_week(counts))


# Most battles kill few and a few kill many: a power law with an exponent near 2.5.
# Bohorquez et al. (2009), "Common ecology quantifies human insurgency", Nature 462.


def test_few_battles_kill_many(full):
    deaths = full.sizes("battle")
    tail = tails.fit_tail(deaths)
    assert 1.8 <= tail.exponent <= 3.2, tail
    assert tails.likelihood_ratio(deaths, tail.start, "exponential").statistic > 0, tail


def test_without_gathering_no_battle_kills_many(full, without_gathering):
    deaths = without_gathering.sizes("battle")
    assert tails.fit_tail(deaths).exponent > 3.2
    assert numpy.quantile(deaths, 0.999) < 0.7 * numpy.quantile(full.sizes("battle"), 0.999)


# Violence comes in bursts: an event makes others nearby more likely for weeks.
# Lewis et al. (2012), "Self-exciting point process models of civilian deaths in Iraq", Security Journal 25.


def test_events_come_in_bursts(full):
    assert numpy.median(in_each_run(patterns.variance_to_mean, full, END)) > 1.5
    assert numpy.median(in_each_run(odds, full, END)) >= 3


@pytest.mark.parametrize("statistic", [patterns.variance_to_mean, odds])
def test_without_reactions_events_are_less_bunched(full, without_reactions, statistic):
    assert falls(in_each_run(statistic, full, END), in_each_run(statistic, without_reactions, END))


@pytest.mark.parametrize("statistic", [patterns.variance_to_mean, patterns.variance_to_mean_within, odds_within])
def test_without_revenge_events_are_less_bunched(full, without_revenge, statistic):
    """The odds within cercles, since differences between cercles raise the others whatever happens within them."""
    assert falls(in_each_run(statistic, full, THREE_YEARS), in_each_run(statistic, without_revenge, THREE_YEARS))


# The state holds towns and loses the countryside.
# International Crisis Group (2021), report 306, III.A.

CONTESTED = ("Mopti", "Gao", "Tombouctou")


def test_the_state_holds_towns_rather_than_the_countryside(full):
    gaps = full.control_gaps(CONTESTED)
    assert numpy.median(gaps.mean(axis=1)) >= 0.3
    assert numpy.median(gaps[:, -1]) >= 0.3


def test_without_posts_in_towns_the_state_holds_them_no_more_than_the_countryside(without_posts_in_towns):
    """No rule makes the gap: where control stays as at the start, it is there at the start. It comes from the posts of
    the army and of foreign forces, whose presence counts for the state."""
    assert numpy.median(without_posts_in_towns.control_gaps(CONTESTED)[:, -1]) < 0.3


# Revenge goes to and fro. Landinfo (2022), on cycles of revenge in the centre: an army sweep, jihadists who punish
# informers, militias who attack villages, jihadists who answer. Four acts, each by another side than the one before it.


def test_revenge_goes_to_and_fro_in_the_centre(full):
    assert numpy.median(full.chains_a_year(CENTRE, 4, END)) >= 1


def test_without_reactions_there_are_fewer_chains(full, without_reactions):
    """Grievance multiplies what harm provokes and feeds the groups that answer; more than a third of the chains."""
    chains, without = full.chains_a_year(CENTRE, 4, END), without_reactions.chains_a_year(CENTRE, 4, END)
    assert falls(chains, without)
    assert without.mean() < 0.8 * chains.mean()


def test_without_revenge_there_are_hardly_any_chains(full, without_revenge):
    chains = full.chains_a_year(CENTRE, 4, THREE_YEARS).mean()
    assert chains > 0
    assert without_revenge.chains_a_year(CENTRE, 4, THREE_YEARS).mean() <= chains / 2


# JNIM and ISGS coexist, then fight. International Crisis Group (2021), report 306, III.A at footnote 70.


def test_jnim_and_isgs_coexist_first_and_then_fight(full, record_property):
    battles = full.battles_between("jnim", "isgs")
    breaks = full.breaks("jnim", "isgs")
    record_property("month of the break", [full.month_name(month) for month in sorted(breaks)])
    early = full.months_before("2019-01-01")
    assert numpy.median(battles[:, :early].sum(axis=1)) <= 3
    assert numpy.mean([fight_after(*of_run) for of_run in zip(battles, breaks)]) > 0.5


def fight_after(battles, month):
    """Whether they break at all, then fight at least five battles, and more than twice as many a month as before."""
    before, after = battles[:month], battles[month:]
    return month >= 0 and after.sum() >= 5 and after.mean() > 2 * (before.sum() / max(1, len(before)))


def test_without_rivalry_jnim_and_isgs_never_fight(without_rivalry):
    assert (without_rivalry.breaks("jnim", "isgs") < 0).all()
    assert without_rivalry.battles_between("jnim", "isgs").sum() == 0


# People flee where people are killed.


def test_displacement_follows_deaths(full):
    assert numpy.median(full.flight_after_deaths()) > 0.3
    assert numpy.median(full.displaced_with_deaths()) > 0


def test_without_displacement_nobody_flees(simulator):
    runs = simulator.runs("without-displacement", "2017-12-31", "mechanisms: {displacement: false}", replicates=4)
    assert (runs.flight_after_deaths() == 0).all()


def test_without_reactions_displacement_does_not_follow_deaths(without_reactions):
    assert numpy.median(without_reactions.flight_after_deaths()) < 0.1
