"""The school year: days without school, finals, state testing, the summer. What a coordinator does with them; each is one
transaction and one Step."""

from datetime import date

from board.db import database
from board.moves import Refused, Step, record
from board.school.model import Period, PeriodKind, today
from board.school.rules import wrong_with_days
from board.words import N_

MOST_PERIODS = 300  # some ten years of them


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


def sound(kind: str, name: str, first: date | None, last: date | None) -> dict:
    if kind not in set(PeriodKind):
        raise Refused(N_("Choose what these days are."))
    if problem := wrong_with_days(first, last, today()):
        raise Refused(problem.words, **problem.values)
    return {"kind": str(kind), "name": name, "first_on": first, "last_on": last}


def told(words: dict) -> dict:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in words.items()}
