"""When a teacher may sign a placement off. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from board.words import N_, Said

SILENT = timedelta(days=14)  # an employer who has not answered the work for so long is not waited for


@dataclass(frozen=True)
class Ready:
    """How far a placement has come to its end. `waiting`: hours entries that are logged or asked about."""

    accepted: bool
    handed_in: date | None
    waiting: int

    def is_silent(self, day: date) -> bool:
        """The employer has not answered for so long that the school may do without."""
        return not self.accepted and self.handed_in is not None and day >= self.handed_in + SILENT

    @property
    def silent_from(self) -> date | None:
        return self.handed_in + SILENT if self.handed_in else None


def problem(ready: Ready, day: date, without_answer: bool, without_hours: bool, words: str) -> tuple[str, Said] | None:
    """What keeps a teacher from signing off, and the field of the form it is about ("": none of them); or None."""
    if not ready.accepted and not ready.is_silent(day):
        if ready.silent_from is None:
            return "", Said(N_("Nothing is handed in that could be signed off."))
        said = N_("The employer has not accepted the work yet. From %(day)s on you can sign off without their answer.")
        return "", Said(said, day=ready.silent_from)
    if not ready.accepted and not without_answer:
        return "without_answer", Said(N_("Tick this to sign off without the employer's answer."))
    if ready.waiting and not without_hours:
        return "without_hours", Said(N_("Wait until the hours are confirmed, or tick this to sign off without them."))
    if (not ready.accepted or ready.waiting) and not words.strip():
        return "words", Said(N_("Say in a sentence why you sign off all the same. Both sides read it."))
    return None
