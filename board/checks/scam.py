"""Signals that an offer is a swindle: each explained, each with a weight anybody can read, added up. Pure.

A teacher must not learn to ignore it, so the sum is said only from LIMIT on: in `bench/scams` at least nine of ten ads
that reach it are fraudulent. What a minor must never be asked for (money, numbers, papers) is said by itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from board.checks.results import Level, Result, mark_of
from board.words import N_, Marked

LIMIT = 5
BRIEF = 600  # characters; a description shorter than that says little
TOO_GOOD_CENTS = 6000  # an hour; several times what a skilled adult of these trades earns
SHOUTED = 0.7  # of the letters of a title are capitals
MONEY = r"[$€£]\s?\d[\d,.]*\+?(?:\s?k)?"


@dataclass(frozen=True)
class Signal:
    """One thing a swindle often has. `blocks`: no honest posting needs it, so it can't be sent in."""

    name: str
    weight: float
    words: str
    pattern: re.Pattern | None = None
    blocks: bool = False


def signal(name: str, weight: float, words: str, *patterns: str, blocks: bool = False) -> Signal:
    joined = "|".join(patterns)
    return Signal(name, weight, words, re.compile(joined, re.I) if joined else None, blocks)


SIGNALS = (
    signal(
        "fee", 3, N_("a fee, a deposit, or a kit to be paid for"),
        r"\b(?:registration|application|processing|enrol?lment|start-?up|starter|training|background[- ]check"
        r"|certification|administration)\s+(?:fees?|deposit|costs?|kit)\b",
        r"\b(?:pay|send)\s+(?:us|the|your)\s+(?:\w+\s+){0,2}(?:fee|deposit)\b",
        r"\b(?:small|initial|minimal)\s+investment\b", r"\bup-?front\s+(?:fee|payment)\b",
        r"\b(?:class|course|training)\s+is\s+a\s+prerequisite\s+to\s+employment\b",
        r"\b(?:cuota|tarifa|pago)\s+de\s+(?:inscripci[oó]n|registro|capacitaci[oó]n)\b", r"\binversi[oó]n\s+inicial\b",
        blocks=True,
    ),
    signal(
        "identity", 3, N_("bank, card, or identity numbers, or a copy of papers"),
        r"\bsocial\s+security\s+(?:number|card)\b", r"\bssn\b", r"\brouting\s+numbers?\b",
        r"\b(?:send|give|provide|share|need)\s+(?:us\s+)?your\s+(?:\w+\s+)?(?:bank|checking|paypal|debit|credit)\b",
        r"\b(?:own|valid|active)\s+(?:bank|checking)\s+account\b",
        r"\b(?:copy|scan|photo|picture)\s+of\s+(?:your|an?|the)\s+(?:\w+\s+)?(?:id|license|passport|card)\b",
        r"\bn[uú]mero\s+de\s+(?:seguro\s+social|cuenta|tarjeta)\b",
        r"\b(?:copia|foto)\s+de\s+(?:tu|su)\s+(?:identificaci[oó]n|pasaporte|licencia)\b",
        blocks=True,
    ),
    signal(
        "checks", 3, N_("checks to cash, payments or parcels to pass on"),
        r"\b(?:cash(?:ing)?|(?<!direct\s)deposit(?:ing)?)\s+(?!or\b)(?:\w+\s+){0,2}(?:checks?|cheques?|money\s+orders?)\b",
        r"\bchecks?\s+(?:by|in\s+the)\s+mail\b[^.!?\n]{0,40}\bdeposit", r"\bwestern\s+union\b", r"\bmoney\s?gram\b",
        r"\bwire\s+transfers?\b", r"\breceiv(?:e|ing)\s+(?:and\s+\w+\s+)?(?:payments|packages|parcels)\b", r"\bre-?ship\w*",
        r"\b(?:cobrar|depositar)\s+cheques\b", r"\brecibir\s+(?:pagos|paquetes)\b",
        blocks=True,
    ),
    signal(
        "gift-cards", 3, N_("gift cards or cryptocurrency"),
        r"\b(?:buy|purchase|pay|paid|send)\w*\b[^.!?\n]{0,40}\bgift\s+cards?\b",
        r"\bgift\s+cards?\b[^.!?\n]{0,40}\b(?:buy|purchase|pay|paid|send)",
        r"\b(?:paid|pay|payment|payments|buy|send)\b[^.!?\n]{0,30}\b(?:bitcoin|crypto(?:currency)?|usdt|ethereum)\b",
        r"\btarjetas?\s+de\s+regalo\b", r"\bcriptomonedas?\b",
        blocks=True,
    ),
    signal(
        "chat", 3, N_("write or call somewhere else, off the board"),
        r"\b(?:text|message|dm|add)\s+(?:me|us|him|her|the\s+manager)\b",
        r"\b(?:contact|reach|chat|interview\w*|write|talk)\b[^.!?\n]{0,30}\b(?:whatsapp|telegram|hangouts?|yahoo|google\s+chat"
        r"|kik|skype|signal)\b",
        r"\bmy\s+(?:personal|private)\s+(?:e-?mail|number|phone)\b", r"\b(?:escr[ií]be(?:me|nos)|m[aá]nda(?:me|nos))\b",
    ),
    signal("nobody", 2.5, N_("nothing about who the organization is")),
    signal(
        "bonus", 2.5, N_("a bonus for signing or for bringing others"),
        r"\b(?:signing|sign-?\s?on|referral)\s+bonus", r"\bbono\s+por\s+(?:referir|firmar)\b",
        rf"{MONEY}\s+per\s+(?:referral|referred|hired|recruit)",
    ),
    signal(
        "earn", 2, N_("a sum a day or a week, or income without limit"),
        rf"\b(?:earn|make|making|earning|income|pays?|paying|paid|up\s+to)\b[^.!?\n]{{0,40}}{MONEY}[^.!?\n]{{0,30}}"
        r"\b(?:day|daily|week|weekly|wk|month|monthly)\b",
        rf"{MONEY}\s*(?:-|to|–)?\s*(?:{MONEY})?\s*(?:a|per|each|every|/)?\s*(?:day|daily|week|weekly|wk)\b",
        r"\b(?:earn|receive)\s+[$]", r"\bsix[- ]figure", r"\bunlimited\s+(?:income|earning)", r"\bextra\s+(?:income|cash|money)\b",
        r"\bearn\s+(?:extra|more|great|big|quick|easy|good)\s*(?:money|cash|income)?",
        r"\bgana(?:r)?\s+(?:dinero|hasta)\b", r"\bingresos?\s+(?:extra|ilimitados?)\b",
    ),
    signal("pay", 2, N_("pay far above what such work brings")),
    signal(
        "easy", 1.5, N_("typing, envelopes, surveys, or data entry as the whole task"),
        r"\bdata[- ]entry\b", r"\btyp(?:ing|ist)\b", r"\benvelopes?\b", r"\bassembl(?:e|ing)\s+products\b",
        r"\bonline\s+surveys?\b", r"\bpersonal\s+assistant\b", r"\bmystery\s+shopp\w*",
        r"\bcaptura\s+de\s+datos\b", r"\bencuestas\s+en\s+l[ií]nea\b",
    ),
    signal(
        "legit", 1.5, N_("it says that it is honest, guaranteed, or without risk"),
        r"\blegit(?:imate)?\b", r"\bnot\s+a\s+scam\b", r"\b100\s?%\s+(?:free|legal|real|guarantee\w*)",
        r"\bguarantee[ds]?\s+(?:income|pay|salary|wages?|results|hours)\b", r"\bguarantee\s*\+", r"\brisk[- ]free\b",
        r"\bno\s+risk\b", r"\bsafe\s+and\s+legit", r"\bgarantizad[oa]s?\b", r"\bsin\s+riesgos?\b",
    ),
    signal("shouting", 1.5, N_("a title in capital letters")),
    signal(
        "boss", 1.5, N_("be your own boss, change your life"),
        r"\bown\s+boss\b", r"\b(?:set|choose|make|pick|create)\s+your\s+(?:own\s+)?(?:hours|schedule)\b",
        r"\bown\s+schedule\b", r"\bfinancial(?:ly)?\s+(?:freedom|free|independen\w+)", r"\bchange\s+your\s+life\b",
        r"\bno\s+(?:cold[- ]calling|selling|sales)\b", r"\btu\s+propio\s+jefe\b", r"\blibertad\s+financiera\b",
    ),
    signal(
        "elsewhere", 1.5, N_("apply somewhere else, by a link"),
        r"\b(?:apply|application|applying|resume|cv)\b[^.!?\n]{0,50}\b(?:link|url|click|here)\b",
        r"\bclick\s+(?:here|below|the\s+link|on\s+the|this\s+link)\b", r"\bbelow\s+link\b", r"\blink\s*(?:below|here)?\s*[:#]",
        r"\b(?:bit\.ly|tinyurl\.com|goo\.gl|t\.co|ow\.ly|is\.gd|cutt\.ly|rb\.gy|shorturl\.at|t\.ly)/",
        r"\bhaz\s+clic\b",
    ),
    signal(
        "contact", 1.5, N_("a mail address or a phone number in the text"),
        r"[\w.+-]+@[\w-]+\.\w{2,}", r"\(?\b\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}\b",
    ),
    signal("remote", 1, N_("all of it from home, nobody is met")),
    signal(
        "weekly", 1, N_("paid every day or week"),
        r"\b(?:get\s+|be\s+|are\s+|is\s+)?paid\s+(?:every|each)?\s*(?:weekly|daily|friday|week|day|instantly|same\s+day)\b",
        r"\bweekly\s+(?:pay|pay\s?checks?|salary|wages?)\b", r"\bdaily\s+pay\b", r"\bpago\s+(?:diario|semanal)\b",
    ),
    signal("brief", 1, N_("hardly a word about the work")),
    signal(
        "anybody", 0.5, N_("no experience needed, anybody can do it"),
        r"\bno\s+(?:prior\s+|previous\s+)?(?:experience|skills?|degree|qualifications?)\b", r"\banyone\s+can\b",
        r"\ball\s+you\s+need\s+is\b", r"\btraining\s+(?:is\s+|will\s+be\s+)?provided\b", r"\bwe(?:'|\s+wi)ll\s+train\s+you\b",
        r"\bsin\s+experiencia\b",
    ),
    signal(
        "vague", 0.5, N_("simple or easy work, without saying what"),
        r"\b(?:various|simple|easy)\s+(?:tasks?|duties|jobs?|work|money)\b", r"\btrabajo\s+f[aá]cil\b",
    ),
    signal(
        "urgent", 0.5, N_("hurry: apply now, start at once"),
        r"\bapply\s+(?:now|today|immediately|asap)\b", r"\bstart(?:ing)?\s+(?:today|immediately|right\s+away|asap)\b",
        r"\bimmediate(?:ly)?\s+(?:start|hire|hiring|openings?|available|need)\b", r"\burgent(?:ly|e)?\b",
        r"\blimited\s+(?:positions?|spots?|time|openings?)\b", r"\bhiring\s+(?:now|immediately)\b",
    ),
)  # fmt: skip
BY_NAME = {one.name: one for one in SIGNALS}
HOME = re.compile(
    r"\b(?:work(?:ing)?|jobs?|positions?|business|earn)\b[^.!?\n]{0,25}\b(?:from|at)\s+(?:\w+\s+){0,2}home\b|\bhome[- ]based\b"
    r"|\bwork[- ](?:from|at)[- ]home\b|\bcomfort\s+of\s+(?:your|their)\b|\bdesde\s+(?:tu\s+)?casa\b",
    re.I,
)


@dataclass(frozen=True)
class Offer:
    """What is read of a posting. `about`: what the organization says of itself; money in US cents."""

    title: str
    work: str  # what the student does
    rest: str = ""  # everything else that is said
    about: str = ""
    remote: bool = False
    hourly_cents: float | None = None


@dataclass(frozen=True)
class Sum:
    """The signals found, the heaviest first."""

    signals: tuple[Signal, ...]

    @property
    def score(self) -> float:
        return sum(one.weight for one in self.signals)

    @property
    def is_over(self) -> bool:
        return self.score >= LIMIT


def look(offer: Offer) -> Sum:
    """Every signal of an offer, each once."""
    whole = "\n".join((offer.title, offer.about, offer.work, offer.rest))
    found = [one for one in SIGNALS if one.pattern and one.pattern.search(whole)]
    letters = [letter for letter in offer.title if letter.isalpha()]
    told = {
        "nobody": not offer.about.strip(),
        "pay": bool(offer.hourly_cents and offer.hourly_cents > TOO_GOOD_CENTS),
        "shouting": len(letters) > 8 and sum(map(str.isupper, letters)) >= SHOUTED * len(letters),
        "remote": offer.remote or bool(HOME.search(whole)),
        "brief": len(offer.work) < BRIEF,
    }
    found += [BY_NAME[name] for name, is_so in told.items() if is_so]
    return Sum(tuple(sorted(found, key=lambda one: -one.weight)))


def results(offer: Offer, texts: Mapping[str, str]) -> list[Result]:
    """R23: what can't be sent in at all, beside the text it stands in; and for teachers the sum, once it is high."""
    said = [
        Result(
            "R23", Level.BLOCKS, N_("Never asked of a student."),
            N_("“%(text)s”: nobody may ask a student for money, account numbers, or copies of papers, or have them handle these for others."),
            {"text": match.group().strip()}, N_("Take it out. How pay reaches the student is arranged at school."),
            key=key, mark=f"R23:{one.name}",
        )
        for one in SIGNALS if one.blocks and one.pattern
        for key, match in first_of(one.pattern, texts)
    ]  # fmt: skip
    found = look(offer)
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


def first_of(pattern: re.Pattern, texts: Mapping[str, str]):
    """(key, match) of the first text a pattern stands in, if any does."""
    for key, text in texts.items():
        if match := pattern.search(text):
            yield key, match
            return
