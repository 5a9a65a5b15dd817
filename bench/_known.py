"""What students who half remember a project type, and where the project then stands."""

import contextlib
import io
import json
import random
import runpy
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from _board import DATA, SHARED

TOOL = SHARED.parent / "tools" / "known_items.py"
KINDS = ("title", "typo", "form", "mixed")
TARGETS = {"title": 0.985, "typo": 0.96, "form": 0.97, "mixed": 0.92}
HELD_OUT = 77  # another throw of the dice, so that nothing is fitted to single queries

Queries = list[dict]  # {"kind", "q", "right": references}


def queries(each: int, seed: int | None = None) -> Queries:
    """So many queries of each kind, as the tool makes them; with a seed, others of the same kinds."""
    with tempfile.TemporaryDirectory() as folder, dice_of(seed):
        out = Path(folder) / "queries.json"
        before, sys.argv = sys.argv, [str(TOOL), str(DATA), str(out), str(each)]
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                runpy.run_path(str(TOOL), run_name="__main__")
        finally:
            sys.argv = before
        return json.loads(out.read_text("utf-8"))


@contextlib.contextmanager
def dice_of(seed: int | None) -> Iterator[None]:
    """While it lasts, whoever asks for dice of any seed gets those of this one."""
    own = random.Random
    if seed is not None:
        random.Random = lambda *_: own(seed)
    try:
        yield
    finally:
        random.Random = own


def reciprocal(answers: list[str], right: set[str]) -> float:
    """1 where the first of ten answers is right, 1/2 where the second is, 0 where none is."""
    return next((1 / place for place, answer in enumerate(answers[:10], 1) if answer in right), 0.0)


def mrr(asked: Queries, search: Callable[[str], list[str]]) -> tuple[dict[str, float], list[dict]]:
    """MRR@10 by kind, and the queries whose first answer was not right."""
    found: dict[str, list[float]] = {kind: [] for kind in KINDS}
    missed = []
    for one in asked:
        answers = search(one["q"])
        value = reciprocal(answers, set(one["right"]))
        found[one["kind"]].append(value)
        if value < 1:
            missed.append(one | {"value": value, "answers": answers[:3]})
    return {kind: sum(values) / max(1, len(values)) for kind, values in found.items()}, missed
