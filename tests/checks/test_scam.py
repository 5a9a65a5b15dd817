"""Signals of a swindle: each has a text that has it and one that is near and has not; the sum is said from LIMIT on."""

import csv
import gzip
import json
import os
from pathlib import Path

import pytest

from board.checks import scam, scanning
from board.checks.results import Level
from tests import factories

pytestmark = pytest.mark.usefixtures("app")  # the days of a posting are those of the school

SHARED = Path(os.environ.get("SHARED_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")
LONG = "You draw the map of our shop, ask three customers what they miss, and set it on one page. " * 8
ABOUT = "We have sold bread on Alder Street since 1987."


def names(work: str = "", title: str = "Draw our map", about: str = ABOUT, **more) -> set[str]:
    return {one.name for one in scam.look(scam.Offer(title, LONG + work, about=about, **more)).signals}


CASES = {
    "fee": ("A registration fee of $30.", "A fee schedule for our patients."),
    "identity": ("Send us your bank details.", "A poster for our bank."),
    "checks": ("You cash checks for us.", "We pay by direct deposit or check."),
    "gift-cards": ("Buy gift cards for us.", "A design for our gift cards."),
    "chat": ("Text me about it.", "Write the text for us."),
    "bonus": ("A signing bonus of $100.", "A bonus page in the booklet."),
    "earn": ("Earn up to $500 a week.", "$200 for the whole project, over 2 weeks of work."),
    "easy": ("Data entry.", "Enter the data into our map."),
    "legit": ("This is legit.", "A legible map."),
    "boss": ("Be your own boss.", "Our boss looks at it."),
    "elsewhere": ("Apply by this link.", "Link the pages to each other."),
    "contact": ("pat@example.org", "pat at the counter"),
    "weekly": ("You get paid weekly.", "A weekly meeting."),
    "anybody": ("No experience needed.", "Tell us about your experience."),
    "vague": ("Various tasks.", "One task."),
    "urgent": ("Apply now!", "Apply by Friday."),
    "remote": ("You work from home.", "You work at the shop; home is another page."),
}


@pytest.mark.parametrize("name", CASES)
def test_a_signal_is_found_and_what_is_near_it_is_not(name):
    has, near = CASES[name]
    assert name in names(has)
    assert name not in names(near)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Envía una copia de tu identificación.", "identity"),
        ("Pago de inscripción: $20.", "fee"),
        ("Depositar cheques.", "checks"),
        ("Compra tarjetas de regalo.", "gift-cards"),
        ("Escríbeme hoy.", "chat"),
        ("Gana dinero desde casa.", "earn"),
        ("Trabajo fácil.", "vague"),
    ],
)
def test_signals_are_found_in_spanish(text, name):
    assert name in names(text)


def test_signals_that_are_no_words():
    assert "nobody" in names(about=" ") and "nobody" not in names()
    assert "shouting" in names(title="EARN MONEY NOW") and "shouting" not in names(title="FAQ for the CAD club")
    assert "pay" in names(hourly_cents=6001) and "pay" not in names(hourly_cents=6000)
    assert "remote" in names(remote=True)
    assert "brief" in {one.name for one in scam.look(scam.Offer("Help", "Help us.", about=ABOUT)).signals}
    assert names() == set()
    assert set(scam.BY_NAME) == set(CASES) | {"nobody", "shouting", "pay", "brief"}


def results(**changes):
    values = factories.full_content(**changes)
    return scanning.scan(scanning.texts_of(values), scanning.offer_of(values, ABOUT), ("drawing",), 14)


def test_an_ordinary_posting_has_none():
    assert results(description=LONG) == []


@pytest.mark.parametrize("name", [one.name for one in scam.SIGNALS if one.blocks])
def test_what_is_never_asked_of_a_student_blocks_where_it_stands(name):
    (result,) = results(description=LONG + CASES[name][0])
    assert (result.rule, result.level, result.key, result.mark) == ("R23", Level.BLOCKS, "description", f"R23:{name}")
    assert result.values["text"] in CASES[name][0] and not result.for_staff


def test_the_sum_is_for_staff_and_is_said_from_the_limit_on():
    loud = "Earn $300 a week. Be your own boss. Get paid weekly. No experience needed."
    (result,) = results(description=LONG + loud, place="on-site")
    assert (result.level, result.mark[:8], result.for_staff) == (Level.REASON, "R23:sum:", True)
    assert [weight for _words, weight in result.values["signals"]] == ["2", "1.5", "1", "0.5"]
    assert float(result.values["score"]) == scam.LIMIT
    assert results(description=LONG + loud.replace("No experience needed.", ""), place="on-site") == []
    json.dumps(result.values)  # it is kept with the approval


def test_nine_of_ten_ads_it_speaks_of_are_fraudulent():
    path = SHARED / "scam_labelled_ads.csv.gz"
    if not path.exists():
        pytest.skip("there is no shared data with labelled ads here")
    spoken = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rest = f"{row['requirements']}\n{row['benefits']}"
            offer = scam.Offer(
                row["title"], row["description"], rest, row["company_profile"], row["telecommuting"] == "1"
            )
            if scam.look(offer).is_over:
                spoken.append(row["fraudulent"] == "1")
    assert len(spoken) > 60
    assert sum(spoken) / len(spoken) >= 0.9
