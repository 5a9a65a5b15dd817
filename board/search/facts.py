"""What filters and counts need to know of each live posting, kept in memory: only what anybody may see.

`live()` is right at every call. Where nothing was written to the database since the last one it costs
nothing; else it asks for ids and versions and loads what is new.
"""

from collections import Counter
from collections.abc import Callable

import numpy as np

from board.asked import Asked
from board.db import database
from board.postings.model import Need, Posting, PostingSkill
from board.school.model import today
from board.search.columns import COLUMNS, told
from board.search.live import Live

BATCH = 500

# (id, version) of the live postings as last read, and these postings; one name, so that no thread meets half of a change
_last: tuple[np.ndarray, Live] = (np.zeros((0, 2), np.int64), Live.of([], {}))
_kept = Asked()


def unchanged(key, load):
    """`load()`, kept in this thread until anything at all is written to the database, or the day ends."""
    return _kept.unchanged(key, load, today())


def settled(key, load):
    """The same as of this thread's last `live()`: for what one search asks again and again after it."""
    return _kept.kept(key, load) if _kept.stands() else unchanged(key, load)  # the day is asked for only then


def live() -> Live:
    """The live postings as the database has them now."""
    return unchanged("live", ask)


def ask() -> Live:
    global _last
    query = Posting.select(Posting.id, Posting.version).where(Posting.is_live_on(today()))
    rows = np.array(database.execute(query).fetchall(), np.int64).reshape(-1, 2)
    last, known = _last
    if np.array_equal(rows, last):
        return known
    versions = dict(rows.tolist())
    same = (
        versions.get(number) == version
        for number, version in zip(known.ids.tolist(), known.version.tolist(), strict=True)
    )
    keep = np.array([*same], bool)
    kept_ids = set(known.ids[keep].tolist())
    fresh = load([number for number in versions if number not in kept_ids])
    now = known.changed(keep, fresh) if len(fresh) or not keep.all() else known
    if not database.in_transaction():  # what is not yet written may be taken back
        _last = rows, now
    return now


def among(ids: list[int], build: Callable, name) -> list[tuple]:
    """Of these ids, the rows that a query of postings has, as SQLite gives them. To put a query into words takes ten
    times as long as to answer it: `build()` is called, and its words are kept under a name, once until anything is
    written."""
    words, values = unchanged(name, lambda: build().sql())
    marks = ", ".join("?" * len(ids))
    return database.execute_sql(f"SELECT * FROM ({words}) AS some WHERE id IN ({marks})", [*values, *ids]).fetchall()


def load(ids: list[int]) -> Live:
    """Some hundred at a time: all at once would take ten times the memory that is kept of them in the end."""
    found = [load_some(ids[start : start + BATCH]) for start in range(0, len(ids), BATCH)]
    return Live.joined(found) if found else Live.of([], {})


def load_some(ids: list[int]) -> Live:
    """Versions before skills: where a posting changes between the two, the next look finds that its version is old."""
    facts = [*map(told, database.execute(Posting.select(*COLUMNS).where(Posting.id.in_(ids))).fetchall())]
    skills: dict[int, list[int]] = {}
    musts: Counter = Counter()
    query = PostingSkill.select(PostingSkill.posting, PostingSkill.skill, PostingSkill.need)
    query = query.where(PostingSkill.posting.in_(ids))
    query = query.order_by(PostingSkill.need == Need.NICE, PostingSkill.position, PostingSkill.id)
    for posting, skill, need in database.execute(query).fetchall():
        skills.setdefault(posting, []).append(skill)
        musts[posting] += need != Need.NICE
    return Live.of([fact._replace(musts=musts[fact.id]) for fact in facts], skills)


def forget() -> None:
    """Another database has taken the place of the old one."""
    global _last
    _last = np.zeros((0, 2), np.int64), Live.of([], {})
    _kept.forget()
