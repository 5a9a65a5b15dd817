"""Fields and skills by slug and by number, kept until something is written to the database."""

from collections.abc import Collection
from typing import NamedTuple

from board.db import database
from board.school.model import Field, Skill, SkillState, Spelling
from board.search.facts import settled
from board.search.text import fold


class SkillName(NamedTuple):
    id: int
    slug: str
    name: str


def fields() -> dict[str, Field]:
    """All of them by slug, in the order a list shows them."""
    return settled("fields", lambda: {row.slug: row for row in Field.select().order_by(Field.position, Field.name)})


def fields_named(slugs: Collection[str]) -> list[Field]:
    """Those the school has, in the order asked for."""
    return [row for row in map(fields().get, slugs) if row] if slugs else []


def skills_named(slugs: Collection[str]) -> list[SkillName]:
    """Those the school has and uses, in the order asked for."""
    known = known_skills("slug", slugs)
    return [known[slug] for slug in slugs if slug in known]


def skills_spelled() -> dict[str, str]:
    """From the other spellings of the skills the school uses, folded and without blanks, to their slugs."""

    def ask() -> dict[str, str]:
        used = Spelling.select(Spelling.folded, Skill.slug).join(Skill).where(Skill.state != SkillState.REFUSED)
        return {fold(other): slug for other, slug in database.execute(used).fetchall()}

    return settled("spelled", ask)


def skills_numbered(ids: Collection[int]) -> list[SkillName]:
    """The same by number."""
    known = known_skills("id", ids)
    return [known[number] for number in ids if number in known]


def known_skills(key: str, wanted: Collection) -> dict:
    """Rows by slug, by folded name or by number. One query at most, for those not asked for before."""
    known = settled(f"skills by {key}", dict)
    if missing := [one for one in wanted if one not in known]:
        marks = ", ".join("?" * len(missing))  # written out: put together, it would cost ten times its answer
        words = f"SELECT id, slug, name, {key} FROM skill WHERE {key} IN ({marks}) AND state <> ?"
        rows = database.execute_sql(words, [*missing, SkillState.REFUSED])
        known |= {said: SkillName(*row) for *row, said in rows}
    return known
