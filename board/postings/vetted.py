"""Whether the school's checks let a posting be on the board: of its employer, and of whoever a student would work with."""

from datetime import date

from board.employers.model import Employer, Supervisor
from board.employers.vetting import employer_stands, is_asked_of, supervisor_stands
from board.postings.model import Place, Posting
from board.words import Said

ON_SITE = (Place.ON_SITE, Place.HYBRID)


def in_the_way(posting: Posting, day: date, values: dict | None = None) -> Said | None:
    """Who has to be checked before it can be on the board on a day; None when everybody is. `values`: a change to its
    text, as in content.py, that would be approved."""
    employer = Employer.get_by_id(posting.employer_id)
    place, supervisor = posting.place, posting.supervisor_id and posting.supervisor
    if values is not None:
        place = values.get("place", place)
        if "supervisor" in values:
            name = (values["supervisor"] or {}).get("name", "")
            supervisor = Supervisor.get_or_none(Supervisor.employer == employer, Supervisor.name == name)
    wrong = employer_stands(employer, day)
    if wrong is None and supervisor and is_asked_of(place in ON_SITE):
        wrong = supervisor_stands(supervisor, day)
    return wrong
