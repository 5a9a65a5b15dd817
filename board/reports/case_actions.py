"""What the line of a case does with it: each a line of its log, and for the outbox a Step without a word."""

from collections.abc import Callable
from datetime import date

from board.db import database, now
from board.moves import NotAllowed, Refused, TooLate, make
from board.people.model import Person
from board.placements.model import Placement
from board.reports import freezing, line
from board.reports.actions import name, reach, tell
from board.reports.model import Kind, Outcome, Report, ReportEntry, ReportReader, State
from board.reports.rules import MOVES
from board.school.model import today
from board.words import N_

NEEDS_WORDS = N_("Write a few words first.")


def fresh(report: Report, person: Person) -> Report:
    """The case as it stands in this transaction, if this person may read it."""
    return Report.seen_by(person).where(Report.id == report.id).first() or refuse()


def refuse() -> Report:
    raise NotAllowed("case")


def log(report: Report, person: Person | None, kind: Kind, words: str = "", **more) -> ReportEntry:
    return ReportEntry.create(report=report, person=person, kind=kind, words=words.strip(), **more)


def look(report: Report, person: Person) -> Report:
    """Somebody of its line has it open: remembered once of each."""
    with database.atomic():
        case = fresh(report, person)
        mine = ReportReader.report == case, ReportReader.person == person, ReportReader.opened_at.is_null()
        if ReportReader.update(opened_at=now()).where(*mine).execute():
            log(case, person, Kind.OPENED)
        if case.state == State.NEW:
            make(MOVES["open"], case, person, opened_at=now())
    return case


def note(report: Report, person: Person, words: str) -> None:
    """For the line of the case alone."""
    must_have(words)
    with database.atomic():
        log(fresh(report, person), person, Kind.NOTE, words)


def must_have(words: str) -> None:
    if not words.strip():
        raise Refused(NEEDS_WORDS)


def say_to_reporter(report: Report, person: Person, words: str) -> None:
    """Words that whoever said it reads on their page."""
    must_have(words)
    with database.atomic():
        case = fresh(report, person)
        log(case, person, Kind.TOLD, words)
        tell(case, "answer", [case.person_id] if case.person_id else [], person)


def mandated(report: Report, person: Person, done_on: date | None, to: str) -> None:
    """That a report the law asks for was made: when and to whom, and nothing of what it says."""
    if done_on is None or done_on > today():
        raise Refused(N_("Give the day on which it was made."))
    must_have(to)
    with database.atomic():
        log(fresh(report, person), person, Kind.MANDATED, to, done_on=done_on)


def say_about(report: Report, person: Person, numbers: list[int]) -> list[int]:
    """That it is about somebody of the school: they are out of its line from now on, be it whoever says so."""
    with database.atomic():
        case = fresh(report, person)
        new = name(case, numbers)
        if not new:
            raise Refused(N_("Choose whom it is about."))
        for number in new:
            log(case, person, Kind.NOTE, to=number)
    return new


def pass_on(report: Report, person: Person) -> list[int]:
    """To the next in line, who read it beside those it has reached."""
    with database.atomic():
        case = fresh(report, person)
        people = reach(case, Kind.REACHES, "pass_on")
        if not people:
            raise Refused(N_("There is nobody else in the line of this case."))
    return people


# -- what stands still goes on


def let_messages(report: Report, person: Person) -> bool:
    return let(report, person, Kind.MESSAGES, "holds_messages", freezing.let_messages)


def let_placement(report: Report, person: Person) -> bool:
    return let(report, person, Kind.PLACEMENT, "holds_placement", freezing.let_placement)


def let_posting(report: Report, person: Person, beside: int | None = None) -> bool:
    return let(report, person, Kind.POSTING, "holds_posting", lambda case: freezing.let_posting(case, person, beside))


def let(report: Report, person: Person, kind: Kind, column: str, act: Callable[[Report], bool | None]) -> bool:
    """Whether it really goes on now; see freezing.py."""
    with database.atomic():
        case = fresh(report, person)
        if not getattr(case, column):
            raise TooLate(None)
        goes_on = act(case)
        log(case, person, kind)
    return goes_on is not False


def let_all(report: Report, person: Person) -> None:
    case, beside = Report.get_by_id(report.id), None
    if case.holds_messages:
        let_messages(case, person)
    if case.holds_placement:
        stood = Placement.select().where(Placement.id == case.placement_id, Placement.held_at.is_null(False)).exists()
        beside = case.placement_id if let_placement(case, person) and stood else None
    if case.holds_posting:
        let_posting(case, person, beside)


# -- the end


def close(report: Report, person: Person, outcome: str, words: str = "", said: str = "", let_go: bool = False) -> None:
    """With an outcome, and perhaps words for whoever said it. What still stands still then stays so."""
    if outcome not in set(Outcome):
        raise Refused(N_("Choose how it ended."))
    with database.atomic():
        case = fresh(report, person)
        make(MOVES["close"], case, person, outcome=str(outcome), closed_at=now())
        log(case, person, Kind.CLOSED, words)
        if said.strip():
            log(case, person, Kind.TOLD, said)
        if let_go:
            let_all(case, person)
        tell(case, "answer", [case.person_id] if case.person_id else [], person)


def reopen(report: Report, person: Person, words: str) -> None:
    """It goes on; what stood still does not do so again by itself."""
    must_have(words)
    with database.atomic():
        case = fresh(report, person)
        make(MOVES["reopen"], case, person, outcome=None, closed_at=None)
        log(case, person, Kind.REOPENED, words)


# -- the worker


def move_on() -> dict[str, int]:
    """Cases that nobody opened in time go to the next in line, or are told of again where nobody is left. Also those
    whose readers have all left; and whoever is the student-safety person by now reads every case that goes on."""
    passed = again = 0
    for number in [row.id for row in line.waits_long()]:
        with database.atomic():
            case = Report.get_by_id(number)
            before = line.readers(case)
            if reach(case, Kind.PASSED_ON, "pass_on"):
                passed += 1
            elif before and case.state == State.NEW and case.due_at:
                for person in before:
                    log(case, None, Kind.STILL, to=person)
                tell(case, "still", before)
                again += 1
            Report.update(due_at=line.due_after(now())).where(Report.id == number).execute()
    return {"passed": passed + new_officers(), "again": again}


def new_officers() -> int:
    """Cases that reach somebody who was named as student-safety person or backup since."""
    added = 0
    for case in Report.going_on().order_by(Report.id):
        stages = dict(line.stages_of(case))
        known = {one.person_id for one in case.readers}
        missing = [one for one in stages.get(1, ()) if one not in known]
        if missing and known:
            with database.atomic():
                reach(case, Kind.REACHES, "pass_on")
            added += 1
    return added


def move_on_unseen() -> None:
    """For the worker, whose page every coordinator reads: not even how many there were is for all of them."""
    move_on()
