"""The skill vocabulary while typing."""

from flask import Blueprint, request
from peewee import Case

from board import htmx
from board.access import open_to
from board.people.model import Role
from board.school.model import Skill, SkillState, Spelling
from board.school.rules import fold, tidy

skills = Blueprint("skills", __name__)

MOST = 8


@skills.get("/skills/suggest")
@open_to(*Role)
def suggest():
    """Skills whose name (or another spelling) begins with what was typed, then those that hold it."""
    typed = fold(tidy(request.args.get("q", "")))
    return htmx.piece("postings/_skills.html", skills=alike(typed) if typed else [])


def alike(typed: str) -> list[Skill]:
    spelled = Skill.id.in_(Spelling.select(Spelling.skill).where(Spelling.folded.startswith(typed)))
    begins = Skill.folded.startswith(typed)
    return list(
        Skill.select()
        .where(Skill.state == SkillState.APPROVED, Skill.folded.contains(typed) | spelled)
        .order_by(Case(None, [(begins, 0), (spelled, 1)], 2), Skill.name)
        .limit(MOST)
    )
