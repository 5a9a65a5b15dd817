"""A student's page of all their experiences: their own alone until they share it."""

from datetime import date

from board.db import database
from board.experience.actions import begin_sharing, end_sharing, refuse_if_barred, yeses
from board.experience.model import Experience, Portfolio
from board.experience.rules import ABOUT, may_share
from board.moves import NotAllowed, Refused, record, tell
from board.people.model import Person
from board.placements.model import GuardianYes
from board.words import N_


def portfolio_of(student: Person) -> Portfolio:
    """Theirs, or an empty one that is not kept yet."""
    return Portfolio.get_or_none(Portfolio.student == student) or Portfolio(student=student)


def say_about(student: Person, about: str) -> Portfolio:
    with database.atomic():
        portfolio = kept_portfolio(student)
        if portfolio.about != about[:ABOUT]:
            portfolio.about = about[:ABOUT]
            portfolio.save()
            record(portfolio, "say", student, state_of(portfolio), state_of(portfolio))
    return portfolio


def kept_portfolio(student: Person) -> Portfolio:
    if not student.is_student or student.ended_at:
        raise NotAllowed("portfolio")
    return Portfolio.get_or_create(student=student)[0]


def state_of(portfolio: Portfolio) -> str:
    return "shared" if portfolio.token else "private"


def in_portfolio(student: Person):
    return Experience.select().where(Experience.student == student, Experience.in_portfolio)


def for_strangers(student: Person, experiences: list[Experience], agreed: set[int], day: date) -> list[Experience]:
    """Those of what stands in a portfolio that strangers may read; `agreed`: placements to which a guardian has said yes."""
    return [one for one in experiences if may_share(student, day, one.placement_id in agreed)]


def agreed_of(student: Person) -> set[int]:
    """Placements of a student for which a guardian's yes to sharing stands."""
    own = Experience.select(Experience.placement).where(Experience.student == student)
    return {number for (number,) in yeses().where(GuardianYes.placement.in_(own)).tuples()}


def share_portfolio(student: Person) -> None:
    with database.atomic():
        portfolio = kept_portfolio(student)
        listed, agreed = list(in_portfolio(student)), agreed_of(student)
        if not listed:
            raise Refused(N_("Tick at least one experience first: the page would be empty."))
        refuse_if_barred(student, any(one.placement_id in agreed for one in listed))
        begin_sharing(Portfolio, portfolio)
        tell(portfolio, record(portfolio, "share", student, "shared", state_of(portfolio)))


def stop_sharing_portfolio(student: Person) -> None:
    with database.atomic():
        portfolio = kept_portfolio(student)
        if end_sharing(Portfolio, portfolio):
            record(portfolio, "stop_sharing", student, "private", "shared")
