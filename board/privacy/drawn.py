"""A whole record as it is read on a page: labels and values in the reader's language."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from peewee import BooleanField, ForeignKeyField

from board.applications.model import EvidenceKind, Reason
from board.drawing import day, hours, moment, money, today, translate
from board.guardians.model import How, Source, Way
from board.guardians.model import Word as Answered
from board.people import story
from board.people.model import KeyKind, Person, Role
from board.people.roster import told
from board.placements.model import EndReason, Party
from board.privacy.labels import LABELS
from board.privacy.model import What, Word
from board.privacy.record import Part, whole
from board.privacy.record_names import Names, names_of

# of every account, and long: after what people look for
LAST = {"sign_in", "key", "mail_link", "mail", "mail_notice", "notice", "finding", "message_read", "step"}
SHOWN = 50  # rows of one kind on the page; the file has all

KINDS = {
    ("person", "role"): Role, ("key", "kind"): KeyKind, ("disclosure", "what"): What, ("disclosure", "word"): Word,
    ("application", "reason"): Reason, ("evidence", "kind"): EvidenceKind, ("placement", "end_reason"): EndReason,
    ("signature", "party"): Party, ("check_in", "party"): Party, ("guardian", "source"): Source, ("guardian_ask", "way"): Way,
    ("guardian_answer", "answer"): Answered, ("guardian_answer", "how"): How,
}  # fmt: skip
MONEY, TIME = {"cents", "pay_cents"}, {"minutes", "own_goal_minutes"}


@dataclass(frozen=True)
class Drawn:
    """One kind of thing: its title, how many there are, and the newest of them as pairs of label and value."""

    table: str
    title: str
    written: bool
    count: int
    rows: list[list[tuple[str, str]]]


def drawn(person: Person, reader: Person) -> list[Drawn]:
    parts = sorted(whole(person, reader), key=lambda part: part.table in LAST)
    cut = [Part(part.table, part.title, part.columns, part.rows[-SHOWN:], part.written) for part in parts]
    names = names_of(cut, person, reader)
    told_by = words_of_steps(cut)
    return [
        Drawn(
            part.table, part.title, part.written, len(part.rows),
            [pairs(short, row, names, told_by, person) for row in reversed(short.rows)],
        )
        for part, short in zip(parts, cut, strict=True)
    ]  # fmt: skip


def words_of_steps(parts: list[Part]) -> dict[int, str]:
    """What happened, in the words that its own page has for it."""
    steps = [step for part in parts if part.table == "step" and not part.written for step in part.rows]
    names = story.names_of(steps) if steps else {}
    return {step.id: told(story.line(step, names)) for step in steps}


def pairs(part: Part, row, names: Names, told_by: dict[int, str], person: Person) -> list[tuple[str, str]]:
    if part.table == "step":
        who = "" if row.person_id == person.id else names.of(Person, row.person_id) if row.person_id else _("The board")
        said = [(_("When"), when(row.at)), (_("Who"), who), (_("What"), told_by[row.id])]
        said += [(_("Reason"), row.reason)] if "reason" in part.columns else []
        return [(label, value) for label, value in said if value]
    found = []
    for column in part.columns:
        value = words(part, row, column, names, person)
        if value:
            found.append((translate(LABELS.get(column, column.replace("_", " "))), value))
    return found


def when(value: datetime) -> str:
    """A moment of this year to the minute, of another year the day: a record reaches far back."""
    return moment(value) if value.year == today().year else day(value)


def words(part: Part, row, column: str, names: Names, person: Person) -> str:
    """A value as people read it; nothing for what is empty, or only says whose record this is."""
    field, value = row._meta.fields[column], row.__data__[column]
    if value is None or value == "":
        return ""
    if isinstance(field, ForeignKeyField):
        return "" if field.rel_model is Person and value == person.id else names.of(field.rel_model, value)
    if isinstance(value, datetime):
        return when(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(field, BooleanField):
        return _("yes") if value else _("no")
    if column in MONEY:
        return money(value) or "$0"
    if column in TIME:
        return hours(value)
    kinds = KINDS.get((part.table, column))
    if kinds:
        return translate(kinds(value))
    return translate(row.state_label) if column == "state" and hasattr(row, "state_label") else str(value)
