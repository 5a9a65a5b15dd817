"""A posting before the checks: its text as they read it, what they answer, and the row that remembers it."""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from board.checks import engine, evidence, scam, scanning
from board.checks.actions import judge, judged
from board.checks.facts import Project, Session
from board.checks.hours import AGE
from board.checks.results import Level, Result, Stage, in_order
from board.checks.rules_of_school import rulebook, year
from board.employers import domains
from board.employers.domains import Mailbox
from board.employers.model import Employer, Supervisor
from board.employers.vetting import is_asked_of, supervisor_stands
from board.moves import Refused
from board.people.model import Person
from board.postings import content
from board.postings.model import Posting
from board.postings.rules import Problem, in_page_order
from board.postings.rules import problems as unfinished
from board.postings.vetted import ON_SITE
from board.school.model import today
from board.words import N_

LOWEST_AGE = "R1"
OF_TASKS = ("R8", "R9", "R11")


def project_of(values: Mapping, employer: Employer | None = None) -> Project:
    """Values as in content.py; without an employer (a starter has none) its check stands."""
    supervisor = values.get("supervisor") or {}
    return Project(
        employer_id=employer.id if employer else None, employer_stands=employer is None or employer.is_verified,
        texts=scanning.texts_of(values), hours=values.get("hours"), weeks=values.get("weeks"),
        starts_on=day_of(values.get("starts_on")), due_on=day_of(values.get("due_on")),
        sessions=sessions_of(values.get("sessions")), tasks=tuple(values.get("tasks") or ()) or None,
        pay_cents=values.get("pay_cents"), worker_kind=values.get("worker_kind") or None, place=values.get("place") or None,
        address=values.get("address") or "", supervisor=supervisor.get("name") or "",
        premises=values.get("premises") or None, alone=values.get("alone") or None,
        minimum_age=values.get("minimum_age") or None, supervisor_stands=supervisor_holds(values, employer),
    )  # fmt: skip


def supervisor_holds(values: Mapping, employer: Employer | None) -> bool:
    """Whether the school's check of whoever is named holds today; nobody named is said elsewhere."""
    named = (values.get("supervisor") or {}).get("name")
    if employer is None or not named or not is_asked_of(values.get("place") in ON_SITE):
        return True
    supervisor = Supervisor.get_or_none(Supervisor.employer == employer, Supervisor.name == named)
    return supervisor is not None and supervisor_stands(supervisor, today()) is None


def project_in(posting: Posting) -> Project:
    """The same from the row alone, without its texts: what the ages and the calendar need, and no query."""
    return Project(
        employer_id=posting.employer_id, hours=posting.hours, weeks=posting.weeks, starts_on=posting.starts_on,
        due_on=posting.due_on, sessions=sessions_of(json.loads(posting.sessions or "[]")),
        tasks=tuple(json.loads(posting.tasks or "[]")) or None, pay_cents=posting.pay_cents,
        worker_kind=posting.worker_kind, place=posting.place, address=posting.address,
        supervisor=str(posting.supervisor_id or ""), premises=posting.premises, alone=posting.alone,
        minimum_age=posting.minimum_age,
    )  # fmt: skip


def sessions_of(rows) -> tuple[Session, ...]:
    """Fixed times as content.py has them; what is no time is left out."""
    found = []
    for row in rows or ():
        starts, ends = minutes_of(row.get("from")), minutes_of(row.get("to"))
        if starts is not None and ends is not None and row.get("day") in range(7):
            found.append(Session(row["day"], starts, ends))
    return tuple(found)


def minutes_of(clock: str | None) -> int | None:
    hour, _colon, minute = (clock or "").partition(":")
    return int(hour) * 60 + int(minute) if hour.isdecimal() and minute.isdecimal() else None


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def results(
    values: Mapping,
    employer: Employer | None,
    stage: Stage,
    posting_id: int | None = None,
    supervisor_asked: bool = True,
) -> list[Result]:
    """Everything the checks say of these values, what blocks first; with the reasons teachers gave before.

    `supervisor_asked`: not of a change that leaves who it is as it was.
    """
    project, rules = project_of(values, employer), rulebook()
    if not supervisor_asked:
        project = replace(project, supervisor_stands=True)
    found = engine.check(project, year(), rules, stage=stage, today=today())
    found += scanning.scan(
        project.texts, offer_of(values, employer), project.tasks or (), project.minimum_age, rules.excluded
    )
    return in_order(judged(found, project.employer_id, posting_id))


def offer_of(values: Mapping, employer: Employer | None) -> scam.Offer:
    """A posting as the search for scams reads it. A website says who they are as well as words do; the mailboxes of
    its people, which need a query and long lists, are looked at where they can decide."""
    offer = scanning.offer_of(values, f"{employer.about}\n{employer.website}" if employer else "")
    if employer is None or not scam.look(offer).is_near:
        return offer
    theirs = Person.active().where(Person.employer == employer, Person.email.is_null(False))
    found = {domains.mailbox(person.email) for person in theirs}
    return replace(offer, mailbox=next((str(one) for one in (Mailbox.DISPOSABLE, Mailbox.FREE) if one in found), ""))


def ages(values: Mapping, employer: Employer | None = None) -> engine.Ages:
    """Who can do it, by its hours, days, times and tasks."""
    return engine.ages(project_of(values, employer), year(), rulebook())


def ages_in(posting: Posting) -> engine.Ages:
    return engine.ages(project_in(posting), year(), rulebook())


def problems(values: Mapping, employer: Employer | None, day: date, posting_id: int | None = None) -> list[Problem]:
    """What keeps a posting from being sent: what it does not say yet, and all that the checks do not let through, also
    where several stand at one place: the age can be too low for the hours, the times and the tasks."""
    found = unfinished(values, day)
    done = {problem.key for problem in found}  # what is not there, or is no day, is not judged as well
    for one in results(values, employer, Stage.SUBMIT, posting_id):
        if one.is_block and one.key and one.key not in done:
            found.append(Problem(place_of(one, values), one.words, one.values, one.change))
            if one.rule == LOWEST_AGE:  # comes first; nothing else matters at an age nobody here has
                done.add(one.key)
    return in_page_order(found)


def place_of(one: Result, values: Mapping) -> str:
    """The key beside which an employer reads it: what another lowest age would settle stands with what was typed."""
    if one.rule in OF_TASKS:
        return "tasks"
    if one.key == AGE and one.rule != LOWEST_AGE:
        return "sessions" if values.get("sessions") and one.rule != "R7" else "hours"
    return one.key


class NeedsReason(Refused):
    """A teacher has to say why it is all right: `results` are what asks."""

    def __init__(self, asking: list[Result]):
        super().__init__(N_("Say why it is all right, beside each check that asks for a reason."))
        self.results = asking


def must_pass(found: Collection[Result]) -> None:
    """Raises Refused with what blocks first, then NeedsReason."""
    blocks = [one for one in found if one.level == Level.BLOCKS]
    if blocks:
        raise Refused(blocks[0].words, **blocks[0].values)
    asking = [one for one in found if one.is_open]
    if asking:
        raise NeedsReason(asking)


def pass_for(
    posting: Posting, values: Mapping, person: Person, reasons: Mapping[str, str], remember: Collection[str],
    supervisor_asked: bool = True,
) -> list[Result]:  # fmt: skip
    """In the transaction of a teacher's yes: keeps their reasons (by mark), and the evidence of what was checked.

    `remember`: marks whose reason holds for this employer from now on. Raises Refused or NeedsReason.
    """
    employer = Employer.get_by_id(posting.employer_id)
    asked = results(values, employer, Stage.APPROVE, posting.id, supervisor_asked)
    asking = {one.mark for one in asked if one.is_open}
    given = {mark: words for mark, words in reasons.items() if mark in asking and words.strip()}
    for mark, words in given.items():
        judge(employer, mark, words, person, posting.id, mark in remember)
    found = results(values, employer, Stage.APPROVE, posting.id, supervisor_asked) if given else asked
    must_pass(found)
    keep(posting.id, values, employer, Stage.APPROVE, person, found)
    return found


def keep(
    posting_id: int, values: Mapping, employer: Employer, stage: Stage, person: Person | None, found: list[Result]
) -> None:
    rules = rulebook()
    evidence.keep("posting", posting_id, stage, person, rules, evidence.inputs_of(project_of(values, employer), rules), found)  # fmt: skip


def read(posting: Posting) -> dict:
    """Its text as it is stored now."""
    return content.read(Posting.get_by_id(posting.id))
