"""Something felt wrong: one press makes a case, and everything it is about stands still at once."""

from collections.abc import Iterable

from board.applications.model import Application
from board.db import database, now
from board.moves import NotAllowed, Refused, Step, record
from board.people.model import Person
from board.placements.model import Placement
from board.postings.actions import must_have_arrived
from board.reports import line, targets
from board.reports.freezing import freeze
from board.reports.model import WORDS, About, By, Kind, Report, ReportAbout, ReportEntry, ReportReader, role_of
from board.reports.targets import Target
from board.words import N_

TOO_MUCH = N_("The school has a lot from you already and reads all of it. Talk to somebody there as well.")


def report(
    target: Target, person: Person, words: str = "", in_danger: bool = False, named: Iterable[int] = ()
) -> Report:
    """Say that something felt wrong. Words may be missing; `named`: who of the school it is about.

    Who says it again while the case goes on adds to it.
    """
    if person.ended_at:
        raise NotAllowed("report")
    must_have_arrived(person)
    mine = Report.about == target.about, Report.number == target.number, Report.person == person
    who_said = {"person": person, "by": role_of(person)}
    return say(target, targets.own_placement(target, person), who_said, mine, words.strip(), in_danger, named)


def report_by_guardian(
    thing: Placement | Application,
    guardian_id: int | None,
    words: str = "",
    in_danger: bool = False,
    named: Iterable[int] = (),
) -> Report:
    """The same from a parent or guardian, who has no account: of the page that their link opens. `guardian_id`: None
    for whoever holds a slip."""
    about = About.PLACEMENT if isinstance(thing, Placement) else About.APPLICATION
    target = targets.find(about, thing.id)
    if target is None:
        raise NotAllowed("report")
    mine = by_guardian(target.application, guardian_id)
    who_said = {"guardian_id": guardian_id, "by": By.GUARDIAN}
    return say(target, target.placement, who_said, mine, words.strip(), in_danger, named)


def by_guardian(application, guardian_id: int | None) -> tuple:
    return Report.application == application, Report.by == By.GUARDIAN, Report.guardian_id == guardian_id


def of_guardian(application_id: int, guardian_id: int | None) -> Report | None:
    """The newest case that this parent or guardian, or who holds a slip, made of this application or of its match."""
    query = Report.select().where(*by_guardian(application_id, guardian_id))
    return query.order_by(Report.id.desc()).first()


def say(target: Target, placement: Placement | None, who_said: dict, mine: tuple, words: str, in_danger: bool,
        named: Iterable[int]) -> Report:  # fmt: skip
    """`mine`: the conditions for cases of the same person about the same; one that goes on is added to."""
    if len(words) > WORDS:
        raise Refused(TOO_MUCH)
    with database.atomic():
        known = Report.going_on().where(*mine).order_by(Report.id.desc()).first()
        if known:
            return add(known, words, in_danger, named)
        made = Report.create(
            about=target.about, number=target.number, application=target.application, placement=placement,
            posting=target.posting or (placement.posting if placement else None), message=target.message, employer=target.employer,
            subject=target.subject, words=words, in_danger=in_danger, due_at=line.due_after(now()), **who_said,
        )  # fmt: skip
        set_about(made, target, placement, named)
        ReportEntry.create(report=made, kind=Kind.ARRIVED, words=words)
        kept = targets.words_on(target)
        if kept:
            ReportEntry.create(report=made, kind=Kind.NOTE, words=kept)
        if not reach(made, Kind.REACHES, "report"):
            ReportEntry.create(report=made, kind=Kind.NOBODY)
        freeze(made)
    return made


def set_about(report: Report, target: Target, placement: Placement | None, named: Iterable[int]) -> None:
    """Whom it is about: who wrote the message, whose profile it is, whom its reporter named. Of the placement, who
    leads and who covers it step aside."""
    about = dict.fromkeys(staff_of(named), True)
    if target.subject and target.subject.id != report.person_id:
        about[target.subject.id] = True
    for teacher in targets.staff_of(placement):
        about.setdefault(teacher, False)
    for number, is_named in about.items():
        ReportAbout.create(report=report, person=number, named=is_named)


def staff_of(numbers: Iterable[int]) -> list[int]:
    return [one.id for one in Person.staff().where(Person.id.in_(list(numbers)))]


def reach(report: Report, kind: Kind, move: str) -> list[int]:
    """The case goes to the next stage of its line, who are told. Who the step tells stands in its detail, by id."""
    found = line.next_in_line(report)
    if found is None:
        return []
    stage, people = found
    for number in people:
        ReportReader.create(report=report, person=number, stage=stage)
        ReportEntry.create(report=report, kind=kind, to=number)
    tell(report, move, people)
    return people


def tell(report: Report, move: str, people: Iterable[int], person: Person | None = None) -> Step:
    """A Step is what notices and mails are made from; of a case it says nothing but whom to tell."""
    return record(report, move, person, report.state, report.state, detail={"to": list(people)})


def add(report: Report, words: str, in_danger: bool, named: Iterable[int]) -> Report:
    """More from the same person, while the case goes on, up to a length somebody still reads."""
    fresh = in_danger and not report.in_danger
    is_new = bool(words) and words not in report.words
    if is_new and len(report.words) + len(words) > WORDS:
        raise Refused(TOO_MUCH)
    name(report, named)
    if is_new or fresh:
        if is_new:
            report.words = f"{report.words}\n\n{words}".strip()
        report.in_danger = report.in_danger or in_danger
        report.save()
        ReportEntry.create(report=report, kind=Kind.ADDED, words=words)
        tell(report, "add", line.readers(report))
    return report


def name(report: Report, numbers: Iterable[int]) -> list[int]:
    """Staff it is about, from now on: they read it no longer. With nobody left, it goes to the next in line at once.
    Returns who is new."""
    known = {person for (person,) in report.abouts.where(ReportAbout.named).select(ReportAbout.person).tuples()}
    new = [number for number in staff_of(numbers) if number not in known]
    for number in new:
        ReportAbout.insert(report=report, person=number, named=True).on_conflict(
            conflict_target=(ReportAbout.report, ReportAbout.person), update={ReportAbout.named: True}
        ).execute()
    if not line.readers(report):
        reach(report, Kind.REACHES, "pass_on")
    return new
