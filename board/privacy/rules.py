"""How long what is kept, as the school sets it, and within which bounds. Pure."""

from dataclasses import dataclass

from board.words import N_


@dataclass(frozen=True)
class Term:
    """A time to keep something: days, by default and within bounds."""

    column: str  # of School; null: the default
    usual: int
    least: int
    most: int
    words: str
    hint: str


TERMS = {
    "left": Term(
        "keep_left_days", 730, 30, 3650, N_("After an account is closed, until the person is erased"),
        N_("Students and employers’ people who left or graduated. Counts of projects and hours stay, without a name."),
    ),
    "rejected": Term(
        "keep_rejected_days", 180, 30, 1825, N_("After an application ended without a match, until its words go"),
        N_("What the student wrote. That they applied stays, so that nobody is asked twice."),
    ),
    "messages": Term(
        "keep_messages_days", 365, 90, 3650, N_("After a project ended, until its messages go"),
        N_("Messages, words of check-ins and of what was handed in. Hours, pay and the verified experience stay."),
    ),
    "logs": Term(
        "keep_logs_days", 365, 30, 1825, N_("Logs"),
        N_("Sign-ins that ended, codes and links that were used, old notices, reasons in the history, who opened a student’s record."),
    ),
    "backups": Term(
        "keep_backups_days", 30, 1, 400, N_("Backups"),
        N_("How long whoever runs the server keeps a copy. The board does not delete copies: it says until when they hold somebody who was erased."),
    ),
}  # fmt: skip


def days_kept(school) -> dict[str, int]:
    """Days by name, of a school or (None) as shipped."""
    return {name: (getattr(school, term.column) if school else None) or term.usual for name, term in TERMS.items()}
