"""Around the decision on the desk: taking a posting, taking a decision back, one's fields, words kept ready, and what a posting is
read for."""

from flask import abort, redirect, request, url_for
from flask_babel import gettext as _

from board import htmx, phrases
from board.access import open_to, who
from board.checks.scam import LIMIT
from board.checks.scam_signals import SIGNALS
from board.drawing import said
from board.moves import NotAllowed, Refused, TooLate
from board.people.model import Role
from board.postings import canned, claims, deciding, own_fields, queue, second
from board.postings.case import Case
from board.postings.desk_model import Canned
from board.postings.model import Section
from board.postings.review import find, review
from board.postings.review_forms import CannedForm


@review.get("/review/<int:number>/next")
@open_to(Role.TEACHER)
def following(number: int):
    """Leave it as it is, and go on with the next one that is free."""
    posting = find(number)
    other = queue.next_after(posting, Case.of(posting).since, who())
    if other is None:
        return htmx.go(url_for("review.desk"), _("Nothing else is free just now."), "wait")
    return redirect(url_for("review.show", number=other), 303)


@review.post("/review/<int:number>/take")
@open_to(Role.TEACHER)
def take(number: int):
    """Take it, or take it over from whoever the page said had it."""
    posting = find(number)
    try:
        had = claims.take(posting, who(), request.form.get("from", type=int))
    except Refused as refused:
        return htmx.go(url_for("review.show", number=posting.id), said(refused), "wait")
    if had:
        words = _("You have it now. Tell %(name)s, who had taken it.", name=had.name)
    else:
        words = _("It is yours to read: colleagues see that you have taken it.")
    return htmx.go(url_for("review.show", number=posting.id), words)


@review.post("/review/<int:number>/release")
@open_to(Role.TEACHER)
def release(number: int):
    posting = find(number)
    claims.release(posting, who())
    return htmx.go(url_for("review.show", number=posting.id), _("Anybody can take it now."))


@review.post("/review/<int:number>/undo")
@open_to(Role.TEACHER)
def undo(number: int):
    """Take the last decision back; it lies on the desk again as it did."""
    posting = find(number)
    address = url_for("review.show", number=posting.id)
    try:
        deciding.undo(posting, who())
    except NotAllowed:
        return htmx.go(address, _("Only whoever decided can take a decision back."), "wait")
    except TooLate:
        return htmx.go(address, _("There is no decision to take back."), "wait")
    except Refused as refused:
        return htmx.go(address, said(refused), "wait")
    return htmx.go(address, _("Taken back. Nobody was told, and it waits for your decision again."))


@review.post("/review/<int:number>/take-yes-back")
@open_to(Role.TEACHER)
def take_yes_back(number: int):
    posting = find(number)
    if second.take_yes_back(posting, who()):
        return htmx.go(url_for("review.show", number=posting.id), _("Your yes is taken back."))
    return htmx.go(url_for("review.show", number=posting.id), _("There is no yes of yours any more."), "wait")


@review.post("/review/fields")
@open_to(Role.TEACHER)
def fields():
    """Which fields this teacher reads; none chosen: all of them."""
    wanted = {int(number) for number in request.form.getlist("field") if number.isdecimal() and len(number) < 10}
    own_fields.choose(who(), wanted)
    return htmx.go(url_for("review.desk"), _("Saved. The desk opens on what is yours."))


# -- words kept ready


@review.get("/review/signals")
@open_to(Role.TEACHER)
def signals():
    """What each posting is read for, with its weight."""
    return htmx.page("review/signals.html", signals=SIGNALS, limit=LIMIT)


@review.route("/review/words", methods=["GET", "POST"])
@open_to(Role.TEACHER)
def words():
    """One's own and the school's; POST adds one."""
    form = CannedForm(formdata=request.form) if request.method == "POST" else CannedForm(formdata=None)
    person = who()
    if form.is_submitted() and form.validate():
        for_all = person.is_coordinator and bool(form.for_all.data)
        try:
            canned.add(person, form.words.data, form.section.data, phrases.language(), for_all)
            return htmx.go(url_for("review.words"), _("Kept. It is offered when you ask for changes."))
        except Refused as refused:
            form.words.errors = [said(refused)]
    return draw_words(form, 422 if form.errors else 200)


def draw_words(form: CannedForm, status: int = 200, tried: int = 0, changed: CannedForm | None = None):
    person = who()
    rows = canned.of(person)
    forms = {
        row.id: changed
        if changed and row.id == tried
        else CannedForm(formdata=None, obj=row, prefix=f"canned-{row.id}-")
        for row in rows
        if canned.may_change(person, row)
    }
    return htmx.page(
        "review/words.html", status=status, form=form, rows=rows, forms=forms, tried=tried,
        section_labels={str(section): section.label for section in Section},
    )  # fmt: skip


def find_words(number: int) -> Canned:
    row = next((row for row in canned.of(who()) if row.id == number), None)
    if row is None or not canned.may_change(who(), row):
        abort(404)
    return row


@review.post("/review/words/<int:number>")
@open_to(Role.TEACHER)
def change_words(number: int):
    row = find_words(number)
    form = CannedForm(prefix=f"canned-{row.id}-")
    if not form.validate():
        return draw_words(CannedForm(formdata=None), 422, row.id, form)
    canned.change(row, who(), form.words.data, form.section.data)
    return htmx.go(url_for("review.words"), _("Saved."))


@review.post("/review/words/<int:number>/remove")
@open_to(Role.TEACHER)
def remove_words(number: int):
    canned.remove(find_words(number), who())
    return htmx.go(url_for("review.words"), _("Removed."))
