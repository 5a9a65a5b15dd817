"""A parent or guardian, who has no account: everything that is held of them, and erasing it when they ask.

Who has the same mail address is the same person, whichever children they are written down for.
"""

from functools import reduce
from operator import or_
from pathlib import Path

from board.db import database, now
from board.guardians.model import Guardian, GuardianAnswer, GuardianAsk, Word
from board.mail.model import Mail
from board.moves import Refused, record
from board.people.model import Person
from board.placements.model import OPEN, Placement
from board.privacy import letters, scrub
from board.privacy.held import ERASED
from board.privacy.ledger import remember
from board.privacy.model import HomeErasure
from board.reports.model import Report
from board.words import N_, Said


def rows_of(guardian: Guardian) -> list[Guardian]:
    """Where they are written down: for each of their children, also where they are not asked any more."""
    same = Guardian.id == guardian.id
    if guardian.email:
        same |= Guardian.email == guardian.email
    return list(Guardian.select(Guardian, Person).join(Person, on=Guardian.student).where(same).order_by(Guardian.id))


def queries_of(rows: list[Guardian]) -> dict[str, object]:
    """Of each table that holds something of them, their rows. Cases of student safety are read by their own line alone."""
    numbers, addresses = [row.id for row in rows], [row.email for row in rows if row.email]
    return {
        "guardian": Guardian.select().where(Guardian.id.in_(numbers)),
        "guardian_ask": GuardianAsk.select().where(GuardianAsk.guardian.in_(numbers)),
        "guardian_answer": GuardianAnswer.select().where(GuardianAnswer.guardian.in_(numbers)),
        "mail": Mail.select().where(Mail.address.in_(addresses), Mail.person.is_null()),
    }


# -- erasing


def held_by(guardian: Guardian) -> Said | None:
    """What keeps them from being erased now."""
    numbers = [row.id for row in rows_of(guardian)]
    yes = GuardianAnswer.select(GuardianAnswer.application).where(
        GuardianAnswer.guardian.in_(numbers), GuardianAnswer.answer == Word.YES, GuardianAnswer.withdrawn_at.is_null()
    )
    if Placement.select().where(Placement.application.in_(yes), Placement.state.in_(OPEN)).exists():
        return Said(N_("A project that is not finished stands on their yes. It has to end first, or they take the yes back."))  # fmt: skip
    if Report.going_on().where(Report.guardian_id.in_(numbers)).exists():
        return Said(N_("The school keeps everything that belongs to this person as it is for now. Try again later."))
    return None


def is_erased(guardian: Guardian) -> bool:
    return HomeErasure.select().where(HomeErasure.guardian_id == guardian.id).exists()


def erase(guardian: Guardian, by: Person | None, data: Path) -> int:
    """Name, address and words go, from letters and the words of others too; that somebody answered what on which day
    stays. Returns how many rows were deleted or emptied: none, a second time. Raises Refused while something holds them.
    """
    if by and (not by.is_coordinator or by.ended_at):
        raise Refused(N_("Only a coordinator erases people."))
    if is_erased(guardian):
        return 0
    if said := held_by(guardian):
        raise Refused(said.words, **said.values)
    rows = rows_of(guardian)
    names = names_of(rows)
    database.execute_sql("PRAGMA secure_delete = ON")
    with database.atomic():
        count = empty(rows) + sum(len(changed) for changed in scrub.scrub(names, {}).values())
        for row in rows:
            record(row.student, "erase_guardian", by, "")
            HomeErasure.create(guardian_id=row.id, student=row.student, by=by, rows=count)
    letters.drop(data / "outbox", names)
    for row in rows:
        remember(data, "guardian", row.id, row.created_at)
    return count


def empty(rows: list[Guardian]) -> int:
    """What is theirs alone. The row stays, so that a no of theirs still counts and a link of theirs opens nothing."""
    queries = queries_of(rows)
    gone = Mail.delete().where(Mail.id.in_(queries["mail"].select(Mail.id))).execute()
    numbers = [row.id for row in rows]
    GuardianAsk.update(ended_at=now()).where(
        GuardianAsk.guardian.in_(numbers), GuardianAsk.ended_at.is_null()
    ).execute()
    gone += GuardianAnswer.update(name="", why="").where(GuardianAnswer.guardian.in_(numbers)).execute()
    Guardian.update(gone_at=now()).where(Guardian.id.in_(numbers), Guardian.gone_at.is_null()).execute()
    emptied = Guardian.update(name=ERASED, email=None, relation="").where(Guardian.id.in_(numbers))
    return gone + emptied.execute()


def names_of(rows: list[Guardian]) -> scrub.Names:
    """What they are called. A name that somebody else here has as well is theirs, too, and stays in the words of others."""
    numbers, names = [row.id for row in rows], list(dict.fromkeys(row.name for row in rows))
    taken = {name for (name,) in Person.select(Person.name).where(Person.name.in_(names)).tuples()}
    others = Guardian.select(Guardian.name).where(Guardian.name.in_(names), Guardian.id.not_in(numbers))
    taken |= {name for (name,) in others.tuples()}
    marks = tuple(dict.fromkeys(row.email for row in rows if row.email))
    return scrub.Names("", marks, beside=tuple(name for name in names if name not in taken and name != ERASED))


# -- with a student


def left_behind(student: Person) -> list[Guardian]:
    """Who would be written down for nobody any more, once this student is erased."""
    rows = list(Guardian.select().where(Guardian.student == student))
    addresses = [row.email for row in rows if row.email]
    elsewhere = Guardian.select(Guardian.email).where(Guardian.email.in_(addresses), Guardian.student != student)
    kept = {email for (email,) in elsewhere.tuples()}
    return [row for row in rows if row.email not in kept]


def come_back(numbers: set[tuple[int, object]]) -> list[Guardian]:
    """Of those in the ledger, by number and moment, who is here again since a backup was put back."""
    if not numbers:
        return []
    known = HomeErasure.select(HomeErasure.guardian_id)
    made = reduce(or_, [(Guardian.id == number) & (Guardian.created_at == at) for number, at in numbers])
    return list(Guardian.select().where(made, Guardian.id.not_in(known)))
