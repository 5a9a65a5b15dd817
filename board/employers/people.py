"""The people of an employer, on its own page: invite a colleague, hand over, leave; and the coordinator's hand over."""

from flask import abort, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from board import access, htmx
from board.access import open_to, who
from board.drawing import said
from board.employers import colleagues
from board.employers.forms import ColleagueForm
from board.employers.rules import may_bring
from board.employers.views import draw_own, employers, load, show_employer
from board.moves import Refused
from board.people import accounts, rules
from board.people.care import link_of
from board.people.model import Person, Role
from board.postings import hands, joining
from board.postings.model import Posting
from board.words import N_


@employers.post("/employer/people")
@open_to(Role.EMPLOYER)
def invite():
    """A letter goes to them; the answer shows the link as well, this once."""
    me = who()
    form = ColleagueForm()
    if not may_bring(me, me.employer):
        abort(403)
    if not form.validate():
        return draw_own(422, colleague=form)
    try:
        person, token = colleagues.invite(me.employer, me, form.name.data, form.email.data)
    except colleagues.TooManyInvitations as problem:
        return draw_own(429, colleague=form, problem=said(problem))
    except Refused as problem:
        form.email.errors = [said(problem)]
        return draw_own(422, colleague=form)
    return draw_own(invited=person, link=link_of(token), lasts=rules.INVITATION_LASTS.days)


@employers.post("/employer/people/<int:number>/invite")
@open_to(Role.EMPLOYER)
def invite_again(number: int):
    person = not_come(number)
    try:
        token = colleagues.again(person, who())
    except colleagues.TooManyInvitations as problem:
        return draw_own(429, problem=said(problem))
    return draw_own(invited=person, link=link_of(token), lasts=rules.INVITATION_LASTS.days)


@employers.post("/employer/people/<int:number>/take-back")
@open_to(Role.EMPLOYER)
def take_back(number: int):
    person = not_come(number)
    accounts.take_back(person, who())
    words = _("The invitation of %(name)s is taken back: the link opens nothing any more.", name=person.name)
    return htmx.go(url_for("employers.own") + "#people", words)


def not_come(number: int) -> Person:
    """A colleague with an invitation; 404 for anybody else, and in words for one who has come meanwhile."""
    theirs = Person.active().where(Person.employer == who().employer_id, Person.id == number)
    person = theirs.first() or abort(404)
    if accounts.has_come(person):
        raise Refused(
            N_("%(name)s has joined in the meantime: there is no invitation left to send or take back."),
            name=person.name,
        )
    return person


@employers.post("/employer/people/hand-over")
@open_to(Role.EMPLOYER)
def hand_over_mine():
    """All postings whose contact I am, to a colleague."""
    me = who()
    to = chosen(me.employer_id)
    if to is None:
        return draw_own(422, hand_problem=_("Choose who should have them."))
    try:
        count = hands.hand_over_all(me.employer, me, me, to)
    except Refused as problem:
        return draw_own(409, hand_problem=said(problem))
    return htmx.go(url_for("employers.own") + "#people", handed(count, to))


def chosen(employer_id: int, field: str = "to") -> Person | None:
    """The person of this employer that a form names; None for nobody, 404 for somebody else's."""
    typed = request.form.get(field, "")
    if not typed:
        return None
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 16):
        abort(404)
    return Person.select().where(Person.employer == employer_id, Person.id == int(typed)).first() or abort(404)


def handed(count: int, to: Person) -> str:
    if not count:
        return _("There was nothing to hand over.")
    return ngettext(
        "One posting was handed over: its contact is now %(name)s.",
        "%(num)d postings were handed over: their contact is now %(name)s.", count, name=to.name,
    )  # fmt: skip


@employers.route("/employer/leave", methods=["GET", "POST"])
@open_to(Role.EMPLOYER)
def leave():
    """Asked once more, with what becomes of one's postings."""
    me = who()
    if request.method == "GET":
        return draw_leave()
    words = _(
        "You have left %(employer)s on this board, and your account is closed. Thank you for what you did.",
        employer=me.employer.name,
    )
    try:
        if me.is_newcomer:  # nobody at school has heard of them
            joining.remove(me)
        else:
            hands.leave(me, chosen(me.employer_id))
    except Refused as problem:
        return draw_leave(409, said(problem))
    access.sign_out()
    return htmx.go(url_for("home.front"), words)


def draw_leave(status: int = 200, problem: str = ""):
    me = who()
    mine = Posting.select().where(Posting.contact == me, Posting.state.not_in(hands.DONE))
    others = list(hands.colleagues(me.employer_id).where(Person.id != me.id))
    return htmx.page(
        "employers/leave.html", status=status, employer=me.employer, problem=problem, others=others,
        mine=mine.count(), awaited=not others and hands.is_awaited(me.employer),
    )  # fmt: skip


# -- a coordinator, for somebody who has left without a word


@employers.post("/employers/<int:employer_id>/hand-over")
@open_to(Role.COORDINATOR)
def hand_over(employer_id: int):
    """All postings of one contact, or those that have none any more, to somebody who is there."""
    employer = load(employer_id)
    former, to = chosen(employer.id, "from"), chosen(employer.id)
    if to is None:
        return show_employer(employer, status=422, hand_problem=_("Choose who should have them."))
    try:
        count = hands.hand_over_all(employer, former, who(), to)
    except Refused as problem:
        return show_employer(employer, status=409, hand_problem=said(problem))
    return htmx.go(url_for("employers.show", employer_id=employer.id) + "#contacts", handed(count, to))
