"""What nobody asks for in good faith: it gets an answer in words, and soon."""

import json
import random
import statistics
import time
from urllib.parse import quote_from_bytes, urlencode

from _board import SHARED

STRINGS = SHARED / "hostile" / "blns.json"
MOST_MS = 50  # over a plain search
LONGEST = 60_000  # bytes; beyond that the server itself answers 414 or 431


def hostile() -> dict[str, list[str]]:
    """Query strings by what is wrong with them."""
    dice = random.Random(3)
    words = ["design", "python", "web", "data", "poster", "video", "art", "menu", "farm", "kids"]
    letters = "abcdefghijklmnopqrstuvwxyz"
    controls = [chr(number) for number in (*range(32), 127, *range(128, 160))]
    bidi = ["\u202e", "\u200f", "\u2066", "\u2069", "\u202d", "\ufeff", "\u200b"]
    return {
        "naughty strings": [q(text) for text in json.loads(STRINGS.read_text("utf-8"))],
        "ANDNOT, twenty-fold": [q(" ANDNOT ".join(words * 2)), q(" AND NOT ".join(words * 2)), q("ANDNOT " * 20)],
        "NOT NOT x": [q("NOT NOT x"), q("NOT " * 20 + "x"), q("NOT NOT design")],
        "parentheses": [q("(" * 5000), q("(" * 5000 + "x" + ")" * 5000), q("(a OR " * 1000)],
        "wildcards": [q(some) for some in ("*", "???*", "?", "a*", "*a*", "[a TO z]", "{a TO}", "title:*", "/.*/", "a~9")],
        "60 KB": [
            q("x" * LONGEST), q("design " * (LONGEST // 7)), q("é" * (LONGEST // 6)),
            q(" ".join("".join(dice.choices(letters, k=7)) for _ in range(LONGEST // 8))),
        ],
        "control characters": [q("".join(controls)), *(q(f"des{one}ign") for one in controls)],
        "lone surrogates": [q("\ud800"), q("design \udfff poster"), q("\udc00\ud800" * 500)],
        "bidi marks": [q("".join(bidi)), *(q(f"design{one} poster") for one in bidi)],
        "500 skills": [
            urlencode([("skill", f"skill-{number}") for number in range(500)]),
            urlencode([("skill", "python")] * 500 + [("field", "marketing")] * 500 + [("q", "design")]),
        ],
        "numbers and orders": [
            f"q=design&{rest}"
            for rest in ("page=-1", "page=1000000000", "page=0", "page=x", f"page={'9' * 5000}", "sort=unknown",
                         "sort=", "hours=-5", "pay=1e9", "hours=%D9%A3", "place=nowhere", "q=again", "verbatim=1")
        ],
        "many words": [
            q(" ".join(words + [word + "s" for word in words])),
            q(" ".join("".join(dice.choices(letters, k=9)) for _ in range(12))),
            q(" ".join("".join(dice.choices(letters, k=40)) for _ in range(12))),
            q("a b c d e f g h i j k l m n o p"), q("the of and to in for with"),
        ],
    }  # fmt: skip


def q(text: str) -> str:
    return "q=" + quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="")


def report(client, plain: list[str]) -> None:
    """Every hostile query once, over the page, against the median of plain ones that nobody has asked before."""

    def ask(query: str) -> tuple[float, float, int]:
        begun, worked = time.perf_counter(), time.process_time()
        status = client.get(f"/projects?{query}").status_code
        return 1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - worked), status

    client.get("/projects")
    usual = [ask(q(f"{text} project")) for text in plain]
    wall, work = (statistics.median(one[at] for one in usual) for at in (0, 1))
    print(
        f"Hostile queries over the page, against a plain search there ({wall:.1f} ms at the median, {work:.1f} of CPU)"
    )
    print(f"{'worst, ms over that':24}{'asked':>6}{'ms':>8}{'CPU':>8}   answers, and what took the most CPU")
    worst = [0.0, 0.0]
    for name, queries in hostile().items():
        answers = [ask(query) for query in queries]
        over = max(one[0] for one in answers) - wall, max(one[1] for one in answers) - work
        worst = [max(pair) for pair in zip(worst, over, strict=True)]
        slowest = max(zip(answers, queries, strict=True), key=lambda pair: pair[0][1])[1]
        statuses = sorted({status for *_, status in answers})
        print(
            f"{name:24}{len(queries):6}{over[0]:8.1f}{over[1]:8.1f}   {', '.join(map(str, statuses))}   {slowest[:40]}"
        )
    print(f"The worst: {worst[0]:.1f} ms over a plain search, {worst[1]:.1f} of CPU (limit {MOST_MS}).\n", flush=True)
