"""Reads a file of postings: CSV from any program, and one row of it as checked values. Writes nothing."""

import csv
import gzip
import hashlib
import html
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from board.postings.model import HOURS, TITLE, WEEKS, Place
from board.school.rules import tidy
from board.words import N_, Said, clean, one_line

# our name for a column, the names it may have in a file, and whether a row needs it
COLUMNS = {
    "reference": ("reference",), "title": ("title",), "employer": ("employer",), "field": ("field",),
    "skills": ("skills",), "description": ("description",), "hours": ("hours",), "weeks": ("weeks",),
    "pay_usd": ("pay_usd", "pay"), "place": ("place",), "location": ("location",),
}  # fmt: skip
NEEDED = ("title", "employer", "field", "hours", "pay_usd")
LONGEST = {"reference": 80, "title": TITLE, "employer": 120, "location": 120, "description": 20_000}  # characters
LONGEST_SKILL = 60
MOST_PAY = 10_000  # dollars, as in the form
MOST_BYTES = 256 * 1024 * 1024
CELL = 16 * 1024 * 1024  # characters; a cell this long means a quotation mark that never closes

PLACES = {
    "remote": Place.REMOTE, "online": Place.REMOTE, "virtual": Place.REMOTE, "onsite": Place.ON_SITE,
    "inperson": Place.ON_SITE, "hybrid": Place.HYBRID,
}  # fmt: skip

BREAKS = re.compile(r"<\s*/?\s*(?:p|br|div|tr|ul|ol|table|h[1-6]|hr|blockquote|section)\b[^<>]*>", re.I)
ITEM = re.compile(r"<\s*li\b[^<>]*>", re.I)
HIDDEN = re.compile(r"<\s*(script|style)\b.*?<\s*/\s*\1\s*>", re.I | re.S)
TAG = re.compile(
    r"<\s*/?\s*(?:li|span|b|strong|i|em|u|a|font|td|th|tbody|thead|img|sup|sub|small|center|script|style|html|body|head)"
    r"\b[^<>]*>",
    re.I,
)
ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.I)


class BadFile(Said):
    """The file as a whole can't be read; the sentence says why and what to do."""


class BadRow(Said):
    """This row can't go in."""


@dataclass(frozen=True)
class Row:
    """One row, checked. Names are still names; the field and the skills are looked up by whoever writes it."""

    line: int
    reference: str
    title: str
    employer: str
    field: str
    skills: tuple[str, ...]
    description: str
    hours: int
    weeks: int | None
    pay_cents: int
    place: Place | None
    location: str


# -- the file


def text_of(path: Path) -> tuple[str, str]:
    """The file's text and the name of its encoding. gzip is recognised by what is in it, not by the name."""
    try:
        data = path.read_bytes()
        if data[:2] == b"\x1f\x8b":
            with gzip.open(io.BytesIO(data)) as packed:
                data = packed.read(MOST_BYTES + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise BadFile(N_("%(path)s is damaged: it can't be unpacked."), path=path) from None
    except OSError as error:
        raise BadFile(N_("%(path)s can't be read: %(why)s."), path=path, why=error.strerror) from None
    if len(data) > MOST_BYTES:
        raise BadFile(N_("%(path)s is larger than 256 MB. Split it."), path=path)
    if data[:4] == b"PK\x03\x04" or data[:4] == b"\xd0\xcf\x11\xe0":
        raise BadFile(N_("%(path)s is a spreadsheet file. Save it as CSV first."), path=path)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding), encoding.removesuffix("-sig")
        except UnicodeDecodeError:
            pass
    raise BadFile(N_("%(path)s is neither UTF-8 nor Windows text. Save it as CSV (UTF-8)."), path=path)


def lines(text: str, renamed: dict[str, str]) -> Iterator[tuple[int, dict[str, str] | BadRow]]:
    """Each row with the line it begins on. `renamed`: our name of a column to the file's. Raises BadFile."""
    csv.field_size_limit(CELL)
    head = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [one_line(name) for name in next(reader, [])]
    except csv.Error as error:
        raise BadFile(N_("The first line can't be read: %(why)s."), why=error) from None
    places = columns_of(header, renamed)
    begins = reader.line_num + 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise BadFile(N_("Line %(line)s can't be read: %(why)s."), line=begins, why=error) from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            if len(cells) > len(header):
                yield begins, BadRow(N_("it has more cells than there are columns"))
            else:
                cells += [""] * (len(header) - len(cells))
                yield begins, {name: cells[place] for name, place in places.items()}
        begins = reader.line_num + 1


def columns_of(header: list[str], renamed: dict[str, str]) -> dict[str, int]:
    """Where each of our columns stands in the file."""
    known = {name.casefold(): number for number, name in reversed(list(enumerate(header)))}
    places = {}
    for ours, theirs in renamed.items():
        if ours not in COLUMNS:
            raise BadFile(
                N_("“%(name)s” is no column of a posting; these are: %(all)s."), name=ours, all=", ".join(COLUMNS)
            )
        if one_line(theirs).casefold() not in known:
            raise BadFile(N_("The file has no column “%(name)s”."), name=theirs)
        places[ours] = known[one_line(theirs).casefold()]
    for ours, names in COLUMNS.items():
        for name in names:
            if ours not in places and name in known:
                places[ours] = known[name]
    missing = [name for name in NEEDED if name not in places]
    if missing:
        raise BadFile(
            N_("The file has no column for %(missing)s. It has: %(header)s. Say which is which with --column %(first)s=NAME."),
            missing=", ".join(missing), header=", ".join(filter(None, header)) or "-", first=missing[0],
        )  # fmt: skip
    return places


# -- one row


def checked(line: int, cells: dict[str, str]) -> Row:
    """The row as values, or BadRow with the first reason against it."""
    title, employer, field = (plain_line(cells[name]) for name in ("title", "employer", "field"))
    description = plain_text(cells.get("description", ""))
    location = plain_line(cells.get("location", ""))
    for name, value in (("title", title), ("employer", employer), ("field", field)):
        if not value:
            raise BadRow(N_("%(name)s is empty"), name=name)
    named = [plain_line(name) for name in cells.get("skills", "").split("|")]
    skills = tuple(filter(None, map(tidy, named)))
    for name in named:
        if len(name) > LONGEST_SKILL:
            raise BadRow(
                N_("the skill “%(start)s…” is longer than %(most)s characters"), start=name[:30], most=LONGEST_SKILL
            )
    reference = one_line(cells.get("reference", ""))
    if not reference:  # the same row again is the same posting
        told = "\n".join((title, employer, description)).casefold()
        reference = "row-" + hashlib.sha256(told.encode()).hexdigest()[:24]
    row = Row(
        line=line, reference=reference, title=title, employer=employer, field=field, skills=skills,
        description=description, hours=whole("hours", cells["hours"], *HOURS),
        weeks=whole("weeks", cells["weeks"], *WEEKS) if one_line(cells.get("weeks", "")) else None,
        pay_cents=cents(cells["pay_usd"]), place=place_of(cells.get("place", "")), location=location,
    )  # fmt: skip
    for name, most in LONGEST.items():
        if len(getattr(row, name)) > most:
            raise BadRow(N_("%(name)s is longer than %(most)s characters"), name=name, most=most)
    return row


def plain_line(text: str) -> str:
    return one_line(plain_text(text))


def plain_text(text: str) -> str:
    """Text without what is left of HTML: lists become "- " lines, paragraphs blank lines, entities characters.

    Only tags of HTML go: "a < b" and "vector<int>" stay as they are.
    """
    text = ENTITY.sub(lambda found: html.unescape(found.group()), text).replace("\xa0", " ")
    if "<" in text:
        text = HIDDEN.sub("", text)
        text = BREAKS.sub("\n\n", ITEM.sub("\n- ", text))
        text = TAG.sub("", text)
    text = re.sub(r"[ \t]+\n", "\n", clean(text.replace("\t", " ")))
    return re.sub(r"\n{3,}", "\n\n", text)


def whole(name: str, text: str, low: int, high: int) -> int:
    text = one_line(text)
    bare = re.sub(r"\.0+$", "", text)
    if not (bare.isascii() and bare.isdecimal() and len(bare) < 10 and low <= int(bare) <= high):
        if not text:
            raise BadRow(N_("%(name)s is empty"), name=name)
        raise BadRow(
            N_("%(name)s: “%(text)s” is not a whole number from %(low)s to %(high)s"),
            name=name, text=text[:40], low=low, high=high,
        )  # fmt: skip
    return int(bare)


def cents(text: str) -> int:
    """Dollars as people write them ("$1,200", "240.50") in cents."""
    text = one_line(text)
    if not text:
        raise BadRow(N_("pay is empty"))
    bare = text.removeprefix("$").replace(",", "").strip()
    try:
        amount = Decimal(bare) * 100 if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,2})?", bare) else Decimal(0)
    except InvalidOperation:
        amount = Decimal(0)
    if not 0 < amount <= MOST_PAY * 100:
        raise BadRow(N_("pay: “%(text)s” is not an amount in dollars up to 10,000"), text=text[:40])
    return int(amount)


def place_of(text: str) -> Place | None:
    """ "on site", "On-Site" and "in person" are one place; nothing is None."""
    key = re.sub(r"[^a-z]", "", one_line(text).casefold())
    if not key and not one_line(text):
        return None
    if key not in PLACES:
        raise BadRow(N_("place: “%(text)s” is not remote, on site or hybrid"), text=one_line(text)[:40])
    return PLACES[key]
