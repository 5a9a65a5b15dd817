"""The order of results: how well they answer, words that stand together, what closes soon or is new; few copies."""

from collections import Counter
from datetime import date
from itertools import pairwise

import numpy as np

from board.school.model import today
from board.search.answer import Answer
from board.search.live import Live, Mask
from board.search.long_texts import texts_of
from board.search.text import fold

LOOKED_AT = 60  # results that are looked at again once they are found
READ = 10  # of them, whose texts are read
TOGETHER = {"title": 0.08, "text": 0.04}  # more for each two words that stand near one another
LONGEST = 2000  # characters of its texts that are read
APART = 16  # characters at most between two that stand near
SOON = 7  # days: what closes or was opened within these wins among equals
DAY, EPOCH = 86_400, date(1970, 1, 1).toordinal()
ABOVE = 1e6  # more than any score: whoever holds all the words comes first
COPIES = 2  # of one employer's like-titled projects on the first page


def best(found: Answer, hits: Mask, live: Live, end: int, page: int) -> list[int]:
    """The first `end` rows, the best first; those that hold all the words before the others."""
    ranked = first_of(hits, found, live, max(end, LOOKED_AT))
    looked_at = ranked[:LOOKED_AT]
    ids = dict(zip(looked_at, live.ids[looked_at].tolist(), strict=True))
    more = together(found.words, [ids[row] for row in looked_at[:READ] if found.complete[row]])
    day = today().toordinal()
    soon, new = day + SOON, (day - SOON - EPOCH) * DAY
    lively = ((live.apply_by[looked_at] <= soon) | (live.opened[looked_at] >= new)).tolist()
    known = (some[looked_at].tolist() for some in (found.complete, found.scores, live.place_in_newest))
    keys = {
        row: (not is_complete, -round(value * (1 + more.get(ids[row], 0)), 1), not is_lively, place)
        for row, is_lively, is_complete, value, place in zip(looked_at, lively, *known, strict=True)
    }
    looked_at.sort(key=keys.__getitem__)
    return spread(looked_at, live, page) + ranked[LOOKED_AT:]


def first_of(hits: Mask, found: Answer, live: Live, count: int) -> list[int]:
    """So many rows: those that hold all the words first, then by score, then the newest."""
    rows = np.flatnonzero(hits)
    values = found.scores[rows] + found.complete[rows] * ABOVE
    if len(rows) > count:
        least = np.partition(values, -count)[-count]
        rows, values = rows[values >= least], values[values >= least]
    return rows[np.lexsort((live.place_in_newest[rows], -values))][:count].tolist()


def together(words: tuple[str, ...], ids: list[int]) -> dict[int, float]:
    """How much more postings count for words that stand near one another, in the order they were typed."""
    if len(words) < 2 or len(ids) < 2:
        return {}
    more: dict[int, float] = {}
    for number, title, *texts in texts_of(ids):
        title, text = fold(title), ""
        for one, other in pairwise(words):
            if near(one, other, title):
                more[number] = more.get(number, 0.0) + TOGETHER["title"]
                continue
            text = text or fold(" ".join(texts)[:LONGEST])
            if near(one, other, text):
                more[number] = more.get(number, 0.0) + TOGETHER["text"]
    return more


def near(one: str, other: str, text: str) -> bool:
    """One word stands before the other, and not far."""
    at, begins, reach = text.find(one), len(one), len(one) + APART + len(other)
    while at >= 0:
        if text.find(other, at + begins, at + reach) >= 0:
            return True
        at = text.find(one, at + 1)
    return False


def spread(rows: list[int], live: Live, page: int) -> list[int]:
    """One employer's like-titled projects give way on the first page, but for the best of them."""
    seen: Counter = Counter()
    first, later = [], []
    for row, copy in zip(rows, live.copy[rows].tolist(), strict=True):
        seen[copy] += 1
        (first if seen[copy] <= COPIES else later).append(row)
    return first[:page] + sorted(first[page:] + later, key=rows.index) if later else rows
