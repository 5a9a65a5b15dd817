"""Changes of employers a coordinator trusts: where the school allows it, one that passes every check needs no teacher."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta

from board.checks.results import Level, Stage
from board.employers.model import Employer
from board.moves import Step, follows
from board.postings import checking, content, second, texts
from board.postings.model import Posting
from board.school.model import School

# what kind of work it is, with whom and where: of this a teacher has said yes to every word
ALWAYS_READ = {"field", "place", "address", "supervisor", "premises", "alone", "worker_kind"}
REWRITTEN = ("title", "description", "deliverable")
MOST_OF_IT = 2 / 3  # of the words of such a text stay as they were
LISTED_FOR = timedelta(days=7)  # so long the desk shows what went by it


def needs_no_teacher(posting: Posting, values: Mapping) -> bool:
    """Of a change to an approved posting, never of new work; `values` are the whole text after it, as in content.py."""
    employer, school = Employer.get_by_id(posting.employer_id), School.here()
    if not (school and school.trusted_skip and employer.trusted_at and employer.is_verified):
        return False
    if posting.held_at or second.needs_second(values) or is_new_work(posting, values):
        return False
    found = checking.results(values, employer, Stage.APPROVE, posting.id)
    return all(one.level == Level.PASSED for one in found)


def is_new_work(posting: Posting, values: Mapping) -> bool:
    """Whether a change makes another project of it, measured by what a teacher read last: many small steps lead far."""
    read = texts.read_by_teacher(posting)
    if read is None:
        return True
    old = read.values
    keys = set(content.changed(old, dict(values)))
    if keys & ALWAYS_READ or set(values.get("tasks") or ()) - set(old.get("tasks") or ()):
        return True
    return any(in_common(old.get(key) or "", values[key] or "") < MOST_OF_IT for key in keys.intersection(REWRITTEN))


def in_common(old: str, new: str) -> float:
    """The share of words that two texts have in common, of the longer one."""
    before, after = (Counter(re.findall(r"\w+", text.casefold())) for text in (old, new))
    return (before & after).total() / max(before.total(), after.total(), 1)


def steps_since(moment):
    """The Steps of changes that no teacher has read."""
    return Step.select().where(Step.noun == "revision", Step.move == "pass_unread", Step.at > moment)


@follows("employer", "suspend", "lapse")
def forget(employer: Employer, step: Step) -> None:
    """Trust ends with the check of who they are."""
    Employer.update(trusted_at=None).where(Employer.id == employer.id).execute()
