"""A hit judged harmless stays so, for one posting or for an employer, and can be taken back."""

import pytest

from board.checks import actions, scanning
from board.checks.model import Harmless
from board.checks.results import Level
from board.moves import NotAllowed, Refused, Step
from board.notices import deliver
from board.postings import actions as postings
from board.postings import content
from tests import factories
from tests.inspector import text_of
from tests.test_notices import hearers

LOUD = "Earn $300 a week from home. Be your own boss. Get paid weekly. No experience needed, apply now."
WHY = "They are a bakery and write about their shop."


def scanned(posting):
    values = content.read(posting)
    found = scanning.scan(scanning.texts_of(values), scanning.offer_of(values, "A shop."), ("drawing",), 14)
    return {one.mark: one for one in actions.judged(found, posting.employer_id, posting.id)}


@pytest.fixture
def baking(cast):
    return factories.make_posting("draft", cast.cedar, description="We bake bread. Draw our oven.")


@pytest.mark.parametrize("remember", [False, True])
def test_a_reason_is_found_again_by_the_posting_and_if_remembered_by_the_employer(cast, baking, remember):
    assert scanned(baking)["R10:baking"].is_open
    actions.judge(cast.cedar, "R10:baking", WHY, cast.okafor, baking.id, remember)
    assert scanned(baking)["R10:baking"].reason == WHY and not scanned(baking)["R10:baking"].is_open
    other = factories.make_posting("draft", cast.cedar, description="We bake.")
    assert scanned(other)["R10:baking"].is_open is not remember
    strange = factories.make_posting("draft", factories.make_employer(), description="We bake.")
    assert scanned(strange)["R10:baking"].is_open


def test_a_link_that_was_judged_lets_no_other_link_through_nor_a_scam_with_more_signals(cast):
    def asked(posting, rule):
        (one,) = [one for mark, one in scanned(posting).items() if mark.startswith(rule)]
        return one

    own, other = "Our menu is at www.alder-shop.com/menu.", "Write to @alder on the app."
    posting = factories.make_posting("draft", cast.cedar, description=own)
    actions.judge(cast.cedar, asked(posting, "R22:link").mark, WHY, cast.okafor, posting.id, True)
    assert not asked(posting, "R22:link").is_open
    assert not asked(factories.make_posting("draft", cast.cedar, description=f"See it. {own}"), "R22:link").is_open
    for words in (other, f"{own} {other}"):
        assert asked(factories.make_posting("draft", cast.cedar, description=words), "R22:link").is_open, words
    loud = factories.make_posting("draft", cast.cedar, description=LOUD)
    actions.judge(cast.cedar, asked(loud, "R23:sum").mark, WHY, cast.okafor, loud.id, True)
    assert not asked(loud, "R23:sum").is_open
    louder = factories.make_posting("draft", cast.cedar, description=f"{LOUD} Text me for a signing bonus.")
    assert asked(louder, "R23:sum").is_open


def test_what_blocks_is_never_judged_away(cast):
    posting = factories.make_posting("draft", cast.cedar, description="Send us your bank details.")
    actions.judge(cast.cedar, "R23:identity", WHY, cast.okafor, posting.id, True)
    assert scanned(posting)["R23:identity"].level == Level.BLOCKS and scanned(posting)["R23:identity"].is_open


@pytest.mark.parametrize("reason", ["", "  ", "ok", "\u200b"])
def test_a_judgment_says_why(cast, baking, reason):
    with pytest.raises(Refused):
        actions.judge(cast.cedar, "R10:baking", reason, cast.okafor, baking.id)
    assert not Harmless.select().exists()


@pytest.mark.parametrize("who", ["maya", "dana"])
def test_only_staff_judge_and_take_back(cast, baking, who):
    person = getattr(cast, who)
    with pytest.raises(NotAllowed):
        actions.judge(cast.cedar, "R10:baking", WHY, person, baking.id)
    made = actions.judge(cast.cedar, "R10:baking", WHY, cast.okafor, baking.id, True)
    with pytest.raises(NotAllowed):
        actions.withdraw(made, person)


def test_staff_read_what_is_remembered_and_take_it_back(client, cast, baking):
    made = actions.judge(cast.cedar, "R10:baking", WHY, cast.okafor, baking.id, True)
    actions.judge(cast.cedar, "R22:link", "It is the page they work on.", cast.okafor, baking.id)  # for one posting
    address = f"/employers/{cast.cedar.id}"
    okafor = client(cast.okafor)
    okafor.get(address)
    assert WHY in text_of(okafor.page) and "It is the page" not in text_of(okafor.page)
    for other in (cast.dana, cast.maya):
        browser = client(other)
        browser.get(address)
        assert WHY not in text_of(browser.page)
    assert okafor.post(f"/employers/{cast.newcomer.id}/harmless/{made.id}").status_code == 404
    assert okafor.post(f"{address}/harmless/{made.id}").status_code == 303
    assert okafor.post(f"{address}/harmless/{made.id}").status_code == 404
    okafor.get(address)
    assert WHY not in text_of(okafor.page)
    assert scanned(baking)["R10:baking"].is_open
    assert [step.move for step in Step.of(cast.cedar)][-1] == "ask_again"


# -- what reads like a scam


def test_coordinators_hear_once_of_what_reads_like_a_scam_and_its_employer_does_not(client, cast):
    posting = factories.make_posting("submitted", cast.cedar, description=LOUD)
    deliver()
    assert hearers(("employer", "alert")) == {"Elena"}
    postings.take_back(posting, cast.dana)
    postings.submit(posting, cast.dana)
    assert Step.select().where(Step.move == "alert").count() == 1
    dana = client(cast.dana)
    for address in ("/", "/notices", "/employer", f"/employer/postings/{posting.id}", f"/employers/{cast.cedar.id}"):
        dana.get(address, follow_redirects=True)
        assert "scam" not in text_of(dana.page)
    factories.make_posting("submitted", cast.cedar)
    assert Step.select().where(Step.move == "alert").count() == 1
