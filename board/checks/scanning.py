"""Everything that is read out of a posting's text: hazardous work, ways to be reached, pay that is none, scams. Pure."""

import re
from collections.abc import Collection, Mapping

from board import contact
from board.checks import plain, scam, words
from board.checks.results import Level, Result, mark_of
from board.words import N_

# ways to be reached that no posting needs; a link, a handle, or a name on an app may belong to the work itself
NEVER = (N_("a mail address"), N_("a phone number"))
SHORTENED = re.compile(
    r"\b(?:bit\.ly|tinyurl\.com|goo\.gl|t\.co|ow\.ly|is\.gd|cutt\.ly|rb\.gy|shorturl\.at|t\.ly|buff\.ly|rebrand\.ly|tiny\.cc)"
    r"/\S+",
    re.I,
)
NO_PAY = re.compile(
    r"\bunpaid\b|\bno\s+pay\b|\bfor\s+(?:free|exposure)\b(?=[.!,;\n]|$)|\bpaid\s+in\s+(?:exposure|experience|kind|food|gift\s+cards?"
    r"|store\s+credit|equity|shares)\b|\bin\s+exchange\s+for\s+exposure\b|\bcommission[- ]only\b|\bvolunteer\s+(?:basis|position)\b"
    r"|\binstead\s+of\s+(?:pay|money|a\s+wage)\b|\bsin\s+(?:paga|sueldo|pago)\b|\bsolo\s+comisi[oó]n\b",
    re.I,
)
READ_BY_ALL = (
    "title", "summary", "description", "deliverable", "rhythm", "paid_how", "times", "getting_there", "ai_note",
    "milestones", "questions",
)  # fmt: skip

NAMES = (
    "resume_title",
    "must",
    "nice",
    "location",
    "supervisor",
)  # too short to speak of work, long enough for a number


def texts_of(values: Mapping) -> dict[str, str]:
    """What students read before anything is agreed, by key of content.py. The address is not read: it is one."""
    texts = {}
    for key in (*READ_BY_ALL, *NAMES):
        said = values.get(key) or ""
        if isinstance(said, dict):
            said = ", ".join(part for part in said.values() if part)
        if isinstance(said, list):
            said = "\n".join(row["title"] if isinstance(row, dict) else str(row) for row in said)
        if said:
            texts[key] = said
    return texts


def scan(
    texts: Mapping[str, str], offer: scam.Offer, ticked: Collection[str] = (), minimum_age: int | None = None,
    excluded: Collection[str] = (),
) -> list[Result]:  # fmt: skip
    """R10, R14, R22, R23: every result, each of them about a word that stands there; nothing when all is well."""
    return [
        *words.questions({key: text for key, text in texts.items() if key not in NAMES}, ticked, minimum_age, excluded),
        *no_pay(texts),
        *ways_to_be_reached(texts),
        *scam.results(offer, texts),
    ]


def offer_of(values: Mapping, about: str = "") -> scam.Offer:
    """The text of a posting as the search for scams reads it. `about`: what the employer says of itself."""
    texts = texts_of(values)
    work = "\n".join(texts.get(key, "") for key in ("description", "deliverable"))
    rest = "\n".join(words for key, words in texts.items() if key not in ("title", "description", "deliverable"))
    hours, cents = values.get("hours"), values.get("pay_cents")
    hourly = cents / hours if hours and cents else None
    return scam.Offer(texts.get("title", ""), work, rest, about, values.get("place") == "remote", hourly)


def no_pay(texts: Mapping[str, str]) -> list[Result]:
    """R14: pay in words that is none."""
    read = {key: plain.read(text) for key, text in texts.items()}
    return [
        Result(
            "R14", Level.BLOCKS, N_("Pay is money."), N_("“%(text)s”: every project here is paid, in money."),
            {"text": text.quote(*match.span())}, N_("Take it out, and give the pay for the whole project in dollars."), key=key,
            mark="R14:words",
        )
        for key, text in read.items() if (match := NO_PAY.search(text.text))
    ]  # fmt: skip


def ways_to_be_reached(texts: Mapping[str, str]) -> list[Result]:
    """R22: students and employers meet through the board, until a teacher has agreed to a match."""
    blocking: dict[str, str] = {}
    asking: dict[str, str] = {}
    for key, written in texts.items():
        text = plain.read(written).text
        for match in SHORTENED.finditer(text):
            blocking.setdefault(match.group(), key)
        for kind, found in contact.found(text):
            if not any(found in shortened or shortened in found for shortened in blocking):
                (blocking if kind in NEVER else asking).setdefault(found, key)
    results = []
    if blocking:
        results.append(
            Result(
                "R22", Level.BLOCKS, N_("No contact details in the text."),
                N_("“%(found)s”: students and employers meet through the board."), {"found": listed(blocking)},
                N_("Take it out: once a teacher has agreed to a match, both sides get each other's addresses."),
                key=next(iter(blocking.values())), mark="R22:reach",
            )
        )  # fmt: skip
    if asking:
        results.append(
            Result(
                "R22", Level.REASON, N_("A link or a name on an app."),
                N_("“%(found)s”: is it what the work is about, or a way to be reached?"), {"found": listed(asking)},
                N_("Leave it out unless the student works on it."), key=next(iter(asking.values())), mark=mark_of("R22:link", asking),
            )
        )  # fmt: skip
    return results


def listed(found: Mapping[str, str]) -> str:
    return "”, “".join(list(found)[:5])
