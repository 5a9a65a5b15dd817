"""The order of results: how well they answer, words that stand together, what closes soon or is new; few copies."""

from collections import Counter
from datetime import timedelta
from heapq import nsmallest
from itertools import pairwise

from board.db import database
from board.school.model import today
from board.search.answer import Answer
from board.search.live import Live
from board.search.text import fold

LOOKED_AT = 60  # results that are looked at again once they are found
READ = 12  # of them, whose texts are read
TOGETHER = {"title": 0.08, "text": 0.04}  # more for each two words that stand near one another
LONGEST = 2000  # characters of its texts that are read
APART = 16  # characters at most between two that stand near
TEXTS = "SELECT id, title, summary, deliverable, description FROM posting"
SOON = timedelta(days=7)  # what closes or was opened within these wins among equals
COPIES = 2  # of one employer's like-titled projects on the first page


def best(found: Answer, hits: frozenset[int], live: Live, end: int, page: int) -> list[int]:
    """The first `end` ids, the best first; those that hold all the words before the others."""
    scores, complete, place = found.scores, found.complete, live.place_in_newest
    ranked = nsmallest(max(end, LOOKED_AT), hits, key=lambda n: (n not in complete, -scores[n], place[n]))
    looked_at = ranked[:LOOKED_AT]
    more = together(found.words, [number for number in looked_at[:READ] if number in complete])
    day = today()
    soon, new = (day + SOON).isoformat(), (day - SOON).isoformat()

    def key(number: int):
        fact = live.facts[number]
        lively = (fact.apply_by or "9999") <= soon or (fact.opened_at or "") >= new
        return number not in complete, -round(scores[number] * (1 + more.get(number, 0)), 1), not lively, place[number]

    looked_at.sort(key=key)
    return spread(looked_at, live, page) + ranked[LOOKED_AT:]


def together(words: tuple[str, ...], ids: list[int]) -> dict[int, float]:
    """How much more postings count for words that stand near one another, in the order they were typed."""
    if len(words) < 2 or len(ids) < 2:
        return {}
    more: dict[int, float] = {}
    marks = ", ".join("?" * len(ids))
    for number, title, *texts in database.execute_sql(f"{TEXTS} WHERE id IN ({marks})", ids):
        title, text = fold(title), fold(" ".join(texts)[:LONGEST])
        for one, other in pairwise(words):
            if near(one, other, title):
                more[number] = more.get(number, 0.0) + TOGETHER["title"]
            elif near(one, other, text):
                more[number] = more.get(number, 0.0) + TOGETHER["text"]
    return more


def near(one: str, other: str, text: str) -> bool:
    """One word stands before the other, and not far."""
    at = text.find(one)
    while at >= 0:
        if other in text[at + len(one) : at + len(one) + APART + len(other)]:
            return True
        at = text.find(one, at + 1)
    return False


def spread(ids: list[int], live: Live, page: int) -> list[int]:
    """One employer's like-titled projects give way on the first page, but for the best of them."""
    seen: Counter = Counter()
    first, later = [], []
    for number in ids:
        copy = live.facts[number].copy
        seen[copy] += 1
        (first if seen[copy] <= COPIES else later).append(number)
    return first[:page] + sorted(first[page:] + later, key=ids.index) if later else ids
