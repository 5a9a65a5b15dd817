"""Somebody says that something is wrong; a coordinator looks and settles it."""

from board.applications.model import Application
from board.db import database
from board.moves import Refused, Step, follows, make, record
from board.people.model import Person
from board.postings import actions as postings
from board.postings.model import Posting
from board.postings.model import State as PostingState
from board.reports.model import About, Report, State
from board.reports.rules import MOVES
from board.words import N_

LONGEST = 8000  # characters of one report, all that was added included


def report(
    about: About, posting: Posting, person: Person, words: str, application: Application | None = None
) -> Report:
    """Tell the coordinators. A posting that a student reports is off the board until a coordinator has looked.

    Who says it again before anybody has looked adds to their first report, and what is known changes nothing.
    """
    words = words.strip()
    if not words:
        raise Refused(N_("Say in a few words what is wrong."))
    postings.must_have_arrived(person)
    with database.atomic():
        known = unsettled(about, posting, person, application)
        if known:
            add(known, person, words)
            made = known
        else:
            made = Report.create(
                about=about, posting=posting, person=person, words=words,
                application_id=application.id if application else None,
            )  # fmt: skip
            record(made, "report", person, State.OPEN)
        hide_until_looked(Posting.get_by_id(posting.id), person)
    return made


def unsettled(about: About, posting: Posting, person: Person, application: Application | None = None) -> Report | None:
    """This person's report about this very thing that nobody has looked at yet."""
    query = Report.select().where(
        Report.about == about, Report.posting == posting, Report.person == person, Report.state == State.OPEN
    )
    if application:
        query = query.where(Report.application_id == application.id)
    return query.order_by(Report.id.desc()).first()


def add(report: Report, person: Person, words: str) -> None:
    """More words to a report that waits, up to a length somebody still reads."""
    if words in report.words:
        return
    if len(report.words) + len(words) > LONGEST:
        raise Refused(N_("The coordinators have a lot from you already and will look. Talk to one of them as well."))
    report.words = f"{report.words}\n\n{words}"
    report.save()
    record(report, "add", person, State.OPEN, State.OPEN)


def hide_until_looked(posting: Posting, person: Person) -> None:
    """A student's word takes a posting off the board, in any state in which students may meet it."""
    meets = posting.state in (PostingState.OPEN, PostingState.PAUSED, PostingState.FILLED)
    if person.is_student and meets and not posting.held_at:
        postings.hold(posting)


def is_waiting(posting: Posting) -> bool:
    """A report about this posting has not been looked at."""
    return Report.select().where(Report.posting == posting, Report.state == State.OPEN).exists()


def settle(report: Report, person: Person, words: str, put_back: bool = False) -> Step:
    """A coordinator has looked, and says what was done; perhaps the posting goes back on the board.

    The words are the coordinators' own: neither the reporter nor the employer reads them. With another report
    about the posting still to look at, it stays hidden.
    """
    with database.atomic():
        step = make(MOVES["settle"], report, person, words)
        posting = Posting.get_by_id(report.posting_id)
        if put_back and posting.held_at and not is_waiting(posting):
            postings.lift(posting, person)
    return step


@follows("posting", "put_back")
def only_a_coordinator_lifts_a_report(posting: Posting, step: Step) -> None:
    if is_waiting(posting) and not step.person.is_coordinator:
        raise Refused(N_("A student reported this project. A coordinator has to look first."))
