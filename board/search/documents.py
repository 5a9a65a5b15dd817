"""What of a posting is found: its own words, its skills, its field and its employer. Never where or with whom."""

import logging
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from peewee import JOIN
from whoosh.analysis import DelimitedAttributeFilter, SpaceSeparatedTokenizer
from whoosh.fields import ID, KEYWORD, NUMERIC, Schema

from board.employers.model import Employer
from board.postings.model import Posting, PostingSkill, State
from board.school.model import Field, Skill
from board.search.text import COMMON, compounds, fold, split, stem
from board.search.vocabulary import term_of

log = logging.getLogger(__name__)

# how much a word says in each part of a posting
WEIGHTS = {
    "title": 6.0, "skills": 4.0, "field": 3.0, "summary": 2.5, "deliverable": 1.6, "employer": 1.2, "description": 1.0,
}  # fmt: skip
TELLING = ("title", "skills", "field", "summary", "employer")  # short, chosen words: of these, all may be meant
NAMES = ("title", "skills", "field")  # where a common word may be a name, as IT is
# BM25's two constants, and lengths (in words) that count as usual: fixed, so that no posting depends on the others
K1, B = 1.2, 0.5
USUAL = {
    "title": 6, "skills": 8, "field": 2, "summary": 20, "deliverable": 20, "employer": 3, "description": 130,
}  # fmt: skip
OTHER_PARTS = 0.2  # of what the parts of a posting beside the best one say
FINEST = 8  # scores are kept in parts of this: round numbers pack well
BATCH = 400


def texts(ids: list[int] | None = None) -> Iterator[tuple[int, dict[str, str]]]:
    """The texts of postings that are open and not held, by id; of these ids, or of all."""
    query = (
        Posting.select(
            Posting.id, Posting.title, Posting.summary, Posting.deliverable, Posting.description,
            Field.name, Employer.name,
        )
        .join(Employer)
        .switch(Posting)
        .join(Field, JOIN.LEFT_OUTER)
        .where(Posting.state == State.OPEN, Posting.held_at.is_null())
    )  # fmt: skip
    named = PostingSkill.select(PostingSkill.posting, Skill.name).join(Skill)
    if ids is not None:
        query, named = query.where(Posting.id.in_(ids)), named.where(PostingSkill.posting.in_(ids))
    rows = list(query.tuples())
    skills: dict[int, list[str]] = {}
    for number, name in named.tuples():
        skills.setdefault(number, []).append(name)
    for number, title, summary, deliverable, description, field, employer in rows:
        yield number, {
            "title": title, "skills": " · ".join(skills.get(number, ())), "field": field or "", "summary": summary,
            "deliverable": deliverable, "description": description, "employer": employer,
        }  # fmt: skip


class Terms(NamedTuple):
    """What is known of a posting's words."""

    scores: dict[str, float]  # how well it answers each word: a common one by names alone
    title: frozenset[str]  # stems of the words in its title
    telling: frozenset[str]  # words of its telling parts


def terms(parts: dict[str, str]) -> Terms:
    """A posting cut into words, whole: which of them are one word in other forms is for the vocabulary to say."""
    folded = {name: fold(text) for name, text in parts.items()}
    words = {name: split(text) + compounds(text) for name, text in folded.items()}
    best: dict[str, float] = {}
    every: dict[str, float] = {}
    for name, some in words.items():
        full = WEIGHTS[name] * (K1 + 1)
        damping = K1 * (1 - B + B * (len(some) or 1) / USUAL[name])
        for word, times in Counter(some).items():
            if word in COMMON and name not in NAMES:
                continue
            score = full * times / (times + damping)
            every[word] = every.get(word, 0.0) + score
            best[word] = max(score, best.get(word, 0.0))
    scores = {word: round(FINEST * (one + OTHER_PARTS * (every[word] - one))) / FINEST for word, one in best.items()}
    telling = frozenset(word for name in TELLING for word in words.get(name, ()))
    return Terms(scores, frozenset(map(stem, words.get("title", ()))), telling & scores.keys())


# -- as the index has it


def schema() -> Schema:
    """Terms alone, cut by us and fed with blanks between them, so that the index pickles no class of ours.

    `words` are kept with how well the posting answers each, as their weight. `title` and `telling` only say that a
    word is there.
    """
    weighed = SpaceSeparatedTokenizer() | DelimitedAttributeFilter(WEIGHT)
    plain = ID(analyzer=SpaceSeparatedTokenizer())
    number = NUMERIC(unique=True, sortable=True, shift_step=0)  # no ranges are asked of it
    return Schema(number=number, words=KEYWORD(analyzer=weighed), title=plain, telling=plain)


WEIGHT = "^"  # no word holds it


def document(number: int, parts: dict[str, str]) -> dict:
    made = terms(parts)
    return {
        "number": number,
        "words": " ".join(f"{term_of(word)}{WEIGHT}{score}" for word, score in made.scores.items()),
        "title": " ".join(made.title),
        "telling": " ".join(made.telling),
    }


def documents(ids: list[int]) -> Iterator[tuple[int, dict]]:
    """What is written of each; nothing of one that fails, which keeps no other from being indexed and stays listed."""
    for number, parts in texts(ids):
        try:
            made = document(number, parts)
        except Exception:
            log.exception("posting %s cannot be indexed", number)
            made = {}
        yield number, made
