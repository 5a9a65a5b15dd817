"""The one declaration of what the board holds of people: every table, every column. The page, the export, erasing and
the school's own times are all made from it.

A new table or column is said here before it can hold anything: a test walks all models and fails otherwise. A table that
holds nothing of people goes into NOTHING; one that does gets a Held beside those like it, with an Element for each thing
a family would ask about, and the columns that say nothing about a person in `plain`.
"""

from collections.abc import Iterable
from functools import cache

from board.db import Table
from board.mail.rules import SENT_KEPT
from board.privacy import model as _own  # noqa: F401  its tables are declared here, too
from board.privacy.declared_people import PEOPLE
from board.privacy.declared_privacy import PRIVACY
from board.privacy.declared_safe import SAFE
from board.privacy.declared_work import WORK
from board.privacy.held import About, Element, Held
from board.privacy.rules import days_kept
from board.school.model import School
from board.words import N_

DECLARED: dict[str, Held] = PEOPLE | WORK | SAFE | PRIVACY

# tables that hold nothing of a person
NOTHING = {
    "school", "field", "spelling", "synonym", "period", "term",  # the school's own words and days
    "posting_skill", "milestone", "question", "starter",  # parts of a project
    "mail_settings", "audit_checked", "index_repair", "job_state", "job_run", "heartbeat",  # how the board works
    "kv", "schedule", "task", "counter",  # the queue: it says no more than "look now"
}  # fmt: skip

# what people ask first, and it is not here
NOT_HELD = (
    N_("No Social Security number"), N_("No bank account and no card: the board moves no money"),
    N_("No home address and no phone number of a student"), N_("No photo, no voice, no location"),
    N_("No gender, race, religion, health, or income of parents"), N_("No report cards and no discipline records"),
    N_("No reports of background checks"),
)  # fmt: skip
NOT_DONE = (
    N_("No advertising, and nothing is sold or given to anybody for it"),
    N_("No trackers: nothing on a page comes from another company, and no visit is reported to one"),
    N_("No cookie but the one that keeps you signed in"), N_("No profile is made of a student for anything but this board"),
)  # fmt: skip


def tables() -> Iterable[type[Table]]:
    """Every table of the board that is loaded."""
    waiting = [Table]
    while waiting:
        found = waiting.pop().__subclasses__()
        waiting += found
        yield from (
            model for model in found if model.__module__.startswith("board.") and "migrations" not in model.__module__
        )


@cache  # asked for each column of a record, and all models are there before anybody asks
def by_name() -> dict[str, type[Table]]:
    return {model._meta.table_name: model for model in tables()}


def undeclared() -> list[str]:
    """A sentence for each table and column that is not declared, with what to do."""
    found = []
    known = by_name()
    for name, model in sorted(known.items()):
        columns = {field.column_name for field in model._meta.sorted_fields}
        held = DECLARED.get(name)
        if held is None:
            if name not in NOTHING:
                found.append(
                    f"The table “{name}” is not declared. If it holds nothing of a person, add it to NOTHING in "
                    f"board/privacy/declaration.py; else give it a Held in board/privacy/declared_*.py."
                )
            continue
        for column in sorted(columns - held.columns):
            found.append(
                f"The column “{name}.{column}” is not declared. Add it to an Element of “{name}” in "
                f"board/privacy/declared_*.py, saying why it is held, who sees it and how long; or to `plain`, if it says "
                f"nothing about a person."
            )
        for column in sorted(held.columns - columns):
            found.append(
                f"The column “{name}.{column}” is declared and does not exist. Take it out of board/privacy/declared_*.py."
            )
    found += [f"The table “{name}” is declared and does not exist." for name in sorted(DECLARED) if name not in known]
    return found


def by_category() -> dict[About, list[Element]]:
    """The page: elements by whose data they are, each once; what two tables hold for the same reason is one line."""
    found: dict[About, dict[str, Element]] = {about: {} for about in About}
    for held in DECLARED.values():
        for element in held.elements:
            found[element.about].setdefault(element.what, element)
    return {about: list(elements.values()) for about, elements in found.items() if elements}


def lasts() -> dict[str, int]:
    """The numbers in the words of Keep, as the school has set them."""
    return days_kept(School.here()) | {"letters": SENT_KEPT.days}
