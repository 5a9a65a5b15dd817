"""Where a school's rules begin: what is shipped for its state. Pure; the facts stand in states.toml."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from board.words import N_

LIMITS = ("school_day", "free_day", "school_week", "free_week", "earliest", "latest_before_school", "latest")
BANDS = ("limits_14_15", "limits_16_17")
# every rule of a state, in the order of the page
STATE_KEYS = ("state_minimum_cents", "youth_rate", *BANDS, "permit_until")
OWN_KEYS = ("minimum_age", "minimum_pay_cents", "most_hours_week", "excluded")
KEYS = (*STATE_KEYS, *OWN_KEYS)
TITLES = {
    "state_minimum_cents": N_("The state's minimum wage"),
    "youth_rate": N_("The federal youth rate of $4.25 may be paid for the first 90 days"),
    "limits_14_15": N_("What the state asks for 14 and 15, on top of federal law"),
    "limits_16_17": N_("Hours and times for 16 and 17"),
    "permit_until": N_("Working papers are needed"),
    "minimum_age": N_("Lowest age of students who may apply"),
    "minimum_pay_cents": N_("Lowest pay an hour"),
    "most_hours_week": N_("Most hours a week next to school"),
    "excluded": N_("Tasks this school does not take"),
}


@dataclass(frozen=True)
class Shipped:
    """One value as it comes with the board. `sure`: looked up in its source, not from memory; None: not known."""

    value: object = None
    source: str = ""
    address: str = ""
    sure: bool = False


@lru_cache(maxsize=1)
def read() -> dict:
    return tomllib.loads((Path(__file__).parent / "states.toml").read_text("utf-8"))


def reviewed():
    """The day on which what is shipped was looked through."""
    return read()["reviewed"]


def shipped(state: str, key: str) -> Shipped:
    """What is shipped for a rule of a state; nothing for a school's own."""
    table = read()
    row = table.get(state, {})
    if key not in STATE_KEYS:
        return Shipped()
    value = row.get(key, True if key == "youth_rate" else None)
    if key in BANDS:
        value = {name: minutes(row[key][name]) for name in LIMITS if name in row.get(key, {})}
    source, address = table["sources"].get(key, table["sources"]["hours"])
    return Shipped(value, source, address, key in row.get("checked", ()))


def minutes(said: int | float | str) -> int:
    """Hours, or a time of day ("22:30"), as minutes."""
    if isinstance(said, str):
        hour, minute = said.split(":")
        return int(hour) * 60 + int(minute)
    return round(said * 60)
