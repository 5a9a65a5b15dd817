"""What stands still while a case goes on: messages, the placement, the posting; and what is kept as it is.

A case holds what it is about from the moment it is said, and its line lets each go on by itself. Two cases may hold
the same: it goes on when neither does any more.
"""

from datetime import datetime

from peewee import Case, fn

from board.applications.model import Application
from board.moves import NotAllowed, Refused, Step, follows
from board.people.model import Person
from board.placements import hold_actions
from board.placements import keeping as keeping_placements
from board.placements.model import OPEN, Placement
from board.placements.resting import would_rest
from board.postings import actions as postings
from board.postings import keeping as keeping_postings
from board.postings.model import Posting
from board.postings.model import State as PostingState
from board.postings.rules import SHUT_OUT
from board.reports.model import Kind, Report, ReportEntry, State
from board.reports.rules import hides

ON_BOARD = (PostingState.OPEN, PostingState.PAUSED, PostingState.FILLED)  # where students may meet it


def freeze(report: Report) -> None:
    """In the transaction of a report. What was on hold before stays so when the case lets go."""
    stops = bool(report.placement_id) and freeze_placement(report)
    if report.posting_id and hides(report.by, report.placement_id is not None, hidden_by(report.person_id)):
        posting = Posting.get_by_id(report.posting_id)
        report.posting_held_before = before("posting", posting.id, posting.held_at)
        report.holds_posting = True
        report.save()
        if posting.held_at is None and posting.state in ON_BOARD:
            postings.hold(posting, beside=report.placement_id if stops else None)


def hidden_by(person_id: int | None) -> int:
    """How many postings this person's open cases hide."""
    mine = Report.going_on().where(Report.person == person_id, Report.holds_posting)
    return mine.select(Report.posting).distinct().count() if person_id else 0


def freeze_placement(report: Report) -> bool:
    """Whether it stops with this: it may have stood still before."""
    placement = Placement.get_by_id(report.placement_id)
    report.holds_messages = True
    if placement.state in OPEN:
        report.placement_held_before = before("placement", placement.id, placement.held_at)
        report.holds_placement = True
    report.save()
    stops = report.holds_placement and placement.held_at is None
    if stops:
        hold_actions.keep_on_hold(placement)
    return stops


@follows("application", "accept")
def keep_match(application: Application, step: Step) -> None:
    """A case about an application goes on with its match; what its line has let go on before is not stopped again."""
    placement = Placement.get_or_none(Placement.application == application)
    for report in Report.going_on().where(Report.application == application, Report.placement.is_null()):
        report.placement = placement
        report.save()
        let_go = ReportEntry.select().where(ReportEntry.report == report, ReportEntry.kind == Kind.POSTING)
        if report.holds_posting or not let_go.exists():
            freeze_placement(report)


def holders(what: str, number: int):
    """The cases that hold this placement or posting."""
    owner, column = {
        "placement": (Report.placement, Report.holds_placement), "posting": (Report.posting, Report.holds_posting),
    }[what]  # fmt: skip
    return Report.select().where(owner == number, column)


def before(what: str, number: int, held_at: datetime | None) -> bool:
    """Whether it was on hold before any case held it: what the first of several knows, the others keep."""
    column = {"placement": Report.placement_held_before, "posting": Report.posting_held_before}[what]
    others = holders(what, number)
    return others.where(column).exists() if others.exists() else held_at is not None


def let_messages(report: Report) -> None:
    Report.update(holds_messages=False).where(Report.id == report.id).execute()


def let_placement(report: Report) -> bool:
    """Whether it goes on now: not where another case holds it, where it was on hold before, or where something has
    come about meanwhile for which the board would put it on hold."""
    Report.update(holds_placement=False).where(Report.id == report.id).execute()
    placement = Placement.get_by_id(report.placement_id)
    if holders("placement", placement.id).exists() or report.placement_held_before or placement.held_at is None:
        return placement.held_at is None
    why = would_rest(placement)
    if why:
        hold_actions.say_why(placement, why)
        return False
    hold_actions.let_go_on(placement)
    return True


def let_posting(report: Report, person: Person, beside: int | None = None) -> bool:
    """Whether it goes on now: not where another case holds it, where it was off the board before, or where its employer
    or something in it has to be looked at first: then any teacher puts it back. `beside`: the placement that has just
    gone on."""
    Report.update(holds_posting=False).where(Report.id == report.id).execute()
    posting = Posting.get_by_id(report.posting_id)
    if holders("posting", posting.id).exists() or report.posting_held_before or posting.held_at is None:
        return posting.held_at is None
    if posting.employer.state in SHUT_OUT:
        return False
    try:
        postings.lift(posting, person, beside=beside)
    except (Refused, NotAllowed):
        return False
    return True


# -- what retention waits for


def frozen_placements():
    """Ids of the placements whose messages, files and hours a case that goes on keeps."""
    return Report.going_on().where(Report.placement.is_null(False)).select(Report.placement)


def frozen_applications():
    """Ids of the applications whose words a case that goes on keeps."""
    return Report.going_on().where(Report.application.is_null(False)).select(Report.application)


# -- asked by every write; see keeping.py in placements and postings


def keeps_of_placement(number: int) -> keeping_placements.Kept:
    since = fn.MAX(Case(None, ((Report.state != State.CLOSED, Report.created_at),)))
    columns = fn.MAX(Report.holds_placement), fn.MAX(Report.holds_messages), since
    hold, messages, since = Report.select(*columns).where(Report.placement == number).tuples().get()
    return keeping_placements.Kept(bool(hold), bool(messages), as_moment(since))


def as_moment(value) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def keeps_of_posting(number: int) -> keeping_postings.Kept:
    rows = list(
        Report.select(Report.holds_posting, Report.state).where(
            Report.posting == number, (Report.state != State.CLOSED) | Report.holds_posting
        )
    )
    hidden, text = any(row.holds_posting for row in rows), any(row.state != State.CLOSED for row in rows)
    return keeping_postings.Kept(hidden, text)


keeping_placements.ask.append(keeps_of_placement)
keeping_postings.ask.append(keeps_of_posting)
