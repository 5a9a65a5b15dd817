"""How well the signals of a scam tell fraudulent ads from honest ones, on labelled ads of ../shared/data, and how
many of the honest postings there they would speak of.

The ads are halved by a digest of their text, and twenty times by lot. The weights were rounded by hand with a look at
all of these ads: the halves say how much the figures swing, not what they are on ads nobody has seen.
"""

import csv
import gzip
import hashlib
import random
import re
from statistics import median

import _board

from board.checks.scam import LIMIT, Offer, Sum, look
from board.checks.scam_signals import BY_NAME

ADS = _board.SHARED / "scam_labelled_ads.csv.gz"
# what stands in these ads in the place of an address or a number
HIDDEN = (
    (r"#EMAIL_[0-9a-f]+#?", " somebody@example.org "),
    (r"#PHONE_[0-9a-f]+#?", " 555-555-0100 "),
    (r"#URL_[0-9a-f]+#?", " http://example.org "),
)
STEPS = (3.5, 4, 4.5, 5, 5.5, 6)
LOTS = 20
ABOUT = "A shop."  # of the honest postings nobody knows what their employers say of themselves

Seen = list[tuple[Sum, bool]]


def main() -> None:
    if not _board.is_there("scams", ADS):
        return
    halves: dict[str, Seen] = {"first": [], "second": []}
    with gzip.open(ADS, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            digest = hashlib.sha256((row["title"] + row["description"]).encode()).hexdigest()
            half = halves["second" if int(digest, 16) % 2 else "first"]
            half.append((look(offer(row)), row["fraudulent"] == "1"))
    for name, ads in halves.items():
        print(f"{name} half: {len(ads)} ads, {sum(bad for _sum, bad in ads)} of them fraudulent")
        for step in STEPS:
            told(ads, step)
    every = halves["first"] + halves["second"]
    by_lot(every)
    print("signal (weight): fraudulent, honest")
    for name, signal in BY_NAME.items():
        having = [bad for found, bad in every if signal in found.signals]
        print(f"  {name} ({signal.weight:g}): {sum(having)}, {len(having) - sum(having)}")
    false_alarms()


def measured(ads: Seen, limit: float) -> tuple[int, float, float]:
    """How many ads it speaks of, precision, recall."""
    hits = [bad for found, bad in ads if found.score >= limit]
    return len(hits), sum(hits) / len(hits) if hits else 0, sum(hits) / sum(bad for _sum, bad in ads)


def told(ads: Seen, step: float) -> None:
    number, precision, recall = measured(ads, step)
    mark = "  <- from here on it is said" if step == LIMIT else ""
    print(f"  from {step:g}: {number} ads, precision {precision:.3f}, recall {recall:.3f}{mark}")


def by_lot(every: Seen) -> None:
    precisions, recalls = [], []
    for lot in range(LOTS):
        ads = list(every)
        random.Random(lot).shuffle(ads)
        for half in (ads[: len(ads) // 2], ads[len(ads) // 2 :]):
            _number, precision, recall = measured(half, LIMIT)
            precisions.append(precision)
            recalls.append(recall)
    for name, found in (("precision", precisions), ("recall", recalls)):
        print(f"{len(found)} halves by lot, {name}: {min(found):.3f} to {max(found):.3f}, median {median(found):.3f}")


def false_alarms() -> None:
    """Of real, honest postings: how many it would speak of, by what the employer says of itself."""
    with gzip.open(_board.DATA, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for about, words in ((ABOUT, "that say who they are"), ("", "that say nothing of themselves, without a website")):
        over = sum(look(of_posting(row, about)).is_over for row in rows)
        print(f"honest postings of employers {words}: {over} of {len(rows)} ({over / len(rows):.2%})")


def offer(row: dict) -> Offer:
    said = {key: shown(row[key]) for key in ("title", "description", "requirements", "benefits", "company_profile")}
    rest = f"{said['requirements']}\n{said['benefits']}"
    return Offer(said["title"], said["description"], rest, said["company_profile"], row["telecommuting"] == "1")


def of_posting(row: dict, about: str) -> Offer:
    hours, pay = float(row["hours"] or 0), float(row["pay_usd"] or 0)
    return Offer(
        row["title"], row["description"], "", about, row["place"] == "remote", 100 * pay / hours if hours else None
    )


def shown(text: str) -> str:
    for pattern, words in HIDDEN:
        text = re.sub(pattern, words, text)
    return text


if __name__ == "__main__":
    main()
