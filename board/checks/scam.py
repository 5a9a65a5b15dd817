"""Whether an offer reads like a scam: the signals of scam_signals.py that it has, added up. Pure.

A teacher must not learn to ignore it, so the sum is said only from LIMIT on: in `bench/scams` more than nine of ten ads
that reach it are fraudulent. What a minor must never be asked for (money, numbers, papers) is said by itself.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from board.checks import plain
from board.checks.results import Level, Result, mark_of
from board.checks.scam_signals import BY_NAME, HOME, SIGNALS, Signal
from board.words import N_, Marked

LIMIT = 5
BRIEF = 600  # characters; a description shorter than that says little
TOO_GOOD_CENTS = 6000  # an hour; several times what a skilled adult of these trades earns
SPELLED_ON = 200  # letters in a row that are spelled with gaps: no name or abbreviation is so long
SHOUTED = 0.7  # of the letters of a title are capitals


@dataclass(frozen=True)
class Offer:
    """What is read of a posting. `about`: what the organization says of itself; money in US cents."""

    title: str
    work: str  # what the student does
    rest: str = ""  # everything else that is said
    about: str = ""
    remote: bool = False
    hourly_cents: float | None = None
    mailbox: str = ""  # the least of those of its people, as employers.domains.Mailbox has it; "" where nobody asked


@dataclass(frozen=True)
class Sum:
    """The signals found, the heaviest first."""

    signals: tuple[Signal, ...]

    @property
    def score(self) -> float:
        return sum(one.weight for one in self.signals)

    @property
    def is_near(self) -> bool:
        """So near that the mailbox of whoever posts it can decide."""
        return self.score >= LIMIT - BY_NAME["throwaway"].weight

    @property
    def is_over(self) -> bool:
        return self.score >= LIMIT


@lru_cache(maxsize=64)  # the page of one posting asks several times
def look(offer: Offer) -> Sum:
    """Every signal of an offer, each once."""
    title = plain.read(offer.title)
    parts = (title, *(plain.read(text) for text in (offer.about, offer.work, offer.rest)))
    whole = "\n".join(part.text for part in parts)
    found = [one for one in SIGNALS if one.pattern and one.pattern.search(title.text if one.in_title else whole)]
    hidden = [
        one for one in SIGNALS if any(next(spelled(one, part), None) for part in ((title,) if one.in_title else parts))
    ]
    found += [one for one in hidden if one not in found]
    letters = [letter for letter in offer.title if letter.isalpha()]
    told = {
        "disguised": bool(hidden) or any(part.is_mixed or spells_on(part) for part in parts),
        "nobody": not offer.about.strip(),
        "pay": bool(offer.hourly_cents and offer.hourly_cents > TOO_GOOD_CENTS),
        "shouting": len(letters) > 8 and sum(map(str.isupper, letters)) >= SHOUTED * len(letters),
        "remote": offer.remote or bool(HOME.search(whole)),
        "brief": len(offer.work) < BRIEF,
        "personal": offer.mailbox == "free",
        "throwaway": offer.mailbox == "disposable",
    }
    found += [BY_NAME[name] for name, is_so in told.items() if is_so and BY_NAME[name] not in found]
    return Sum(tuple(sorted(found, key=lambda one: -one.weight)))


def results(offer: Offer, texts: Mapping[str, str]) -> list[Result]:
    """R23: what can't be sent in at all, beside the text it stands in; and for teachers the sum, once it is high."""
    found = look(offer)
    said = [
        Result(
            "R23", Level.BLOCKS, N_("Never asked of a student."),
            N_("“%(text)s”: nobody may ask a student for money, account numbers, or copies of papers, or have them handle these for others."),
            {"text": words}, N_("Take it out. How pay reaches the student is arranged at school."),
            key=key, mark=f"R23:{one.name}",
        )
        for one in found.signals if one.blocks for key, words in first_of(one, texts)
    ]  # fmt: skip
    if found.is_over:
        said.append(
            Result(
                "R23", Level.REASON, N_("This reads like a scam."),
                N_("Signals that add up to %(score)s; from %(limit)s on, nine of ten such ads were fraudulent:"),
                {"score": f"{found.score:g}", "limit": f"{LIMIT:g}"} | listed(found), N_("Find out who they are before you go on."),
                key="description", mark=mark_of("R23:sum", (one.name for one in found.signals)), for_staff=True,
            )
        )  # fmt: skip
    return said


def listed(found: Sum) -> dict:
    """The signals as values of a Result: marked words that the page says one by one."""
    return {"signals": [(Marked(one.words), f"{one.weight:g}") for one in found.signals]}


def first_of(one: Signal, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(key, words as they were written) of the first text a signal stands in, if any does."""
    for key, written in texts.items():
        text = plain.read(written)
        match = one.pattern.search(text.text) if one.pattern else None
        start, end = match.span() if match else next(spelled(one, text), (0, 0))
        if end:
            yield key, text.quote(start, end).strip()
            return


def spelled(one: Signal, text: plain.Plain) -> Iterator[tuple[int, int]]:
    """Where a signal stands in words that were spelled with gaps, which hide where one word ends and the next begins."""
    if one.pattern and text.spelled:
        close = closed(one.pattern.pattern)
        for start, end in text.spelled:
            if close.search(text.text, start, min(end, start + SPELLED_ON)):
                yield start, end


def spells_on(text: plain.Plain) -> bool:
    return any(end - start > SPELLED_ON for start, end in text.spelled)


@lru_cache(maxsize=64)
def closed(pattern: str) -> re.Pattern:
    """The same pattern for words that nothing parts."""
    return re.compile(pattern.replace(r"\b", "").replace(r"\s+", r"\s*"), re.I)
