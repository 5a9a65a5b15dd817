"""What waits for the person who is looking: the numbers in the header. Few, cheap, asked once a page."""

from flask import g

from board.access import who
from board.applications.model import WAITING, Application, Reading
from board.employers.model import Employer
from board.employers.model import State as EmployerState
from board.notices import Notice
from board.people.model import Person
from board.postings.model import Posting, Revision, RevisionState
from board.postings.model import State as PostingState
from board.postings.searches import count_new
from board.reports.model import Report
from board.reports.model import State as ReportState


def waiting() -> dict[str, int]:
    """Counts by name for the header of this request."""
    if "waiting" not in g:
        person = who()
        g.waiting = of(person) if person else {}
    return g.waiting


def of(person: Person) -> dict[str, int]:
    counts = {"notices": Notice.select().where(Notice.person == person, Notice.read_at.is_null()).count()}
    if person.is_teacher:
        counts["review"] = (
            Posting.select().where(Posting.state == PostingState.SUBMITTED).count()
            + Revision.select().where(Revision.state == RevisionState.PROPOSED).count()
        )
        counts["readings"] = Reading.select().where(Reading.teacher == person, Reading.answered_at.is_null()).count()
    if person.is_coordinator:
        counts["reports"] = Report.select().where(Report.state == ReportState.OPEN).count()
        counts["employers"] = Employer.select().where(Employer.state == EmployerState.UNVERIFIED).count()
    if person.is_employer:
        counts["applicants"] = (
            Application.select()
            .join(Posting)
            .where(Posting.employer == person.employer_id, Application.state.in_(WAITING))
            .count()
        )
    if person.is_student:
        counts["offers"] = (
            Application.select().where(Application.student == person, Application.state == "offered").count()
        )
        counts["saved"] = count_new(person)
    return counts
