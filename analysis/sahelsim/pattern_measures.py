"""The measures that a list of patterns can ask for by name. Each takes Measures and options, and gives a number a run."""

import numpy

from . import patterns, tails
from .measures import DAYS_A_YEAR, Unanswered

MOST_TAIL_TESTS = 20  # runs whose power law is tested by the bootstrap, since each takes a second


def _runs_of(measures):
    return range(measures.runs.count)


def tail_exponent(measures, type):
    """Exponent of the power law that fits deaths per event of a type best, in each run."""
    fits = [measures.tail(run, type) for run in _runs_of(measures)]
    if not any(fits):
        raise Unanswered(f"no run has {tails.LEAST} events of the type in which somebody died")
    return numpy.array([fit.exponent if fit else numpy.nan for fit in fits])


def tail_p(measures, type):
    """P-value of that power law, of the first runs."""
    found = []
    for run in list(_runs_of(measures))[:MOST_TAIL_TESTS]:
        fit = measures.tail(run, type)
        found.append(tails.tail_p(measures.sizes_in(run, type), fit, seed=measures.seed + run) if fit else numpy.nan)
    if numpy.isnan(found).all():
        raise Unanswered(f"no run has {tails.LEAST} events of the type in which somebody died")
    return numpy.array(found)


def tail_against(measures, type, law):
    """The power law against another law on the tail, in standard deviations; below 0 the other is the likelier."""
    found = []
    for run in _runs_of(measures):
        fit = measures.tail(run, type)
        found.append(tails.likelihood_ratio(measures.sizes_in(run, type), fit.start, law).statistic if fit else numpy.nan)
    if numpy.isnan(found).all():
        raise Unanswered(f"no run has {tails.LEAST} events of the type in which somebody died")
    return numpy.array(found)


def dispersion(measures):
    """Variance of violent events by cercle and week over their mean."""
    return numpy.array([patterns.variance_to_mean(counts) for counts in measures.weekly_counts()])


def repeat_odds(measures, within=False):
    """Odds ratio of a violent event in a cercle in the week after one with an event."""
    odds = patterns.odds_ratio_within if within else patterns.odds_ratio
    return numpy.array([odds(patterns.next_week(counts)) for counts in measures.weekly_counts()])


def neighbour_odds(measures, km):
    """Odds ratio, within cercles, of a violent event in the week after one in a neighbouring cercle."""
    counts = measures.weekly_counts()
    neighbours = measures.neighbours(km)
    if not neighbours.any():
        raise Unanswered("no two cercles are neighbours")
    return numpy.array([patterns.odds_ratio_within(patterns.next_to(of_run, neighbours)) for of_run in counts])


def harm_and_recruits(measures, recruiters, by, instead_of):
    """How much better volunteers of a quarter go with harm by one side in the quarter before than with harm by another.

    Difference of rank correlations within communities: between civilians of the community whom `by` killed and people of
    the community who joined `recruiters`, and the same for `instead_of`.
    """
    e, runs = measures.events, measures.runs
    joined = measures.series("recruits_by_community")[:, :, measures.numbers("organisation", recruiters)].sum(2)
    sides = runs.labels("organisation_side")
    quarters = joined.shape[1] // 3
    if quarters < 4:
        raise Unanswered("it needs a year")
    joined = joined[:, :quarters * 3].reshape(len(joined), quarters, 3, -1).sum(2)
    starts = runs.months[:quarters * 3:3].astype("datetime64[D]").astype(int)
    quarter = numpy.searchsorted(starts, e["time"], side="right") - 1

    def killed(names):
        actors = [number for number, side in enumerate(sides) if side in names]
        if not actors:
            raise Unanswered(f"there is no side {' or '.join(names)} in these runs")
        chosen = numpy.isin(e["actor1"], actors) & (e["community"] >= 0) & (e["civilians_killed"] > 0)
        found = numpy.zeros(joined.shape)
        numpy.add.at(found, (e["run"][chosen], quarter[chosen], e["community"][chosen]), e["civilians_killed"][chosen])
        return found

    def go_together(harm):
        return numpy.array([patterns.rank_correlation_within(one[:-1].T, other[1:].T) for one, other in zip(harm, joined)])

    return go_together(killed(by)) - go_together(killed(instead_of))


def control_gap(measures, regions, authority, at_end=False):
    """An authority's share of control of towns less that of rural communes, mean of months or at the end."""
    gaps = measures.control_gaps(regions, authority)
    return gaps[:, -1] if at_end else gaps.mean(1)


def deaths_growth(measures, until):
    """Deaths in the last twelve months up to a date over those in the first twelve."""
    deaths = measures.series("deaths").sum((2, 3))
    _, last = measures.covered(numpy.datetime64(measures.runs.first_day, "D"), until)
    end = measures.months_before(numpy.datetime64(last + 1, "D"))
    if end < 24:
        raise Unanswered("it needs two years")
    before = deaths[:, :12].sum(1)
    return numpy.where(before > 0, deaths[:, end - 12:end].sum(1) / numpy.maximum(before, 1), numpy.nan)


def control_speed(measures, until):
    """Largest change of an authority's share of control a year, from the start to a date, in shares."""
    control = measures.series("control")
    measures.covered(numpy.datetime64(measures.runs.first_day, "D"), until)
    end = measures.months_before(until)
    if end < 13:
        raise Unanswered("it needs a year")
    return numpy.abs(control[:, end - 1] - control[:, 0]).max(1) / ((end - 1) / 12)


def control_change(measures, authority):
    """Change of an authority's share of control from the first to the last month, in shares."""
    control = measures.series("control")[..., measures.number("authority", authority)]
    return control[:, -1] - control[:, 0]


def losses_a_year(measures, organisations, until):
    """Members killed a year, of the organisations together."""
    losses = measures.series("losses")[:, :, measures.numbers("organisation", organisations)].sum(2)
    first, last = measures.covered(numpy.datetime64(measures.runs.first_day, "D"), until)
    return losses[:, :measures.months_before(until)].sum(1) / ((last - first + 1) / DAYS_A_YEAR)


def accords_broken(measures):
    """Share of local accords that ended by breaking down, of all that ended; not known where none ended."""
    collapsed = measures.series("accords_collapsed")
    broken = collapsed.reshape(len(collapsed), -1).sum(1).astype(float)
    ended = broken + measures.series("accords_lapsed").sum(1)
    return numpy.where(ended > 0, broken / numpy.maximum(ended, 1), numpy.nan)


def chains(measures, regions, acts):
    """Chains of at least so many acts a year, each by another side than the one before it."""
    return measures.chains_a_year(regions, acts)


def provoked_massacres(measures, dead):
    """Share of events with at least so many civilians killed that an earlier event provoked."""
    e = measures.events
    large = (e["civilians_killed"] >= dead) & (e["cercle"] >= 0)
    provoked = large & (e["cause_kind"] == measures.runs.code("cause_kind", "event"))
    every = measures.per_run(large)
    return numpy.where(every > 0, measures.per_run(provoked) / numpy.maximum(every, 1), numpy.nan)


def battles_before(measures, one, other, before):
    """Battles between two organisations up to a date."""
    measures.covered(numpy.datetime64(measures.runs.first_day, "D"), before)
    return measures.battles_between(one, other)[:, :measures.months_before(before)].sum(1)


def break_date(measures, one, other):
    """Year, with its part, at the end of whose month the relation of two is first below 0; infinite if it never is."""
    months = measures.runs.months
    found = measures.breaks(one, other)
    years = 1970 + (months.astype(int)[found] + 1) / 12 if months is not None else found
    return numpy.where(found >= 0, years, numpy.inf)


def fights_after_break(measures, one, other, least, times):
    """1 where the two break, then fight so many battles at least and so many times as often as before, otherwise 0."""
    battles, months = measures.battles_between(one, other), measures.breaks(one, other)
    found = []
    for of_run, month in zip(battles, months):
        before, after = of_run[:month], of_run[month:]
        often = month >= 0 and after.mean() > times * (before.sum() / max(1, len(before)))
        found.append(float(often and after.sum() >= least))
    return numpy.array(found)


def attacks_after_loss(measures, organisation, days):
    """Violent events by an organisation in the days after losses of its leaders over those before, against any day.

    See patterns.after_over_before. Several losses of a day count as one.
    """
    e, number = measures.events, measures.number("organisation", organisation)
    losses = e["subtype"] == measures.runs.code("subtype", "leader_killed")
    losses &= (e["actor2"] == number) | ((e["actor1"] == number) & (e["actor2"] < 0))
    attacks, found = measures.violent() & (e["actor1"] == number), []
    for run in _runs_of(measures):
        times, moments = (e["time"][each & (e["run"] == run)] for each in (attacks, losses))
        found.append(patterns.after_over_before(times, numpy.unique(moments), days, measures.runs.first_day,
                                                measures.runs.last_day))
    if numpy.isnan(found).all():
        raise Unanswered("no run loses a leader with whole windows before and after")
    return numpy.array(found)


def event_ratio(measures, organisations, period, over, regions=None, what="events"):
    """Violent events by organisations in a period, a day, over those in another.

    what: "events", "deaths", or "civilians_killed_per_event", which compares not their number but how deadly they are.
    """
    e = measures.events
    chosen = measures.violent() & measures.acted(*organisations) & measures.in_regions(regions)

    def rate(dates):
        first, last = measures.covered(*dates)
        inside = chosen & measures.within(first, last)
        number = measures.per_run(inside)
        if what == "civilians_killed_per_event":
            return numpy.where(number > 0, measures.per_run(inside, e["civilians_killed"]) / numpy.maximum(number, 1),
                               numpy.nan)
        return (number if what == "events" else measures.per_run(inside, e["deaths"])) / (last - first + 1)

    below = rate(over)
    return numpy.where(below > 0, rate(period) / numpy.where(below > 0, below, 1), numpy.nan)


def _first_days(measures, chosen):
    """Day of the first chosen event by run and cercle; the day after the last where there is none."""
    e = measures.events
    found = numpy.full((measures.runs.count, len(measures.runs.cercles.names)), measures.runs.last_day + 1)
    numpy.minimum.at(found, (e["run"][chosen], e["cercle"][chosen]), e["time"][chosen])
    return found


def southward(measures, organisation):
    """Rank correlation over cercles of the day of the organisation's first violent event with latitude.

    Cercles without one come last, together. Below 0: the farther south, the later.
    """
    if measures.runs.cercles is None or len(measures.runs.cercles.names) < 5:
        raise Unanswered("it needs five cercles")
    first = _first_days(measures, measures.violent() & measures.acted(organisation))
    return numpy.array([patterns.rank_correlation(of_run, measures.runs.cercles.latitude) for of_run in first])


def nth_event_near(measures, organisation, cercle, km, number):
    """Year, with its part, of the organisation's so many-th violent event so near to the seat of a cercle; infinite without.
    """
    e = measures.events
    chosen = measures.violent() & measures.acted(organisation) & measures.near(cercle, km)
    found = numpy.full(measures.runs.count, numpy.inf)
    for run in _runs_of(measures):
        times = numpy.sort(e["time"][chosen & (e["run"] == run)])
        if len(times) >= number:
            found[run] = 1970 + times[number - 1] / DAYS_A_YEAR
    return found


def flight_after_deaths(measures):
    """Rank correlation of people who fled with deaths, over cercles and years."""
    return measures.flight_after_deaths()


def displaced_with_deaths(measures):
    """Rank correlation of the rise of the displaced in a year with the year's deaths."""
    return measures.displaced_with_deaths()


BY_NAME = {function.__name__: function for function in (
    tail_exponent, tail_p, tail_against, dispersion, repeat_odds, neighbour_odds, harm_and_recruits, control_gap,
    deaths_growth, control_speed, control_change, losses_a_year, accords_broken, chains, provoked_massacres, battles_before,
    break_date, fights_after_break, attacks_after_loss, event_ratio, southward, nth_event_near, flight_after_deaths,
    displaced_with_deaths)}
