"""Settings > Starters: what employers are offered to begin with; for coordinators."""

from flask import Blueprint, abort, g, request, url_for
from flask_babel import gettext as _

from board import htmx
from board.access import open_to, school, who
from board.drawing import said
from board.forms import one_line
from board.moves import Refused
from board.people.model import Role
from board.postings import starter_actions, starters
from board.postings.forms import StarterForm, fields_for
from board.postings.model import Section
from board.postings.rules import REQUIRED
from board.postings.starters import Starter
from board.school.model import Field
from board.school.views import find, proposed_count

settings = Blueprint("starters", __name__)

PARTS = {str(section): section.label for section in Section}


@settings.before_request
def mark_section():
    g.section = "settings"


@settings.get("/settings/starters")
@open_to(Role.COORDINATOR)
def all():
    """Every starter, by field; `q` looks for words in them."""
    q = one_line(request.args.get("q"))[:60]
    rows = [row for row in Starter.all() if q.casefold() in f"{row.title} {row.content}".casefold()]
    groups: dict[int, tuple[Field, list[Starter]]] = {}
    for row in rows:
        groups.setdefault(row.field_id, (row.field, []))[1].append(row)
    return htmx.page(
        "school/starters.html", "results", groups=list(groups.values()), total=len(rows), q=q, part="starters",
        proposed=proposed_count(),
    )  # fmt: skip


@settings.route("/settings/starters/new", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def new():
    here = school()
    typed = {"field": request.args.get("field"), "minimum_age": here.minimum_age, "place": "remote"}
    form = StarterForm(here, fields_for(None), typed)
    if request.method == "POST" and (values := sound(form)):
        try:
            made = starter_actions.add(values, who())
            return htmx.go(to(made), _("“%(name)s” is added. Employers can begin with it.", name=made.title))
        except Refused as problem:
            form.say("title", said(problem))
    return draw(None, form)


@settings.route("/settings/starters/<int:number>", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def one(number: int):
    found, here = find(Starter, number), school()
    form = StarterForm(here, fields_for(found), starters.fitting(found.values, here))
    if request.method == "POST" and (values := sound(form)):
        changed = starter_actions.change(found, who(), values)
        words = _("“%(name)s” is saved.", name=values["title"]) if changed else _("Nothing was changed.")
        return htmx.go(to(found), words)
    return draw(found, form)


@settings.post("/settings/starters/<int:number>/<move>")
@open_to(Role.COORDINATOR)
def make_move(number: int, move: str):
    found = find(Starter, number)
    if move in ("hide", "show"):
        starter_actions.hide(found, who(), hidden=move == "hide")
        words = _("“%(name)s” is shown again.", name=found.title)
        if move == "hide":
            words = _("“%(name)s” is hidden: employers are not offered it any more.", name=found.title)
    elif move == "put_back" and found.is_shipped:
        starter_actions.put_back(found, who())
        words = _("“%(name)s” has the words it came with again.", name=starters.shipped()[found.slug]["title"])
    else:
        abort(404)
    return htmx.go(to(found), words)


def to(starter: Starter) -> str:
    """Its row in the list."""
    return url_for("starters.all") + f"#starter-{starter.id}"


def sound(form: StarterForm) -> dict | None:
    """What was typed, if an employer could send a posting begun with it; else the form says what is wrong."""
    form.validate()
    values = form.values(request.form)
    wrong = {name for name, _label, _error in form.all_errors()}
    for problem in starters.wrong_with(values, school(), school().today()):
        if problem.key in StarterForm.KEYS and problem.key not in wrong:
            form.say(problem.key, _(problem.words, **problem.values), clear=problem.words == REQUIRED.get(problem.key))
    return None if form.all_errors() else values


def draw(starter: Starter | None, form: StarterForm):
    return htmx.page(
        "school/starter.html", status=422 if form.all_errors() else 200, starter=starter, form=form, part_names=PARTS
    )  # fmt: skip
