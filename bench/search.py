"""How good and how fast the search is: known items, time, hostile queries, building, growth and memory.

Everything runs in a temporary folder, on a board with the real postings of ../shared/data (or SHARED_DATA), all open.
Beside it Whoosh as it comes, on the same postings, in the same run: one query here, the same one there.
Without options every part is measured. `--keep FOLDER` leaves the board there and takes it again the next time: delete
its `index` to have that alone built anew.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import _board
import _hostile
import _known
import _plain
import _size

PARTS = ("quality", "time", "hostile", "building", "memory", "growth")
FASTER = {"p50": 2, "p99": 5}  # than Whoosh as it comes


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="script/bench search", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for part in PARTS:
        parser.add_argument(f"--{part}", action="store_true")
    parser.add_argument("--few", type=int, default=400, metavar="N", help="queries of each kind (400)")
    parser.add_argument("--alone", action="store_true", help="without Whoosh as it comes")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="queries of each kind that missed")
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    asked = parser.parse_args()
    if not _board.is_there("search", _known.TOOL, _hostile.STRINGS):
        return
    parts = [part for part in PARTS if getattr(asked, part)] or PARTS
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.keep.resolve() if asked.keep else Path(temporary) / "board"
        if set(parts) != {"growth"}:
            measure(folder, parts, asked)
        if "growth" in parts:
            _size.growth(Path(temporary), [one["q"] for one in _known.queries(min(asked.few, 100))])


def measure(folder: Path, parts, asked) -> None:
    begun = time.monotonic()
    _size.in_a_process(_size.make, folder)
    app = _board.opened(folder)
    from board.postings.model import Posting

    student, client = _board.sign_in(app, "student")
    plain = None
    if not asked.alone and {"quality", "time"} & set(parts):
        _plain.build(folder / "plain")
        plain = _plain.Plain(folder / "plain")
    references = dict(Posting.select(Posting.id, Posting.reference).tuples())
    print(f"A board with {len(references):,} postings, made in {time.monotonic() - begun:.0f} s.\n", flush=True)
    own = Own(student, references)
    sets = [("known items", _known.queries(asked.few)), ("held out", _known.queries(asked.few, _known.HELD_OUT))]
    if "time" in parts:  # first: what it asks has never been asked for
        times([one["q"] for _, some in sets for one in some], own, plain)
    if "quality" in parts:
        quality(sets, own, plain, asked.show)
    if "hostile" in parts:
        _hostile.report(client, [one["q"] for _, some in sets for one in some][::8])
    if "memory" in parts:
        _size.memory(folder, [one["q"] for _, some in sets for one in some])
    if "building" in parts:
        _size.building(folder, student)


class Own:
    """The search that the page asks, for a student: references of one page, best first."""

    def __init__(self, student, references: dict[int, str]):
        from board.search.criteria import Criteria
        from board.search.query import find

        self.student, self.references, self.find, self.of = student, references, find, Criteria.of
        find(Criteria(), student)  # a warm process has shown the list before

    def __call__(self, q: str) -> list[str]:
        return [self.references[row.id] for row in self.find(self.of({"q": [q]}), self.student).postings]


def quality(sets, own: Own, plain: Callable | None, show: int) -> None:
    print("Known items, MRR@10 by kind of query")
    print(f"{'':33}" + "".join(f"{kind:>8}" for kind in _known.KINDS))
    for name, queries in sets:
        for label, search in (("this board", own), ("Whoosh as it comes", plain)):
            if search is None:
                continue
            found, missed = _known.mrr(queries, search)
            print(f"{name + ', ' + label:33}" + "".join(f"{found[kind]:8.3f}" for kind in _known.KINDS))
            if search is own and show:
                tell(missed, show)
    print(f"{'to reach':33}" + "".join(f"{_known.TARGETS[kind]:8.3f}" for kind in _known.KINDS) + "\n", flush=True)


def tell(missed: list[dict], most: int) -> None:
    for kind in _known.KINDS:
        some = [one for one in missed if one["kind"] == kind]
        for one in sorted(some, key=lambda one: one["value"])[:most]:
            print(f"    {kind:6} {one['value']:.2f}  {one['q']!r}  wanted {one['right'][:2]}, got {one['answers'][:2]}")


def times(queries: list[str], own: Own, plain: Callable | None) -> None:
    """Each query once, in both, one after the other: what disturbs the machine disturbs both."""
    queries = list(dict.fromkeys(queries))
    took: dict[str, list[float]] = {"this board": [], "Whoosh as it comes": []}
    for number, q in enumerate(queries):
        turns: list[tuple[str, Callable | None]] = [("this board", own), ("Whoosh as it comes", plain)]
        for name, search in turns if number % 2 else turns[::-1]:
            if search is not None:
                begun = time.perf_counter()
                search(q)
                took[name].append(1000 * (time.perf_counter() - begun))
    print(f"Time inside the search call, {len(queries):,} queries never seen before; facets counted here, not there")
    print(f"{'':28}{'p50 ms':>8}{'p99 ms':>8}{'worst':>8}")
    for name, some in took.items():
        if some:
            print(f"{name:28}{statistics.median(some):8.2f}{p99(some):8.2f}{max(some):8.1f}")
    if plain is not None:
        mine, others = took["this board"], took["Whoosh as it comes"]
        ratios = statistics.median(others) / statistics.median(mine), p99(others) / p99(mine)
        print(f"{'times as fast':28}{ratios[0]:8.1f}{ratios[1]:8.1f}   (to reach: {FASTER['p50']} and {FASTER['p99']})")
    print(flush=True)


def p99(some: list[float]) -> float:
    return sorted(some)[min(len(some) - 1, int(len(some) * 0.99))]


if __name__ == "__main__":
    main()
