"""Changes of employers a coordinator trusts: where the school allows it, one that passes every check needs no teacher."""

from collections.abc import Mapping

from board.checks.results import Level, Stage
from board.employers.model import Employer
from board.moves import Step, follows
from board.postings import checking, second
from board.postings.model import Posting
from board.school.model import School


def needs_no_teacher(posting: Posting, values: Mapping) -> bool:
    """Of a change to an approved posting, never of new work; `values` are the whole text after it, as in content.py."""
    employer, school = Employer.get_by_id(posting.employer_id), School.here()
    if not (school and school.trusted_skip and employer.trusted_at and employer.is_verified):
        return False
    if posting.held_at or second.needs_second(values):
        return False
    found = checking.results(values, employer, Stage.APPROVE, posting.id)
    return all(one.level == Level.PASSED for one in found)


@follows("employer", "suspend", "lapse")
def forget(employer: Employer, step: Step) -> None:
    """Trust ends with the check of who they are."""
    Employer.update(trusted_at=None).where(Employer.id == employer.id).execute()
