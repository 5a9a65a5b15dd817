"""Who may do what with a posting, when; and what a posting must say before a teacher reads it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from board.employers.rules import SHUT_OUT
from board.moves import Move
from board.people.model import Person, Role
from board.postings.content import SECTION_OF
from board.postings.model import AiTools, Place, Posting, RevisionState, Section, State
from board.words import N_, Labelled

STAFF = (Role.TEACHER, Role.COORDINATOR)
EMPLOYER = (Role.EMPLOYER,)


def own(person: Person, posting: Posting) -> bool:
    return person.employer_id == posting.employer_id


def may_write(person: Person, posting: Posting) -> bool:
    """Their own; not while the school has refused or suspended their organization: then they only read."""
    return own(person, posting) and posting.employer.state not in SHUT_OUT


def has_arrived(person: Person) -> bool:
    """Has confirmed their mail address: before that nothing goes to the school."""
    return not person.is_newcomer


def may_reopen(person: Person, posting: Posting) -> bool:
    """What the school took off the board, its employer can't put back; nor one not checked any more."""
    return own(person, posting) and posting.held_at is None and posting.employer.is_verified


def checked(person: Person, posting: Posting) -> bool:
    """Only postings of employers the school has checked come onto the board."""
    return posting.employer.is_verified


def may_put_back_all(person: Person, employer) -> bool:
    """What paused when a check lapsed comes back by one press, once the check holds again."""
    return person.is_teacher and person.ended_at is None and employer.is_verified


def own_or_staff(person: Person, posting: Posting) -> bool:
    return person.is_teacher or own(person, posting)


def may_hand_over(person: Person, posting: Posting) -> bool:
    """Its employer's people, unless shut out; and a coordinator, for somebody who has left without a word."""
    return person.ended_at is None and (person.is_coordinator or may_write(person, posting))


def may_take_over(person: Person, posting: Posting) -> bool:
    """Who can be the contact of a posting, or help with it."""
    return person.ended_at is None and own(person, posting)


MOVES = {
    move.name: move
    for move in (
        Move("submit", N_("Send to the school"), (State.DRAFT, State.CHANGES_REQUESTED), State.SUBMITTED, EMPLOYER,
             may_write),
        Move("take_back", N_("Take back"), (State.SUBMITTED,), State.DRAFT, EMPLOYER, own, quiet=True),
        Move("approve", N_("Approve"), (State.SUBMITTED,), State.OPEN, STAFF, checked),
        Move("ask_changes", N_("Ask for changes"), (State.SUBMITTED,), State.CHANGES_REQUESTED, STAFF, quiet=True),
        Move("decline", N_("Decline"), (State.SUBMITTED,), State.DECLINED, STAFF, reason=True, danger=True),
        Move("pause", N_("Pause"), (State.OPEN,), State.PAUSED, EMPLOYER, own, quiet=True),
        Move("resume", N_("Reopen"), (State.PAUSED,), State.OPEN, EMPLOYER, may_reopen),
        Move("pull", N_("Take off the board"), (State.OPEN,), State.PAUSED, STAFF, reason=True, danger=True),
        Move("put_back", N_("Put back on the board"), (State.PAUSED,), State.OPEN, STAFF, checked),
        Move("close", N_("Close"), (State.OPEN, State.PAUSED, State.FILLED), State.CLOSED, (*EMPLOYER, *STAFF),
             own_or_staff, danger=True),
        # the board itself
        Move("rest", N_("Pause until the check holds again"), (State.OPEN,), State.PAUSED),
        Move("hold", N_("Pause for now"), (State.OPEN,), State.PAUSED),
        Move("look_again", N_("Hide until a teacher has looked again"), (State.OPEN,), State.PAUSED),
        Move("fill", N_("Filled"), (State.OPEN, State.PAUSED), State.FILLED),
        Move("free_seat", N_("A place came free"), (State.FILLED,), State.OPEN),
    )
}  # fmt: skip


def own_revision(person: Person, revision) -> bool:
    return person.employer_id == revision.posting.employer_id


REVISION_MOVES = {
    move.name: move
    for move in (
        Move("approve", N_("Approve the change"), (RevisionState.PROPOSED,), RevisionState.APPROVED, STAFF),
        Move("return", N_("Return it"), (RevisionState.PROPOSED,), RevisionState.RETURNED, STAFF, reason=True, danger=True),
        # the board itself: a trusted employer's, with nothing in it that any check minds
        Move("pass_unread", N_("Goes live without review"), (RevisionState.PROPOSED,), RevisionState.APPROVED),
        Move("take_back", N_("Take the change back"), (RevisionState.PROPOSED,), RevisionState.TAKEN_BACK, EMPLOYER,
             own_revision, quiet=True),
    )
}  # fmt: skip


# a decision taken back in the minutes in which nobody has been told of it; see deciding.py
UNDO = Move("undo", N_("Undo"), (State.OPEN, State.CHANGES_REQUESTED, State.DECLINED), State.SUBMITTED, STAFF)
UNDO_CHANGE = Move(
    "undo", N_("Undo"), (RevisionState.APPROVED, RevisionState.RETURNED), RevisionState.PROPOSED, STAFF
)  # fmt: skip


class DeclineReason(Labelled):
    NOT_A_PROJECT = "not-a-project", N_("A job or a shift, not a project with one thing to make")
    NOT_FOR_STUDENTS = "not-for-students", N_("Not suitable for high school students")
    PAY = "pay", N_("The pay does not fit the work")
    SAFETY = "safety", N_("We can't tell whether it is safe")
    UNCLEAR = "unclear", N_("It is not clear what a student would do")
    OTHER = "other", N_("Another reason")


@dataclass(frozen=True)
class Problem:
    """Something a posting must still say or change before it can be sent."""

    key: str
    words: str
    values: dict
    change: str = ""  # what to do about it

    @property
    def section(self) -> Section:
        return SECTION_OF[self.key]


class NotReady(Exception):
    """The posting can't be sent yet; carries the list of problems."""

    def __init__(self, found: list[Problem]):
        super().__init__(", ".join(problem.key for problem in found))
        self.problems = found


REQUIRED = {
    "title": N_("Give the project a title."),
    "summary": N_("Say in one sentence what it is."),
    "field": N_("Choose the kind of work."),
    "description": N_("Describe the work."),
    "deliverable": N_("Say what the student hands over at the end."),
    "must": N_("Name at least one skill the work needs."),
    "hours": N_("Estimate how many hours it takes."),
    "weeks": N_("Say over how many weeks."),
    "starts_on": N_("Give a start date."),
    "due_on": N_("Give the date the work is due."),
    "tasks": N_("Tick what the student does."),
    "pay_cents": N_("Give the pay for the whole project."),
    "paid_how": N_("Say who pays, how and when."),
    "worker_kind": N_("Say how you take the student on."),
    "place": N_("Say where the work is done."),
    "resume_title": N_("Give the title for a résumé."),
    "minimum_age": N_("Say from what age."),
    "ai_tools": N_("Say whether AI tools are fine."),
    "apply_by": N_("Give the last day to apply."),
    "decide_by": N_("Give the day by which you decide."),
}
REQUIRED_ON_SITE = {
    "location": N_("Name the town or neighborhood."),
    "address": N_("Give the address."),
    "sessions": N_("Say on which days and at what times."),
    "premises": N_("Say what kind of place it is."),
    "alone": N_("Say whether others are around."),
    "supervisor": N_("Name the adult the student works with."),
}
LONGEST_DECISION = timedelta(days=30)  # from the last day to apply


def problems(values: Mapping, today: date) -> list[Problem]:
    """What a posting still has to say, and days that do not follow one another, in the order of the page. `values` as
    in content.py. Numbers, ages and hours are for the checks: see checking.py."""
    found: list[Problem] = []

    def say(key: str, words: str, **said) -> None:
        if not any(problem.key == key for problem in found):
            found.append(Problem(key, words, said))

    required = dict(REQUIRED)
    if values.get("place") in (Place.ON_SITE, Place.HYBRID):
        required |= REQUIRED_ON_SITE
    for key, words in required.items():
        if values.get(key) in (None, "", []):
            say(key, words)

    if any(
        None in (row.get("day"), row.get("from") or None, row.get("to") or None) for row in values.get("sessions") or ()
    ):
        say("sessions", N_("Say the day, and from when to when."))
    weeks = values.get("weeks")
    if values.get("ai_tools") not in (None, "", *AiTools):
        say("ai_tools", REQUIRED["ai_tools"])

    dates = {key: date.fromisoformat(values[key]) for key in ("starts_on", "apply_by", "decide_by") if values.get(key)}
    starts, apply_by, decide_by = (dates.get(key) for key in ("starts_on", "apply_by", "decide_by"))
    if apply_by and apply_by < today:
        say("apply_by", N_("The last day to apply is in the past."))
    if apply_by and decide_by and decide_by < apply_by:
        say("decide_by", N_("You can't decide before the last day to apply."))
    if apply_by and decide_by and decide_by - apply_by > LONGEST_DECISION:
        say("decide_by", N_("Decide within 30 days of the last day to apply: students are waiting."))
    if starts and apply_by and starts <= apply_by:
        say("starts_on", N_("The work starts after the last day to apply."))
    for row in values.get("milestones") or []:
        if weeks and (row.get("week") or 0) > weeks:
            say("milestones", N_("A milestone lies after the last week."))
    return in_page_order(found)


def in_page_order(found: Iterable[Problem]) -> list[Problem]:
    order = list(SECTION_OF)
    return sorted(found, key=lambda problem: order.index(problem.key))


def goes_at_once(key: str, old: dict, new: dict) -> bool:
    """Changes to an approved posting that need no teacher: fewer seats, a later last day to apply."""
    if key == "seats":
        return new["seats"] < old["seats"]
    if key == "apply_by":
        return bool(old["apply_by"] and new["apply_by"] and new["apply_by"] > old["apply_by"])
    return False
