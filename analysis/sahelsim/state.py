"""The state of a run on one morning, as NumPy arrays."""


class _Arrays:
    """Arrays of one morning, by name."""

    __slots__ = ("_morning",)
    _prefix = ""

    def __init__(self, morning):
        self._morning = morning

    def __dir__(self):
        return [name for name in super().__dir__() if not name.startswith("_")]


def _array(name, description):
    def get(self):
        return self._morning.array(self._prefix + name)

    return property(get, doc=f"numpy.ndarray: {description}")


class Cohorts(_Arrays):
    """The people: groups of up to some hundred who share commune, community and livelihood (``persons_per_agent``).

    All arrays are of length "cohorts", which does not change. Numbers of persons are int32. For each cohort, residents +
    displaced + armed + hostages + prisoners + dead = its people at the start + increase.
    """

    __slots__ = ()
    _prefix = "cohorts."

    commune = _array("commune", "Home commune; int32.")
    community = _array("community", "Position in ``names['community']``; uint8.")
    livelihood = _array("livelihood", "Position in ``names['livelihood']``; uint8.")
    residents = _array("residents", "Persons who live at home.")
    displaced = _array("displaced", "Persons who have fled.")
    armed = _array("armed", "Persons who are members of armed organisations.")
    hostages = _array("hostages", "Persons who are held by armed groups.")
    prisoners = _array("prisoners", "Persons in prison.")
    dead = _array("dead", "Persons killed since the start, as civilians or under arms.")
    increase = _array("increase", "Births less natural deaths since the start, persons.")


class Units(_Arrays):
    """Armed units: cells, garrisons, patrols, crews of aircraft.

    All arrays are of length "units". Units are added as the run goes on and never taken out of the list: those that are gone
    have the type ``retired``. A unit keeps its position.
    """

    __slots__ = ()
    _prefix = "units."

    organisation = _array("organisation", "Position in ``names['organisation']``; int16.")
    faction = _array("faction", "Position in ``names['faction']``; int16.")
    type = _array("type", "Position in ``names['unit_type']``; uint8.")
    base = _array("base", "Place of its base; int32.")
    place = _array("place", "Place where it is; int32.")
    established = _array("established", "Persons that it is meant to have; int32.")
    strength = _array("strength", "Persons that it has; int32. A new array each time.")
    experience = _array("experience", "0 to 1; float32.")
    morale = _array("morale", "0 to 1; float32.")
    supply = _array("supply", "0 to 1; float32.")
    leader = _array("leader", "Unit that leads the group which it has joined, itself where alone; int32.")
    action = _array("action", "What it does: position in ``names['action']``; uint8.")
    target = _array("target", "Place of the action; int32.")
    arrival = _array("arrival", "Day on which the action takes place, in days since 1970-01-01; int32.")
    latent_until = _array("latent_until", "Day before which it hides and does nothing, in days since 1970-01-01; int32.")


class State(_Arrays):
    """How things stand on one morning.

    Arrays are read-only views of the simulator's own, without copying (but for ``units.strength``), and stay valid and
    unchanged as long as somebody holds them. When the run goes on while a state or a view is held, the simulator goes on with
    a copy of its state, which takes some milliseconds a step: let go of what is no longer needed. For writing, take a
    ``.copy()``.

    Places are communes (first) and zones beyond the border; see `Simulator.places`. The order of authorities, factions and so
    on is that of `Simulator.names`. What armed units see and what people feel is brought up to date once a week.
    """

    __slots__ = ()

    @property
    def cohorts(self):
        """Cohorts: The people."""
        return Cohorts(self._morning)

    @property
    def units(self):
        """Units: The armed units."""
        return Units(self._morning)

    control = _array("control", "[commune, authority] Share of control, 0 to 1, adding up to 1 in a commune; float64.")
    information = _array("information", "[commune, authority] What it knows of those hidden there, 0 to 1; float64.")
    residents = _array("residents", "[commune, community] Persons who live at home; int64.")
    displaced_from = _array("displaced_from", "[commune, community] Persons who have fled from there; int64.")
    displaced_to = _array("displaced_to", "[place] Persons who have fled there; int64.")
    presence = _array("presence", "[place, faction] Its fighters in and around the place, those further away (in travel time) "
                      "counting less, persons; float32.")
    standing = _array("standing", "[place, faction] Its fighters in the place itself, persons; float32.")
    sympathy = _array("sympathy", "[place, faction] Share of the people, weighted by their affinity to it, 0 to 1; float32.")
    support = _array("support", "[place, authority] People's support for it: affinity to its closest faction, less what "
                     "grievances take from it; float32.")
    grievance = _array("grievance", "[commune, community, side] Grievance against the side, 0 to 1; float32.")
    fear = _array("fear", "[commune, community, side] Fear of the side, 0 to 1; float32.")
    hardship = _array("hardship", "[commune] From pasture, siege and the burden of the displaced, 0 to 1; float32.")
    pasture_stress = _array("pasture_stress", "[commune] Lack of pasture, 0 to 1; float32.")
    state_agents = _array("state_agents", "[commune] Share of the state's posts that are filled, 0 to 1; float64.")
    schools = _array("schools", "[commune] Schools that there are, open or closed; int32.")
    schools_closed = _array("schools_closed", "[commune] Schools that are closed; int32.")
    besieged_by = _array("besieged_by", "[place] Unit that besieges it, -1 for none; int32.")
