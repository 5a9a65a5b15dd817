"""The student hands work in, the employer takes it or sends it back. Each is one transaction and one Step."""

from typing import BinaryIO

from peewee import fn

from board.db import database, now
from board.moves import NotAllowed, Refused, Step, TooLate, make
from board.people.model import Person
from board.placements import files, handing_rules, kinds
from board.placements.actions import note
from board.placements.keeping import must_be_free
from board.placements.model import Attachment, Delivery, Placement, State
from board.placements.rules import MOVES, is_party
from board.words import N_, Marked

ACCEPTED = N_("Accepted")


def must(may: bool, placement: Placement, *states: State) -> None:
    """Look again, with the database locked: raises NotAllowed, Refused while it is on hold, TooLate when it moved on."""
    if not may:
        raise NotAllowed("handing in")
    fresh = Placement.select(Placement.state, Placement.held_at).where(Placement.id == placement.id).get()
    if fresh.state not in states:
        raise TooLate(last_step(placement), fresh.state_label)
    if fresh.held_at:
        raise Refused(N_("This is on hold. The school has to lift that first."))
    placement.state = fresh.state


def last_step(placement: Placement) -> Step | None:
    return Step.of(placement).order_by(Step.id.desc()).first()


def is_student(person: Person, placement: Placement) -> bool:
    return person.is_student and is_party(person, placement)


def is_employer(person: Person, placement: Placement) -> bool:
    return person.is_employer and is_party(person, placement)


# -- what is to be handed in


def add_file(placement: Placement, student: Person, name: str, file: BinaryIO) -> Attachment:
    """Check a file by its content and keep it until it is handed in. Raises Refused with a sentence about it."""
    name = handing_rules.tidy_name(name)
    if not name:
        raise Refused(N_("Give the file a name first."))
    kind = kinds.look(file)
    if not file.read(1):
        raise Refused(N_("“%(file)s” is empty."), file=name)
    file.seek(0)
    handing_rules.check_kind(name, kind)
    assert kind
    with database.atomic():
        must(is_student(student, placement), placement, State.ACTIVE)
    try:
        kept = files.keep(file, handing_rules.FILE_MOST)
    except files.TooLarge:
        raise Refused(N_("“%(file)s” is larger than 25 MB. Make it smaller, or add a link to it."), file=name) from None
    try:
        with database.atomic():
            must(is_student(student, placement), placement, State.ACTIVE)
            room(placement, name, kept)
            made = Attachment.create(
                placement=placement, person=student, name=name, stored=kept.stored,
                kind=kinds.media_of(kind, name), size=kept.size, digest=kept.digest,
            )  # fmt: skip
            note(placement, "attach", student)
    except BaseException:
        files.drop(kept.stored)
        raise
    return made


def room(placement: Placement, name: str, kept: files.Kept) -> None:
    """Raises Refused where there is no room for one more, or it is there already."""
    rows = Attachment.select().where(Attachment.placement == placement, Attachment.stored.is_null(False))
    count, size = rows.select(fn.COUNT(Attachment.id), fn.COALESCE(fn.SUM(Attachment.size), 0)).tuples().get()
    if rows.where(Attachment.digest == kept.digest, Attachment.name == name, Attachment.delivery.is_null()).exists():
        raise Refused(N_("“%(file)s” is there already."), file=name)
    if count >= handing_rules.FILES_MOST:
        raise Refused(N_("There is room for 20 files. “%(file)s” was one too many: put several into a zip."), file=name)
    if size + kept.size > handing_rules.TOGETHER_MOST:
        raise Refused(
            N_("All files together may have 100 MB; with “%(file)s” it would be more. Add a link to it instead."),
            file=name,
        )


def add_link(placement: Placement, student: Person, typed: str, name: str = "") -> Attachment:
    """Keep a link until it is handed in; without a name it is called by its address."""
    address = handing_rules.tidy_address(typed)
    with database.atomic():
        must(is_student(student, placement), placement, State.ACTIVE)
        links = Attachment.select().where(Attachment.placement == placement, Attachment.stored.is_null())
        if links.count() >= handing_rules.LINKS_MOST:
            raise Refused(N_("There is room for 20 links."))
        made = Attachment.create(
            placement=placement, person=student, address=address, name=name or handing_rules.link_name(address)
        )
        note(placement, "attach", student)
    return made


def remove(placement: Placement, student: Person, number: int) -> None:
    """Take away what is not handed in yet. Raises TooLate when it is, or is gone."""
    with database.atomic():
        must(is_student(student, placement), placement, State.ACTIVE)
        loose = Attachment.placement == placement, Attachment.delivery.is_null(), Attachment.id == number
        row = Attachment.get_or_none(*loose)
        if row is None:
            raise TooLate(None)
        must_be_free(placement, row.created_at)
        row.delete_instance()
        note(placement, "detach", student)
    files.drop(row.stored)


# -- handing in, and the answer


def deliver(placement: Placement, student: Person, words: str = "") -> Delivery:
    """Hand in all that is there, with words: the next version."""
    with database.atomic():
        must(is_student(student, placement), placement, State.ACTIVE)
        loose = Attachment.placement == placement, Attachment.delivery.is_null()
        if not words and not Attachment.select().where(*loose).exists():
            raise Refused(N_("Add a file or a link, or say in words what you made and where it is."))
        before = Delivery.select(fn.MAX(Delivery.number)).where(Delivery.placement == placement).scalar() or 0
        made = Delivery.create(placement=placement, number=before + 1, words=words)
        Attachment.update(delivery=made).where(*loose).execute()
        make(MOVES["deliver"], placement, student, detail={"number": made.number})
    return made


def accept(placement: Placement, person: Person, number: int, words: str = "") -> Step:
    """The employer takes a version. The placement stays where it is: a teacher signs off."""
    with database.atomic():
        must(is_employer(person, placement), placement, State.DELIVERED)
        answer(placement, person, number, True, words)
        return note(placement, "accept_work", person, words, number=number)


def send_back(placement: Placement, person: Person, number: int, words: str) -> Step:
    """The employer asks for changes, in words; the student goes on."""
    if not words.strip():
        raise Refused(N_("Say what is missing or should be different: the student reads it."))
    with database.atomic():
        must(is_employer(person, placement), placement, State.DELIVERED)
        answer(placement, person, number, False, words)
        return make(MOVES["send_back"], placement, person, words, detail={"number": number})


def answer(placement: Placement, person: Person, number: int, accepted: bool, words: str) -> None:
    """The answer to one version, once. Raises TooLate when it has one, or is not the one that waits."""
    waits = Delivery.placement == placement, Delivery.number == number, Delivery.accepted.is_null()
    said = {"accepted": accepted, "answer": words, "answered_at": now(), "answered_by": person}
    if not Delivery.update(said).where(*waits).execute():
        raise TooLate(last_step(placement), Marked(ACCEPTED))
