"""What a family that has said yes hears of: another adult, other times, another place."""

from datetime import timedelta

import pytest

from board.db import now
from board.employers.model import Supervisor
from board.guardians import actions
from board.guardians.model import GuardianAnswer, GuardianAsk, Word
from board.mail.model import Mail
from board.placements import agreement_actions, match_actions, terms
from board.placements.guardian import asked
from board.placements.match_rules import Choice
from board.placements.model import Placement
from tests import factories
from tests.doors.letters import body, letters
from tests.guardians.conftest import sign
from tests.inspector import by_id, text_of, words


@pytest.fixture
def agreed(cast, matched, link, client):
    sign(client(), link)
    GuardianAnswer.update(created_at=now() - timedelta(hours=1)).execute()
    GuardianAsk.update(created_at=now() - timedelta(hours=2)).execute()
    made = Placement.get_by_id(matched.id)
    match_actions.agree(made, cast.okafor, Choice(cast.okafor, cast.ruiz, made.supervisor, made.starts_on, made.due_on), 1)  # fmt: skip
    return Placement.get_by_id(made.id)


def news() -> list[Mail]:
    return [mail for mail in letters() if mail.letter == "guardian_news"]


def test_another_adult_is_told_to_who_said_yes_by_a_link_and_on_the_page(client, cast, agreed, link, settings):
    browser = client()
    browser.get(link + "?language=en")
    assert by_id(browser.page, "changed") is None and "Pat Lindqvist" in text_of(browser.page)
    other = Supervisor.create(employer=cast.cedar, name="Lou Berg", title="Foreman")
    match_actions.name(agreed, cast.okafor, Choice(cast.okafor, cast.ruiz, other, agreed.starts_on, agreed.due_on))
    assert [(mail.address, mail.language) for mail in news()] == [("ana@example.net", "es")]
    browser.get(link + "?language=en")
    assert "something has changed: the adult." in words(by_id(browser.page, "changed"))
    assert "Lou Berg" in text_of(browser.page) and "Pat Lindqvist" not in text_of(browser.page)
    assert asked(agreed).yes, "the yes stands until they take it back"
    sent = [one for one in factories.letters(settings) if one["To"] == "ana@example.net"][-1]
    text = sent["Subject"] + body(sent)
    assert "Maya" in text and "/g/" in text and "Rivera" not in text.replace("Ana Rivera", "")
    sign(browser, link)
    browser.get(link)
    assert by_id(browser.page, "changed") is None, "a yes to it as it is now"


def test_a_slip_of_the_same_day_is_no_news(cast, agreed, ana):
    actions.print_slip(agreed.application, cast.okafor, "es", ana)
    other = Supervisor.create(employer=cast.cedar, name="Lou Berg", title="Foreman")
    match_actions.name(agreed, cast.okafor, Choice(cast.okafor, cast.ruiz, other, agreed.starts_on, agreed.due_on))
    assert [mail.address for mail in news()] == ["ana@example.net"]


def test_other_times_are_read_on_the_page_and_a_day_of_changes_is_one_letter(client, cast, agreed, link):
    for times, place in (("Fridays, 3 to 5 pm.", "12 Alder Street, Old Town"), ("Fridays, 4 to 6 pm.", "9 Mill Road")):
        values = {"times": times, "place": place}
        agreement_actions.change(Placement.get_by_id(agreed.id), cast.dana, values, terms.of(agreed).version)
    assert len(news()) == 1
    browser = client()
    browser.get(link + "?language=en")
    page = text_of(browser.page)
    assert "Fridays, 4 to 6 pm." in page and "9 Mill Road" in page and "12 Alder Street" not in page
    assert "Tuesdays" not in page.split("What your yes means")[0].split("When")[1].split("Pay")[0]
    agreement_actions.change(agreed, cast.dana, {"call": "Pat, 503 555 0199"}, terms.of(agreed).version)
    GuardianAsk.update(created_at=now() - timedelta(days=2)).execute()
    agreement_actions.change(agreed, cast.dana, {"call": "Pat, 503 555 0198"}, terms.of(agreed).version)
    assert len(news()) == 1, "whom to call is nothing they agreed to"


def test_who_has_not_said_yes_is_told_of_no_change(app, cast, agreed):
    actions.answer(GuardianAsk.get(), Word.NO, "", "es")
    agreement_actions.change(agreed, cast.dana, {"times": "Fridays."}, terms.of(agreed).version)
    assert news() == []
