"""What a coordinator does with skills: approve, refuse, rename, merge. Each is one transaction and one Step."""

from peewee import fn

from board.db import database
from board.moves import Refused, record
from board.school.actions import free_slug, tell
from board.school.model import Skill, SkillState, Spelling
from board.school.rules import fold, tidy
from board.words import N_


def add(name: str, by) -> Skill:
    """A skill the school puts in its vocabulary itself."""
    with database.atomic():
        name = free_name(name)
        slugs = {slug for (slug,) in Skill.select(Skill.slug).tuples()}
        skill = Skill.create(name=name, folded=fold(name), slug=free_slug(name, slugs))
        record(skill, "add", by, skill.state)
    return skill


def free_name(name: str, skill: Skill | None = None) -> str:
    """The name as it is kept; raises Refused when it is empty or another skill's."""
    name = tidy(name)
    if not fold(name):
        raise Refused(N_("Please fill this in."))
    other = named(name)
    if other and (skill is None or other.id != skill.id):
        raise Refused(N_("This is already a way to write “%(name)s”. Merge the two instead."), name=other.name)
    return name


def named(name: str) -> Skill | None:
    """The skill with this name or spelling."""
    key = fold(tidy(name))
    if not key:
        return None
    return Skill.get_or_none(Skill.folded == key) or Skill.select().join(Spelling).where(Spelling.folded == key).first()


def approve(skill: Skill, by) -> None:
    set_state(skill, SkillState.APPROVED, "approve", by)


def refuse(skill: Skill, by) -> None:
    """Not used: nobody can pick it any more, and it leaves students' profiles. Postings keep what was approved."""
    set_state(skill, SkillState.REFUSED, "refuse", by)


def set_state(skill: Skill, state: SkillState, move: str, by) -> None:
    with database.atomic():
        if Skill.update(state=str(state)).where(Skill.id == skill.id, Skill.state != str(state)).execute():
            record(skill, move, by, str(state), skill.state)
            skill.state = str(state)
            tell(skills=[skill.id])


def rename(skill: Skill, name: str, by) -> None:
    """Another name; the old one stays a way to write it. The slug stays too, so that addresses keep their meaning."""
    with database.atomic():
        name = free_name(name, skill)
        old, key = skill.name, fold(name)
        if name == old:
            return
        Spelling.delete().where(Spelling.folded == key).execute()
        if key != skill.folded:
            Spelling.insert(skill=skill, folded=skill.folded).on_conflict_ignore().execute()
        skill.name, skill.folded = name, key
        skill.save()
        record(skill, "rename", by, skill.state, skill.state, detail={"from": old, "to": name})
        tell(skills=[skill.id])


def merge(skill: Skill, into: Skill, by) -> None:
    """Two skills become one: whatever names the first names the second, and its spellings lead there."""
    if skill.id == into.id:
        raise Refused(N_("Choose another skill to merge this one into."))
    with database.atomic():
        tell(skills=[skill.id], merged_into=into.id)
        for key, model in Skill._meta.backrefs.items():
            # a row that names both keeps the one of the skill that stays
            clash = unique_with(model, key)
            if clash:
                taken = model.alias()
                both = taken.select(getattr(taken, clash)).where(getattr(taken, key.name) == into.id)
                model.delete().where(key == skill.id, getattr(model, clash).in_(both)).execute()
            model.update({key: into.id}).where(key == skill.id).execute()
        Skill.delete().where(Skill.id == skill.id).execute()
        Spelling.insert(skill=into, folded=skill.folded).on_conflict_ignore().execute()
        record(into, "merge", by, into.state, into.state, detail={"from": skill.name, "to": into.name})


def unique_with(model, key) -> str | None:
    """The column that is unique together with the skill: no posting names one skill twice."""
    for columns, unique in model._meta.indexes:
        if unique and key.name in columns and len(columns) == 2:
            return next(name for name in columns if name != key.name)
    return None


def uses(ids: list[int]) -> dict[int, dict[str, int]]:
    """How often each skill is used, by the name of the table that uses it. One query a table, however many skills."""
    counted: dict[int, dict[str, int]] = {number: {} for number in ids}
    for key, model in Skill._meta.backrefs.items():
        if model is Spelling:
            continue
        query = model.select(key, fn.COUNT(key)).where(key.in_(ids)).group_by(key).tuples()
        for number, count in query:
            counted[number][model._meta.table_name] = count
    return counted
