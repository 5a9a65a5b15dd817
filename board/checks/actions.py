"""A teacher judges a hit of the checks harmless, for one posting or for all of an employer; and takes it back."""

from dataclasses import replace

from board.checks.model import Harmless
from board.checks.results import Level, Result
from board.checks.rules import REASON, may_judge
from board.db import database
from board.employers.model import Employer
from board.moves import NotAllowed, Refused, record
from board.people.model import Person
from board.words import N_, one_line


def judge(
    employer: Employer, mark: str, reason: str, person: Person, posting_id: int | None = None, remember: bool = False
) -> Harmless:
    """Keep why a hit is harmless: for this posting alone, or from now on for this employer. Raises Refused."""
    if not may_judge(person):
        raise NotAllowed("judge")
    reason = one_line(reason)[: REASON[1]]
    if len(reason) < REASON[0]:
        raise Refused(N_("Say in a few words why it is harmless."))
    with database.atomic():
        same = (Harmless.employer == employer) & (Harmless.mark == mark)
        Harmless.delete().where(same & (Harmless.posting_id == posting_id)).execute()
        made = Harmless.create(
            employer=employer, mark=mark, reason=reason, person=person, posting_id=posting_id, once=int(not remember)
        )
        record(employer, "judge", person, employer.state, employer.state, detail={"mark": mark, "posting": posting_id})
    return made


def withdraw(judgment: Harmless, person: Person) -> bool:
    """From now on the hit asks again. False when somebody was first."""
    if not may_judge(person):
        raise NotAllowed("judge")
    with database.atomic():
        employer = judgment.employer
        if not Harmless.delete().where(Harmless.id == judgment.id).execute():
            return False
        record(employer, "ask_again", person, employer.state, employer.state, detail={"mark": judgment.mark})
    return True


def judged(results: list[Result], employer_id: int | None, posting_id: int | None = None) -> list[Result]:
    """The results with the reasons that were given for them; what blocks is never judged away. One query."""
    asked = [result for result in results if result.level == Level.REASON and result.mark]
    if not asked or employer_id is None:
        return results
    kept = Harmless.select().where(
        Harmless.employer == employer_id, Harmless.mark.in_([result.mark for result in asked])
    )
    kept = kept.where((Harmless.once == 0) | (Harmless.posting_id == posting_id)).order_by(Harmless.id)
    reasons = {row.mark: row.reason for row in kept}
    return [replace(one, reason=reasons.get(one.mark, "")) if one in asked else one for one in results]
