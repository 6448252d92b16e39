"""Event data that others collected: exports of ACLED or UCDP GED as CSV, recognised by their header."""

import csv
import datetime
import io
import re
from collections import Counter, namedtuple

import numpy

from .problems import Problem

Format = namedtuple("Format", "name needed date deaths type actors region cercle")
ACLED = Format("ACLED", ("event_date", "event_type", "fatalities"), "event_date", "fatalities", "event_type",
               ("actor1", "actor2"), "admin1", "admin2")
GED = Format("UCDP GED", ("date_start", "type_of_violence", "best"), "date_start", "best", "type_of_violence",
             ("side_a", "side_b"), "adm_1", "adm_2")
_VIOLENT = {"battles", "explosions/remote violence", "violence against civilians"}  # of ACLED; all of GED's are
_MONTHS = {name: number for number, name in enumerate(
    ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
     "december"), 1)}


class ObservedEvents:
    """Violent events of one country.

    Parameters
    ----------
    path : path-like
    country : str, optional
        As in the file's column `country`; needed where it has several.

    Raises
    ------
    Problem
        With the line for what can't be read.

    Attributes
    ----------
    format : Format
    country : str
    months : numpy.ndarray of datetime64[M]
        [event]
    deaths : numpy.ndarray of int
        [event]
    regions, cercles : list of str
        [event] As the file calls them; empty where it doesn't.
    longitude, latitude : numpy.ndarray
        [event] NaN where unknown.
    actors : collections.Counter
        Events by actor.
    left_out : int
        Events of types that are no organised violence: protests, riots, strategic developments.
    across_months : int
        Events that began in one month and ended in a later one; they count for the first.
    """

    def __init__(self, path, country=None):
        self.path = str(path)
        header, rows = _read(self.path)
        self.format = _recognise(self.path, header)
        at = {name: header.index(name) for name in header}
        rows = self._of_country(rows, at, country)
        kept = [(line, row) for line, row in rows
                if self.format is GED or row[at[self.format.type]].strip().lower() in _VIOLENT]
        self.left_out = len(rows) - len(kept)
        if not kept:
            raise Problem(f"{self.path}: found no violent event" + (f" in {self.country}" if self.country else ""))
        days = [_date(self.path, line, row[at[self.format.date]]) for line, row in kept]
        self.months = numpy.array(days, dtype="datetime64[D]").astype("datetime64[M]")
        self.deaths = numpy.array([_count(self.path, line, self.format.deaths, row[at[self.format.deaths]])
                                   for line, row in kept])

        def texts(name):
            return [row[at[name]].strip() for _, row in kept] if name in at else [""] * len(kept)

        self.regions, self.cercles = texts(self.format.region), texts(self.format.cercle)
        self.longitude, self.latitude = (
            numpy.array([_degrees(self.path, line, name, row[at[name]]) for line, row in kept]) if name in at
            else numpy.full(len(kept), numpy.nan) for name in ("longitude", "latitude"))
        self.actors = Counter(name for column in self.format.actors for name in texts(column) if name)
        self.across_months = self._across(kept, at)

    def _of_country(self, rows, at, country):
        self.country = country or ""
        if "country" not in at:
            if country:
                raise Problem(f"{self.path}: --country needs a column 'country', and the file has none")
            return rows
        countries = Counter(row[at["country"]].strip() for _, row in rows)
        if country is None:
            if len(countries) > 1:
                raise Problem(f"{self.path}: found events of {len(countries)} countries ({_commonest(countries)}); "
                              "--country says which are scored")
            self.country = next(iter(countries))
            return rows
        chosen = [(line, row) for line, row in rows if row[at["country"]].strip().lower() == country.lower()]
        if not chosen:
            raise Problem(f"{self.path}: found no event of country '{country}', but of {_commonest(countries)}")
        return chosen

    def _across(self, kept, at):
        if self.format is not GED or "date_end" not in at:
            return 0
        ends = [_date(self.path, line, row[at["date_end"]]) for line, row in kept]
        return int((numpy.array(ends, dtype="datetime64[D]").astype("datetime64[M]") != self.months).sum())


def _commonest(counter, most=4):
    names = [name or "(none)" for name, _ in counter.most_common(most)]
    return ", ".join(names) + (", ..." if len(counter) > most else "")


def _read(path):
    """Header and rows with their lines."""
    try:
        with open(path, "rb") as file:
            raw = file.read()
    except OSError as error:
        raise Problem(f"{path}: can't be read ({error.strerror})") from None
    if not raw.strip():
        raise Problem(f"{path}: the file is empty, expected event data of ACLED or UCDP GED (CSV)")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Problem(f"{path}:{line}: found a byte that is no UTF-8; save the file as CSV in UTF-8") from None
    if "\0" in text:
        raise Problem(f"{path}: found bytes of value 0, expected CSV in UTF-8 (is it UTF-16, or a spreadsheet?)")
    return _rows(path, text)


def _rows(path, text):
    # Lines end where CSV ends them: splitlines also cuts at U+2028 and the like, which stand inside of notes.
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip().lower() for name in next(reader)]
        for separator, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
            if len(header) == 1 and separator in header[0]:
                raise Problem(f"{path}:1: found columns separated by {name}, expected commas")
        rows = []
        line = reader.line_num + 1
        for row in reader:
            if row and len(row) != len(header):
                raise Problem(f"{path}:{line}: found {len(row)} cells, expected {len(header)} as in the header")
            if row:
                rows.append((line, row))
            line = reader.line_num + 1
    except (csv.Error, StopIteration) as error:
        raise Problem(f"{path}:{reader.line_num}: found no CSV ({error})") from None
    double = [name for name, count in Counter(header).items() if count > 1 and name]
    if double:
        raise Problem(f"{path}:1: column '{double[0]}' occurs twice")
    if not rows:
        raise Problem(f"{path}: found a header and no events")
    return header, rows


def _recognise(path, header):
    lacking = {one: [name for name in one.needed if name not in header] for one in (ACLED, GED)}
    for one, names in lacking.items():
        if not names:
            return one
    near = min(lacking, key=lambda one: len(lacking[one]))
    if len(lacking[near]) < len(near.needed):
        raise Problem(f"{path}:1: it looks like {near.name}, and lacks the column{'s' * (len(lacking[near]) > 1)} "
                      f"{', '.join(lacking[near])}")
    raise Problem(f"{path}:1: found the columns {', '.join(header[:6])}{', ...' * (len(header) > 6)}, expected those of "
                  f"ACLED ({', '.join(ACLED.needed)} ...) or UCDP GED ({', '.join(GED.needed)} ...)")


def _date(path, line, text):
    """ "2022-03-05", with a time or not, or "05 March 2022"."""
    text = text.strip()
    try:
        found = re.fullmatch(r"(\d{4})-(\d\d?)-(\d\d?)([ T].*)?", text)
        if found:
            return datetime.date(*map(int, found.groups()[:3]))
        found = re.fullmatch(r"(\d\d?) ([A-Za-z]+) (\d{4})", text)
        if found and found[2].lower() in _MONTHS:
            return datetime.date(int(found[3]), _MONTHS[found[2].lower()], int(found[1]))
    except ValueError:
        pass
    raise Problem(f"{path}:{line}: found '{text}' as a date, expected YYYY-MM-DD or, for instance, 05 March 2022")


def _count(path, line, name, text):
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not (value >= 0 and value == int(value) if abs(value) < 1e9 else False):
        raise Problem(f"{path}:{line}: found '{text}' in column {name}, expected a whole number of 0 or more")
    return int(value)


def _degrees(path, line, name, text):
    if not text.strip():
        return numpy.nan
    try:
        value = float(text)
    except ValueError:
        value = 1e9
    if not abs(value) <= (90 if name == "latitude" else 180):
        raise Problem(f"{path}:{line}: found '{text}' in column {name}, expected degrees")
    return value
