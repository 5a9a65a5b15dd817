"""How fast the pages are with ten thousand open postings, as ratios to a bare Flask page on the same server.

Everything runs in a temporary folder: a board with the real postings of ../shared/data (or SHARED_DATA), granian with a
worker a core, and beside it the bare page on a granian like it. Each round measures every page in turn, so that a
machine that is busy for a moment is busy for all; what is printed is the median of the rounds, and the spread.
"""

import argparse
import csv
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import pairwise
from multiprocessing import cpu_count
from pathlib import Path

from _board import DATA, ROOT, founded, is_there, sign_in
from _load import measure

from board.serve import FRUGAL

WAITING = 40  # postings on the teacher's desk
WORKERS = cpu_count()
LINES = 16  # connections that ask at once
ASKERS = 2  # processes that hold them; they take their share of the cores for the bare page as for the others
PORT, BARE_PORT = 8765, 8766


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench pages", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0, help="for each page in each round")
    asked = parser.parse_args()
    if not is_there("pages"):
        return
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        pages, headers = fill(Path(folder))
        print(
            f"A board with {len(pages['project']):,} open postings, made in {time.monotonic() - begun:.0f} s.",
            flush=True,
        )
        with (
            granian("wsgi:app", PORT, ROOT) as board,
            granian("_bare:app", BARE_PORT, ROOT / "bench"),
            background() as worker,
        ):
            report(run(pages, headers, asked), memory(board.pid, worker.pid))


def fill(folder: Path) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The board; the addresses of each page, and the headers it is asked with."""
    app = founded(folder, port=PORT)
    from board.db import database
    from board.postings import imports, sheet
    from board.postings.model import Posting, State
    from board.search import index

    few = folder / "waiting.csv"
    with few.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, sheet.COLUMNS)
        writer.writeheader()
        for number, (_, cells) in zip(range(WAITING), sheet.lines(sheet.text_of(DATA)[0], {}), strict=False):
            writer.writerow(cells | {"reference": f"waiting-{number}"})
    imports.bring_in(few, State.SUBMITTED)
    index.rebuild()
    cookies = {}
    for role in ("student", "teacher"):
        _, client = sign_in(app, role)
        client.get("/")  # a browser has its CSRF token from the page before
        cookies[role] = f"Cookie: board={client.get_cookie('board').value}\r\n"
    rows = list(Posting.select(Posting.id, Posting.title).where(Posting.state == State.OPEN).tuples())
    random.Random(7).shuffle(rows)
    new = searches(rows)
    pages = {
        "bare": ["/"], "home": ["/"], "browse": ["/projects"], "search": new[::2], "its region": new[1::2],
        "project": [f"/projects/{number}" for number, _ in rows], "desk": ["/review"],
    }  # fmt: skip
    database.close()
    return pages, dict.fromkeys(pages, cookies["student"]) | {
        "bare": "", "desk": cookies["teacher"], "its region": cookies["student"] + "HX-Request: true\r\n",
    }  # fmt: skip


def searches(rows: list[tuple[int, str]]) -> list[str]:
    """Words nobody has asked for before: two that stand together in a title, each pair once."""
    found = {}
    for _, title in rows:
        words = re.findall(r"[a-z]{4,}", title.casefold())
        found |= dict.fromkeys(" ".join(pair) for pair in pairwise(words))
    return ["/projects?q=" + urllib.parse.quote_plus(words) for words in found]


@contextmanager
def granian(application: str, port: int, folder: Path):
    """The server as script/server starts it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", str(WORKERS),
         "--blocking-threads", "1", "--no-ws", "--log-level", "error", application],
        cwd=folder, env=FRUGAL | os.environ,
    )  # fmt: skip
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/{'healthz' if port == PORT else ''}", timeout=5).read()
                break
            except OSError:
                time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def background():
    """The process beside the server, as script/server starts it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "worker"], cwd=ROOT, env=FRUGAL | os.environ
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def run(pages: dict[str, list[str]], headers: dict[str, str], asked) -> dict[str, list]:
    """Every page in every round, after one short round that warms up. No round asks for words another has asked for."""
    measured: dict[str, list] = {name: [] for name in pages}
    with ProcessPoolExecutor(ASKERS) as pool:
        for number in range(asked.rounds + 1):
            for name, addresses in pages.items():
                port = BARE_PORT if name == "bare" else PORT
                some = addresses[number :: asked.rounds + 1] or addresses
                seconds = asked.seconds if number else min(1.0, asked.seconds)
                result = measure(pool, ASKERS, LINES, port, headers[name], some, seconds)
                if number:
                    measured[name].append(result)
    return measured


def memory(server: int, worker: int) -> dict[str, float]:
    """The proportional memory (PSS) of every process of a running board, in MB."""
    sizes = {"above them": pss(server), "background": pss(worker)}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1]) == server:
                sizes[f"web {len(sizes) - 1}"] = pss(int(entry.name))
        except OSError:  # ended meanwhile
            continue
    return sizes


def pss(process: int) -> float:
    told = Path(f"/proc/{process}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+)", told, re.M).group(1)) / 1024


def report(measured: dict[str, list], sizes: dict[str, float]) -> None:
    rates = {name: [one.rate for one in rounds] for name, rounds in measured.items()}
    print(f"{'page':12} {'requests/s':>10} {'p50 ms':>8} {'p99 ms':>8}   of bare, median (spread)")
    for name, rounds in measured.items():
        ratios = sorted(bare / own for bare, own in zip(rates["bare"], rates[name], strict=True))
        shown = (
            "1" if name == "bare" else f"1/{statistics.median(ratios):.0f} (1/{ratios[0]:.0f} to 1/{ratios[-1]:.0f})"
        )
        p50, p99 = (statistics.median(getattr(one, key) for one in rounds) for key in ("p50", "p99"))
        print(f"{name:12} {statistics.median(rates[name]):10.0f} {p50:8.1f} {p99:8.1f}   {shown}")
    each = ", ".join(f"{name} {size:.0f}" for name, size in sizes.items())
    print(f"Memory of all processes (PSS): {sum(sizes.values()):.0f} MB together ({each}).")


if __name__ == "__main__":
    main()
