"""What a check answers: one sentence in plain words, how much it weighs, where it comes from, what to change. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from board.words import N_, Labelled, Marked


class Level(Labelled):
    BLOCKS = "blocks", N_("Must change")
    REASON = "reason", N_("Needs a reason")
    WARNS = "warns", N_("Look")
    PASSED = "passed", N_("Passed")


ORDER = tuple(Level)  # what matters most first


class Stage(Labelled):
    """When it was checked."""

    SUBMIT = "submit", N_("When it was sent in")
    APPROVE = "approve", N_("When it was approved")
    APPLY = "apply", N_("When a student applied")
    START = "start", N_("When the work started")
    HOURS = "hours", N_("When hours came in")
    AGAIN = "again", N_("When the rules, the calendar, or the text had changed")


@dataclass(frozen=True)
class Source:
    """Where a rule stands."""

    name: str  # as lawyers cite it: the same in every language
    address: str = ""


@dataclass(frozen=True)
class Result:
    """One thing looked at. `words` and `change` are marked sentences, `values` go into both.

    `key` is the key of content.py beside which it is said; `mark` tells a hit from others of the same rule ("R10:bake"),
    so that a reason given for it is found again; `ages` are the youngest and oldest age it is about.
    """

    rule: str
    level: Level
    title: str
    words: str
    values: dict = field(default_factory=dict)
    change: str = ""
    source: Source | None = None
    key: str = ""
    mark: str = ""
    ages: tuple[int, int] | None = None
    reason: str = ""  # why a teacher judged it harmless; then it does not ask again
    for_staff: bool = False  # an employer does not read it: it would teach a scammer what to leave out

    @property
    def is_block(self) -> bool:
        return self.level == Level.BLOCKS

    @property
    def is_open(self) -> bool:
        """It stands in the way: it blocks, or a reason is still to be given."""
        return self.level == Level.BLOCKS or (self.level == Level.REASON and not self.reason)


def mark_of(kind: str, things: Iterable[str]) -> str:
    """A mark that holds for these very things: what is found beside them asks anew."""
    said = "\n".join(sorted({thing.casefold() for thing in things}))
    return f"{kind}:{sha256(said.encode()).hexdigest()[:10]}"


def in_order(results) -> list[Result]:
    """What blocks first; among equals as they were found."""
    return sorted(results, key=lambda result: (ORDER.index(result.level), bool(result.reason)))


def open_ones(results) -> list[Result]:
    return [result for result in results if result.is_open]


def told(result: Result) -> dict:
    """A result as plain values, for the row that keeps it: `loaded` makes it a result again."""
    return {
        "rule": result.rule, "level": str(result.level), "title": result.title, "words": result.words,
        "values": {key: value.isoformat() if isinstance(value, date) else value for key, value in result.values.items()},
        "marked": [key for key, value in result.values.items() if isinstance(value, Marked)],
        "change": result.change, "source": result.source and result.source.name, "key": result.key,
        "mark": result.mark, "reason": result.reason,
    }  # fmt: skip


DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def loaded(row: dict) -> Result:
    def value(key: str, kept):
        if isinstance(kept, str) and DAY.fullmatch(kept):
            return date.fromisoformat(kept)
        return Marked(kept) if key in row["marked"] else kept

    values = {key: value(key, kept) for key, kept in row["values"].items()}
    source = Source(row["source"]) if row["source"] else None
    return Result(row["rule"], Level(row["level"]), row["title"], row["words"], values, row["change"], source,
                  row["key"], row["mark"], reason=row["reason"])  # fmt: skip
