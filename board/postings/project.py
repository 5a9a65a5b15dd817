"""A project's page as drawn and kept for whoever reads the same: all of it but what is said to one reader."""

from collections.abc import Hashable
from hashlib import sha256

from flask import current_app
from markupsafe import Markup
from peewee import JOIN

from board import shared
from board.asked import of_frame
from board.checks.rules_of_school import rulebook, year
from board.drawing import days_left, money
from board.employers.model import Employer, Supervisor
from board.kept import Packed
from board.people.model import Person
from board.phrases import language, ngettext
from board.postings.checking import ages_in
from board.postings.content import read_skills
from board.postings.model import Milestone, Posting, Question
from board.school.model import Field, today
from board.search.related import Related
from board.statements import Statement
from board.words import slug

MOST_KEPT = 3000  # projects; about 4 MB
kept = Packed(MOST_KEPT)

milestones_of = Statement(
    lambda posting: Milestone.select().where(Milestone.posting == posting).order_by(Milestone.position)
)
questions_of = Statement(
    lambda posting: Question.select().where(Question.posting == posting).order_by(Question.position)
)


whole = Statement(
    lambda posting_id: (
        Posting.select(Posting, Employer, Field, Supervisor)
        .join(Employer)
        .switch(Posting)
        .join(Field, JOIN.LEFT_OUTER)
        .switch(Posting)
        .join(Supervisor, JOIN.LEFT_OUTER)
        .where(Posting.id == posting_id)
    )
)


def narrowed(posting: Posting) -> int | None:
    """The lowest age that may do it by the checks, where that is above the one the posting names."""
    lowest, named = ages_in(posting).lowest, max(posting.minimum_age or 0, rulebook().minimum_age)
    return lowest if lowest and lowest > named else None


def rules_mark() -> str:
    """Which rules and which calendar hold, in a few letters."""
    return of_frame.settled(
        "rules mark", lambda: f"{rulebook().version} {sha256(repr(year()).encode()).hexdigest()[:16]}"
    )


def parts_of(posting: Posting, mine: frozenset[str], person: Person | None) -> list[Markup]:
    """The parts of `postings/_parts.html`: what stands before, between and after what is this reader's own. `mine`:
    the skills they name."""
    skills = read_skills(posting)
    knows_where = person is not None and not posting.withheld
    ticked = mine and mine.intersection(skills["must"] + skills["nice"])
    key = key_of(posting, skills, ticked, knows_where)
    html = kept.get(key)
    if html is None and not ticked:
        html = shared.read(key)
    if html is None:
        html = kept.put(key, draw(posting, skills, ticked, knows_where))
    return [*map(Markup, html.split(shared.place("between")))]


def key_of(posting: Posting, skills: dict[str, list[str]], ticked: frozenset[str], knows_where: bool) -> Hashable:
    """All that the parts say of their reader: whether they learn where it is, and which of the skills are theirs.
    Milestones and questions change with the version; employer, field, supervisor and skills are named in it, for they
    are others' rows too. It has to read the same in each process (see shared), so sets are sorted."""
    employer, field = posting.employer, posting.field_id and posting.field
    supervisor = posting.supervisor_id and posting.supervisor
    return (
        "project", posting.id, posting.version, posting.title, employer.name, employer.size, employer.is_verified,
        field and (field.name, field.slug, field.title), supervisor and (supervisor.name, supervisor.title),
        *skills["must"], "", *skills["nice"], *sorted(ticked), knows_where, language(), today().toordinal(),
        rules_mark() if knows_where else "",
    )  # fmt: skip


def draw(posting: Posting, skills: dict[str, list[str]], ticked: frozenset[str], knows_where: bool) -> str:
    return current_app.jinja_env.get_template("postings/_parts.html").render(
        posting=posting, skills=skills, mine=ticked, me=knows_where, between=shared.place("between"),
        milestones=milestones_of(posting.id), questions=questions_of(posting.id),
        lowest_age=narrowed(posting) if knows_where else None,
    )  # fmt: skip


def alike(some: list[Related]) -> Markup:
    """`postings/_related.html`: projects like one, of those that the reader may see."""
    if not some:
        return Markup("")
    lines = [(one.id, slug(one.title), one.title, " · ".join(filter(None, facts_of(one)))) for one in some]
    return Markup(current_app.jinja_env.get_template("postings/_related.html").render(lines=lines))


def facts_of(one: Related) -> tuple[str, ...]:
    hours = ngettext("%(num)d hour", "%(num)d hours", one.hours) if one.hours else ""
    return one.employer, money(one.pay_cents), hours, days_left(one.apply_by)
