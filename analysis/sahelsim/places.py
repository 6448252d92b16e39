"""Places that others name, found among those of a result file: by name, else by the nearest seat of a cercle."""

import re
import unicodedata

import numpy

from .measures import distance_km

# What administrations call their units, in the languages of the data.
_KINDS = re.compile(r"\b(region|cercle|district|circle|prefecture|province|department|the|de|du|of)\b")


def plain(name):
    """A name without accents, case, punctuation and the kind of place: "Ségou region" as "segou"."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return " ".join(_KINDS.sub(" ", re.sub(r"[^a-z0-9]+", " ", letters)).split())


def find(names, known):
    """Positions of names among the known ones; -1 where none is the same.

    Parameters
    ----------
    names : list of str
    known : list of str

    Returns
    -------
    numpy.ndarray of int
        [name]
    """
    positions = {plain(one): index for index, one in reversed(list(enumerate(known)))}
    return numpy.array([positions.get(plain(name), -1) if plain(name) else -1 for name in names], dtype=int)


def nearest(longitude, latitude, seats):
    """Positions of the nearest seats; -1 where the place is not known.

    Parameters
    ----------
    longitude, latitude : array_like
        [place] Degrees east and north.
    seats : runs.Place

    Returns
    -------
    numpy.ndarray of int
        [place]
    """
    distance = distance_km(numpy.asarray(longitude)[:, None], numpy.asarray(latitude)[:, None], seats.longitude,
                           seats.latitude)
    return numpy.where(numpy.isnan(distance).any(1), -1, numpy.nan_to_num(distance, nan=numpy.inf).argmin(1))


def unknown_actors(actors, known, most=5):
    """The commonest names of actors that resemble none of the known.

    Parameters
    ----------
    actors : collections.Counter
    known : list of str

    Returns
    -------
    list of (str, int)
        Name and number of events.
    """
    known = [plain(name.replace("_", " ")) for name in known]
    known = [name for name in known if name]

    def resembles(actor):
        words = f" {plain(actor)} "
        return any(f" {name} " in words for name in known)

    return [(actor, count) for actor, count in actors.most_common() if not resembles(actor)][:most]
