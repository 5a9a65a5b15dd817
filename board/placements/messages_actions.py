"""Writing in the thread of a placement, letting pass what was held, and remembering how far somebody has read."""

from datetime import timedelta

from peewee import EXCLUDED

from board.db import database, now
from board.moves import NotAllowed, Refused, Step, TooLate, noun
from board.notices import HEARS, Notice
from board.people.model import Person
from board.placements.actions import note
from board.placements.guardian import Asked, asked
from board.placements.keeping import AS_IT_IS, PAUSED, kept, kept_in
from board.placements.messages_rules import TWICE_SECONDS, found_in, is_open, may_decide, may_write
from board.placements.model import WORDS, Message, MessageRead, Placement
from board.placements.rules import is_party
from board.placements.thread import waits_for_a_look
from board.school.model import School
from board.words import N_

NEEDS_WORDS = N_("Write a few words first.")
TOO_LONG = N_("A message has at most 4,000 characters.")
NEEDS_GUARDIAN = N_("Messages open once a parent or guardian has said yes to this project.")
NEEDS_REASON = N_("Say to the person who wrote it why it does not go on.")


def needs_guardian(placement: Placement) -> bool:
    """Contact is not shared yet: the student is under 18, and the yes of a parent or guardian that the school asks for
    is not there."""
    return asked(placement).is_missing


def write(placement: Placement, person: Person, words: str) -> Message:
    """A message of a party to the placement. With a way to be reached in it, it is held, unless the school lets it pass."""
    words = words.strip()
    if not is_party(person, placement):
        raise NotAllowed("message")
    if not words:
        raise Refused(NEEDS_WORDS)
    if len(words) > WORDS:
        raise Refused(TOO_LONG)
    with database.atomic():
        stands = Placement.get_by_id(placement.id)
        if not may_write(person, stands):
            raise TooLate(None)
        if kept(stands).messages:
            raise Refused(PAUSED)
        if needs_guardian(stands):
            raise Refused(NEEDS_GUARDIAN)
        just_now = now() - timedelta(seconds=TWICE_SECONDS)
        same = Message.placement == placement.id, Message.writer == person.id, Message.words == words
        again = Message.select().where(*same, Message.created_at >= just_now).first()
        if again:
            return again
        school = School.here()
        held = not (school and school.contact_passes) and bool(found_in(words, person))
        message = Message.create(placement=placement.id, writer=person, words=words, held_at=now() if held else None)
        note(stands, "hold_message" if held else "message", person, message=message.id, by=person.role)
    return message


def let_pass(placement: Placement, number: int, person: Person) -> Message:
    """A held message goes on. It becomes the newest of the thread: the other side has not met it, whatever they have
    read since it was written. Not while a yes from home is missing: it would share contact all the same."""
    with database.atomic():
        held = held_message(placement, number, person)
        if needs_guardian(placement):
            raise Refused(NEEDS_GUARDIAN)
        Message.delete().where(Message.id == held.id).execute()
        passed = Message.create(
            placement=placement.id, writer=held.writer_id, words=held.words, created_at=held.created_at,
            held_at=held.held_at, passed_at=now(), decided_by=person,
        )  # fmt: skip
        by = held.writer.role if held.writer else ""
        note(placement, "pass_message", person, message=passed.id, by=by)
    return passed


def stop(placement: Placement, number: int, person: Person, words: str) -> Message:
    """A held message does not go on; its writer reads why."""
    if not words.strip():
        raise Refused(NEEDS_REASON)
    with database.atomic():
        held = held_message(placement, number, person)
        held.stopped_at, held.decided_by = now(), person
        held.save()
        note(placement, "stop_message", person, words.strip(), message=held.id)
    return held


def held_message(placement: Placement, number: int, person: Person) -> Message:
    """One that waits for a teacher's look, within the transaction that decides about it. TooLate when it does not."""
    stands = Placement.get_by_id(placement.id)
    if not person.is_teacher:
        raise NotAllowed("decide")
    held = waits_for_a_look(placement).where(Message.id == number).first()
    if held is None or not may_decide(person, stands):
        raise TooLate(None)
    stays = kept(stands)
    if stays.messages or (stays.since and held.created_at <= stays.since):
        raise Refused(AS_IT_IS)
    return held


# what tells somebody of a message: read with the thread
TOLD = tuple(move for thing, move in HEARS if thing == "placement" and "message" in move)


def mark_read(placement: Placement, person: Person, upto: int) -> None:
    """This person has met the messages up to this one, and so what notices say of them."""
    row = {"placement": placement.id, "person": person.id, "upto": upto}
    key = (MessageRead.placement, MessageRead.person)
    with database.atomic():
        MessageRead.insert(row).on_conflict(
            conflict_target=key, preserve=[MessageRead.upto], where=EXCLUDED.upto > MessageRead.upto
        ).execute()
        told = Step.select(Step.id).where(
            Step.noun == noun(placement), Step.noun_id == placement.id, Step.move.in_(TOLD)
        )
        mine = Notice.person == person.id, Notice.read_at.is_null(), Notice.step.in_(told)
        Notice.update(read_at=now()).where(*mine).execute()


def closed_for(placement: Placement, guardian: Asked) -> str:
    """Why nobody writes here now, as a marked sentence; "" when they may. `guardian`: what is asked of home, and stands."""
    if placement.held_at or (is_open(placement) and kept_in(placement).messages):
        return PAUSED
    if not is_open(placement):
        return N_("This project has ended. What was written stays here to be read.")
    return NEEDS_GUARDIAN if guardian.is_missing else ""
