"""Employers as they show themselves, as others see them, and their check. They join through doors/joining.py."""

from flask import Blueprint, abort, g, request, url_for
from flask_babel import gettext as _
from peewee import JOIN, fn

from board import access, htmx
from board.access import READER, open_to, who
from board.applications.answering import answering
from board.applications.model import Application
from board.checks import actions as judging
from board.checks.model import Harmless, harmless_for
from board.checks.tasks import BY_SLUG
from board.employers import actions, vetting
from board.employers.domains import Mailbox, mailbox
from board.employers.forms import ColleagueForm, OrganizationForm, ReasonForm
from board.employers.model import Employer, State
from board.employers.rules import MOVES, STANDING, may_bring
from board.employers.vetting_actions import still_missing
from board.employers.vetting_list import LOOKS, looked, ready_to_look
from board.employers.vetting_rules import REMIND_BEFORE, ends_soon
from board.moves import Step
from board.moves import open_to as moves_open_to
from board.people.model import Person, Role
from board.placements import standing
from board.placements.model import Placement
from board.placements.model import State as PlacementState
from board.placements.reminders import owing
from board.postings import hands
from board.postings.model import Posting, count_by_state
from board.school.model import Field
from board.words import N_, slug

employers = Blueprint("employers", __name__)

A_PAGE = 40
PROJECTS_SHOWN = 60

STEPS = {
    "ask": N_("joined by the public page"),
    "join": N_("asked to join"),
    "change": N_("changed what it says about itself"),
    "verify": N_("checked the organization"),
    "refuse": N_("refused"),
    "suspend": N_("suspended the organization"),
    "lapse": N_("let the check lapse"),
    "renew": N_("renewed the check"),
    "vet_supervisor": N_("checked a worksite supervisor"),
    "drop_supervisor": N_("took the check of a worksite supervisor back"),
    "check_ends": N_("reminded people that the check ends"),
    "supervisor_ends": N_("reminded coordinators that the check of a supervisor ends"),
    "wish": N_("passed the wish of a student on"),
    "invite_colleague": N_("invited a colleague"),
    "hand_over": N_("handed postings over to %(name)s"),
    "leave": N_("left"),
    "alert": N_("found signals of a scam in a posting"),
    "judge": N_("judged a word in a posting harmless"),
    "trust": N_("lets their changes that pass every check go live at once"),
    "stop_trusting": N_("has every change read again"),
    "ask_again": N_("took back a note that a word is harmless"),
}


IN_THE_CHECK = ("vet_item", "check_supervisor")  # stand on the page of the check, each with who and when


def step_words(step: Step) -> str:
    return _(STEPS.get(step.move, N_("changed it")), name=step.facts.get("name", ""))


# -- one's own


@employers.route("/employer", methods=["GET", "POST"])
@open_to(Role.EMPLOYER)
def own():
    g.section = "organization"
    person = who()
    employer = Employer.get_by_id(person.employer_id)
    form = OrganizationForm(obj=employer)
    if form.validate_on_submit():
        actions.change(employer, person, {key: form[key].data or "" for key in actions.FIELDS})
        return htmx.go(url_for("employers.own"), _("Saved. This is what people of the school read about you."))
    return draw_own(422 if form.errors else 200, form)


def draw_own(status: int = 200, form: OrganizationForm | None = None, colleague: ColleagueForm | None = None, **more):
    """What an employer says of itself, and its people; `more` is what became of an invitation (see people.py)."""
    g.section = "organization"
    person = who()
    employer = Employer.get_by_id(person.employer_id)
    last = Step.of(employer).where(Step.move.in_(["refuse", "suspend"])).order_by(Step.id.desc()).first()
    mine = Posting.select().where(Posting.contact == person, Posting.state.not_in(hands.DONE))
    people = people_of([employer.id]).get(employer.id, [])
    return htmx.page(
        "employers/own.html", status=status, form=form or OrganizationForm(formdata=None, obj=employer), employer=employer,
        standing=STANDING[employer.state], people=people, last=last if employer.state in (State.REFUSED, State.SUSPENDED) else None, mine=mine.count(),
        colleague=colleague or ColleagueForm(formdata=None), may_bring=may_bring(person, employer),
        **supervisors_of(employer), ends_soon=ends_soon(employer.verified_until, access.school().today()),
        disposable={one.id for one in people if is_disposable(one)}, **more,
    )  # fmt: skip


def supervisors_of(employer: Employer) -> dict:
    """Whom they have named as worksite supervisors, and why nobody can work with some of them yet."""
    named = vetting.supervisors_of([employer.id]).get(employer.id, [])
    today = access.school().today()
    return {"supervisors": named, "in_the_way": vetting.standing({one.id: one.name for one in named}, today)}


def is_disposable(person: Person) -> bool:
    return mailbox(person.email or person.claimed_email or "") == Mailbox.DISPOSABLE


# -- as others see them


@employers.get("/employers/<int:employer_id>")
@employers.get("/employers/<int:employer_id>-<name>")
@open_to(READER)
def show(employer_id: int, name: str = ""):
    return show_employer(load(employer_id))


def load(employer_id: int) -> Employer:
    employer = Employer.seen_by(who()).where(Employer.id == employer_id).first()
    if employer is None:
        abort(404)
    return employer


def show_employer(employer: Employer, form: ReasonForm | None = None, status: int = 200, **more):
    person = who()
    projects = (
        Posting.seen_by(person)
        .select(Posting, Field, Employer)
        .join(Field, JOIN.LEFT_OUTER)
        .switch(Posting)
        .join(Employer)
        .where(Posting.employer == employer, Posting.is_live_on(access.school().today()))
        .order_by(Posting.apply_by, Posting.id)
        .limit(PROJECTS_SHOWN)
    )
    return htmx.page(
        "employers/show.html", status=status, employer=employer,
        projects=[posting.for_reader(person) for posting in projects],
        finished=finished(employer), answering=answering(employer.id) if may_know(person, employer) else None,
        rated=standing.standing(employer.id, person), **more,
        **(for_staff(employer, person, form) if person and person.is_teacher else {}),
    )  # fmt: skip


def may_know(person: Person | None, employer: Employer) -> bool:
    """How they answer is for whoever applies, for the school, and for themselves; not for strangers and rivals."""
    return person is not None and (not person.is_employer or person.employer_id == employer.id)


def finished(employer: Employer) -> int:
    """Projects that a teacher has signed off."""
    placed = Placement.select().join(Application).join(Posting)
    return placed.where(Posting.employer == employer, Placement.state == PlacementState.COMPLETED).count()


def for_staff(employer: Employer, person: Person, form: ReasonForm | None) -> dict:
    """Whom to ask, what happened, everything they sent; the coordinator's moves."""
    sent = Posting.seen_by(person).where(Posting.employer == employer)
    came = Person.select(Person, Person.has_come().alias("came")).where(Person.employer == employer)
    people = list(came.order_by(Person.name))
    return {
        "people": people,
        "held": held_by(employer),
        "postings": list(
            sent.select(Posting, Person)
            .left_outer_join(Person, on=Posting.contact)
            .order_by(Posting.id.desc())
            .limit(PROJECTS_SHOWN)
        ),
        "counts": count_by_state(sent),
        "steps": list(Step.of(employer).where(Step.move.not_in(IN_THE_CHECK))),
        "step_words": step_words,
        "moves": {move.name for move in moves_open_to(MOVES, person, employer)},
        "standing": STANDING[employer.state],
        "owing": owing(employer.id, access.school().today()),
        "harmless": list(harmless_for(employer)),
        "judged_words": judged_words,
        "form": form or ReasonForm(formdata=None, prefix="refuse-"),
        "missing": still_missing(employer) if person.is_coordinator else [],
        "mailboxes": {one.id: mailbox(one.email) for one in people if one.email},
        **supervisors_of(employer),
    }


def judged_words(judgment: Harmless) -> str:
    """What it is about, as a marked phrase: the task the words pointed to, or the kind of check."""
    rule, _colon, rest = judgment.mark.partition(":")
    if rest in BY_SLUG:
        return BY_SLUG[rest].words
    kinds = {"R18": N_("Work in somebody's home"), "R22": N_("Links and names on apps"), "R23": N_("Signals of a scam")}
    return kinds.get(rule, N_("A check"))


def held_by(employer: Employer) -> dict[int | None, int]:
    """How many postings that still go on each contact has; under None those of nobody who is there."""
    query = Posting.select(Person.id, fn.COUNT(Posting.id)).left_outer_join(
        Person, on=(Posting.contact == Person.id) & Person.ended_at.is_null()
    )
    goes_on = Posting.employer == employer, Posting.state.not_in(hands.DONE)
    return dict(query.where(*goes_on).group_by(Person.id).tuples())


# -- the school looks at them


@employers.post("/employers/<int:employer_id>/harmless/<int:number>")
@open_to(Role.TEACHER)
def ask_again(employer_id: int, number: int):
    """A judgment is taken back: from now on the hit asks again."""
    employer = Employer.seen_by(who()).where(Employer.id == employer_id).first() or abort(404)
    judgment = Harmless.get_or_none(Harmless.id == number, Harmless.employer == employer) or abort(404)
    judging.withdraw(judgment, who())
    return htmx.go(url_for("employers.show", employer_id=employer.id) + "#harmless", _("From now on it asks again."))


@employers.get("/employers")
@open_to(Role.TEACHER)
def all():
    """Everybody who posts; those nobody has checked yet first."""
    state = request.args.get("state", "")
    state = state if state in set(State) else ""
    look = request.args.get("look", "") if who().is_coordinator and not state else ""
    look = look if look in LOOKS else ""
    number = max(1, min(request.args.get("page", 1, type=int), 100_000))
    found = Employer.seen_by(who())
    counts = dict(found.select(Employer.state, fn.COUNT(Employer.id)).group_by(Employer.state).tuples())
    if state:
        found = found.where(Employer.state == state)
    looks = ready_to_look(access.school().today()) if who().is_coordinator else {}
    if look:
        found = looked(found, looks[look])
    first = Employer.state != State.UNVERIFIED
    rows = list(found.order_by(first, fn.LOWER(Employer.name), Employer.id).paginate(number, A_PAGE))
    ids = [employer.id for employer in rows]
    shown = counts.get(state, 0) if state else len(looks[look]) if look else sum(counts.values())
    sent = Posting.seen_by(who()).where(Posting.employer.in_(ids))
    return htmx.page(
        "employers/all.html", employers=rows, state=state, states=list(State), counts=counts, total=shown,
        number=number, pages=-(-shown // A_PAGE),
        postings=dict(sent.select(Posting.employer, fn.COUNT(Posting.id)).group_by(Posting.employer).tuples()),
        contacts=people_of(ids), look=look, looks=[(key, LOOKS[key], len(ids)) for key, ids in looks.items() if ids or key == look],
        soon=access.school().today() + REMIND_BEFORE,
        page_address=lambda page: url_for("employers.all", state=state or None, look=look or None, page=page),
    )  # fmt: skip


def people_of(ids: list[int]) -> dict[int, list[Person]]:
    """The people of each employer, with `came`: whether they have taken their invitation up."""
    found: dict[int, list[Person]] = {}
    query = Person.active().select(Person, Person.has_come().alias("came"))
    for person in query.where(Person.employer.in_(ids)).order_by(Person.name, Person.id):
        found.setdefault(person.employer_id, []).append(person)
    return found


@employers.post("/employers/<int:employer_id>/refuse")
@open_to(Role.COORDINATOR)
def refuse(employer_id: int):
    """With a reason. To verify and to suspend have pages of their own: vetting_views.py."""
    employer, form = load(employer_id), ReasonForm(prefix="refuse-")
    if not form.validate():
        return show_employer(employer, form, 422)
    actions.move("refuse", employer, who(), form.reason.data)
    words = _("%(name)s is refused. Its people read why.", name=employer.name)
    return htmx.go(url_for("employers.show", employer_id=employer.id), words)


@employers.app_template_global("employer_address")
def address(employer: Employer) -> str:
    """Where an employer's page is, with its name to be read in the address."""
    name = slug(employer.name)
    if name:
        return url_for("employers.show", employer_id=employer.id, name=name)
    return url_for("employers.show", employer_id=employer.id)
