"""What every home page is made of: one next step, then what waits. A number always leads to exactly those rows."""

from dataclasses import dataclass

ROWS = 5  # of what is listed on a home page


@dataclass(frozen=True)
class Step:
    """The one thing to do next."""

    icon: str
    title: str
    words: str
    address: str = ""
    button: str = ""


@dataclass(frozen=True)
class Todo:
    """A line of what waits: a number that leads to exactly those rows. `calm`: good to know, nobody has to do it."""

    icon: str
    words: str
    address: str
    count: int = 0
    small: str = ""
    calm: bool = False
