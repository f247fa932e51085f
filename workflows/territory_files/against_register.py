"""What the register says against a reading: an older list, a commune in two EPCI, an EPCI that vanished."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from workflows.territory_files.comparison import Change, RegisteredTerritory
from workflows.territory_files.facts import LineVerdict, Membership, Place, TerritoryReading

_NAMED = 5
"""So many are named in a message, the others are counted."""


def valid_day(reading: TerritoryReading, on: date | None, today: date) -> tuple[date | None, tuple[LineVerdict, ...]]:
    """The day of which the files speak: `on`, or the 1 January that they name; with what speaks against it."""
    place = reading.heading
    if not reading.years:
        unknown = LineVerdict(place.file, place.line, "refused", "day-unknown")
        understood = bool(reading.spoken_of)  # else the file itself is refused, and its year is no matter
        return on, (unknown,) if on is None and understood else ()
    year, place = next(iter(reading.years.items()))
    if on is not None and on.year != year:
        told: dict[str, str | int] = {"year": str(year), "on": on.isoformat()}
        return on, (LineVerdict(place.file, place.line, "refused", "another-year", told),)
    if date(year, 1, 1) > today:
        return on, (LineVerdict(place.file, place.line, "refused", "not-yet", {"year": str(year)}),)
    return on or date(year, 1, 1), ()


def check_age(
    reading: TerritoryReading, changes: Sequence[Change], known: Mapping[str, RegisteredTerritory], valid_on: date
) -> Iterator[LineVerdict]:
    """Refuse, once for all of them, to write an older state over a newer one."""
    older = [
        (change, known[change.territory.siren])
        for change in changes
        if (change.amends or change.differences) and known[change.territory.siren].as_of > valid_on
    ]
    if older:
        change, territory = older[0]
        place = reading.spoken_of.get(change.territory.siren, reading.heading)
        told: dict[str, str | int] = {
            "valid_on": valid_on.isoformat(),
            "count": len(older),
            "name": territory.name,
            "as_of": territory.as_of.isoformat(),
        }
        yield LineVerdict(place.file, place.line, "refused", "older-list", told)


def check_others(reading: TerritoryReading, registered: Mapping[str, RegisteredTerritory]) -> Iterator[LineVerdict]:
    """The registered EPCI that are not imported now, but whose communes the files put in others."""
    imported = {territory.siren for territory in reading.territories}
    for siren in sorted(registered.keys() - imported):
        territory = registered[siren]
        found = {str(commune.insee): reading.memberships.get(commune.insee) for commune in territory.communes}
        elsewhere = {insee: one for insee, one in found.items() if one is not None and one.siren != siren}
        taken = {insee: one for insee, one in elsewhere.items() if one.siren in imported}
        if siren not in reading.spoken_of and 2 * len(elsewhere) >= len(found):  # some merged, and left no code
            yield _vanished(siren, territory, elsewhere, reading)
        elif taken:
            yield from _in_two(siren, territory, taken, reading)


def _vanished(
    siren: str, territory: RegisteredTerritory, elsewhere: Mapping[str, Membership], reading: TerritoryReading
) -> LineVerdict:
    places = [one.at for one in elsewhere.values()]
    told: dict[str, str | int] = {
        "name": territory.name,
        "siren": siren,
        "others": _few([_name(one, reading) for one in sorted({one.siren for one in elsewhere.values()})]),
    }
    return LineVerdict(places[0].file, places[0].line, "notice", "epci-vanished", told)


def _in_two(
    siren: str, territory: RegisteredTerritory, taken: Mapping[str, Membership], reading: TerritoryReading
) -> Iterator[LineVerdict]:
    by_new: dict[str, list[tuple[str, Place]]] = defaultdict(list)
    for insee, one in taken.items():
        by_new[one.siren].append((insee, one.at))
    code = "commune-left-behind" if siren in reading.spoken_of else "commune-registered-elsewhere"
    for new, communes in by_new.items():
        told: dict[str, str | int] = {
            "communes": _few([insee for insee, _ in communes]),
            "new": _name(new, reading),
            "name": territory.name,
            "siren": siren,
            "department": territory.department,
        }
        at = communes[0][1]
        yield LineVerdict(at.file, at.line, "refused", code, told)


def _name(siren: str, reading: TerritoryReading) -> str:
    return next((f"{one.name} ({siren})" for one in reading.territories if one.siren == siren), siren)


def _few(items: Sequence[str]) -> str:
    more = f" (+ {len(items) - _NAMED})" if len(items) > _NAMED else ""
    return ", ".join(items[:_NAMED]) + more
