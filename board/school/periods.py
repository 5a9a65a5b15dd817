"""The school year: days without school, finals, state testing, the summer. What a coordinator does with them; each is one
transaction and one Step."""

from datetime import date

from board.db import database
from board.moves import Refused, Step, record
from board.school.model import Period, PeriodKind, School, Term, today
from board.school.rules import wrong_with_days
from board.words import N_

MOST_PERIODS = 300  # some ten years of them
MOST_TERMS = 40


def add(kind: str, name: str, first: date | None, last: date | None, by) -> Period:
    """A new period. Raises Refused."""
    with database.atomic():
        words = sound(kind, name, first, last)
        if Period.select().count() >= MOST_PERIODS:
            raise Refused(N_("There are %(most)d of them, and no more fit. Remove those long past."), most=MOST_PERIODS)
        period = Period.create(**words)
        record(period, "add", by, "", detail={"to": told(words)})
    return period


def change(period: Period, kind: str, name: str, first: date | None, last: date | None, by) -> bool:
    """Other days or another name; False when they are the same as before."""
    with database.atomic():
        words = sound(kind, name, first, last)
        old = {key: getattr(period, key) for key in words}
        if words == old:
            return False
        for key, value in words.items():
            setattr(period, key, value)
        Period.update(**words).where(Period.id == period.id).execute()
        record(period, "change", by, "", detail={"from": told(old), "to": told(words)})
    return True


def remove(period: Period, by) -> Step | None:
    """None when somebody has removed it already."""
    with database.atomic():
        if not Period.delete().where(Period.id == period.id).execute():
            return None
        kept = {key: getattr(period, key) for key in ("kind", "name", "first_on", "last_on")}
        return record(period, "remove", by, "", detail={"from": told(kept)})


# -- semesters, and the hours of a school day


def add_term(name: str, first: date | None, last: date | None, by) -> Term:
    """A new semester. Raises Refused: also when it overlaps another, for then one of the two has a wrong day."""
    with database.atomic():
        if not name:
            raise Refused(N_("Give the semester a name, such as “Fall”."))
        if problem := wrong_with_days(first, last, today()):
            raise Refused(problem.words, **problem.values)
        other = Term.select().where(Term.first_on <= last, Term.last_on >= first).first()
        if other:
            raise Refused(N_("These days overlap “%(name)s”."), name=other.name)
        if Term.select().count() >= MOST_TERMS:
            raise Refused(N_("There are %(most)d of them, and no more fit. Remove those long past."), most=MOST_TERMS)
        term = Term.create(name=name, first_on=first, last_on=last)
        record(term, "add", by, "", detail={"to": told({"name": name, "first_on": first, "last_on": last})})
    return term


def remove_term(term: Term, by) -> Step | None:
    """None when somebody has removed it already."""
    with database.atomic():
        if not Term.delete().where(Term.id == term.id).execute():
            return None
        kept = {key: getattr(term, key) for key in ("name", "first_on", "last_on")}
        return record(term, "remove", by, "", detail={"from": told(kept)})


def set_bell(school: School, starts: int | None, ends: int | None, by) -> bool:
    """School hours of a school day, in minutes since midnight; neither: not given. Raises Refused."""
    if (starts is None) != (ends is None):
        raise Refused(N_("Give both times, or neither."))
    if starts is not None and ends is not None and not starts < ends:
        raise Refused(N_("The last bell is not after the first: look at the two times."))
    said = [None if one is None else f"{one // 60:02}:{one % 60:02}" for one in (starts, ends)]
    if said == [school.bell_starts, school.bell_ends]:
        return False
    with database.atomic():
        School.update(bell_starts=said[0], bell_ends=said[1]).where(School.id == school.id).execute()
        record(school, "change_bell", by, "", detail={"from": [school.bell_starts, school.bell_ends], "to": said})
    return True


def add_holidays(days: dict[date, str], by) -> int:
    """Days without school out of the state's list, each its own period; those there already are left. How many came."""
    with database.atomic():
        there = {row.first_on for row in Period.select().where(Period.kind == PeriodKind.HOLIDAY)}
        new = {day: name for day, name in days.items() if day not in there}
        for day, name in sorted(new.items()):
            add(PeriodKind.HOLIDAY, name[:80], day, day, by)
    return len(new)


def sound(kind: str, name: str, first: date | None, last: date | None) -> dict:
    if kind not in set(PeriodKind):
        raise Refused(N_("Choose what these days are."))
    if problem := wrong_with_days(first, last, today()):
        raise Refused(problem.words, **problem.values)
    return {"kind": str(kind), "name": name, "first_on": first, "last_on": last}


def told(words: dict) -> dict:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in words.items()}
