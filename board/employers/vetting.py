"""Whether the school's check of an employer and of a worksite supervisor holds on a day: what other nouns ask.

`employer_stands` and `supervisor_stands` give None, or the sentence that says who has to be checked first.
"""

from collections.abc import Iterable
from datetime import date

from board.employers.model import Employer, Supervisor
from board.employers.vetting_model import Background, SupervisorCheck
from board.school.model import BackgroundAsked, School
from board.words import N_, Said


def employer_stands(employer: Employer, day: date) -> Said | None:
    """None, or why nothing of this employer's can open on a day. A check without a known end does not end."""
    if not employer.is_verified:
        return Said(N_("The school has not checked this employer yet. A coordinator does that first."))
    if employer.verified_until and employer.verified_until < day:
        return Said(
            N_("The school's check of %(employer)s ended on %(day)s. A coordinator renews it first."),
            employer=employer.name, day=employer.verified_until,
        )  # fmt: skip
    return None


def supervisor_stands(supervisor: Supervisor, day: date) -> Said | None:
    """None, or why no student can work with this person on a day. Asked of somebody who is named; two queries."""
    return standing({supervisor.id: supervisor.name}, day).get(supervisor.id)


def standing(names: dict[int, str], day: date) -> dict[int, Said]:
    """Those of these supervisors ({id: name}) with whom nobody can work on a day, each with why."""
    school = School.here()
    asked = school is None or school.asks_background != BackgroundAsked.NEVER
    rows = SupervisorCheck.select().where(SupervisorCheck.supervisor.in_(list(names)))
    checks = {row.supervisor_id: row for row in rows}
    found = {number: in_the_way(name, checks.get(number), day, asked) for number, name in names.items()}
    return {number: words for number, words in found.items() if words}


def in_the_way(name: str, check: SupervisorCheck | None, day: date, background_asked: bool) -> Said | None:
    """Pure. What it says of a person is read by every teacher: that they are not checked, and never why."""
    if check is None or check.vetted_until is None or check.background == Background.NOT_CLEAR:
        return Said(
            N_("%(name)s, the worksite supervisor, has not been checked yet. A coordinator does that first."), name=name
        )
    if check.vetted_until < day:
        return Said(
            N_("The check of %(name)s, the worksite supervisor, ended on %(day)s. A coordinator renews it first."),
            name=name, day=check.vetted_until,
        )  # fmt: skip
    if background_asked and check.background != Background.CLEAR:
        return Said(
            N_("The school asks for a background check of %(name)s, the worksite supervisor. It is not there yet."),
            name=name,
        )
    return None


def is_asked_of(on_site: bool) -> bool:
    """Whether whoever is named as supervisor has to be checked before a project opens: on site always, remote where
    the school wants to know everybody."""
    school = School.here()
    return on_site or (school is not None and school.asks_background == BackgroundAsked.ALWAYS)


def supervisors_of(employers: Iterable[int]) -> dict[int, list[Supervisor]]:
    """The supervisors whom each employer has named, with `check` (None before anything was written down); two queries."""
    ids = list(employers)
    rows = list(Supervisor.select().where(Supervisor.employer.in_(ids)).order_by(Supervisor.name, Supervisor.id))
    checks = SupervisorCheck.select().where(SupervisorCheck.supervisor.in_([row.id for row in rows]))
    by_id = {check.supervisor_id: check for check in checks}
    found: dict[int, list[Supervisor]] = {}
    for row in rows:
        row.check = by_id.get(row.id)
        found.setdefault(row.employer_id, []).append(row)
    return found
