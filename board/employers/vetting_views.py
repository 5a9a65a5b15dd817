"""The check of one employer, for coordinators: item by item, its supervisors as persons, and the end of it all."""

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from peewee import fn

from board import access, htmx
from board.access import open_to, who
from board.applications.model import WAITING, Application
from board.applications.model import State as ApplicationState
from board.db import database
from board.drawing import said
from board.employers import actions, vetting_actions
from board.employers.domains import compare
from board.employers.model import Employer, State, Supervisor
from board.employers.rules import MOVES
from board.employers.vetting import standing, supervisors_of
from board.employers.vetting_forms import ItemForm, SupervisorForm, SuspendForm, VerifyForm
from board.employers.vetting_model import Item
from board.employers.vetting_rules import HINTS, ON_SITE_ONLY, REMIND_BEFORE, is_renewal, missing, years_from
from board.employers.views import employers, load
from board.guardians.telling import to_call
from board.moves import Refused
from board.people.model import Person, Role
from board.placements.hold_actions import of_employer
from board.postings import followed
from board.postings.model import Posting
from board.postings.model import State as PostingState


@employers.get("/employers/<int:employer_id>/vetting")
@open_to(Role.COORDINATOR)
def vetting(employer_id: int):
    return draw(load(employer_id))


def draw(employer: Employer, status: int = 200, problem: str = "", verify_form: VerifyForm | None = None,
         items: dict | None = None, people: dict | None = None):  # fmt: skip
    """The page as it stands; forms that came back stand in the place of empty ones."""
    g.section = "employers"
    today, school = access.school().today(), access.school()
    now_on, before = vetting_actions.rounds(employer)
    found, last = vetting_actions.found(now_on), vetting_actions.found(before)
    on_site = vetting_actions.offers_on_site(employer)
    supervisors = supervisors_of([employer.id]).get(employer.id, [])
    latest = years_from(today, school.vetted_for)
    verify_form = verify_form or VerifyForm(formdata=None, until=latest)
    if employer.state == State.SUSPENDED:
        verify_form.words.label.text = _("Why they may work with students again")
    return htmx.page(
        "employers/vetting.html", "vetting", status, employer=employer, problem=problem, found=found, last=last,
        before=before, items=list(Item), hints=HINTS, missing=missing(found, on_site), on_site=on_site,
        on_site_only=ON_SITE_ONLY, compared=[compare(employer.website, one.email) for one in contacts(employer)],
        item_forms={item: ItemForm(formdata=None, prefix=f"{item}-", data=written(found.get(item))) for item in Item} | (items or {}),
        supervisors=supervisors, waits=waits_for(employer), in_the_way=standing({one.id: one.name for one in supervisors}, today),
        people_forms={one.id: SupervisorForm(formdata=None, prefix=f"s{one.id}-", data=of_check(one, latest)) for one in supervisors} | (people or {}),
        verify_form=verify_form, renewal=is_renewal(employer, today),
        can={name for name in ("verify", "renew", "refuse", "suspend") if MOVES[name].allows(who(), employer)},
        resting=len(followed.resting(employer)), asks=school.asks_background, soon=today + REMIND_BEFORE, latest=latest,
    )  # fmt: skip


def contacts(employer: Employer) -> list[Person]:
    theirs = Person.active().where(Person.employer == employer, Person.email.is_null(False))
    return list(theirs.order_by(Person.name, Person.id))


def written(row) -> dict:
    return {"outcome": row.outcome, "words": row.words} if row else {}


def of_check(supervisor: Supervisor, latest) -> dict:
    check = supervisor.check
    kept = ("contact_seen_on", "background", "background_on", "background_by")
    return ({key: getattr(check, key) for key in kept} if check else {}) | {"until": latest}


def waits_for(employer: Employer) -> dict[int, int]:
    """How many postings that wait for a teacher name each supervisor."""
    rows = Posting.select(Posting.supervisor, fn.COUNT(Posting.id)).where(
        Posting.employer == employer, Posting.state == PostingState.SUBMITTED, Posting.supervisor.is_null(False)
    )
    return dict(rows.group_by(Posting.supervisor).tuples())


def answer(employer: Employer, words: str, at: str = ""):
    """After something was written down: the region as it stands now, or back to the page."""
    if htmx.wants_piece():
        flash(words, "good")
        return draw(Employer.get_by_id(employer.id))
    return htmx.go(url_for("employers.vetting", employer_id=employer.id) + (f"#{at}" if at else ""), words)


@employers.post("/employers/<int:employer_id>/vetting/items/<item>")
@open_to(Role.COORDINATOR)
def vet_item(employer_id: int, item: str):
    employer = load(employer_id)
    if item not in set(Item):
        abort(404)
    form = ItemForm(prefix=f"{item}-")
    if not form.validate():
        return draw(employer, 422, items={Item(item): form})
    vetting_actions.check(employer, who(), item, form.outcome.data, form.words.data)
    return answer(employer, _("Written down: %(item)s.", item=_(Item(item).label)), f"item-{item}")


@employers.post("/employers/<int:employer_id>/verify", defaults={"renewal": False})
@employers.post("/employers/<int:employer_id>/renew", defaults={"renewal": True})
@open_to(Role.COORDINATOR)
def verify(employer_id: int, renewal: bool):
    employer, form = load(employer_id), VerifyForm()
    if not form.validate():
        return draw(employer, 422, verify_form=form)
    was, rested = employer.state, len(followed.resting(employer))
    try:
        vetting_actions.verify(employer, who(), form.until.data, form.words.data, renewal)
    except Refused as problem:
        field = form.until if "last" in problem.values else form.words
        field.errors = [said(problem)]
        return draw(load(employer_id), 422, verify_form=form)
    words = _("The check of %(name)s is renewed.", name=employer.name)
    if was == State.UNVERIFIED:
        words = _("%(name)s is checked. A teacher can approve its postings now.", name=employer.name)
    elif was == State.SUSPENDED:
        words = _("%(name)s is checked again. Postings are put back one by one, and holds lifted one by one.", name=employer.name)  # fmt: skip
    back = rested - len(followed.resting(employer))
    if back:  # none after a suspension
        words += " " + ngettext("One posting is back on the board.", "%(num)d postings are back on the board.", back)
    return htmx.go(url_for("employers.vetting", employer_id=employer.id), words)


@employers.post("/employers/<int:employer_id>/vetting/put-back")
@open_to(Role.COORDINATOR)
def put_back(employer_id: int):
    employer = load(employer_id)
    try:
        with database.atomic():
            back, wait = followed.put_back_all(employer, who())
    except Refused as problem:
        return draw(employer, 409, said(problem))
    words = ngettext("One posting is back on the board.", "%(num)d postings are back on the board.", back)
    if wait:
        words += " " + ngettext(
            "One waits until its supervisor is checked.", "%(num)d wait until their supervisor is checked.", wait
        )
    return answer(employer, words)


@employers.post("/employers/<int:employer_id>/vetting/supervisors/<int:number>")
@open_to(Role.COORDINATOR)
def vet_supervisor(employer_id: int, number: int):
    """Keep how far it has come; with the other button, students may work with this person as well."""
    employer = load(employer_id)
    person = Supervisor.get_or_none(Supervisor.id == number, Supervisor.employer == employer) or abort(404)
    form = SupervisorForm(prefix=f"s{number}-")
    if not form.validate():
        return draw(employer, 422, people={number: form})
    kept = form.background.data, form.background_on.data, form.background_by.data, form.contact_seen_on.data
    words = _("Written down: %(item)s.", item=person.name)
    try:
        with database.atomic():
            vetting_actions.check_supervisor(person, who(), *kept)
            if request.form.get("do") == "vet":
                vetting_actions.vet(person, who(), form.until.data)
                words = _("Students may work with %(name)s.", name=person.name)
    except Refused as problem:
        field = at_field(form, problem)
        field.errors = [said(problem)]
        return draw(load(employer_id), 422, people={number: form})
    return answer(employer, words, f"supervisor-{number}")


def at_field(form: SupervisorForm, problem: Refused):
    """Where a refusal stands: at the day it is about, or at the background check."""
    if "last" in problem.values:
        return form.until
    if form.contact_seen_on.data is None or form.contact_seen_on.data > access.school().today():
        return form.contact_seen_on
    if form.background.data in ("clear", "not_clear") and (form.background_on.data is None or form.background_on.data > access.school().today()):  # fmt: skip
        return form.background_on
    return form.background


# -- the end


@employers.route("/employers/<int:employer_id>/suspend", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def suspend(employer_id: int):
    """Asked once more, with all that becomes of what goes on."""
    employer, form = load(employer_id), SuspendForm(prefix="suspend-")
    if not MOVES["suspend"].allows(who(), employer):
        words = _("%(name)s can't be suspended as it stands: it is not on the board.", name=employer.name)
        return htmx.go(url_for("employers.show", employer_id=employer.id), words, "look")
    if form.validate_on_submit():
        actions.move("suspend", employer, who(), form.reason.data)
        words = _("%(name)s is suspended, and everything of theirs is off the board. Everybody involved is told, without your words.", name=employer.name)  # fmt: skip
        return htmx.go(url_for("employers.show", employer_id=employer.id), words)
    g.section = "employers"
    return htmx.page(
        "employers/suspend.html",
        status=422 if form.errors else 200,
        employer=employer,
        form=form,
        **concerned(employer),
    )


def concerned(employer: Employer) -> dict:
    """What a suspension touches: numbers, and the placements that are not finished."""
    theirs = Posting.select(Posting.id).where(Posting.employer == employer)
    applied = Application.select().where(Application.posting.in_(theirs))
    return {
        "open_postings": theirs.where(Posting.state == PostingState.OPEN).count(),
        "waiting": applied.where(Application.state.in_(WAITING)).count(),
        "offered": applied.where(Application.state == ApplicationState.OFFERED).count(),
        "unfinished": len(of_employer(employer)),
        "people": len(contacts(employer)),
        "to_call": to_call(employer),
    }
