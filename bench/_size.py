"""What the search costs beside time: building, changing one posting, memory, and all of it as a board grows.

Each figure of memory comes from a process of its own that does one thing.
"""

import gc
import multiprocessing
import re
import statistics
import time
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import _board

CHANGES = 30
SIZES = (1_000, 10_000, 30_000)
LIMITS = {"seconds": 40, "building": 400, "change": 100, "caches": 60}  # s, MB, ms, MB


def in_a_process(function: Callable, *args):
    """What the function returns, called in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(function, *args).result()


def make(folder: Path, postings: Path = _board.DATA) -> None:
    """A board in this folder, with an index; what is there already stays."""
    if not (folder / "data" / "board.sqlite3").exists():
        folder.mkdir(parents=True, exist_ok=True)
        _board.founded(folder, postings)
    else:
        _board.opened(folder)
    from board.search import index

    if index.held() is None:
        index.rebuild()


def megabytes(file: str, line: str) -> float:
    """A figure that Linux tells of this process; elsewhere 0."""
    try:
        return int(re.search(rf"^{line}:\s+(\d+)", Path(f"/proc/self/{file}").read_text(), re.M).group(1)) / 1024
    except OSError:
        return 0.0


# -- building and changing


def build(folder: Path) -> tuple[int, float, float, float]:
    """Build the index as `reindex` does: postings, seconds, those of CPU, and the most memory the process held, in MB."""
    _board.opened(folder)
    from board.search import index

    begun, worked = time.perf_counter(), time.process_time()
    count = index.rebuild(lambda number: None)
    return count, time.perf_counter() - begun, time.process_time() - worked, megabytes("status", "VmHWM")


def building(folder: Path, student) -> None:
    count, seconds, work, peak = in_a_process(build, folder)
    print(f"Building the index of {count:,} postings: {seconds:.1f} s ({work:.1f} of CPU), {peak:.0f} MB at most")
    print(f"(limits {LIMITS['seconds']} s, {LIMITS['building']} MB).")
    writes, searches, unfound = change(student)
    print(
        f"Changing one posting, {CHANGES} times: on the board and in the index after {statistics.median(writes):.0f} ms"
    )
    print(
        f"at the median, {max(writes):.0f} ms at most (limit {LIMITS['change']} ms at the median); the search after it"
    )
    print(f"takes {statistics.median(searches):.1f} ms at the median and has missed it {unfound} times.\n", flush=True)


def change(student) -> tuple[list[float], list[float], int]:
    """A teacher pauses a posting, it gets a word that no other has, it is put back, and somebody searches for the word."""
    from board.postings import actions
    from board.postings.model import Posting, State
    from board.search.criteria import Criteria
    from board.search.query import find

    teacher = _board.somebody("teacher")
    writes, searches, unfound = [], [], 0
    step = max(1, Posting.select().count() // CHANGES)
    ids = [number for (number,) in Posting.select(Posting.id).where(Posting.state == State.OPEN).tuples()][::step]
    for number in ids[:CHANGES]:
        posting = Posting.get_by_id(number)
        actions.pull(posting, teacher, "A change.")
        word = f"qx{number}xq"
        Posting.update(title=Posting.title + f" {word}").where(Posting.id == number).execute()
        find(Criteria(), student)
        begun = time.perf_counter()
        actions.put_back(posting, teacher)
        writes.append(1000 * (time.perf_counter() - begun))
        begun = time.perf_counter()
        found = find(Criteria.of({"q": [word]}), student)
        searches.append(1000 * (time.perf_counter() - begun))
        unfound += [row.id for row in found.postings][:1] != [number]
    return writes, searches, unfound


# -- memory


def caches(folder: Path, queries: list[str], traced: bool) -> float:
    """MB that a web process holds after these searches, beyond what it held before the first."""
    app = _board.opened(folder)
    student, client = _board.sign_in(app, "student")
    client.get("/saved")
    from board.search.criteria import Criteria
    from board.search.query import find

    gc.collect()
    before = megabytes("smaps_rollup", "Pss")
    if traced:
        tracemalloc.start()
    for q in ("", *queries):
        find(Criteria.of({"q": [q]}), student)
    gc.collect()
    return tracemalloc.get_traced_memory()[0] / 1024**2 if traced else megabytes("smaps_rollup", "Pss") - before


def memory(folder: Path, queries: list[str]) -> None:
    held, whole = (in_a_process(caches, folder, queries, traced) for traced in (True, False))
    print(f"What a web process holds after {len(queries):,} different searches: {held:.0f} MB of Python's own objects;")
    print(
        f"with what SQLite and the system keep of files its memory (PSS) is {whole:.0f} MB more than before the first"
    )
    print(f"(limit {LIMITS['caches']} MB).\n", flush=True)


# -- growth


def speed(folder: Path, queries: list[str]) -> tuple[float, float]:
    """Milliseconds of a search, half and 99 of 100 at most, in a warm process."""
    app = _board.opened(folder)
    student, _ = _board.sign_in(app, "student")
    from board.search.criteria import Criteria
    from board.search.query import find

    find(Criteria(), student)
    took = []
    for q in queries:
        begun = time.perf_counter()
        find(Criteria.of({"q": [q]}), student)
        took.append(1000 * (time.perf_counter() - begun))
    return statistics.median(took), sorted(took)[min(len(took) - 1, int(len(took) * 0.99))]


def changed(folder: Path) -> tuple[float, float]:
    """Milliseconds to put one posting on the board and into the index, and of the search after it; at the median."""
    _board.opened(folder)
    writes, searches, _ = change(_board.somebody("student"))
    return statistics.median(writes), statistics.median(searches)


COLUMNS = ("p50 ms", "p99 ms", "change ms", "after ms", "build s", "build MB", "caches MB", "index MB")


def growth(temporary: Path, queries: list[str]) -> None:
    print(f"How it grows; {len(queries)} searches, {CHANGES} changes and the search after each, at the median")
    print(f"{'postings':>9}" + "".join(f"{column:>11}" for column in COLUMNS))
    for size in SIZES:
        postings, folder = temporary / f"{size}.csv", temporary / f"board-{size}"
        _board.some_postings(postings, size)
        in_a_process(make, folder, postings)
        count, seconds, _, peak = in_a_process(build, folder)
        p50, p99 = in_a_process(speed, folder, queries)
        held = in_a_process(caches, folder, queries, False)
        disk = index_size(folder)
        write, after = in_a_process(changed, folder)
        told = (p50, p99, write, after, seconds, peak, held, disk)
        print(f"{count:9,}" + "".join(f"{value:11.1f}" for value in told), flush=True)
    print()


def index_size(folder: Path) -> float:
    """MB of the index in use, just after it was built; the one before it is still there for readers."""
    newest = max((folder / "index").glob("index-*"), key=lambda path: path.name)
    return sum(path.stat().st_size for path in newest.iterdir()) / 1024**2
