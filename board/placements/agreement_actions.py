"""The training agreement: what stands in it, its versions, and who has signed which. Each verb is one transaction.

Every change is a new version, and a signature is for one version: so nobody has signed what they have not read.
"""

from datetime import date

from board.db import database, now
from board.guardians import actions as guardians
from board.guardians.model import Word
from board.moves import NotAllowed, Refused, Step, TooLate
from board.people.model import Person
from board.placements import before_start, terms
from board.placements.actions import note
from board.placements.agreement_rules import TERMS, party_of, unfilled, wrong_with
from board.placements.guardian import asked, check_paper
from board.placements.match_rules import Unsound
from board.placements.model import Agreement, Party, Placement, Signature, State
from board.placements.rules import runs
from board.school.model import today
from board.words import N_, Said

CHANGEABLE = (State.PROPOSED, State.AGREED, State.ACTIVE, State.DELIVERED)
SIGNABLE = (State.AGREED, State.ACTIVE, State.DELIVERED)


def keep(placement: Placement, version: int) -> Agreement:
    """The agreement as a row, in the version somebody has read. Raises TooLate when there is a newer one."""
    agreement = terms.of(placement)
    if agreement.version != version:
        raise TooLate(None)
    if agreement.id is None:
        agreement.save(force_insert=True)
    return agreement


def change(placement: Placement, person: Person, values: dict, version: int) -> bool:
    """Other terms, as TERMS; False when they are the same. By the employer or the school. Raises Unsound."""
    must_take_part(placement, person)
    if person.is_student:
        raise NotAllowed("agreement")
    with database.atomic():
        must_be_in(placement, CHANGEABLE)
        agreement = keep(placement, version)
        values = {key: values[key] for key in TERMS if key in values}
        changed = [key for key, value in values.items() if value != getattr(agreement, key)]
        if not changed:
            return False
        problems = wrong_with(placement, {key: values[key] for key in changed}, today())
        if problems:
            raise Unsound(problems)
        Agreement.update({getattr(Agreement, key): values[key] for key in changed}).where(
            Agreement.id == agreement.id
        ).execute()
        renew(placement, person, changed)
    return True


def renew(placement: Placement, person: Person | None, changed: list[str]) -> Step:
    """A new version, which asks for new signatures."""
    agreement = keep(placement, terms.of(placement).version)
    number = agreement.version + 1
    Agreement.update(version=number, updated_at=now()).where(Agreement.id == agreement.id).execute()
    return note(placement, "change_agreement", person, version=number, changed=changed)


def sign(placement: Placement, person: Person, version: int) -> Step:
    """One of the student, the employer's people, the teachers signs what they have read: that version and no other."""
    must_take_part(placement, person)
    with database.atomic():
        must_be_in(placement, SIGNABLE)
        agreement = keep(placement, version)
        if not person.is_teacher and unfilled(agreement, placement):
            raise Refused(N_("Something is still missing in the training agreement. It is signed once it is whole."))
        put(placement, party_of(person), version, today(), person=person)
        step = note(placement, "sign", person, version=version)
        before_start.tell_if_ready(placement)
    return step


def put(placement: Placement, party: Party, version: int, day: date, **by) -> Signature:
    """Write a signature down. Raises TooLate when this side has signed this version already."""
    there = Signature.select().where(
        Signature.placement == placement, Signature.party == party, Signature.version == version
    )
    if there.exists():
        raise TooLate(None)
    return Signature.create(placement=placement, party=party, version=version, signed_on=day, **by)


def record_paper(
    placement: Placement, person: Person, parties: list[Party], signed_on: date | None, version: int
) -> Step:
    """Somebody at school has seen a printed agreement with these signatures. A parent's or guardian's is their yes, too:
    it says so above the line."""
    must_take_part(placement, person)
    if not person.is_teacher:
        raise NotAllowed("paper")
    if not parties:
        raise Refused(N_("Choose whose signature is on the paper."))
    day = check_paper(signed_on)
    with database.atomic():
        must_be_in(placement, SIGNABLE)
        keep(placement, version)
        for party in parties:
            put(placement, party, version, day, recorded_by=person)
        if Party.GUARDIAN in parties and asked(placement).yes is None:
            guardians.record_paper(placement.application, person, Word.YES, day)
            note(placement, "guardian_yes", person, day=day.isoformat())
        step = note(placement, "paper", person, version=version, parties=[str(party) for party in parties])
        before_start.tell_if_ready(placement)
    return step


def set_permit(placement: Placement, person: Person, needed: bool, number: str, day: date | None) -> bool:
    """The work permit, where the state asks for one: a fact of the school's office, no new version."""
    must_take_part(placement, person)
    if not person.is_teacher:
        raise NotAllowed("permit")
    if needed and number and day is None:
        raise Unsound({"permit_on": Said(N_("Give the day on which the permit was issued."))})
    if day and day > today():
        raise Unsound({"permit_on": Said(N_("That day has not come yet. Give the day on the permit."))})
    with database.atomic():
        must_be_in(placement, CHANGEABLE)
        agreement = keep(placement, terms.of(placement).version)
        values = {"permit_needed": needed, "permit_number": number if needed else "",
                  "permit_on": day if needed and number else None}  # fmt: skip
        if all(getattr(agreement, key) == value for key, value in values.items()):
            return False
        Agreement.update(**values, updated_at=now()).where(Agreement.id == agreement.id).execute()
        note(placement, "permit", person)
        before_start.tell_if_ready(placement)
    return True


def must_take_part(placement: Placement, person: Person) -> None:
    if person.ended_at or not runs(person, placement):
        raise NotAllowed("agreement")


def must_be_in(placement: Placement, states: tuple) -> None:
    """Asked of the row, within the transaction: what runs at the same time waits."""
    state, held = (
        Placement.select(Placement.state, Placement.held_at).where(Placement.id == placement.id).tuples().get()
    )
    if state not in states or held:
        raise TooLate(None)
