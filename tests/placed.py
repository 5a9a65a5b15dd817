"""Rows of everything that the pages of placements list, for tests that count what a page asks: few of them and many."""

from datetime import timedelta

from board.calendar.actions import hashed
from board.calendar.model import CalendarAddress
from board.db import now
from board.guardians.model import Guardian, GuardianAnswer, GuardianAsk
from board.people.actions import key_hash
from board.placements import actions as placements
from board.placements import messages_actions as messages
from board.placements.ending_actions import end_early
from board.placements.feedback_rules import STUDENT_ASKED
from board.placements.model import (
    Attachment,
    CheckIn,
    Delivery,
    HoursEntry,
    Payment,
    Placement,
    PlacementMilestone,
    Signature,
    State,
    StudentFeedback,
)
from board.placements.plan_rules import MOST
from board.postings.model import PostingSkill
from board.school.actions import skills_named
from board.school.model import Period, today
from tests import factories

DAY = timedelta(days=1)


def begin(cast) -> None:
    """Maya's at Dana's, by number: 1 under way, 2 a small one handed in, 3 ended early, 4 agreed."""
    begins = {"starts_on": today() - 90 * DAY, "due_on": today() + 9 * DAY, "started_at": now() - 90 * DAY}
    led = {"lead": cast.okafor, "cover": cast.ruiz}
    cast.under_way = factories.make_placement(
        "active", factories.make_posting(employer=cast.cedar), cast.maya, **begins, **led
    )
    small = factories.make_posting(employer=cast.cedar, hours=6)
    cast.small = factories.make_placement("delivered", small, cast.maya, **led)
    cast.over = factories.make_placement(
        "active", factories.make_posting(employer=cast.cedar), cast.maya, **begins, **led
    )
    end_early(cast.over, cast.maya, "fit")
    cast.agreed = factories.make_placement("agreed", factories.make_posting(employer=cast.cedar), cast.maya, **led)
    assert [cast.under_way.id, cast.small.id, cast.over.id, cast.agreed.id] == [1, 2, 3, 4]
    for placement in (cast.under_way, cast.small, cast.over):
        factories.say_yes(placement)
    for name in ("maya", "okafor", "dana"):
        CalendarAddress.create(person=getattr(cast, name), secret_hash=hashed(f"known-{name}"))


def add(cast, number: int, colleague) -> None:
    """One more of everything, and one more placement in a state; at first one in every state."""
    skill = skills_named([f"Skill {number}"], cast.dana)[0]
    for placement in (cast.under_way, cast.small, cast.over):
        add_work(cast, placement, number, skill)
        PostingSkill.create(posting=placement.application.posting_id, skill=skill, need="nice", position=number + 5)
    add_words(cast, cast.under_way, number, colleague)
    add_home(cast, number)
    day = today() + 30 * DAY
    Period.create(kind="finals", first_on=day, last_on=day + number * DAY)
    Period.create(kind="holiday", first_on=today(), last_on=today())
    version = number + 1
    Signature.create(placement=cast.agreed, party="student", version=version, person=cast.maya, signed_on=today())
    placements.note(cast.agreed, "change_agreement", cast.dana, version=version)
    states = tuple(State)
    for state in states if number == 0 else (states[number % len(states)],):
        add_placement(cast, state, number, skill, colleague)


def add_home(cast, number: int) -> None:
    """One more at home for Maya, who was asked about what is agreed and has answered; the first by a known link."""
    one = Guardian.create(student=cast.maya, name=f"Guardian {number}", email=f"home{number}@example.net")
    known = {"secret_hash": key_hash("known") if number == 0 else f"{number:064}"}
    GuardianAsk.create(application=cast.under_way.application_id, guardian=one, way="mail", **known)
    for placement in (cast.under_way, cast.agreed):
        factories.say_yes(placement, guardian=one, how="link", name=one.name)
        GuardianAnswer.create(application=placement.application_id, answer="question", how="link", signed_on=today())


def add_work(cast, placement: Placement, number: int, skill) -> None:
    """Hours, files, versions, check-ins and what was said of them; a plan has eight milestones at most."""
    day = today() - (1 + number) * DAY
    confirmed = {"state": "confirmed", "confirmed_at": now(), "confirmed_by": cast.dana}
    for more in ({}, {"state": "queried", "query": "Which day was it?"}, confirmed):
        HoursEntry.create(placement=placement, worked_on=day, minutes=60, did=f"Sketch {number}", skill=skill, **more)
    if number < MOST:
        PlacementMilestone.create(placement=placement, position=number + 1, title=f"Part {number}", due_on=today())
    answered = {"accepted": False, "answer": "Larger, please.", "answered_at": now(), "answered_by": cast.dana}
    sent = Delivery.create(placement=placement, number=number + 1, words="Both sides.", **answered)
    for of in (sent, None):
        link = {"address": f"https://docs.example/{number}"}
        for more in (link, {"stored": f"{placement.id}-{number}-{of is None}", "size": 9}):
            Attachment.create(placement=placement, delivery=of, person=cast.maya, name=f"Sign {number}", **more)
    for party in ("student", "employer"):
        said = CheckIn.create(placement=placement, due_on=day, party=party, well=False, answered_at=now())
        placements.note(placement, "check_in_settle", cast.okafor, "We talked.", check_in=said.id)
        CheckIn.create(placement=placement, due_on=day - 200 * DAY, party=party)
    placements.note(placement, "nudge", cast.okafor, side="employer")
    placements.note(placement, "change_feedback", cast.dana)


def add_words(cast, placement: Placement, number: int, colleague) -> None:
    """Messages of everybody who writes in a thread: sent, held and stopped."""
    for writer in (cast.maya, colleague, cast.okafor, cast.ruiz):
        messages.write(placement, writer, f"Word {number}.")
    held = [messages.write(placement, writer, f"{number}: call 555-014-2233.") for writer in (cast.maya, cast.dana)]
    messages.stop(placement, held[0].id, cast.okafor, "Not here.")


def add_placement(cast, state: State, number: int, skill, colleague) -> None:
    """Another of Maya's in a state, with something of all that a list says of it."""
    posting = factories.make_posting("open", cast.cedar, title=f"Counter, {state} {number}")
    ended = {"ended_at": now()} if state in ("not_agreed", "completed", "ended_early") else {}
    made = factories.make_placement(state, posting, cast.maya, lead=cast.okafor, cover=cast.ruiz, **ended)
    factories.say_yes(made)
    Payment.create(placement=made, cents=20000, due_on=today() - DAY)
    add_work(cast, made, 0, skill)
    if state in ("active", "delivered"):
        add_words(cast, made, number, colleague)
    if state == State.COMPLETED:
        StudentFeedback.create(placement=made, **dict.fromkeys(STUDENT_ASKED, 4))
