"""Cards: what they show beside a posting's own columns, in three queries whatever their number; and how they are drawn
and kept.

{% for card in cards(postings) %}{{ card }}{% endfor %}
"""

import secrets
from typing import NamedTuple

from flask import current_app
from markupsafe import Markup, escape

from board.asked import of_frame
from board.kept import Packed
from board.people.model import Person, PersonSkill
from board.phrases import language
from board.postings.model import Need, Posting, PostingSkill, Saved
from board.school.model import Skill, SkillState, today
from board.search.places import Place, places_of_each
from board.security import csrf_token
from board.statements import Statement


class Card(NamedTuple):
    posting: Posting
    skills: list[tuple[str, str]]  # (name, need), must-haves first
    mine: frozenset[str]  # names of the reader's own skills
    saved: bool


def cards(postings: list[Posting], person: Person | None) -> list[Card]:
    ids = [posting.id for posting in postings]
    skills = skills_of(ids)
    mine = skills_of_person(person)
    saved = saved_by(person, ids)
    return [Card(posting, skills.get(posting.id, []), mine, posting.id in saved) for posting in postings]


skills_asked = Statement(
    lambda ids: (
        PostingSkill.select(PostingSkill.posting, Skill.name, PostingSkill.need)
        .join(Skill)
        .where(PostingSkill.posting.in_(ids), Skill.state != SkillState.REFUSED)
        .order_by(PostingSkill.need == Need.NICE, PostingSkill.position, PostingSkill.id)
        .tuples()
    )
)
own_skills = Statement(
    lambda person: PersonSkill.select(Skill.name).join(Skill).where(PersonSkill.person == person).tuples()
)
own_saved = Statement(
    lambda student, ids: Saved.select(Saved.posting).where(Saved.student == student, Saved.posting.in_(ids)).tuples()
)


def skills_of(ids: list[int]) -> dict[int, list[tuple[str, str]]]:
    named: dict[int, list[tuple[str, str]]] = {}
    for posting, name, need in skills_asked(ids) if ids else ():
        named.setdefault(posting, []).append((name, need))
    return named


def skills_of_person(person: Person | None) -> frozenset[str]:
    if person is None or not person.is_student:
        return frozenset()
    number = person.id
    return of_frame.unchanged(("own skills", number), lambda: frozenset(name for (name,) in own_skills(number)))


def saved_by(person: Person | None, ids: list[int]) -> set[int]:
    """Which of these postings this student keeps."""
    if person is None or not person.is_student or not ids:
        return set()
    return {number for (number,) in own_saved(person.id, ids)}


# -- cards as drawn, kept for whoever reads the same

MOST_KEPT = 12_000  # cards; about 5 MB
kept = Packed(MOST_KEPT)
FACTS = '<ul class="facts">'  # the line of a card under which nothing of the posting's own text begins
TOKEN = f"token-{secrets.token_hex(16)}"  # stands in a kept card for the reader's own


class Held(NamedTuple):
    """Where a card shows what was looked for."""

    in_title: list[Place]
    in_summary: list[Place]
    beside: list[Place]  # in its skills, its field, the name of its employer

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(place.stem for places in self for place in places)


def held_by(some: list[Card], marks: frozenset[str]) -> list[Held]:
    """Where each of the cards shows any of these words: looked for in all of them at once."""
    texts: list[str] = []
    for posting, skills, *_ in some:
        beside = [posting.employer.name, *(name for name, _ in skills)]
        if posting.field_id:
            beside.append(posting.field.name)
        texts += posting.title, posting.summary, " · ".join(beside)
    found = iter(places_of_each(texts, marks))
    return [Held(*three) for three in zip(found, found, found, strict=True)]


def drawn(
    some: list[Card],
    person: Person | None,
    held: list[Held] | None = None,
    excerpts: dict[int, Markup] | None = None,
) -> list[Markup]:
    """The cards, `postings/_card.html`, each drawn once for all who read the same: the key holds all that a card says
    of its reader, which is whether they learn where it is, which of the skills are theirs, and whether they keep it.
    What was looked for is marked where `held` says, why it was found (by id) is said, and the reader's token put in,
    after a card is taken from there."""
    draw = current_app.jinja_env.get_template("postings/_card.html").module.card
    may_save = person is not None and person.is_student
    everywhere = may_save, language(), today()
    token = csrf_token() if may_save else ""
    made = []
    for number, (posting, skills, mine, saved) in enumerate(some):
        field = posting.field if posting.field_id else None
        ticked = mine and mine.intersection(name for name, _ in skills)
        knows_where = person is not None and not posting.withheld
        key = (
            posting.id, posting.version, posting.title, posting.employer.name, field and (field.name, field.slug),
            tuple(skills), ticked, saved, knows_where, *everywhere,
        )  # fmt: skip
        html = kept.get(key)
        if html is None:
            html = kept.put(key, str(draw(posting, field, skills, ticked, saved, knows_where, may_save, lambda: TOKEN)))
        if held:
            html = mark_in(html, posting, held[number].in_title, held[number].in_summary)
        if excerpts and posting.id in excerpts:
            html = html.replace(FACTS, f'<p class="card-excerpt">{excerpts[posting.id]}</p>\n{FACTS}', 1)
        made.append(Markup(html.replace(TOKEN, token) if may_save else html))
    return made


def mark_in(html: str, posting: Posting, in_title: list[Place], in_summary: list[Place]) -> str:
    """A card with what was looked for marked in its title and its summary."""
    if in_title:
        html = html.replace(f'-link">{escape(posting.title)}<', f'-link">{with_marks(posting.title, in_title)}<', 1)
    if in_summary:
        plain, shown = escape(posting.summary), with_marks(posting.summary, in_summary)
        html = html.replace(f'card-summary">{plain}<', f'card-summary">{shown}<', 1)
    return html


# -- words that were looked for


def marked(text: str, marks: frozenset[str] | None) -> Markup:
    """The text, escaped, with the words that were looked for in `mark`."""
    return with_marks(text, places_of_each([text], marks)[0]) if marks else escape(text)


def with_marks(text: str, found: list[Place]) -> Markup:
    parts, end = [], 0
    for start, until, _ in found:
        if start >= end:
            parts.append(f"{escape(text[end:start])}<mark>{escape(text[start:until])}</mark>")
            end = until
    return Markup("".join([*parts, escape(text[end:])]))
