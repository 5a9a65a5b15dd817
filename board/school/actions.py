"""Set-up, settings, and the vocabulary."""

import tomllib
from collections.abc import Callable
from pathlib import Path

from peewee import fn

from board.db import database
from board.moves import Refused, record
from board.school import synonyms
from board.school.model import Field, School, Skill, SkillState, Spelling, forget_clock
from board.school.rules import fold, skill_slug, tidy
from board.words import N_, slug

HERE = Path(__file__).parent


def found(name: str, state: str, time_zone: str, minimum_age: int, **more) -> School:
    """Begin a board: the school's row, the fields and the vocabulary that are shipped."""
    with database.atomic():
        school = School.create(id=1, name=name, state=state, time_zone=time_zone, minimum_age=minimum_age, **more)
        ship_vocabulary()
    forget_clock()
    return school


# what lies further on loads its own share of what comes with a board, after the fields and skills
shippers: list[Callable[[], None]] = []


def ships_too(function: Callable[[], None]) -> Callable[[], None]:
    """Run a function in the transaction that ships the vocabulary: postings bring their starters with a new board."""
    shippers.append(function)
    return function


def ship_vocabulary() -> None:
    """The fields, skills and search words that come with the board, into one that has no fields yet."""
    with database.atomic():
        if not Field.select().exists():
            load_fields()
            load_skills()
            synonyms.load()
            for ship in shippers:
                ship()


SETTINGS = (
    "name", "state", "time_zone", "minimum_age", "minimum_pay_cents", "open_to_visitors", "teachers_by_mail",
    "contact_passes", "guardian_not_asked", "background_check", "vetting_years", "guardian_asked_when", "guardian_call",
    "safety_person", "safety_backup", "safety_phone",
    "keep_left_days", "keep_rejected_days", "keep_messages_days", "keep_logs_days", "keep_backups_days",
    "second_teacher", "trusted_skip",
)  # fmt: skip


def change_settings(school: School, by, values: dict) -> list[str]:
    """Write the school's settings; returns the names of those that changed."""
    with database.atomic():
        # null and no are the same nothing
        changed = [key for key in SETTINGS if key in values and (values[key] or None) != (getattr(school, key) or None)]
        for key in changed:
            setattr(school, key, values[key])
        if changed:
            school.save()
            told = {key: [values[key]] for key in changed}
            record(school, "change_settings", by, "", detail={"changed": told})
    forget_clock()
    return changed


# -- who is told when a field or a skill changes its words

followers: list[Callable] = []


def follows_words(function: Callable) -> Callable:
    """Run `function(fields, skills, merged_into)` in the transaction that changes fields or skills with these ids.

    So postings bring their cards and the search index in step, though the school knows nothing of postings.
    """
    followers.append(function)
    return function


def tell(fields=(), skills=(), merged_into: int | None = None) -> None:
    for follow in followers:
        follow(list(fields), list(skills), merged_into)


# -- fields

FIELD_WORDS = ("name", "cluster", "title", "colour", "hint")


def add_field(values: dict, by) -> Field:
    """A new field, last in the order."""
    with database.atomic():
        check_field_name(values["name"])
        taken = {name for (name,) in Field.select(Field.slug).tuples()}
        base = made = slug(values["name"]) or "field"
        number = 2
        while made in taken:
            made, number = f"{base[:55]}-{number}", number + 1
        last = Field.select(Field.position).order_by(Field.position.desc()).scalar()
        words = {key: values.get(key) or "" for key in FIELD_WORDS}
        field = Field.create(slug=made, position=(last or 0) + 1, **words)
        record(field, "add", by, "shown")
    return field


def check_field_name(name: str, field: Field | None = None) -> None:
    others = Field.select().where(fn.LOWER(Field.name) == name.lower())
    if field:
        others = others.where(Field.id != field.id)
    if others.exists():
        raise Refused(N_("Another field has this name."))


def change_field(field: Field, by, values: dict) -> list[str]:
    """Other words for a field. Its slug stays, so that addresses keep their meaning."""
    with database.atomic():
        check_field_name(values.get("name", field.name), field)
        changed = [key for key in FIELD_WORDS if key in values and values[key] != getattr(field, key)]
        for key in changed:
            setattr(field, key, values[key])
        if changed:
            field.save()
            record(field, "change", by, "", detail={"changed": changed})
            tell(fields=[field.id])
    return changed


def hide_field(field: Field, by, hidden: bool) -> None:
    """A hidden field is not offered any more; postings that have it keep it. The board keeps at least one."""
    with database.atomic():
        if hidden and not Field.shown().where(Field.id != field.id).exists():
            raise Refused(N_("This is the last field on the board. Show another one first."))
        if Field.update(hidden=hidden).where(Field.id == field.id, Field.hidden != hidden).execute():
            record(field, "hide" if hidden else "show", by, "hidden" if hidden else "shown")
            tell(fields=[field.id])
    field.hidden = hidden


def move_field(field: Field, by, up: bool) -> None:
    """One place up or down in the order that students see."""
    with database.atomic():
        rows = list(Field.select().order_by(Field.position, Field.name))
        at = next(number for number, row in enumerate(rows) if row.id == field.id)
        to = at - 1 if up else at + 1
        if not 0 <= to < len(rows):
            return
        rows[at], rows[to] = rows[to], rows[at]
        for number, row in enumerate(rows):
            if row.position != number:
                Field.update(position=number).where(Field.id == row.id).execute()
        record(field, "move", by, "")


# -- what is shipped


def load_fields() -> None:
    listed = tomllib.loads((HERE / "fields.toml").read_text("utf-8"))["field"]
    rows = [
        {**{key: row[key] for key in ("slug", "name", "cluster", "colour", "title", "hint")}, "position": position}
        for position, row in enumerate(listed)
    ]
    Field.insert_many(rows).execute()


def load_skills() -> None:
    fields = {field.slug: field.id for field in Field.select()}
    slugs = {slug for (slug,) in Skill.select(Skill.slug).tuples()}
    for row in tomllib.loads((HERE / "skills.toml").read_text("utf-8"))["skill"]:
        skill = Skill.create(
            name=row["name"], folded=fold(row["name"]), slug=free_slug(row["name"], slugs), field=fields[row["field"]]
        )
        for alias in row.get("aliases", ()):
            Spelling.insert(skill=skill, folded=fold(alias)).on_conflict_ignore().execute()


def free_slug(name: str, taken: set[str]) -> str:
    """A slug nobody has; adds itself to `taken`."""
    base = made = skill_slug(name)
    number = 2
    while made in taken:
        made, number = f"{base}-{number}", number + 1
    taken.add(made)
    return made


def skills_named(names, proposed_by=None) -> list[Skill]:
    """The skills with these names, in order, each once; unknown ones go in as proposed, refused ones are left out."""
    with database.atomic():
        found_skills: list[Skill] = []
        for name in map(tidy, names):
            key = fold(name)
            if not key:
                continue
            skill = (
                Skill.get_or_none(Skill.folded == key)
                or Skill.select().join(Spelling).where(Spelling.folded == key).first()
                or propose(name, proposed_by)
            )
            if skill not in found_skills and skill.state != SkillState.REFUSED:
                found_skills.append(skill)
        return found_skills


def propose(name: str, proposed_by) -> Skill:
    base = skill_slug(name)
    alike = Skill.select(Skill.slug).where(Skill.slug.startswith(base)).tuples()
    return Skill.create(
        name=name, folded=fold(name), slug=free_slug(name, {slug for (slug,) in alike}),
        state=SkillState.PROPOSED, proposed_by=proposed_by,
    )  # fmt: skip
