"""Settings of the school, its fields and its skills; for coordinators."""

from flask import Blueprint, abort, request, url_for
from flask_babel import gettext as _

from board import access, htmx
from board.access import open_to, who
from board.drawing import said
from board.forms import one_line
from board.moves import Refused
from board.people.model import Role
from board.school import actions, vocabulary
from board.school.forms import FieldForm, MergeForm, SettingsForm, SkillForm
from board.school.model import Field, Skill, SkillState, Spelling
from board.school.rules import fold
from board.words import N_

school = Blueprint("school", __name__)

PAGE = 60


@school.route("/settings", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def settings():
    here = access.school()
    form = SettingsForm(obj=here)
    if form.validate_on_submit():
        values = {name: form[name].data for name in actions.SETTINGS if name in form}
        values |= {name: values[name] or None for name in ("guardian_asked_when", "guardian_call")}
        actions.change_settings(here, who(), values | {"guardian_not_asked": not form.guardian_asked.data})
        return htmx.go(url_for("school.settings"), _("The settings are saved."))
    return htmx.page(
        "school/settings.html",
        form=form,
        part="settings",
        proposed=proposed_count(),
        status=422 if form.errors else 200,
    )


def proposed_count() -> int:
    return Skill.select().where(Skill.state == SkillState.PROPOSED).count()


def find(model, number: int):
    """The field or skill with this id, or 404."""
    return model.get_or_none(model.id == number) or abort(404)


# -- fields


@school.get("/settings/fields")
@open_to(Role.COORDINATOR)
def fields():
    listed = list(Field.select().order_by(Field.position, Field.name))
    return htmx.page("school/fields.html", fields=listed, part="fields", proposed=proposed_count())


@school.route("/settings/fields/new", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def new_field():
    form = FieldForm()
    if form.validate_on_submit():
        try:
            made = actions.add_field(words_of(form), who())
            return htmx.go(url_for("school.fields"), _("“%(name)s” is added, last in the list.", name=made.name))
        except Refused as problem:
            form.name.errors = [said(problem)]
    return htmx.page("school/field.html", form=form, field=None, status=422 if form.errors else 200)


@school.route("/settings/fields/<int:number>", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def field(number: int):
    found = find(Field, number)
    form = FieldForm(obj=found)
    if found.cluster not in [value for value, _label in form.cluster.choices]:
        form.cluster.choices = [(found.cluster, found.cluster), *form.cluster.choices]
    if form.validate_on_submit():
        try:
            actions.change_field(found, who(), words_of(form))
            return htmx.go(url_for("school.fields"), _("“%(name)s” is saved.", name=found.name))
        except Refused as problem:
            form.name.errors = [said(problem)]
    return htmx.page("school/field.html", form=form, field=found, status=422 if form.errors else 200)


def words_of(form: FieldForm) -> dict:
    return {name: form[name].data or "" for name in actions.FIELD_WORDS}


@school.post("/settings/fields/<int:number>/<move>")
@open_to(Role.COORDINATOR)
def move_field(number: int, move: str):
    found = find(Field, number)
    if move not in ("up", "down", "hide", "show"):
        abort(404)
    words, kind = "", "good"
    try:
        if move in ("up", "down"):
            actions.move_field(found, who(), up=move == "up")
        else:
            actions.hide_field(found, who(), hidden=move == "hide")
            words = _("“%(name)s” is hidden: nobody is offered it any more.", name=found.name)
            if move == "show":
                words = _("“%(name)s” is shown again.", name=found.name)
    except Refused as problem:
        words, kind = said(problem), "stop"
    return htmx.go(url_for("school.fields") + f"#field-{found.id}", words, kind)


# -- skills


@school.route("/settings/skills", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def skills():
    """The vocabulary, proposed skills first; POST adds one."""
    form = SkillForm()
    if form.validate_on_submit():
        try:
            made = vocabulary.add(form.name.data, who())
            return htmx.go(url_for("school.skills", q=made.name), _("“%(name)s” is in the vocabulary.", name=made.name))
        except Refused as problem:
            form.name.errors = [said(problem)]
    q = one_line(request.args.get("q"))[:60]
    only_proposed = request.args.get("state") == SkillState.PROPOSED
    query = Skill.select().where(Skill.state == SkillState.PROPOSED) if only_proposed else Skill.select()
    if q:
        spelled = Spelling.select(Spelling.skill).where(Spelling.folded.contains(fold(q)))
        query = query.where(Skill.folded.contains(fold(q)) | Skill.id.in_(spelled))
    total = query.count()
    pages = max(1, -(-total // PAGE))
    page = request.args.get("page", "1")
    page = min(max(int(page) if page.isascii() and page.isdecimal() and len(page) < 9 else 1, 1), pages)
    order = (Skill.state != SkillState.PROPOSED, Skill.name.collate("NOCASE"), Skill.id)
    rows = list(query.order_by(*order).paginate(page, PAGE))
    uses = vocabulary.uses([row.id for row in rows])
    return htmx.page(
        "school/skills.html", "results", form=form, rows=rows, uses=uses, total=total, page=page, pages=pages, q=q,
        part="skills", proposed=proposed_count(), status=422 if form.errors else 200, only_proposed=only_proposed,
        address=lambda to: url_for(
            "school.skills", q=q or None, state="proposed" if only_proposed else None, page=to if to > 1 else None
        ),
    )  # fmt: skip


@school.route("/settings/skills/<int:number>", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def skill(number: int):
    """One skill; POST renames it."""
    found = find(Skill, number)
    form = SkillForm(obj=found)
    if form.validate_on_submit():
        try:
            vocabulary.rename(found, form.name.data, who())
            return htmx.go(url_for("school.skill", number=found.id), _("The name is saved."))
        except Refused as problem:
            form.name.errors = [said(problem)]
    return draw_skill(found, form)


def draw_skill(found: Skill, form: SkillForm | None = None, merging: MergeForm | None = None):
    form = form or SkillForm(formdata=None, obj=found)
    merging = merging or MergeForm(formdata=None)
    alike = [row.name for row in Skill.usable().where(Skill.id != found.id).order_by(Skill.name)]
    return htmx.page(
        "school/skill.html", skill=found, form=form, merging=merging, uses=vocabulary.uses([found.id])[found.id],
        spellings=[row.folded for row in found.spellings], alike=alike,
        status=422 if form.errors or merging.errors else 200,
    )  # fmt: skip


@school.post("/settings/skills/<int:number>/<move>")
@open_to(Role.COORDINATOR)
def decide_skill(number: int, move: str):
    found = find(Skill, number)
    if move == "approve":
        vocabulary.approve(found, who())
        words = _("“%(name)s” is in the vocabulary.", name=found.name)
    elif move != "refuse":
        abort(404)
    else:
        vocabulary.refuse(found, who())
        words = _("“%(name)s” is not used any more.", name=found.name)
    back = request.form.get("back") == "list"
    return htmx.go(url_for("school.skills") if back else url_for("school.skill", number=found.id), words)


@school.post("/settings/skills/<int:number>/merge")
@open_to(Role.COORDINATOR)
def merge_skill(number: int):
    found, form = find(Skill, number), MergeForm()
    if form.validate():
        into = vocabulary.named(form.into.data)
        try:
            if into is None:
                raise Refused(N_("There is no skill of this name. Choose one from the list."))
            vocabulary.merge(found, into, who())
            return htmx.go(
                url_for("school.skill", number=into.id),
                _("“%(old)s” is now a way to write “%(new)s”.", old=found.name, new=into.name),
            )
        except Refused as problem:
            form.into.errors = [said(problem)]
    return draw_skill(found, merging=form)
