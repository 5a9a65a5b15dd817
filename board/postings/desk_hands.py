"""On the employer's desk: who is a posting's contact, who helps, and handing it over."""

from flask import abort, request, url_for
from flask_babel import gettext as _

from board import htmx
from board.access import open_to, who
from board.drawing import said
from board.moves import Refused
from board.people.model import Person, Role
from board.postings import hands
from board.postings.desk import desk, load
from board.postings.model import Posting
from board.postings.rules import may_hand_over


def values_of(posting: Posting) -> dict:
    """What postings/_hands.html needs; the same few queries for any number of people."""
    person = who()
    helping = hands.helpers(posting)
    return {
        "contact": posting.contact if posting.contact_id and not posting.contact.ended_at else None,
        "helping": helping,
        "i_help": any(one.id == person.id for one in helping),
        "can_take": list(hands.colleagues(posting.employer_id).where(Person.id != (posting.contact_id or 0))),
        "may_hand_over": may_hand_over(person, posting),
    }


@desk.post("/employer/postings/<int:posting_id>/help")
@open_to(Role.EMPLOYER)
def help_with(posting_id: int):
    posting = load(posting_id)
    hands.help_with(posting, who())
    return answer(posting, _("You hear of this posting from now on."))


@desk.post("/employer/postings/<int:posting_id>/no-longer")
@open_to(Role.EMPLOYER)
def no_longer(posting_id: int):
    posting = load(posting_id)
    hands.no_longer(posting, who())
    return answer(posting, _("You don't hear of this posting any more."))


@desk.post("/employer/postings/<int:posting_id>/hand-over")
@open_to(Role.EMPLOYER)
def hand_over(posting_id: int):
    posting = load(posting_id)
    to = colleague(posting.employer_id, request.form.get("to", ""))
    if to is None:
        return answer(posting, problem=_("Choose who should have it."), status=422)
    try:
        hands.hand_over(posting, who(), to)
    except Refused as problem:
        return answer(posting, problem=said(problem), status=409)
    return answer(load(posting_id), _("The contact is now %(name)s.", name=to.name))


def colleague(employer_id: int, number: str) -> Person | None:
    """Somebody of an employer, by the number a form gives; None where nobody is chosen, 404 for somebody else's."""
    if not number:
        return None
    if not (number.isascii() and number.isdecimal() and len(number) < 16):
        abort(404)
    return Person.active().where(Person.employer == employer_id, Person.id == int(number)).first() or abort(404)


def answer(posting: Posting, words: str = "", problem: str = "", status: int = 200):
    """The region as it stands now; without HTMX the whole page."""
    if htmx.wants_piece():
        return htmx.piece(
            "postings/_hands.html", status=status, posting=posting, hands_said=words, hands_problem=problem,
            **values_of(posting),
        )  # fmt: skip
    if problem:
        from board.postings.desk_edit import can_change, form_for, show

        return show(posting, form_for(posting) if can_change(posting) else None, status, problem)
    return htmx.go(url_for("desk.edit", posting_id=posting.id) + "#hands", words)
