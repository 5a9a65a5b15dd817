"""Who may say that a hit is harmless, and take that back."""

from board.people.model import Person

REASON = (8, 400)  # characters; "ok" explains nothing to whoever reads it next year


def may_judge(person: Person | None) -> bool:
    return bool(person) and person.is_teacher and person.ended_at is None
