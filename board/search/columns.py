"""What filters, counts and orders need to know of one posting, as numbers."""

import re
from calendar import timegm
from datetime import date, datetime
from typing import NamedTuple

from board.postings.model import Posting

FAR = 2**30  # the day of a posting that closes never, and of one that is open since ever so long
PLACES = ("", "remote", "on-site", "hybrid")


class Facts(NamedTuple):
    """What is known of one posting. Days as ordinals, moments in seconds, 0 for what is not said."""

    id: int
    version: int
    field: int
    hours: int
    hourly: int  # cents
    place: int  # in PLACES
    apply_by: int  # or FAR
    opened: int
    age: int
    grade: int
    first: int
    employer: int
    starts_on: int
    copy: int  # the same for one employer's projects of the same title, but for numbers in it
    musts: int = 0  # so many of its skills, the first, are asked for; the others are nice to have


COLUMNS = (
    Posting.id, Posting.version, Posting.field, Posting.hours, Posting.pay_cents, Posting.place, Posting.apply_by,
    Posting.opened_at, Posting.minimum_age, Posting.minimum_grade, Posting.first_project_welcome, Posting.employer,
    Posting.starts_on, Posting.title,
)  # fmt: skip


def told(row: tuple) -> Facts:
    """A row of the database in numbers."""
    number, version, field, hours, pay, place, apply_by, opened, age, grade, first, employer, starts, title = row
    return Facts(
        number, version, field or 0, hours or 0,
        round(pay / hours) if pay and hours else 0, PLACES.index(place or ""), day(apply_by) or FAR,
        timegm(datetime.fromisoformat(opened).timetuple()) if opened else 0, age or 0, grade or 0, int(bool(first)), employer,
        day(starts), hash((employer, *re.findall(r"[^\W\d]+", title.lower()))),
    )  # fmt: skip


def day(iso: str | None) -> int:
    return date.fromisoformat(iso).toordinal() if iso else 0
