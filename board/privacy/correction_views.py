"""“Something here is wrong”: asked on one page by anybody with an account, answered by coordinators on another."""

from flask import Blueprint, abort, g, url_for
from flask_babel import gettext as _
from peewee import JOIN

from board import htmx
from board.access import open_to, who
from board.drawing import said
from board.moves import Refused, TooLate
from board.people.model import Person, Role
from board.privacy import corrections as actions
from board.privacy.forms import AnswerForm, CorrectionForm
from board.privacy.model import Correction

corrections = Blueprint("corrections", __name__)

ANSWERED = 50  # the newest


@corrections.route("/account/correction", methods=["GET", "POST"])
@open_to(*Role)
def own():
    form = CorrectionForm()
    if form.validate_on_submit():
        try:
            actions.ask(who(), form.words.data)
        except Refused as problem:
            form.words.errors = [said(problem)]
        else:
            words = _("The coordinators have your request. You will hear what came of it.")
            return htmx.go(url_for("corrections.own"), words)
    mine = Correction.select(Correction, Person).left_outer_join(Person, on=Correction.answered_by)
    mine = mine.where(Correction.person == who().id).order_by(Correction.id.desc())
    return htmx.page("privacy/correction.html", form=form, mine=list(mine), status=422 if form.errors else 200)


@corrections.get("/corrections")
@open_to(Role.COORDINATOR)
def all():
    return draw()


@corrections.post("/corrections/<int:number>")
@open_to(Role.COORDINATOR)
def answer(number: int):
    found = Correction.seen_by(who()).where(Correction.id == number).first() or abort(404)
    form = AnswerForm()
    try:
        actions.answer(found, who(), form.state.data or "", form.words.data or "")
    except TooLate as late:
        return draw(409, late=said(late), kept=form.words.data)
    except Refused as problem:
        (form.words if form.state.data else form.state).errors = [said(problem)]
        return draw(422, tried=found.id, form=form)
    return htmx.go(url_for("corrections.all"), _("They are told."))


def draw(status: int = 200, tried: int | None = None, form: AnswerForm | None = None, late: str = "", kept: str = ""):
    g.section = "settings"
    asker, by = Person.alias(), Person.alias()
    query = Correction.select(Correction, asker, by).join(asker, on=(Correction.person == asker.id), attr="asker")
    query = query.switch(Correction).join(by, JOIN.LEFT_OUTER, on=(Correction.answered_by == by.id), attr="by")
    waiting = list(query.where(Correction.answered_at.is_null()).order_by(Correction.id))
    answered = query.where(Correction.answered_at.is_null(False)).order_by(Correction.answered_at.desc())
    forms = {row.id: form if form and row.id == tried else AnswerForm(formdata=None, prefix="") for row in waiting}
    return htmx.page(
        "privacy/corrections.html", status=status, waiting_rows=waiting, answered=list(answered.limit(ANSWERED)), forms=forms,
        tried=tried, form=form, late=late, kept=kept,
    )  # fmt: skip
