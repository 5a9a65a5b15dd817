"""What a check answers: one sentence in plain words, how much it weighs, where it comes from, what to change. Pure."""

from dataclasses import dataclass, field

from board.words import N_, Labelled


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
    for_staff: bool = False  # an employer does not read it: it would teach a swindler what to leave out

    @property
    def is_block(self) -> bool:
        return self.level == Level.BLOCKS

    @property
    def is_open(self) -> bool:
        """It stands in the way: it blocks, or a reason is still to be given."""
        return self.level == Level.BLOCKS or (self.level == Level.REASON and not self.reason)


def in_order(results) -> list[Result]:
    """What blocks first; among equals as they were found."""
    return sorted(results, key=lambda result: (ORDER.index(result.level), bool(result.reason)))


def open_ones(results) -> list[Result]:
    return [result for result in results if result.is_open]
