"""Follows the chain from its first entry to the last, and says which is the first that does not hold."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from board.audit.model import NOTHING, Checked
from board.audit.trail import COLUMNS, let_go
from board.db import database, now
from board.words import N_, Said

WRONG = {
    "changed": N_("what stands in it is not what was written"),
    "loose": N_("it does not continue the one before it"),
    "missing": N_("it is missing"),
    "gone": N_("it was there when the chain was last checked, and is not any more"),
    "other": N_("it is not the same as when the chain was last checked"),
}
ALL = f"SELECT {', '.join(COLUMNS)} FROM audit_entry ORDER BY id"
PIECE = 2000  # rows read at a time


class Broken(Said):
    """The chain does not hold."""


@dataclass(frozen=True)
class Walk:
    """What came of following the chain: the last entry that holds, its seal, and the first that does not."""

    upto: int
    seal: str
    broken_at: int | None = None
    wrong: str = ""


def walk(progress: Callable[[int], None] = lambda number: None) -> Walk:
    """Follow the whole chain, as it is at this moment: half a million entries take some two seconds, and 2,000 of them are in memory."""
    known = Checked.get_or_none(Checked.id == 1)
    upto, seal = 0, NOTHING
    cursor = database.execute_sql(ALL)
    while rows := cursor.fetchmany(PIECE):
        for row in rows:
            wrong = broken(row, upto, seal, known)
            if wrong:
                cursor.close()
                return Walk(upto, seal, upto + 1, wrong)
            upto, seal = row[0], row[-1]
        progress(len(rows))
    if known and known.upto > upto:
        return Walk(upto, seal, upto + 1, "gone")
    return Walk(upto, seal)


def broken(row: tuple, upto: int, seal: str, known: Checked | None) -> str:
    """What is wrong with a row that should follow entry `upto`; a code of WRONG, or nothing."""
    if row[0] != upto + 1:
        return "missing"
    if row[-2] != seal:
        return "loose"
    # rules.hash_of, without a call for each row
    text = "\n".join(["" if one is None else str(one) for one in row[:-1]])
    if sha256(text.encode()).hexdigest() != row[-1]:
        return "changed"
    if known and known.upto == row[0] and known.hash != row[-1]:
        return "other"
    return ""


def check(progress: Callable[[int], None] = lambda number: None) -> Walk:
    """Follow the chain and remember how far it holds, so that a page can say so without following it."""
    found = walk(progress)
    values = {"at": now(), "broken_at": found.broken_at, "wrong": found.wrong}
    if not found.wrong:
        values |= {"upto": found.upto, "hash": found.seal}
    with database.atomic():
        if not Checked.update(**values).where(Checked.id == 1).execute():
            Checked.insert(id=1, **values).execute()
    return found


def nightly() -> dict[str, int]:
    """The worker's share: what was held back goes in, then the chain is followed. Raises Broken."""
    let_go()
    found = check()
    if found.wrong:
        raise Broken(
            N_("The audit trail does not hold: entry %(number)s was changed or removed. Whoever runs the server can say more with: doctor"),
            number=found.broken_at,
        )  # fmt: skip
    return {"entries": found.upto}


def checked() -> Checked | None:
    """What the last check found."""
    return Checked.get_or_none(Checked.id == 1)
