"""The trail taken out: as a table for people, and as lines that anybody can check the chain with."""

import csv
import io
import json
from collections.abc import Iterator

from flask_babel import gettext as _
from peewee import ModelSelect

from board.audit.lines import lines
from board.audit.model import Entry
from board.audit.rules import CONFIDENTIAL
from board.audit.trail import COLUMNS
from board.db import database
from board.people.model import Person
from board.words import N_

MOST_IN_TABLE = 20_000  # rows; each is put into words, and a spreadsheet gets no quicker. Lines are not limited
PIECE = 500
WRITE = json.JSONEncoder(separators=(",", ":")).encode

HEADS = (
    N_("Number"), N_("Time (UTC)"), N_("Kind"), N_("Who"), N_("What happened"), N_("To what"), "person_id", "what", "noun",
    "noun_id", "step_id", "from_state", "to_state", "detail",
)  # fmt: skip


def pieces(query: ModelSelect, upto: int) -> Iterator[list[Entry]]:
    """The newest MOST_IN_TABLE, oldest first; some at a time, each asked for anew: no reader holds up whoever writes."""
    query = query.where(Entry.id <= upto)
    before = query.order_by(Entry.id.desc()).offset(MOST_IN_TABLE).first()
    last = before.id if before else 0
    while some := list(query.where(Entry.id > last).order_by(Entry.id).limit(PIECE)):
        yield some
        last = some[-1].id


def safe(cell) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV Injection)."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def table(query: ModelSelect, upto: int, me: Person) -> Iterator[str]:
    """CSV (RFC 4180), with the mark that lets spreadsheets read accents."""
    yield "\ufeff" + row([_(head) for head in HEADS])
    for some in pieces(query, upto):
        yield "".join(
            row([
                made.entry.id, made.entry.at.isoformat(" "), _(made.entry.kind_label), made.who, made.what, made.thing,
                made.entry.person_id, made.entry.what, made.entry.noun, made.entry.noun_id, made.entry.step_id,
                made.entry.from_state, made.entry.to_state, made.entry.detail,
            ])
            for made in lines(some, me)
        )  # fmt: skip


def row(cells: list) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([safe(cell) for cell in cells])
    return out.getvalue()


def as_lines(query: ModelSelect, upto: int) -> Iterator[str]:
    """JSON, an entry a line, with the fields it is sealed with. Numbers and codes alone: nobody's name is in it."""
    found = query.select(*[getattr(Entry, name) for name in COLUMNS])
    last = 0
    while True:
        # asked for as text: what SQLite holds is what is sealed, and half a million rows take peewee long to read
        asked = found.where(Entry.id > last, Entry.id <= upto).order_by(Entry.id).limit(PIECE)
        rows = database.execute_sql(*asked.sql()).fetchall()
        if not rows:
            return
        yield "".join(WRITE(sealed(dict(zip(COLUMNS, one, strict=True)))) + "\n" for one in rows)
        last = rows[-1][0]


def sealed(entry: dict) -> dict:
    """Of what is confidential, the seals alone: the chain can be followed over it."""
    if entry["noun"] in CONFIDENTIAL:
        return {key: entry[key] for key in ("id", "previous", "hash")}
    return entry
