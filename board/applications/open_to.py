"""Which live projects a student may not apply to for a reason of their own: what the search leaves out of "I may apply".

Age and grade against what a project names are the search's own (search/filters.py). Beyond them: an answer that was
given before; hours promised to or worked for the same employer; work that has begun, whose hours have fewer days left
by now; and work that nobody was asked about when it was approved, so that no check has closed it to the youngest yet.
Everything else the checks would close is hidden by again.py.
"""

from board.applications.checking import ADULT, Elsewhere, barred_by_age
from board.applications.drafts import answers_given
from board.db import database
from board.people.model import Person
from board.postings.checking import ages_in
from board.postings.model import Posting
from board.postings.project import rules_mark
from board.school.model import today
from board.search.filters import closing

NOBODY = 99  # an age nobody here has
MOST_KEPT = 5000
_lowest: dict[tuple, int] = {}
# those a student has promised hours to, or has worked for; the table is named, not imported: it lies further on
PROMISED_TO = (
    "SELECT DISTINCT posting.employer_id FROM placement JOIN application ON application.id = placement.application_id"
    " JOIN posting ON posting.id = application.posting_id"
    " WHERE application.student_id = ? AND"
    " (placement.state IN ('proposed', 'agreed', 'active', 'delivered') OR placement.started_at IS NOT NULL)"
)


@closing
def closed_to(student: Person) -> set[int]:
    """Ids of live projects. What `drafts.barred_from` says of each, asked only of those where it can differ."""
    closed = {number for (number,) in answers_given(student)}
    employers = [number for (number,) in database.execute_sql(PROMISED_TO, [student.id]).fetchall()]
    dated = Posting.starts_on.is_null(False) & Posting.due_on.is_null(False)
    theirs = Posting.employer.in_(employers)
    if student.age_on(today()) < ADULT:  # from then on no law looks at the work
        theirs |= Posting.tasks.is_null() | (Posting.starts_on < today())
    elsewhere = Elsewhere(student)
    for posting in Posting.live().where(dated & theirs):
        asked = posting.employer_id in employers or posting.starts_on < today()
        asked = asked or student.age_on(posting.starts_on) < lowest_of(posting)
        if asked and barred_by_age(posting, student, elsewhere):
            closed.add(posting.id)
    return closed


def lowest_of(posting: Posting) -> int:
    """The lowest age the checks let in, kept while the text, the rules and the calendar are the same."""
    key = (posting.id, posting.version, rules_mark())
    if key not in _lowest:
        if len(_lowest) >= MOST_KEPT:
            _lowest.clear()
        _lowest[key] = ages_in(posting).lowest or NOBODY
    return _lowest[key]
