"""The page of a placement: one address for student, employer and teacher, each with their own moves.

It is made of parts. A part is a module beside this one with `part(placement, me)`: the values of its template
`placements/_NAME.html`, or None where this reader has no use for it now; and perhaps `next_step(placement, me)`: what
this reader should do next, if it lies in this part. A part's form comes back through `answer`, or with what is wrong
through `draw`.
"""

from collections.abc import Callable
from types import ModuleType

from flask import abort, flash, g
from flask_babel import gettext as _
from peewee import JOIN

from board import htmx
from board.access import who
from board.applications.model import Application
from board.drawing import translate
from board.employers.model import Employer, Supervisor
from board.experience import part as experience
from board.home.steps import Step
from board.moves import open_to
from board.people.model import Person
from board.placements import (
    agreement,
    check_ins,
    closing,
    completing,
    ending,
    feedback,
    handing_in,
    history,
    holding,
    hours,
    match,
    match_next,
    messages,
    payment,
    plan,
    quiet,
    start_list,
)
from board.placements.model import Placement
from board.placements.naming import Names
from board.placements.rules import MOVES
from board.placements.timeline import calm, stops
from board.postings.model import Posting
from board.words import N_

PARTS: dict[str, ModuleType] = {  # by name, in the order of the page
    "holding": holding,
    "before": start_list,
    "match": match,
    "agreement": agreement,
    "completing": completing,
    "plan": plan,
    "checkins": check_ins,
    "hours": hours,
    "handing_in": handing_in,
    "payment": payment,
    "messages": messages,
    "feedback": feedback,
    "experience": experience,
    "ending": ending,
    "history": history,
}
# in the order in which they are asked what comes next
NEXT: list[Callable[[Placement, Person], Step | None]] = [
    holding.next_step, match_next.next_step, messages.next_step, closing.next_step, check_ins.next_step,
    handing_in.next_step, plan.next_step, hours.next_step, completing.next_step, quiet.next_step,
    payment.next_step, feedback.next_step, experience.next_step, handing_in.in_the_end,
]  # fmt: skip
# what the list of links on the page calls each part; `count` in a part's values stands beside it
CALLED = {
    "holding": N_("On hold"), "before": N_("Before the start"), "match": N_("Match"),
    "agreement": N_("Training agreement"), "completing": N_("Sign off"), "plan": N_("Plan"),
    "checkins": N_("Check-ins"), "hours": N_("Hours"), "handing_in": N_("Hand-in"), "payment": N_("Pay"),
    "messages": N_("Messages"), "feedback": N_("Feedback"), "experience": N_("Experience"), "ending": N_("Ending"),
    "history": N_("History"),
}  # fmt: skip


def load(placement_id: int) -> Placement:
    """With everybody and everything the page names, in one query. Whoever may not see it gets 404."""
    lead, cover = Person.alias(), Person.alias()
    query = Placement.seen_by(who()).where(Placement.id == placement_id)
    query = (
        query.select(Placement, Application, Posting, Employer, Person, Supervisor, lead, cover)
        .join(Application)
        .join(Posting)
        .join(Employer)
        .switch(Application)
        .join(Person, on=Application.student)
        .switch(Placement)
        .join(Supervisor, JOIN.LEFT_OUTER, on=Placement.supervisor)
        .switch(Placement)
        .join(lead, JOIN.LEFT_OUTER, on=(Placement.lead == lead.id), attr="lead")
        .switch(Placement)
        .join(cover, JOIN.LEFT_OUTER, on=(Placement.cover == cover.id), attr="cover")
    )
    return query.first() or abort(404)


def next_step(placement: Placement, me: Person) -> Step | None:
    """What this person should do next here, or None when it is somebody else's turn."""
    for ask in NEXT:
        step = ask(placement, me)
        if step:
            return step
    return None


def in_order(placement: Placement) -> list[str]:
    """The parts as they stand below each other: what is settled by now comes after what is still to be done."""
    settled = [name for name, module in PARTS.items() if hasattr(module, "is_settled") and module.is_settled(placement)]
    return sorted(PARTS, key=lambda name: (name == "history", name in settled))


def draw(placement: Placement, status: int = 200, problem: str = "", **typed):
    """The page as it stands. `problem`: a sentence at its head; `typed`: forms that came back, given to all parts."""
    me = who()
    g.section = "placements"
    made = {name: PARTS[name].part(placement, me) for name in in_order(placement)}
    parts = {name: part for name, part in made.items() if part is not None}
    return htmx.page(
        "placements/show.html", "placement", status, placement=placement, posting=placement.posting, problem=problem,
        names=Names(placement, me), stops=stops(placement), parts=parts, jumps=jumps(parts), links=links(placement, me),
        next_step=next_step(placement, me), calm=calm(placement, me), open_moves=[move.name for move in open_to(MOVES, me, placement)], typed=typed,
    )  # fmt: skip


def jumps(parts: dict[str, dict]) -> list[tuple[str, str, int]]:
    """The links to what is on the page: (id, words, how many are new)."""
    listed = [(name, translate(CALLED.get(name, name)), part.get("count", 0)) for name, part in parts.items()]
    return [("facts", _("At a glance"), 0), *listed]


def links(placement: Placement, me: Person) -> list[tuple[str, str, str]]:
    """Where to read more: (address, words, icon). Only pages that open for this reader."""
    posting, application = placement.posting, placement.application_id
    if me.is_employer:
        return [
            (f"/employer/postings/{posting.id}", _("The project as it was posted"), "file-text"),
            (f"/employer/applicants/{application}", _("What the student wrote"), "user"),
        ]
    found = [
        (f"/applications/{application}", _("What you sent") if me.is_student else _("What the student sent"), "send")
    ]
    if me.is_teacher or not posting.held_at:
        address = f"/review/{posting.id}" if me.is_teacher else f"/projects/{posting.id}"
        found.insert(0, (address, _("The project as it was posted"), "file-text"))
    return found


def answer(placement: Placement, words: str = "", at: str = "", kind: str = "good"):
    """After something was done: back to the page, with words there. `at`: the part it was done in; `kind`: the tone of
    the words.

    HTMX gets the page's region as it stands now, so that nobody loses their place.
    """
    if htmx.wants_piece():
        if words:
            flash(words, kind)
        return draw(load(placement.id))
    return htmx.go(f"/placements/{placement.id}{f'#{at}' if at else ''}", words, kind)
