"""How well the signals of a swindle tell fraudulent ads from honest ones, on labelled ads of ../shared/data.

The ads are halved by a digest of their text. The weights were chosen on the first half alone; the second says what they
are worth. Every signal is printed with how many ads of each kind have it.
"""

import csv
import gzip
import hashlib
import re

import _board

from board.checks.scam import BY_NAME, LIMIT, Offer, look

ADS = _board.SHARED / "scam_labelled_ads.csv.gz"
# what stands in these ads in the place of an address or a number
HIDDEN = (
    (r"#EMAIL_[0-9a-f]+#?", " somebody@example.org "),
    (r"#PHONE_[0-9a-f]+#?", " 555-555-0100 "),
    (r"#URL_[0-9a-f]+#?", " http://example.org "),
)
STEPS = (3.5, 4, 4.5, 5, 5.5, 6)


def main() -> None:
    if not _board.is_there("scams", ADS):
        return
    halves: dict[str, list[tuple[Offer, bool]]] = {"first": [], "second": []}
    with gzip.open(ADS, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            digest = hashlib.sha256((row["title"] + row["description"]).encode()).hexdigest()
            halves["second" if int(digest, 16) % 2 else "first"].append((offer(row), row["fraudulent"] == "1"))
    for name, ads in halves.items():
        print(f"{name} half: {len(ads)} ads, {sum(bad for _ad, bad in ads)} of them fraudulent")
        scored = [(look(ad).score, bad) for ad, bad in ads]
        for step in STEPS:
            told(scored, step)
    print("signal (weight): fraudulent, honest")
    every = [(look(ad), bad) for ads in halves.values() for ad, bad in ads]
    for name, signal in BY_NAME.items():
        having = [bad for found, bad in every if signal in found.signals]
        print(f"  {name} ({signal.weight:g}): {sum(having)}, {len(having) - sum(having)}")


def told(scored: list[tuple[float, bool]], step: float) -> None:
    hits = [bad for score, bad in scored if score >= step]
    precision = sum(hits) / len(hits) if hits else 0
    recall = sum(hits) / sum(bad for _score, bad in scored)
    mark = "  <- from here on it is said" if step == LIMIT else ""
    print(f"  from {step:g}: {len(hits)} ads, precision {precision:.3f}, recall {recall:.3f}{mark}")


def offer(row: dict) -> Offer:
    said = {key: shown(row[key]) for key in ("title", "description", "requirements", "benefits", "company_profile")}
    rest = f"{said['requirements']}\n{said['benefits']}"
    return Offer(said["title"], said["description"], rest, said["company_profile"], row["telecommuting"] == "1")


def shown(text: str) -> str:
    for pattern, words in HIDDEN:
        text = re.sub(pattern, words, text)
    return text


if __name__ == "__main__":
    main()
