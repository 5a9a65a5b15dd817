"""Somebody says that something held of them is wrong; a coordinator puts it right or says why not (34 CFR 99.20)."""

from board.db import database, now
from board.moves import NotAllowed, Refused, TooLate, record
from board.people.model import Person
from board.privacy.model import WORDS, Correction, CorrectionState
from board.words import N_

MOST_OPEN = 5  # of one person: more belong into a talk


def ask(person: Person, words: str) -> Correction:
    """The coordinators hear of it. The same words again are the same request."""
    words = words.strip()[:WORDS]
    if person.ended_at:
        raise NotAllowed("ask")
    if not words:
        raise Refused(N_("Say what is wrong, and what would be right."))
    with database.atomic():
        mine = Correction.open().where(Correction.person == person)
        known = mine.where(Correction.words == words).first()
        if known:
            return known
        if mine.count() >= MOST_OPEN:
            raise Refused(N_("The coordinators have several requests from you already. Talk to one of them as well."))
        made = Correction.create(person=person, words=words)
        record(made, "ask", person, CorrectionState.OPEN)
    return made


def answer(correction: Correction, person: Person, state: str, words: str) -> None:
    """Corrected, or left as it is: then with the reason. Raises Refused, or TooLate when somebody was first."""
    words = words.strip()[:WORDS]
    if not person.is_coordinator or person.ended_at:
        raise NotAllowed("answer")
    if state not in (CorrectionState.CORRECTED, CorrectionState.DECLINED):
        raise Refused(N_("Say whether it was corrected."))
    if state == CorrectionState.DECLINED and not words:
        raise Refused(N_("Say why it stays as it is: they read it, and may ask for a hearing."))
    with database.atomic():
        is_open = (Correction.id == correction.id) & (Correction.state == CorrectionState.OPEN)
        changed = Correction.update(state=str(state), answer=words, answered_by=person, answered_at=now()).where(
            is_open
        )
        if not changed.execute():
            raise TooLate(None)
        record(correction, "answer", person, str(state), CorrectionState.OPEN)
