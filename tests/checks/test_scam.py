"""Signals of a scam: each has a text that has it and one that is near and has not; the sum is said from LIMIT on."""

import csv
import gzip
import json
import os
import random
from pathlib import Path

import pytest

from board.checks import scam, scanning
from board.checks.results import Level
from board.checks.scam_signals import BY_NAME, SIGNALS
from board.postings import checking, starters
from tests import factories
from tests.inspector import having, text_of

pytestmark = pytest.mark.usefixtures("app")  # the days of a posting are those of the school

SHARED = Path(os.environ.get("SHARED_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")
LONG = "You draw the map of our shop, ask three customers what they miss, and set it on one page. " * 8
ABOUT = "We have sold bread on Alder Street since 1987."


def names(work: str = "", title: str = "Draw our map", about: str = ABOUT, **more) -> set[str]:
    return {one.name for one in scam.look(scam.Offer(title, LONG + work, about=about, **more)).signals}


CASES = {  # a text that has it, and one that is near and has not
    "fee": ("A registration fee of $30.", "A fee schedule for our patients, and a starter kit for them."),
    "identity": ("Send us your bank details.", "A poster for our bank; the SSN field of a form."),
    "checks": ("You cash checks for us.", "We pay by direct deposit or check; the shop receives payments."),
    "gift-cards": ("Buy gift cards for us.", "A design for our payment page and gift cards."),
    "chat": ("Text me about it.", "Write the text for us."),
    "bonus": ("A signing bonus of $100.", "A bonus page in the booklet."),
    "earn": ("Earn up to $500 a week.", "$200 for the whole project, over 2 weeks of work."),
    "easy": ("Data entry.", "Enter the data into our map."),
    "legit": ("This is legit.", "A legible map."),
    "boss": ("Be your own boss.", "Our boss looks at it."),
    "elsewhere": ("Apply by this link.", "Link the pages to each other."),
    "contact": ("pat@example.org", "pat at the counter"),
    "personal": ("pat.shop@gmail.com", "Answer mails in Gmail."),
    "weekly": ("You get paid weekly.", "A weekly meeting."),
    "anybody": ("No experience needed.", "Tell us about your experience."),
    "vague": ("Various tasks.", "One task."),
    "computer": ("You need a computer and internet access.", "You repair a computer."),
    "remote": ("You work from home.", "You work at the shop; home is another page."),
}
SPANISH = {
    "Envía una copia de tu identificación.": "identity",
    "Danos tu número de seguro social.": "identity",
    "Pago de inscripción: $20.": "fee",
    "Paga un depósito.": "fee",
    "Depositar cheques.": "checks",
    "Compra tarjetas de regalo.": "gift-cards",
    "Escríbeme hoy.": "chat",
    "Mándanos un mensaje por WhatsApp.": "chat",
    "Gana dinero desde casa.": "earn",
    "$500 por semana": "earn",
    "Trabajo fácil.": "vague",
}
# as people write it who know that a machine reads it: {what is written: (the signal, whether it counts as hidden)}
HIDDEN = {
    "t e x t me": ("chat", False),
    "t e x t m e": ("chat", True),
    "T-E-X-T  M-E": ("chat", True),
    "Find us on w.h.a.t.s.a.p.p": ("chat", False),
    "W.h.a.t.s.A.p.p me": ("chat", False),
    "\uff54\uff45\uff58\uff54 \uff4d\uff45": ("chat", False),  # fullwidth
    "te\u200bxt m\u200de": ("chat", False),  # unseen characters in between
    "t\u0336e\u0336x\u0336t\u0336 me": ("chat", False),  # struck through
    "\u0442\u0435\u0445t me": ("chat", True),  # Cyrillic letters among Latin ones
    "\U0001d42d\U0001d41e\U0001d431\U0001d42d me": ("chat", False),  # mathematical bold
    "t3xt me": ("chat", False),
    "g.i.f.t c.a.r.d.s, b.u.y g.i.f.t c.a.r.d.s": ("gift-cards", True),
    "s o c i a l s e c u r i t y n u m b e r": ("identity", True),
    "E s c r í b e m e": ("chat", True),
}


def test_each_signal_is_found_and_what_is_near_it_is_not():
    for name, (has, near) in CASES.items():
        assert name in names(has), has
        assert name not in names(near), near
    for text, name in SPANISH.items():
        assert name in names(text), text


def test_words_that_are_hidden_from_machines_are_read_all_the_same():
    for text, (name, counts) in HIDDEN.items():
        assert name in names(text), text
        assert ("disguised" in names(text)) is counts, text
    for text in ("S T E M club, Y.M.C.A., A B C D", "a 3D model, 10k steps, B2B", "µm and Ωm", "Россия", "t e x t"):
        assert names(text) == set(), text
    assert "disguised" in names("a b " * 200)  # nobody spells on for so long


def test_what_blocks_is_quoted_as_it_was_written():
    (result,) = results(description=LONG + "First b.u.y \uff47\uff49\uff46\uff54 cards.")
    assert result.values["text"] == "b.u.y \uff47\uff49\uff46\uff54 cards"


def test_signals_that_are_no_words():
    assert "nobody" in names(about=" ") and "nobody" not in names()
    assert "shouting" in names(title="EARN MONEY NOW") and "shouting" not in names(title="FAQ for the CAD club")
    assert "sum" in names(title="Earn $500") and "sum" not in names("Earn $500")
    assert "office" in names(title="Office assistant") and "office" not in names("Ask the office assistant.")
    assert "pay" in names(hourly_cents=6001) and "pay" not in names(hourly_cents=6000)
    assert "remote" in names(remote=True)
    assert "throwaway" in names(mailbox="disposable") and "personal" in names(mailbox="free")
    assert "brief" in {one.name for one in scam.look(scam.Offer("Help", "Help us.", about=ABOUT)).signals}
    assert names() == names(mailbox="own") == set()
    others = {"nobody", "shouting", "sum", "office", "pay", "throwaway", "brief", "disguised"}
    assert set(BY_NAME) == set(CASES) | others


def results(**changes):
    values = factories.full_content(**changes)
    return scanning.scan(scanning.texts_of(values), scanning.offer_of(values, ABOUT), ("drawing",), 14)


def test_an_ordinary_posting_has_none():
    assert results(description=LONG) == []


def test_what_is_never_asked_of_a_student_blocks_where_it_stands():
    for name in (one.name for one in SIGNALS if one.blocks):
        (result,) = results(description=LONG + CASES[name][0])
        assert (result.rule, result.level, result.key) == ("R23", Level.BLOCKS, "description")
        assert result.mark == f"R23:{name}"
        assert result.values["text"] in CASES[name][0] and not result.for_staff


def test_the_sum_is_for_staff_and_is_said_from_the_limit_on():
    loud = "Earn $300 a week. Be your own boss. Data entry. No experience needed."
    (result,) = results(description=LONG + loud, place="on-site")
    assert (result.level, result.mark[:8], result.for_staff) == (Level.REASON, "R23:sum:", True)
    assert [weight for _words, weight in result.values["signals"]] == ["2", "1.5", "1.5", "0.5"]
    assert results(description=LONG + loud.replace("Data entry.", ""), place="on-site") == []
    json.dumps(result.values)  # it is kept with the approval


def test_none_of_our_starters_reads_like_a_scam():
    shipped = starters.shipped()
    assert len(shipped) > 30
    for slug, values in shipped.items():
        assert not scam.look(scanning.offer_of(values, "")).is_over, slug


def test_more_than_nine_of_ten_ads_it_speaks_of_are_fraudulent_in_every_half_of_them():
    path = SHARED / "scam_labelled_ads.csv.gz"
    if not path.exists():
        pytest.skip("there is no shared data with labelled ads here")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    ads = []
    for row in rows:
        rest = f"{row['requirements']}\n{row['benefits']}"
        offer = scam.Offer(row["title"], row["description"], rest, row["company_profile"], row["telecommuting"] == "1")
        ads.append((scam.look(offer).is_over, row["fraudulent"] == "1"))
    for seed in range(20):
        random.Random(seed).shuffle(ads)
        half = ads[: len(ads) // 2]
        spoken = [bad for is_over, bad in half if is_over]
        assert sum(spoken) / len(spoken) >= 0.9
        assert sum(spoken) / sum(bad for _over, bad in half) >= 0.25


def test_a_website_says_who_they_are_and_a_mailbox_counts_where_it_can_decide(cast):
    values = factories.full_content(description="Help us.")
    employer = factories.make_employer(about="", website="")
    factories.make_person("employer", employer=employer, email="jo@yopmail.com")
    assert checking.offer_of(values, employer).mailbox == "disposable"
    employer.website = "https://example.org"
    assert checking.offer_of(values, employer).mailbox == ""  # too far from the limit to ask
    assert checking.offer_of(values, None).about == ""


def test_a_teacher_reads_each_signal_with_what_it_counts(cast, client):
    scam = "Earn $300 a week from home. Be your own boss. Data entry, get paid weekly. No experience needed."
    posting = factories.make_posting("submitted", cast.cedar, description=scam)
    okafor = client(cast.okafor)
    okafor.get(f"/review/{posting.id}")
    assert "/review/signals" in {one.get("href") for one in having(okafor.page, "href")}
    okafor.get("/review/signals")
    assert {one.get("data-signal") for one in having(okafor.page, "data-signal")} == set(BY_NAME)
    assert "From 5 on" in text_of(okafor.page)
    for who in (cast.dana, cast.maya):
        assert client(who).get("/review/signals").status_code == 403
