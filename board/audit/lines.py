"""Entries in words that a principal reads: who, what, and to which thing. The names are of now: they stand in tables that
can be erased, and the entry stays without them. The same number of queries for any number of entries."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from peewee import Model

from board.applications.model import Application
from board.audit.model import Entry, Kind
from board.audit.phrases import CHANGED, KEYS, MOVES, SET_UP, TAKEN, THINGS, WAYS
from board.employers.model import Employer
from board.moves import Step
from board.people import story
from board.people.model import Person
from board.people.roster import told
from board.placements.model import Placement
from board.postings.model import Posting
from board.school.model import Field, Skill
from board.words import N_

# where a thing is looked at, by the coordinators who see it
PLACES = {
    "person": ("roster.person", "number"), "posting": ("review.show", "number"),
    "application": ("applications.show", "application_id"), "placement": ("placements.show", "placement_id"),
    "employer": ("employers.show", "employer_id"), "suggestion": ("suggestions.show", "number"),
    "field": ("school.field", "number"), "skill": ("school.skill", "number"),
}  # fmt: skip
TOLD = frozenset({noun for noun, _move in story.DID} | {"person", "posting", "revision"})  # have words of their own
NOBODY = ("", "sign_in")  # things that are no more than the entry says anyway


@dataclass(frozen=True)
class Line:
    """One entry. `only`: what of the search would show this person, or this thing, alone."""

    entry: Entry
    who: str
    what: str
    thing: str
    link: str
    only_who: dict = field(default_factory=dict)
    only_thing: dict = field(default_factory=dict)


def lines(found: Iterable[Entry], me: Person) -> list[Line]:
    """In the order of the entries."""
    rows = list(found)
    names = names_of(rows, me)
    steps = {step.id: step for step in Step.select().where(Step.id.in_([row.step_id for row in rows if row.step_id]))}
    return [line(row, names, steps.get(row.step_id)) for row in rows]


def names_of(rows: list[Entry], me: Person) -> dict[tuple[str, int], str]:
    """What people and things are called now, as far as this reader may see them."""
    names = story.names_of(rows)
    for model in (Posting, Application, Placement, Employer):
        noun = model._meta.table_name
        ids = [number for one, number in names if one == noun]
        seen = {number for (number,) in model.seen_by(me).select(model.id).where(model.id.in_(ids)).tuples()}
        names = {key: name for key, name in names.items() if key[0] != noun or key[1] in seen}
    people = {row.person_id for row in rows if row.person_id}
    for noun, model, ids in (("person", Person, people), ("field", Field, None), ("skill", Skill, None)):
        ids = ids if ids is not None else {row.noun_id for row in rows if row.noun == noun}
        names |= {(noun, number): name for number, name in named(model, ids)}
    return names


def named(model: type[Model], ids: set[int]):
    return model.select(model.id, model.name).where(model.id.in_(ids or {0})).tuples()


def line(row: Entry, names: dict, step: Step | None) -> Line:
    about = names.get((row.noun, row.noun_id), "")
    what = said(row, about or (erased() if row.noun == "person" else ""), step, names)
    times = row.facts.get("times", 1)
    if times > 1:
        what = f"{what} {ngettext('(%(num)d time)', '(%(num)d times)', times)}"
    own = row.noun == "person" and row.noun_id == row.person_id
    thing = "" if own or row.noun in NOBODY else thing_of(row, about)
    return Line(
        row, who_of(row, names), what, thing, link_of(row, about) if thing else "",
        {"who": f"#{row.person_id}"} if row.person_id else {}, {"noun": row.noun, "number": row.noun_id} if thing else {},
    )  # fmt: skip


def erased() -> str:
    return _("a person who was erased")


def who_of(row: Entry, names: dict) -> str:
    """The person, the board, or somebody nobody can name."""
    if row.person_id:
        return names.get(("person", row.person_id)) or erased()
    unknown = row.kind in (Kind.SIGN_IN_FAILED, Kind.REFUSED) or row.what in ("calendar.feed", "public.credential")
    return _("Somebody") if unknown or row.what.startswith("mail_") else _("The board")


def thing_of(row: Entry, name: str) -> str:
    label = _(THINGS.get(row.noun, row.noun.replace("_", " ")))
    if name:
        return f"{label}: {name}"
    return f"{label} #{row.noun_id}" if row.noun_id else label


def link_of(row: Entry, name: str) -> str:
    """Where the thing is looked at; nowhere for what is gone, or not this reader's to see."""
    if not name or row.noun not in PLACES:
        return ""
    endpoint, argument = PLACES[row.noun]
    return url_for(endpoint, **{argument: row.noun_id})


def said(row: Entry, about: str, step: Step | None, names: dict) -> str:
    """What happened, as it goes on after who did it."""
    if row.step_id:
        return said_of_step(row, step, names | {(row.noun, row.noun_id): about})
    if row.kind == Kind.SIGN_IN:
        return _(WAYS.get(row.what, N_("signed in")))
    if row.kind == Kind.EXPORT:
        words = TAKEN.get(row.what)
        return _(words, name=about) if words else _("took data out: %(address)s", address=address_of(row))
    if row.kind == Kind.KEY:
        return _(KEYS.get(row.what, N_("made a key")), name=about)
    if row.kind == Kind.REFUSED:
        if not row.what:  # how often it was, held back until it was over
            return _("was not allowed to, again")
        return _("was not allowed to: %(address)s", address=address_of(row))
    if row.kind == Kind.UNSEEN:
        if not row.what:
            return _("asked again for what is not there for them")
        return _("asked for what is not there for them: %(address)s", address=address_of(row))
    if row.kind == Kind.SIGN_IN_FAILED:
        if row.what == "confirm":
            return _("gave a wrong password for their own account")
        if not row.noun_id:
            return _("could not sign in: no such account")
        return _("could not sign in as %(name)s", name=about)
    if row.kind == Kind.SIGN_IN_ENDED:
        return ngettext("signed out another browser", "signed out %(num)d other browsers", row.facts.get("count", 1))
    if row.kind == Kind.BEGIN and not row.facts.get("steps"):
        return _("began the audit trail")
    if row.kind == Kind.BEGIN:
        return ngettext("began the audit trail; %(num)d step from before was copied", "began the audit trail; %(num)d steps from before were copied", row.facts.get("steps", 0))  # fmt: skip
    words = {
        Kind.VIEW: N_("looked at the page of %(name)s"), Kind.SIGN_OUT: N_("signed out"), Kind.REMOVED: N_("deleted it"),
        Kind.RESTORED: N_("put a backup back"),
    }  # fmt: skip
    return _(words.get(Kind(row.kind), row.kind) if row.kind in set(Kind) else row.kind, name=about)


def said_of_step(row: Entry, step: Step | None, names: dict) -> str:
    """In the words of its own history, while the Step is there; a number may belong to another by now."""
    if step is None or (step.noun, step.noun_id, step.move) != (row.noun, row.noun_id, row.what):
        step = Step(
            noun=row.noun, noun_id=row.noun_id, move=row.what, from_state=row.from_state, to_state=row.to_state, detail=row.detail,
        )  # fmt: skip
    known = MOVES.get((row.noun, row.what)) or (SET_UP.get(row.what) if row.noun not in TOLD else None)
    if known:
        return _(known)
    try:
        words = told(story.line(step, names))
    except (KeyError, ValueError, TypeError):  # what it would have said is erased
        words = row.what.replace("_", " ")
    changed = row.facts.get("changed") if row.noun == "school" else None
    return f"{words}: {', '.join(_(CHANGED.get(key, key.replace('_', ' '))) for key in changed)}" if changed else words


def address_of(row: Entry) -> str:
    """The address of a route with its numbers; what else stood in it was not kept."""
    if row.what not in current_app.view_functions:
        return row.what
    rule, facts = next(current_app.url_map.iter_rules(row.what)), row.facts
    return re.sub(r"<(?:[^<>]*:)?(\w+)>", lambda found: str(facts.get(found[1], "…")), rule.rule)
