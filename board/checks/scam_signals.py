"""The signals of a scam, in one table: each with its weight and what it means, for anybody to read. Pure.

The weights follow how often a signal stands in fraudulent and in honest ads (see bench/scams), rounded to halves; those
that are in hardly any of these ads are set by what they ask of a minor. English and Spanish.
"""

import re
from dataclasses import dataclass

from board.words import N_

MONEY = r"[$€£]\s?\d[\d,.]*\+?(?:\s?k)?"


@dataclass(frozen=True)
class Signal:
    """One thing a scam often has. `blocks`: no honest posting needs it, so it can't be sent in."""

    name: str
    weight: float
    words: str
    pattern: re.Pattern | None = None
    blocks: bool = False
    in_title: bool = False  # looked for there alone


def signal(name: str, weight: float, words: str, *patterns: str, **more) -> Signal:
    joined = "|".join(patterns)
    return Signal(name, weight, words, re.compile(joined, re.I) if joined else None, **more)


SIGNALS = (
    signal(
        "fee", 3, N_("a fee, a deposit, or a kit to be paid for"),
        r"\b(?:registration|application|processing|enrol?lment|start-?up|starter|training|background[- ]check"
        r"|certification|administration)\s+(?:fees?|deposit)\b",
        r"\b(?:pay|send)\s+(?:us|the|your)\s+(?:\w+\s+){0,2}(?:fee|deposit)\b", r"\bpay\s+for\s+(?:\w+\s+){0,2}(?:training|background|kit|uniform)\b",
        r"\b(?:buy|purchase|order)\s+(?:\w+\s+){0,3}(?:starter|training|start-?up)\s+kit\b",
        r"\b(?:small|initial|minimal)\s+investment\b", r"\bup-?front\s+(?:fee|payment)\b",
        r"\b(?:class|course|training)\s+is\s+a\s+prerequisite\s+to\s+employment\b",
        r"\b(?:cuota|tarifa|pago|costo)\s+de\s+(?:inscripci[oó]n|registro|capacitaci[oó]n|solicitud)\b",
        r"\binversi[oó]n\s+inicial\b", r"\b(?:paga|pagar|env[ií]a|enviar)\s+(?:un\s+|una\s+|el\s+|la\s+)?(?:dep[oó]sito|cuota)\b",
        blocks=True,
    ),
    signal(
        "identity", 3, N_("bank, card, or identity numbers, or a copy of papers"),
        r"\bsocial\s+security\s+(?:number|card)\b", r"\b(?:your|send|provide|give|need)\s+(?:\w+\s+)?s\.?s\.?n\b", r"\brouting\s+numbers?\b",
        r"\b(?:send|give|provide|share|need)\s+(?:us\s+)?your\s+(?:\w+\s+)?(?:bank|checking|paypal|debit|credit)\b",
        r"\b(?:own|valid|active)\s+(?:bank|checking)\s+account\b",
        r"\b(?:copy|scan|photo|picture)\s+of\s+(?:your|an?|the)\s+(?:\w+\s+)?(?:id|license|passport|card)\b",
        r"\b(?:n[uú]meros?|datos)\s+(?:de\s+(?:tu|su|la)\s+|de\s+)?(?:seguro\s+social|cuenta|tarjeta|banco|bancari[ao]s?)\b",
        r"\b(?:copia|foto)\s+de\s+(?:tu|su|una?|la|el)\s+(?:identificaci[oó]n|pasaporte|licencia)\b",
        blocks=True,
    ),
    signal(
        "checks", 3, N_("checks to cash, payments or parcels to pass on"),
        r"\b(?:cash(?:ing)?|(?<!direct\s)deposit(?:ing)?)\s+(?!or\b)(?:\w+\s+){0,2}(?:checks?|cheques?|money\s+orders?)\b",
        r"\bchecks?\s+(?:by|in\s+the)\s+mail\b[^.!?\n]{0,40}\bdeposit", r"\bwestern\s+union\b", r"\bmoney\s?gram\b",
        r"\bwire\s+transfers?\b", r"\bre-?ship\w*",
        r"\breceiv(?:e|ing)\s+(?:and\s+\w+\s+)?(?:payments|packages|parcels)\b[^.!?\n]{0,60}"
        r"\b(?:your|forward\w*|behalf|pass\w*|ship\w*|account|customers)\b",
        r"\b(?:cobr|deposit)(?:ar|as|a|es)\s+(?:los\s+|nuestros\s+|unos\s+)?cheques\b", r"\bgiros?\s+postal(?:es)?\b",
        r"\brecib(?:ir|es|e|as)\s+(?:\w+\s+)?(?:pagos|paquetes)\b",
        blocks=True,
    ),
    signal(
        "gift-cards", 3, N_("gift cards or cryptocurrency"),
        r"\b(?:buy|purchas|pay|paid|send)(?:s|e|es|ing)?\b[^.!?\n]{0,40}\bgift\s+cards?\b",
        r"\bgift\s+cards?\b[^.!?\n]{0,40}\b(?:buy|purchase|pay|paid|send)\b",
        r"\b(?:paid|pay|payment|payments|buy|send)\b[^.!?\n]{0,30}\b(?:bitcoin|crypto(?:currency)?|usdt|ethereum)\b",
        r"\b(?:compr|pag|env[ií])\w*\b[^.!?\n]{0,40}\b(?:tarjetas?\s+de\s+regalo|criptomonedas?)\b",
        blocks=True,
    ),
    signal(
        "chat", 3, N_("write or call somewhere else, off the board"),
        r"\b(?:text|message|dm|add)\s+(?:me|us|him|her|the\s+manager)\b", r"\b(?:on|via|through|by)\s+(?:whats\s?app|telegram)\b", r"\b(?:whats\s?app|telegram)\s+(?:me|us)\b",
        r"\b(?:contact|reach|chat|interview\w*|write|talk)\b[^.!?\n]{0,30}\b(?:whats\s?app|telegram|hangouts?|yahoo|google\s+chat"
        r"|kik|skype|signal)\b",
        r"\bmy\s+(?:personal|private)\s+(?:e-?mail|number|phone)\b", r"\b(?:por|al?|en|nuestro|mi)\s+(?:whats\s?app|telegram)\b",
        r"\b(?:escr[ií]be|m[aá]nda|env[ií]a|agr[eé]ga|ll[aá]ma|cont[aá]cta)(?:me|nos)\b",
    ),
    signal("disguised", 2, N_("words written so that only people can read them")),
    signal("nobody", 3, N_("nothing about who the organization is")),
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
        rf"\bgan(?:ar?|as|e)\s+(?:dinero|hasta|{MONEY})", rf"{MONEY}\s+(?:d[oó]lares\s+)?(?:al|por|a\s+la)\s+(?:d[ií]a|semana|mes)\b", r"\bingresos?\s+(?:extra|ilimitados?)\b",
    ),
    signal("sum", 2, N_("a sum of money in the title"), r"[$€£]\s?\d", in_title=True),
    signal("pay", 2, N_("pay far above what such work brings")),
    signal(
        "office", 2, N_("clerk, assistant, or receptionist: what such ads often offer"),
        r"\b(?:administrative|admin|office|personal|executive|clerical)\s+(?:assistant|clerk|support)|\bclerk\b|\breceptionist\b"
        r"|\bcustomer\s+service\s+rep|\b(?:asistente|auxiliar)\s+(?:administrativ|de\s+oficina|personal)|\brecepcionista\b",
        in_title=True,
    ),
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
    signal(
        "computer", 2, N_("all that is asked for is a computer or the internet"),
        r"\b(?:computer|internet)\s+(?:access|connection)\b", r"\baccess\s+to\s+(?:an?\s+|the\s+)?(?:computer|internet)\b",
        r"\b(?:conexi[oó]n|acceso)\s+a\s+internet\b",
    ),
    signal("shouting", 1.5, N_("a title in capital letters")),
    signal(
        "boss", 1.5, N_("be your own boss, change your life"),
        r"\bown\s+boss\b", r"\b(?:set|choose|make|pick|create)\s+your\s+(?:own\s+)?(?:hours|schedule)\b",
        r"\bown\s+schedule\b", r"\bfinancial(?:ly)?\s+(?:freedom|free|independen\w+)", r"\bchange\s+your\s+life\b",
        r"\bno\s+(?:cold[- ]calling|selling|sales)\b", r"\btu\s+propio\s+jefe\b", r"\blibertad\s+financiera\b",
    ),
    signal(
        "elsewhere", 2, N_("apply somewhere else, by a link"),
        r"\b(?:apply|application|applying|resume|cv)\b[^.!?\n]{0,50}\b(?:link|url|click|here)\b",
        r"\bclick\s+(?:here|below|the\s+link|on\s+the|this\s+link)\b", r"\bbelow\s+link\b", r"\blink\s*(?:below|here)?\s*[:#]",
        r"\b(?:bit\.ly|tinyurl\.com|goo\.gl|t\.co|ow\.ly|is\.gd|cutt\.ly|rb\.gy|shorturl\.at|t\.ly)/",
        r"\bhaz\s+clic\b",
    ),
    signal(
        "contact", 0.5, N_("a mail address or a phone number in the text"),
        r"[\w.+-]+@[\w-]+\.\w{2,}", r"\(?\b\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}\b",
    ),
    signal("throwaway", 2, N_("a mailbox that is thrown away soon")),
    signal(
        "personal", 0.5, N_("a mailbox that anybody can have, in the place of one of the organization"),
        r"[\w.+-]@(?:gmail|googlemail|yahoo|hotmail|outlook|live|msn|aol|icloud|gmx|proton(?:mail)?|ymail)\.\w",
    ),
    signal("remote", 0.5, N_("all of it from home, nobody is met")),
    signal(
        "weekly", 0.5, N_("paid every day or week"),
        r"\b(?:get\s+|be\s+|are\s+|is\s+)?paid\s+(?:every|each)?\s*(?:weekly|daily|friday|week|day|instantly|same\s+day)\b",
        r"\bweekly\s+(?:pay|pay\s?checks?|salary|wages?)\b", r"\bdaily\s+pay\b", r"\bpago\s+(?:diario|semanal)\b",
    ),
    signal("brief", 0.5, N_("hardly a word about the work")),
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
)  # fmt: skip
BY_NAME = {one.name: one for one in SIGNALS}
HOME = re.compile(
    r"\b(?:work(?:ing)?|jobs?|positions?|business|earn)\b[^.!?\n]{0,25}\b(?:from|at)\s+(?:\w+\s+){0,2}home\b|\bhome[- ]based\b"
    r"|\bwork[- ](?:from|at)[- ]home\b|\bcomfort\s+of\s+(?:your|their)\b|\bdesde\s+(?:tu\s+)?casa\b",
    re.I,
)
