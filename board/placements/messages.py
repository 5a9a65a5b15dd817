"""Messages: the part of a placement's page where its people write to each other, with the lead teacher in it."""

from dataclasses import dataclass, field
from datetime import datetime

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from peewee import JOIN

from board import access
from board.drawing import translate
from board.forms import Form, Words, required
from board.home.steps import Step as NextStep
from board.moves import Step, noun
from board.people.model import Person
from board.placements import messages_actions as actions
from board.placements.keeping import PAUSED, kept_in
from board.placements.match import look
from board.placements.messages_rules import found_in, may_decide
from board.placements.model import WORDS, Message, Placement
from board.placements.naming import Names
from board.placements.thread import has_read_to, readable, unread_of, waits_for_a_look

__all__ = ["MessageForm", "StopForm", "next_step", "part", "unread_of"]

PAGE = 50  # messages


class MessageForm(Form):
    words = Words(
        _l("Your message"), [required(_l("Write a few words first."))], most=WORDS, rows=3, id="message-words"
    )


class StopForm(Form):
    words = Words(
        _l("Why it does not go on, for the person who wrote it"),
        [required(_l("Say to the person who wrote it why it does not go on."))], most=1000, rows=2,
    )  # fmt: skip


@dataclass
class Bubble:
    """One message as its reader meets it."""

    message: Message
    by: str
    is_mine: bool
    at: datetime
    is_new: bool = False  # not read yet
    begins_new: bool = False  # the first of those
    found: list[tuple[str, str]] = field(default_factory=list)  # for staff: ways to be reached
    why: str = ""  # it was not passed on
    stop_form: StopForm | None = None

    @property
    def lines(self) -> list[str]:
        return [line for line in self.message.words.split("\n") if line.strip()]


def part(placement: Placement, me: Person) -> dict | None:
    """Newest last, a page at a time; what is shown counts as read from the next page on."""
    if placement.agreed_at is None:
        return None
    before = request.args.get("before", 0, int) if request.method == "GET" else 0
    rows, earlier = page_of(placement, me, before if 0 < before < 10**15 else 0)
    closed = actions.closed_for(placement, look(placement).guardian)
    decides = may_decide(me, placement) and closed != PAUSED
    if not rows and not before and placement.ended_at:
        return None
    bubbles = bubbles_of(placement, me, rows, decides)
    return {
        "bubbles": bubbles, "earlier": rows[0].id if earlier else 0, "is_older": bool(before), "closed": translate(closed),
        "count": sum(bubble.is_new for bubble in bubbles), "form": MessageForm(formdata=None), "readers": readers(placement, me),
        "may_decide": decides, "looks": looks(placement),
    }  # fmt: skip


def page_of(placement: Placement, me: Person, before: int) -> tuple[list[Message], bool]:
    """Oldest first; and whether there are earlier ones."""
    query = Message.select(Message, Person).join(Person, JOIN.LEFT_OUTER, on=Message.writer)
    query = query.where(Message.placement == placement.id, readable(me.role, me.id))
    if before:
        query = query.where(Message.id < before)
    rows = list(query.order_by(Message.id.desc()).limit(PAGE + 1))
    return rows[:PAGE][::-1], len(rows) > PAGE


def bubbles_of(placement: Placement, me: Person, rows: list[Message], decides: bool) -> list[Bubble]:
    names = Names(placement, me)
    takes_part = not me.is_teacher or me.id in (placement.lead_id, placement.cover_id)
    upto = has_read_to(placement, me) if takes_part else 0
    reasons = reasons_of(placement) if any(row.stopped_at for row in rows) else {}
    here = access.school()
    marks_all = bool(here and here.contact_passes)
    bubbles = []
    for row in rows:
        bubble = Bubble(row, writer_of(row, names), row.writer_id == me.id, row.passed_at or row.created_at)
        bubble.is_new = takes_part and row.id > upto and not bubble.is_mine
        bubble.begins_new = bubble.is_new and not any(earlier.is_new for earlier in bubbles)
        if me.is_teacher and (row.held_at or marks_all):  # where the school holds, what went at once has nothing in it
            bubble.found = found_in(row.words, row.writer)
        bubble.why = reasons.get(row.id, "")
        if row.state == "held" and decides:
            bubble.stop_form = StopForm(formdata=None, prefix=f"stop{row.id}-")
        bubbles.append(bubble)
    was_prefetched = request.headers.get("Sec-Purpose") or request.headers.get("HX-Preloaded")
    if any(bubble.is_new for bubble in bubbles) and not was_prefetched:
        actions.mark_read(placement, me, rows[-1].id)
    return bubbles


def reasons_of(placement: Placement) -> dict[int, str]:
    """Why messages were not passed on, by message."""
    steps = Step.select().where(Step.noun == noun(placement), Step.noun_id == placement.id, Step.move == "stop_message")
    return {step.facts["message"]: step.reason for step in steps}


def writer_of(message: Message, names: Names) -> str:
    """A message keeps its place when its writer's account is closed."""
    writer = message.writer
    if writer is None or (writer.ended_at and not names.reader.is_teacher):
        return _("Somebody who has left")
    return names.of(writer)


def readers(placement: Placement, me: Person) -> list[str]:
    """Who reads along, by name: the student, the employer's people, the teacher who leads and who covers."""
    names = Names(placement, me)
    theirs = Person.active().where(Person.employer == placement.posting.employer_id).order_by(Person.id)
    people = [_("you") if one.id == me.id else (one.name if not me.is_student else one.first_name) for one in theirs]
    shown = people if len(people) < 4 else [*people[:2], ngettext("one more", "%(num)d more", len(people) - 2)]
    student = _("you") if me.is_student else names.student
    teachers = [_("you") if one.id == me.id else one.name for one in (placement.lead, placement.cover) if one]
    at = ", ".join(shown) or names.employer
    if shown and not me.is_employer:
        at = _("%(people)s of %(employer)s", people=at, employer=names.employer)
    return [student, at, *teachers]


def looks(placement: Placement) -> str:
    """Who looks at what is held."""
    return placement.lead.name if placement.lead else _("a teacher")


def next_step(placement: Placement, me: Person) -> NextStep | None:
    """A teacher looks at what is held."""
    if not may_decide(me, placement) or not takes_care(placement, me) or kept_in(placement).messages:
        return None
    count = waits_for_a_look(placement).count()
    if not count:
        return None
    title = ngettext("A message waits for you to look at it", "%(num)d messages wait for you to look at them", count)
    words = _("There is a way to be reached in it. The other side has not seen it.")
    return NextStep("message-square", title, words, "#messages", _("Look at it"))


def takes_care(placement: Placement, me: Person) -> bool:
    """Of staff: who leads or covers; where neither is there any more, everybody."""
    there = [one.id for one in (placement.lead, placement.cover) if one and not one.ended_at]
    return me.id in there if there else me.is_teacher
