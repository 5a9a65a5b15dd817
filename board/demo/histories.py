"""The life of one demo posting: written, sent, approved, applied for, answered, closed; each event on its day.

The rules allow no posting whose last day lies in the past. One that has its life behind it is played with its
dates moved forward, and they are moved back at the end.
"""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta

from board.applications import actions as applications
from board.applications.model import Application, Reason
from board.checks.results import Level, Stage
from board.demo.clock import Clock
from board.moves import Step
from board.people.model import Person
from board.postings import actions as postings
from board.postings import checking, content, revisions
from board.postings.model import Posting
from board.postings.rules import DeclineReason
from board.postings.texts import last_approved
from board.reports import actions as reports_actions
from board.reports import case_actions, targets
from board.reports.model import About, Outcome, Report
from board.school.actions import skills_named
from board.school.model import School

Event = tuple[float, Callable[[], object]]  # days ago, what happened

COPIED = (
    "title", "summary", "deliverable", "milestones", "field", "hours", "weeks", "rhythm", "seats", "paid_how", "place",
    "location", "address", "times", "getting_there", "resume_title", "minimum_age", "minimum_grade",
    "first_project_welcome", "ai_tools", "ai_note", "questions", "tasks", "sessions", "worker_kind", "premises", "alone",
)  # fmt: skip
# how far between being sent and the end of waiting each answer came
OFFERED_AT, ACCEPTED_AT, EARLY_OFFER, TURNED_DOWN_AT, LAPSED_AT, ANSWERED_AT = 0.5, 0.75, 0.1, 0.3, 0.35, 0.4
WAITS_FOR_AN_ANSWER = 0.85


def play(number: int, project: dict, own: list[dict], reports: list[dict], people: dict, clock: Clock) -> Posting:
    """Everything that happened to one posting. `number` spreads the days."""
    person, teacher = people[project["by"]], reader_of(number, people)
    ahead = forward(project)
    posting = postings.begin(person.employer, person, values(project, ahead))
    sent, opened = days_of(number, project, own)
    if project["state"] == "draft":
        clock.happened(sent)
        return posting
    clock.happened(sent + 1 + number % 3)
    postings.submit(posting, person)
    clock.happened(sent)
    answer(project, posting, teacher, people, clock, opened)
    if posting.opened_at:
        events = [event for row in own for event in application_events(row, project, posting, people)]
        events += [event for row in reports for event in report_events(row, posting, people)]
        events += later_events(project, posting, person)
        for days_ago, happen in sorted(events, key=lambda event: -event[0]):
            happen()
            clock.happened(days_ago)
        move_back(posting, ahead)
    return Posting.get_by_id(posting.id)


def reader_of(number: int, people: dict) -> Person:
    teachers = [person for person in people.values() if person.is_teacher]
    return teachers[number % len(teachers)]


def forward(project: dict) -> int:
    """By how many days a posting's dates are moved while it is played."""
    return max(0, 1 - project.get("apply_in_days", 1))


def values(project: dict, ahead: int) -> dict:
    """A project of the file as the content of a posting."""
    made = {key: project[key] for key in COPIED if key in project}
    made["description"] = project.get("description", "").strip()
    made["must"], made["nice"] = project.get("must_skills", []), project.get("nice_skills", [])
    if "pay" in project:
        made["pay_cents"] = project["pay"] * 100
    if "supervisor" in project:
        made["supervisor"] = {"name": project["supervisor"]}
    if "start_in_days" in project:
        start = project["start_in_days"]
        days = {
            "apply_by": project["apply_in_days"], "decide_by": project["decide_in_days"],
            "starts_on": start, "due_on": start + 7 * project["weeks"] - 1,
        }  # fmt: skip
        today = School.here().today()
        made |= {key: (today + timedelta(days=ahead + number)).isoformat() for key, number in days.items()}
    return made


def days_of(number: int, project: dict, own: list[dict]) -> tuple[float, float]:
    """How many days ago it was sent to the school, and approved: before anybody applied, and before its last day."""
    if project["state"] in ("draft", "submitted", "changes_requested", "declined"):
        said = max((row["days_ago"] for row in project.get("thread", ())), default=0)
        sent = said + 0.5 + (number * 5 % 7) * 0.9
        return sent, said + 0.02 if said else sent - 0.4
    first = max([row["days_ago"] for row in own] + [10 - project["apply_in_days"], 1])
    opened = first + 1 + number % 4 + 0.3
    return opened + 1.2 + number % 2, opened


def answer(project: dict, posting: Posting, teacher: Person, people: dict, clock: Clock, opened: float) -> None:
    """What the teachers made of it, and then said."""
    if project["state"] == "changes_requested":
        postings.ask_changes(posting, teacher, {row["section"]: row["words"] for row in project["changes"]})
    elif project["state"] == "declined":
        postings.decline(posting, teacher, DeclineReason.SAFETY, project["decline_reason"])
    elif project["state"] != "submitted":
        postings.approve(posting, teacher, reasons_for(posting))
    clock.happened(opened)
    for row in project.get("thread", ()):
        postings.comment(posting, people[row["by"]], row["words"])
        clock.happened(row["days_ago"])


def reasons_for(posting: Posting) -> dict[str, str]:
    """What the teacher wrote where a check asks why something is all right."""
    found = checking.results(content.read(posting), posting.employer, Stage.APPROVE, posting.id)
    return {
        one.mark: "Read with the employer: the student does not do that." for one in found if one.level == Level.REASON
    }


def later_events(project: dict, posting: Posting, person: Person) -> Iterator[Event]:
    if "revision" in project:
        changes = dict(project["revision"])
        if "pay" in changes:
            changes["pay_cents"] = changes.pop("pay") * 100
        yield 1.5, lambda: revisions.propose(fresh(posting), person, changes)
    if project["state"] == "paused" and project["apply_in_days"] < 0:
        yield 2.5, lambda: postings.pause(fresh(posting), person)
    if project["state"] == "closed":
        ended = -(project["start_in_days"] + 7 * project["weeks"]) + 0.5
        yield max(ended, 1.0), lambda: postings.close(fresh(posting), person, "The work is done. Thank you!")


def fresh(posting: Posting) -> Posting:
    return Posting.get_by_id(posting.id)


def application_events(row: dict, project: dict, posting: Posting, people: dict) -> Iterator[Event]:
    """One student's application from the first word to where it stands."""
    student, person, state = people[row["student"]], people[project["by"]], row["state"]
    sent, end = row["days_ago"], max(0, -project["decide_in_days"])

    def at(part: float) -> float:
        return sent - part * (sent - end)

    def mine() -> Application:
        return Application.get(Application.posting == posting, Application.student == student)

    yield sent + 0.2, lambda: write(posting, student, row)
    if "reader" in row:
        teacher = people[row["reader"]]
        yield sent + 0.15, lambda: applications.ask_to_read(mine(), student, teacher)
        if "read" in row:
            yield sent + 0.1, lambda: applications.answer_reading(mine().readings.get(), teacher, row["read"])
    if state == "draft":
        return
    yield sent, lambda: applications.submit(mine(), student)
    if state == "shortlisted":
        yield at(ANSWERED_AT), lambda: applications.shortlist(mine(), person)
    elif state == "withdrawn":
        yield at(ANSWERED_AT), lambda: applications.withdraw(mine(), student)
    elif state == "not_selected" and row["reason_kind"] != Reason.FILLED:
        yield (
            at(ANSWERED_AT),
            lambda: applications.not_select(mine(), person, Reason(row["reason_kind"]), row.get("reason", "")),
        )
    elif state == "offered":
        yield at(WAITS_FOR_AN_ANSWER), lambda: offer(mine(), person, row["answer_in_days"])
    elif state == "accepted":
        yield at(OFFERED_AT), lambda: offer(mine(), person)
        yield at(ACCEPTED_AT), lambda: applications.accept(mine(), student)
    elif state == "turned_down":
        yield at(EARLY_OFFER), lambda: offer(mine(), person)
        yield at(TURNED_DOWN_AT), lambda: applications.turn_down(mine(), student)
    elif state == "lapsed":
        yield at(EARLY_OFFER), lambda: offer(mine(), person)
        yield at(LAPSED_AT), lambda: lapse(mine())


def write(posting: Posting, student: Person, row: dict) -> None:
    application = applications.begin(fresh(posting), student)
    evidence = {
        skills_named([line["skill"]])[0].id: {"kind": line["kind"], "words": line["sentence"]}
        for line in row["evidence"]
    }
    applications.save(application, student, row["why"], dict(enumerate(row["answers"], 1)), evidence)


def offer(application: Application, person: Person, days: int = 3) -> Step:
    return applications.offer(application, person, School.here().today() + timedelta(days=days))


def lapse(application: Application) -> None:
    today = School.here().today()
    Application.update(answer_by=today - timedelta(days=1)).where(Application.id == application.id).execute()
    applications.lapse_offers(today)


def report_events(row: dict, posting: Posting, people: dict) -> Iterator[Event]:
    about, person = About(row["about"]), people[row["by"]]
    application = None
    if about == About.APPLICATION:
        application = people[row["student"]]
    yield row["days_ago"], lambda: report(about, posting, person, row["words"], application)
    if "settled" in row:
        coordinator = people["harriet-lindgren"]
        yield row["days_ago"] - 0.5, lambda: close(posting.reports.get(), coordinator, row["settled"])


def report(about: About, posting: Posting, person: Person, words: str, student: Person | None) -> None:
    application = student and Application.get(Application.posting == posting, Application.student == student)
    target = targets.find(about, application.id if application else posting.id)
    reports_actions.report(target, person, words)


def close(case: Report, person: Person, words: str) -> None:
    """Opened, and closed with words for whoever said it."""
    opened = case_actions.look(case, person)
    case_actions.close(opened, person, Outcome.NOTHING, "", words, let_go=True)


def move_back(posting: Posting, ahead: int) -> None:
    """The posting's dates to where the file has them, in its row and in the text that was approved."""
    if not ahead:
        return
    posting = fresh(posting)
    for key in content.DATES:
        setattr(posting, key, getattr(posting, key) - timedelta(days=ahead))
    posting.save()
    approved = last_approved(posting)
    approved.content = json.dumps(content.read(posting))
    approved.save()
