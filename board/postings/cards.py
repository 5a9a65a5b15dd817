"""Cards: what `postings/_row.html` draws beside a posting's own columns. Three queries, whatever their number.

{% for card in cards(postings) %}{% with posting=card.posting, skills=card.skills, mine=card.mine, saved=card.saved %}
  {% include "postings/_row.html" %}
{% endwith %}{% endfor %}
"""

import re
import threading
from functools import lru_cache
from typing import NamedTuple

from flask import current_app
from flask_babel import get_locale
from markupsafe import Markup, escape

from board.people.model import Person, PersonSkill
from board.postings.model import Need, Posting, PostingSkill, Saved
from board.school.model import Skill, SkillState, today
from board.search.text import Marks, split, stem

CHUNK = re.compile(r"\.?\w+(?:['’.&]\w+)*(?:\+\+|#)?")


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


def skills_of(ids: list[int]) -> dict[int, list[tuple[str, str]]]:
    named: dict[int, list[tuple[str, str]]] = {}
    query = (
        PostingSkill.select(PostingSkill.posting, Skill.name, PostingSkill.need)
        .join(Skill)
        .where(PostingSkill.posting.in_(ids), Skill.state != SkillState.REFUSED)
        .order_by(PostingSkill.need == Need.NICE, PostingSkill.position, PostingSkill.id)
    )
    for posting, name, need in query.tuples() if ids else ():
        named.setdefault(posting, []).append((name, need))
    return named


def skills_of_person(person: Person | None) -> frozenset[str]:
    if person is None or not person.is_student:
        return frozenset()
    return frozenset(
        name for (name,) in PersonSkill.select(Skill.name).join(Skill).where(PersonSkill.person == person).tuples()
    )


def saved_by(person: Person | None, ids: list[int]) -> set[int]:
    """Which of these postings this student keeps."""
    if person is None or not person.is_student or not ids:
        return set()
    return {
        number
        for (number,) in Saved.select(Saved.posting).where(Saved.student == person, Saved.posting.in_(ids)).tuples()
    }


# -- what a card says to everybody, drawn once

MOST_KEPT = 3000  # cards; about 5 MB
_kept: dict[tuple, Markup] = {}
_lock = threading.Lock()


def words_of(posting: Posting, marks: Marks | None, knows_where: bool) -> Markup:
    """A card's title, employer, dates, summary and facts. What was looked for is marked after they are taken from
    the cache; whatever is one reader's own is not in here."""
    field = posting.field if posting.field_id else None
    key = (
        posting.id, posting.version, posting.title, posting.employer.name, field and (field.name, field.slug),
        str(get_locale()), today(), knows_where,
    )  # fmt: skip
    html = _kept.get(key)
    if html is None:
        html = Markup(current_app.jinja_env.get_template("postings/_card.html").render(posting=posting, me=knows_where))
        with _lock:
            _kept[key] = html
            while len(_kept) > MOST_KEPT:
                _kept.pop(next(iter(_kept)))
    return mark_in(html, posting, marks) if marks and any(marks) else html


def mark_in(html: Markup, posting: Posting, marks: Marks) -> Markup:
    drawn = str(html)
    for text, before, after in ((posting.title, '-link">', "</a>"), (posting.summary, 'card-summary">', "</p>")):
        drawn = drawn.replace(f"{before}{escape(text)}{after}", f"{before}{marked(text, marks)}{after}", 1)
    return Markup(drawn)


# -- words that were looked for


@lru_cache(maxsize=30_000)
def words_in(chunk: str) -> tuple[tuple[str, str], ...]:
    return tuple((word, stem(word)) for word in split(chunk))


def marked(text: str, marks: Marks | None) -> Markup:
    """The text, escaped, with the words that were looked for in `mark`."""
    if not marks:
        return escape(text)
    parts, end = [], 0
    for match in CHUNK.finditer(text):
        for whole, its_stem in words_in(match.group()):
            if marks.holds(whole, its_stem):
                parts += [escape(text[end : match.start()]), Markup("<mark>{}</mark>").format(match.group())]
                end = match.end()
                break
    return Markup("").join([*parts, escape(text[end:])])
