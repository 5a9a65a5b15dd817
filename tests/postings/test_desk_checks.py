"""Checks on the desk: what blocks is said instead of the yes, and what asks for a reason gets one."""

import pytest

from board.checks.model import Harmless
from board.checks.results import mark_of
from board.postings import actions, claims, queue, revisions, second
from board.postings.checking import NeedsReason
from board.postings.model import Comment, Posting
from board.school.model import School
from tests import factories
from tests.inspector import by_id, having, text_of, words

LINK = "Look at what they have at www.alderfallsmuseum.org first."  # a link may belong to the work: it asks
MARK = mark_of("R22:link", ["www.alderfallsmuseum.org"])
PHONE = "Call 503 555 0142."  # blocks


def state_of(posting) -> str:
    return Posting.get_by_id(posting.id).state


def typed(posting, name: str, page):
    return next(e for e in page.iter("input", "textarea", "select") if e.get("name") == name)


@pytest.fixture
def asking(cast):
    return factories.make_posting("submitted", cast.cedar, description=LINK)


@pytest.fixture
def blocked(cast):
    """Sent in before the checks knew better."""
    posting = factories.make_posting("submitted", cast.cedar)
    Posting.update(description=PHONE).where(Posting.id == posting.id).execute()
    return Posting.get_by_id(posting.id)


def test_a_check_that_asks_gets_its_reason_with_the_yes(client, cast, asking):
    teacher = client(cast.okafor)
    teacher.get(f"/review/{asking.id}")
    (check,) = having(teacher.page, "data-asks", "open")
    mark = next(e.get("name") for e in check.iter("input")).removeprefix("reason-")
    data = {f"reason-{mark}": "It is the museum the student writes about."}
    assert teacher.post(f"/review/{asking.id}/approve", data=data).status_code == 303
    assert state_of(asking) == "open"
    assert [(row.mark, row.once) for row in Harmless.select()] == [(mark, 1)]


def test_without_a_reason_it_says_where_one_is_missing_and_keeps_what_was_ticked(client, cast, asking):
    teacher = client(cast.okafor)
    response = teacher.post(f"/review/{asking.id}/approve", data={"remember": MARK})
    assert response.status_code == 422 and state_of(asking) == "submitted"
    assert "Say why it is all right" in words(by_id(teacher.page, "errors"))
    reason = next(e for e in teacher.page.iter("input") if e.get("name") == f"reason-{MARK}")
    assert reason.get("aria-invalid") == "true"
    (line,) = by_id(teacher.page, "errors").iter("a")
    assert line.get("href") == f"#{reason.get('id')}"
    assert next(e for e in teacher.page.iter("input") if e.get("value") == MARK).get("checked") is not None


def test_a_reason_too_short_to_explain_anything_is_refused_and_nothing_is_kept(client, cast, asking):
    teacher = client(cast.okafor)
    assert teacher.post(f"/review/{asking.id}/approve", data={f"reason-{MARK}": "ok"}).status_code == 422
    assert state_of(asking) == "submitted" and not Harmless.select().exists()
    assert next(e for e in teacher.page.iter("input") if e.get("name") == f"reason-{MARK}").get("value") == "ok"


def test_a_reason_that_is_remembered_is_not_asked_again_of_this_employer(client, cast, asking):
    teacher = client(cast.okafor)
    data = {f"reason-{MARK}": "Their own page, and students write for it.", "remember": MARK}
    teacher.post(f"/review/{asking.id}/approve", data=data)
    other = factories.make_posting("submitted", cast.cedar, description=LINK)
    foreign = factories.make_posting("submitted", cast.mill, description=LINK)
    teacher.get(f"/review/{other.id}")
    assert not having(teacher.page, "data-asks", "open")
    assert "Their own page" in words(having(teacher.page, "data-asks", "answered")[0])
    teacher.get(f"/review/{foreign.id}")
    assert having(teacher.page, "data-asks", "open")


def test_what_blocks_stands_in_place_of_the_yes_and_in_the_words_to_the_employer(client, cast, blocked):
    teacher = client(cast.okafor)
    teacher.get(f"/review/{blocked.id}")
    assert "approve" not in {e.get("data-move") for e in having(teacher.page, "data-move")}
    assert "503 555 0142" in words(by_id(teacher.page, "blocks"))
    prefilled = words(by_id(teacher.page, "ask-work"))
    assert "503 555 0142" in prefilled and "Take it out" in prefilled
    assert teacher.post(f"/review/{blocked.id}/approve").status_code == 422
    assert state_of(blocked) == "submitted"
    teacher.post(f"/review/{blocked.id}/ask_changes", data={"section-work": prefilled})
    assert [(c.section, "503 555 0142" in c.words) for c in Comment.select()] == [("work", True)]


def test_signals_of_a_scam_are_listed_for_the_teacher_and_not_written_to_the_employer(client, cast):
    bait = (
        "Earn $900 weekly from home! No experience needed, kindly contact our hiring manager on WhatsApp. "
        "Urgent: start immediately, limited slots, easy money, flexible, be your own boss."
    )
    posting = factories.make_posting(
        "submitted", cast.cedar, title="Data entry clerk, work from home", description=bait
    )
    teacher = client(cast.okafor)
    teacher.get(f"/review/{posting.id}")
    scam = [e for e in having(teacher.page, "data-rule", "R23") if "scam" in words(e)]
    assert scam, "the sum is over the limit"
    assert len(list(scam[0].iter("li"))) > 3  # itself and its signals
    assert "scam" not in " ".join(words(e) for e in teacher.page.iter("textarea"))


def test_a_word_that_needs_a_look_is_said_with_what_was_read(client, cast):
    posting = factories.make_posting("submitted", cast.cedar, description="You bake cookies in the oven with us.")
    teacher = client(cast.okafor)
    teacher.get(f"/review/{posting.id}")
    (check,) = [e for e in having(teacher.page, "data-rule", "R10") if "bake" in words(e)]
    assert next(check.iter("a")).get("href").startswith("https://")


# -- two teachers


@pytest.fixture
def two(cast):
    School.update(second_teacher=True).execute()
    return factories.make_posting("submitted", cast.cedar, **factories.ON_SITE)


def test_the_foot_of_a_phone_says_what_stands_in_the_way_and_offers_the_yes_only_where_the_page_does(
    client, cast, asking, blocked, two
):
    def foot(person, posting) -> tuple[str, bool]:
        teacher = client(person)
        teacher.get(f"/review/{posting.id}")
        bar = next(e for e in teacher.page.iter("div") if "decide-bar" in e.get("class", ""))
        yes = [e for e in bar.iter("button") if e.get("form") == "yes" and e.get("name") == "next"]
        assert bool(yes) == (by_id(teacher.page, "yes") is not None)
        return words(bar), bool(yes)

    good = factories.make_posting("submitted", cast.cedar)
    unchecked = factories.make_posting("submitted", cast.newcomer)
    taken = factories.make_posting("submitted", cast.cedar)
    claims.take(taken, cast.ruiz)
    client(cast.okafor).post(f"/review/{two.id}/approve")
    for posting, person, said, yes in (
        (good, cast.okafor, "Every check passed", True),
        (asking, cast.okafor, "One check asks for a reason", True),
        (blocked, cast.okafor, "One check blocks it", False),
        (unchecked, cast.okafor, "One check blocks it", False),
        (taken, cast.okafor, "Elena Ruiz has taken this.", False),
        (taken, cast.ruiz, "Every check passed", True),
        (two, cast.okafor, "You have agreed. It waits for a second teacher.", False),
        (two, cast.ruiz, "Nothing blocks; look at one check", True),
    ):
        told, offered = foot(person, posting)
        assert said in told and offered is yes, (said, told)


def test_work_that_is_not_remote_opens_with_the_second_teachers_yes(client, cast, two):
    first, other = client(cast.okafor), client(cast.ruiz)
    first.get(f"/review/{two.id}")
    assert "Your yes is the first" in text_of(first.page)
    assert first.post(f"/review/{two.id}/approve").status_code == 303
    assert state_of(two) == "submitted"
    first.get(f"/review/{two.id}")
    assert "It waits for a second teacher" in words(by_id(first.page, "second"))
    assert first.post(f"/review/{two.id}/approve").status_code == 422
    other.get("/review")
    assert "Waits for a second teacher" in text_of(other.page)
    other.get(f"/review/{two.id}")
    assert "Sam Okafor has agreed" in words(by_id(other.page, "second"))
    other.post(f"/review/{two.id}/approve")
    assert state_of(two) == "open"


def test_the_second_yes_taken_back_leaves_the_first(client, cast, two):
    client(cast.okafor).post(f"/review/{two.id}/approve")
    other = client(cast.ruiz)
    other.post(f"/review/{two.id}/approve")
    other.post(f"/review/{two.id}/undo")
    other.get(f"/review/{two.id}")
    assert "Sam Okafor has agreed" in words(by_id(other.page, "second"))
    other.post(f"/review/{two.id}/approve")
    assert state_of(two) == "open"


def test_remote_work_and_a_school_that_did_not_ask_need_one_teacher(cast, two):
    assert not second.needs_second(factories.full_content())
    assert second.needs_second(factories.full_content(place="hybrid"))
    School.update(second_teacher=None).execute()
    actions.approve(two, cast.okafor)
    assert state_of(two) == "open"


def test_no_way_leads_around_the_second_teacher(cast, two):
    with pytest.raises(actions.Refused):
        actions.approve(two, cast.okafor)
    assert state_of(two) == "submitted"


def test_another_text_makes_the_first_yes_void(client, cast, two):
    client(cast.okafor).post(f"/review/{two.id}/approve")
    actions.take_back(two, cast.dana)
    actions.save_draft(Posting.get_by_id(two.id), cast.dana, {"deliverable": "Two printed pages."})
    actions.submit(Posting.get_by_id(two.id), cast.dana)
    client(cast.ruiz).post(f"/review/{two.id}/approve")
    assert state_of(two) == "submitted", "this was the first yes to the new text"


def test_a_change_written_again_makes_the_first_yes_to_it_void(client, cast):
    posting = factories.make_posting("open", cast.cedar, **factories.ON_SITE)
    School.update(second_teacher=True).execute()
    revisions.propose(posting, cast.dana, {"hours": 11})
    client(cast.okafor).post(f"/review/{posting.id}/approve_change")
    revisions.propose(posting, cast.dana, {"hours": 12})
    other = client(cast.ruiz)
    other.post(f"/review/{posting.id}/approve_change")
    assert Posting.get_by_id(posting.id).hours == 10, "this was the first yes to the new change"
    client(cast.okafor).post(f"/review/{posting.id}/approve_change")
    assert Posting.get_by_id(posting.id).hours == 12


def test_a_first_yes_that_is_void_stands_nowhere(client, cast):
    posting = factories.make_posting("open", cast.cedar, **factories.ON_SITE)
    School.update(second_teacher=True).execute()
    revisions.propose(posting, cast.dana, {"description": "Wipe the shelves. Then paint the sign."})
    teacher = client(cast.okafor)
    teacher.post(f"/review/{posting.id}/approve_change")
    teacher.get("/review")
    assert "Waits for a second teacher" in text_of(teacher.page)
    revisions.propose(Posting.get_by_id(posting.id), cast.dana, {"description": "Paint the sign, then the shelves."})
    teacher.get("/review")
    assert "Waits for a second teacher" not in text_of(teacher.page)
    assert queue.next_after(factories.make_posting("submitted", cast.mill), None, cast.okafor) == posting.id


def test_a_school_that_asks_for_one_teacher_again_is_told_that_it_is_open(client, cast, two):
    teacher = client(cast.okafor)
    teacher.post(f"/review/{two.id}/approve")
    School.update(second_teacher=False).execute()
    teacher.get(teacher.post(f"/review/{two.id}/approve").location)
    assert state_of(two) == "open" and "is open. Students can find it now." in text_of(teacher.page)


def test_the_first_teacher_takes_their_yes_back(client, cast, two):
    teacher = client(cast.okafor)
    teacher.post(f"/review/{two.id}/approve")
    teacher.post(f"/review/{two.id}/take-yes-back")
    client(cast.ruiz).post(f"/review/{two.id}/approve")
    assert state_of(two) == "submitted"


def test_the_first_yes_needs_its_reasons_too(client, cast):
    School.update(second_teacher=True).execute()
    posting = factories.make_posting("submitted", cast.cedar, **factories.ON_SITE, description=LINK)
    assert client(cast.okafor).post(f"/review/{posting.id}/approve").status_code == 422
    with pytest.raises(NeedsReason):
        actions.approve(posting, cast.okafor)
