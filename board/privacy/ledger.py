"""A file beside the database that knows who was erased, as numbers and moments alone: an older copy of the database that
is put back does not."""

from datetime import datetime
from pathlib import Path

from board.db import now

LEDGER = "erased.txt"


def remember(data: Path, kind: str, number: int, made_at: datetime) -> None:
    """`kind`: "person" or "guardian"; a line of three words is of a person, from before there were two kinds."""
    (data / LEDGER).touch(mode=0o600)
    with open(data / LEDGER, "a", encoding="utf-8") as file:
        file.write(f"{kind} {number} {made_at.isoformat()} {now().isoformat()}\n")


def remembered(data: Path, kind: str) -> set[tuple[int, datetime]]:
    """Number and moment in which it was made: a number that somebody else has now is not them."""
    path = data / LEDGER
    lines = [line.split() for line in path.read_text("utf-8").splitlines()] if path.is_file() else []
    found = set()
    for line in lines:
        what, number, made, _at = ["person", *line][-4:]
        if what == kind:
            found.add((int(number), datetime.fromisoformat(made)))
    return found
