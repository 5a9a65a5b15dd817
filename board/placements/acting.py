"""How a form of a placement's page is answered: what is wrong stands beside its field, what came too late at the head."""

from collections.abc import Callable

from board.drawing import said
from board.forms import Form
from board.moves import Refused, TooLate
from board.placements import page
from board.placements.model import Placement


def does(placement: Placement, name: str, form: Form, field: str, act: Callable[[], object], words: str, at: str):
    """Act, then back to the part `at` with words. `name`: what the part calls the form; `field`: what is refused there."""
    if not form.validate():
        return page.draw(placement, 422, **{name: form})
    try:
        act()
    except TooLate as late:
        return page.draw(page.load(placement.id), 409, problem=said(late), **{name: form})
    except Refused as refused:
        return wrong(placement.id, name, form, field, said(refused))
    return page.answer(placement, words, at)


def wrong(placement_id: int, name: str, form: Form, field: str, *problems: str):
    """The page as it stands now, with sentences beside a field and what was typed; on hold there are no forms."""
    placement = page.load(placement_id)
    if placement.held_at:
        return page.draw(placement, 409, problem=problems[0])
    form[field].errors = list(problems)
    return page.draw(placement, 422, **{name: form})
