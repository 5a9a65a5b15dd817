"""Cards: what they show beside a posting's own columns, in three queries whatever their number; and how they are drawn
and kept.

{% for card in cards(postings) %}{{ card }}{% endfor %}
"""

from collections.abc import Hashable
from typing import NamedTuple

from flask import current_app
from markupsafe import Markup, escape

from board import shared
from board.asked import of_frame
from board.kept import Packed
from board.people.model import Person, PersonSkill
from board.phrases import language
from board.postings.model import Need, Posting, PostingSkill, Saved
from board.school.model import Skill, SkillState, today
from board.search import facts, names
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
    """Those of live postings are in memory; the others' are asked for."""
    now = facts.live()
    found = now.skills_of_each(ids)
    known = names.known_skills("id", {skill for some, _ in found.values() for skill in some})
    named = {number: needed(some, musts, known) for number, (some, musts) in found.items()}
    lacking = [number for number in ids if number not in found]
    for posting, name, need in skills_asked(lacking) if lacking else ():
        named.setdefault(posting, []).append((name, need))
    return named


MUST, NICE = Need.MUST.value, Need.NICE.value


def needed(some: list[int], musts: int, known: dict[int, names.SkillName]) -> list[tuple[str, str]]:
    needs = [MUST] * musts + [NICE] * (len(some) - musts)
    return [(known[skill].name, need) for skill, need in zip(some, needs, strict=True) if skill in known]


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

MOST_KEPT = 6_000  # cards; about 2 MB
kept = Packed(MOST_KEPT)
FACTS = '<ul class="facts">'  # the line of a card under which nothing of the posting's own text begins


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
    for card in some:
        posting = card.posting
        beside = [posting.employer.name, *(name for name, _ in card.skills)]
        if posting.field_id:
            beside.append(posting.field.name)
        texts += posting.title, posting.summary, " | ".join(beside)
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
    may_save = person is not None and person.is_student
    token, place = (csrf_token(), shared.place("token")) if may_save else ("", "")
    made = []
    for number, (card, html) in enumerate(zip(some, as_kept(some, person, may_save), strict=True)):
        posting = card.posting
        if held:
            html = mark_in(html, posting, held[number].in_title, held[number].in_summary)
        if excerpts and posting.id in excerpts:
            html = html.replace(FACTS, f'<p class="card-excerpt">{excerpts[posting.id]}</p>\n{FACTS}', 1)
        made.append(Markup(html.replace(place, token) if may_save else html))
    return made


def as_kept(some: list[Card], person: Person | None, may_save: bool) -> list[str]:
    """The cards as they are kept: from here, else from what the worker has drawn for everybody, else drawn now."""
    for_all, keys, lacking, made = everywhere(may_save), [], {}, {}
    for card in some:
        ticked = card.mine and card.mine.intersection(name for name, _ in card.skills)
        knows_where = person is not None and not card.posting.withheld
        keys.append(key_of(card, ticked, knows_where, for_all))
        html = kept.get(keys[-1])
        if html is None:
            lacking[keys[-1]] = card, ticked, knows_where
        else:
            made[keys[-1]] = html
    anybodys = [key for key, (card, ticked, _) in lacking.items() if may_save and not ticked and not card.saved]
    found = dict(zip(anybodys, shared.read_each(anybodys), strict=True)) if anybodys else {}
    for key, one in lacking.items():
        if drawn_ahead := found.get(key):
            packed, made[key] = drawn_ahead
            kept.take(key, packed)
        else:
            made[key] = kept.put(key, draw(*one, may_save))
    return [made[key] for key in keys]


def everywhere(may_save: bool) -> tuple:
    """What is the same for all the cards of a page."""
    return "card", may_save, language(), today().toordinal()


def key_of(card: Card, ticked: frozenset[str], knows_where: bool, everywhere: tuple) -> Hashable:
    """All that a card says. It has to read the same in each process (see shared), so sets are sorted."""
    posting, field = card.posting, card.posting.field if card.posting.field_id else None
    return (
        posting.id, posting.version, posting.title, posting.employer.name, field and (field.name, field.slug),
        tuple(card.skills), tuple(sorted(ticked)), card.saved, knows_where, *everywhere,
    )  # fmt: skip


def draw(card: Card, ticked: frozenset[str], knows_where: bool, may_save: bool) -> str:
    macro = current_app.jinja_env.get_template("postings/_card.html").module.card
    posting, field = card.posting, card.posting.field if card.posting.field_id else None
    return str(
        macro(posting, field, card.skills, ticked, card.saved, knows_where, may_save, lambda: shared.place("token"))
    )


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
