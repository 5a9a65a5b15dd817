"""The page of a placement: one address for student, employer and teacher, each with their own moves.

It is made of parts. A part is a module beside this one with `part(placement, me)`: the values of its template
`placements/_NAME.html`, or None where this reader has no use for it now; and perhaps `next_step(placement, me)`: what
this reader should do next, if it lies in this part. A part's form comes back through `answer`, or with what is wrong
through `draw`.
"""

from types import ModuleType

from flask import abort, flash, g
from peewee import JOIN

from board import htmx
from board.access import who
from board.applications.model import Application
from board.employers.model import Employer, Supervisor
from board.home.steps import Step
from board.moves import open_to
from board.people.model import Person
from board.placements import closing, completing, ending, feedback, history, holding
from board.placements.model import Placement
from board.placements.naming import Names
from board.placements.rules import MOVES
from board.postings.model import Posting

# by name, in the order of the page
PARTS: dict[str, ModuleType] = {
    "holding": holding, "feedback": feedback, "completing": completing, "ending": ending, "history": history,
}  # fmt: skip
NEXT: list[ModuleType] = [
    holding,
    closing,
    completing,
    feedback,
]  # in the order in which they are asked what comes next


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
    for module in NEXT:
        step = module.next_step(placement, me)
        if step:
            return step
    return None


def draw(placement: Placement, status: int = 200, problem: str = "", **typed):
    """The page as it stands. `problem`: a sentence at its head; `typed`: forms that came back, given to all parts."""
    me = who()
    g.section = "students" if me.is_teacher else "placements"
    parts = {name: module.part(placement, me) for name, module in PARTS.items()}
    return htmx.page(
        "placements/show.html", "placement", status, placement=placement, posting=placement.posting, problem=problem,
        names=Names(placement, me), parts={name: part for name, part in parts.items() if part is not None},
        next_step=next_step(placement, me), open_moves=[move.name for move in open_to(MOVES, me, placement)], typed=typed,
    )  # fmt: skip


def answer(placement: Placement, words: str = "", at: str = ""):
    """After something was done: back to the page, with words there. `at`: the part it was done in.

    HTMX gets the page's region as it stands now, so that nobody loses their place.
    """
    if htmx.wants_piece():
        if words:
            flash(words, "good")
        return draw(load(placement.id))
    return htmx.go(f"/placements/{placement.id}{f'#{at}' if at else ''}", words)
