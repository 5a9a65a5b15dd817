"""A posting before the checks: what they answer of its text, and what has to be so before a teacher's yes holds."""

from collections.abc import Collection, Mapping
from datetime import date

from board.checks import scanning
from board.checks.actions import judge, judged
from board.checks.results import Level, Result, Stage, in_order
from board.employers.model import Employer
from board.moves import Refused
from board.people.model import Person
from board.postings import checks, content
from board.postings.model import Posting
from board.postings.rules import Problem
from board.postings.rules import problems as unfinished
from board.school.model import School
from board.words import N_

LEVELS = {checks.Level.PASSED: Level.PASSED, checks.Level.LOOK: Level.WARNS, checks.Level.BLOCKS: Level.BLOCKS}


def results(values: Mapping, employer: Employer | None, stage: Stage, posting_id: int | None = None) -> list[Result]:
    """Everything the checks say of these values, what blocks first; with the reasons teachers gave before."""
    school = School.here()
    said = [checks.pay(dict(values), school.minimum_pay_cents), checks.hours(dict(values)), checks.place(dict(values))]
    if employer:
        said.append(checks.employer_checked(employer))
    found = [
        Result(f"old:{number}", LEVELS[one.level], one.title, one.words, one.values) for number, one in enumerate(said)
    ]
    texts = scanning.texts_of(values)
    offer = scanning.offer_of(values, employer.about if employer else "")
    found += scanning.scan(texts, offer, values.get("tasks") or (), values.get("minimum_age"))
    return in_order(judged(found, employer.id if employer else None, posting_id))


def problems(values: Mapping, employer: Employer | None, day: date, posting_id: int | None = None) -> list[Problem]:
    """What keeps a posting from being sent."""
    school = School.here()
    return unfinished(dict(values), day, school.minimum_pay_cents, school.minimum_age)


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
    posting: Posting, values: Mapping, person: Person, reasons: Mapping[str, str], remember: Collection[str]
) -> list[Result]:
    """In the transaction of a teacher's yes: keeps their reasons (by mark), and the evidence of what was checked.

    `remember`: marks whose reason holds for this employer from now on. Raises Refused or NeedsReason.
    """
    employer = Employer.get_by_id(posting.employer_id)
    asking = {one.mark for one in results(values, employer, Stage.APPROVE, posting.id) if one.is_open}
    for mark, words in reasons.items():
        if mark in asking and words.strip():
            judge(employer, mark, words, person, posting.id, mark in remember)
    found = results(values, employer, Stage.APPROVE, posting.id)
    must_pass(found)
    return found


def read(posting: Posting) -> dict:
    """Its text as it is stored now."""
    return content.read(Posting.get_by_id(posting.id))
