"""A project's page as drawn and kept for whoever reads the same: all of it but what is said to one reader."""

import secrets

from flask import current_app
from markupsafe import Markup

from board.asked import of_frame
from board.checks.rules_of_school import rulebook, year
from board.kept import Packed
from board.people.model import Person
from board.phrases import language
from board.postings.checking import ages_in
from board.postings.content import read_skills
from board.postings.model import Milestone, Posting, Question
from board.school.model import today
from board.search.related import Related
from board.statements import Statement

MOST_KEPT = 3000  # projects; about 4 MB
kept = Packed(MOST_KEPT)
BETWEEN = f"between-{secrets.token_hex(16)}"

milestones_of = Statement(
    lambda posting: Milestone.select().where(Milestone.posting == posting).order_by(Milestone.position)
)
questions_of = Statement(
    lambda posting: Question.select().where(Question.posting == posting).order_by(Question.position)
)


def narrowed(posting: Posting) -> int | None:
    """The lowest age that may do it by the checks, where that is above the one the posting names."""
    lowest, named = ages_in(posting).lowest, max(posting.minimum_age or 0, rulebook().minimum_age)
    return lowest if lowest and lowest > named else None


def rules_mark() -> str:
    """Which rules and which calendar hold, in a few letters."""
    return of_frame.settled("rules mark", lambda: f"{rulebook().version} {hash(year())}")


def parts_of(
    posting: Posting, mine: frozenset[str], person: Person | None, alike: list[Related] | tuple = ()
) -> list[Markup]:
    """The parts of `postings/_parts.html`: what stands before, between and after what is this reader's own. `mine`:
    the skills they name; `alike`: projects like it, of those they may see.

    The key holds all that the parts say of their reader: whether they learn where it is, which of the skills are
    theirs, and what is named as like it. Milestones and questions change with the version; employer, field,
    supervisor and skills are named in it, for they are others' rows too.
    """
    skills = read_skills(posting)
    knows_where = person is not None and not posting.withheld
    ticked = mine and mine.intersection(skills["must"] + skills["nice"])
    employer, field = posting.employer, posting.field_id and posting.field
    supervisor = posting.supervisor_id and posting.supervisor
    key = (
        posting.id, posting.version, posting.title, employer.name, employer.size, employer.is_verified,
        field and (field.name, field.slug, field.title), supervisor and (supervisor.name, supervisor.title),
        *skills["must"], "", *skills["nice"], ticked, knows_where, language(), today(), *alike,
        rules_mark() if knows_where else "",
    )  # fmt: skip
    html = kept.get(key)
    if html is None:
        drawn = current_app.jinja_env.get_template("postings/_parts.html").render(
            posting=posting, skills=skills, mine=ticked, me=knows_where, between=BETWEEN,
            milestones=milestones_of(posting.id), questions=questions_of(posting.id), related=alike,
            lowest_age=narrowed(posting) if knows_where else None,
        )  # fmt: skip
        html = kept.put(key, drawn)
    return [*map(Markup, html.split(BETWEEN))]
