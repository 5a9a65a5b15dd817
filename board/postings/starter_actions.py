"""What happens to starters: begun with by an employer; added, changed, hidden and put back by a coordinator."""

import json

from peewee import fn

from board.db import database
from board.moves import Refused, record
from board.people.model import Person
from board.postings import actions, content, starters
from board.postings.model import Place, Posting
from board.postings.starters import KEYS, Starter, shipped
from board.school.actions import ships_too
from board.school.model import Field, School
from board.words import N_, slug

MOST = 300  # all of them stand on one page


def begin(starter: Starter, person: Person, school: School) -> Posting:
    """A draft of this person's organization with everything the starter says, in dates from today on."""
    values = starters.content(starter, school, school.today())
    if values["place"] != Place.REMOTE:
        values["location"] = person.employer.place or ""
    return actions.begin(person.employer, person, values, starter=starter.slug)


@ships_too
def load() -> None:
    """Those that come with the board, into a new one."""
    fields = {field.slug: field for field in Field.select()}
    with database.atomic():
        rows = [kept(values, fields[values["field"]]) | {"slug": name} for name, values in shipped().items()]
        Starter.insert_many([row | {"position": place} for place, row in enumerate(rows)]).execute()


def add(values: dict, by: Person) -> Starter:
    """One of the school's own, last in its field."""
    with database.atomic():
        if Starter.select().count() >= MOST:
            raise Refused(N_("There are %(most)d starters, and no more fit."), most=MOST)
        taken = {name for (name,) in Starter.select(Starter.slug).tuples()} | set(shipped())
        base = made = slug(values["title"]) or "starter"
        number = 2
        while made in taken:
            made, number = f"{base}-{number}", number + 1
        last = Starter.select(fn.MAX(Starter.position)).scalar() or 0
        row = kept(values, Field.get(Field.slug == values["field"]))
        starter = Starter.create(slug=made, position=last + 1, **row)
        record(starter, "add", by, "shown")
    return starter


def change(starter: Starter, by: Person, values: dict, move: str = "change") -> bool:
    """Other words; False when nothing differs. The slug stays, so that addresses keep their meaning."""
    with database.atomic():
        current = Starter.all().where(Starter.id == starter.id).get()
        changed = content.changed(current.values, values)
        if not changed:
            return False
        row = kept(current.values | values, Field.get(Field.slug == (current.values | values)["field"]))
        Starter.update(**row).where(Starter.id == starter.id).execute()
        record(starter, move, by, "", detail={"changed": changed})
    return True


def put_back(starter: Starter, by: Person) -> bool:
    """The words it came with."""
    return change(starter, by, shipped()[starter.slug], "put_back")


def hide(starter: Starter, by: Person, hidden: bool) -> None:
    """A hidden one is not offered any more; drafts that were begun with it stay as they are."""
    with database.atomic():
        if Starter.update(hidden=hidden).where(Starter.id == starter.id, Starter.hidden != hidden).execute():
            record(starter, "hide" if hidden else "show", by, "hidden" if hidden else "shown")
    starter.hidden = hidden


def kept(values: dict, field: Field) -> dict:
    """The columns that hold these values."""
    rest = {key: values.get(key, starters.blank(key)) for key in KEYS if key not in ("title", "field")}
    return {"title": values["title"], "field": field, "content": json.dumps(rest, ensure_ascii=False)}
