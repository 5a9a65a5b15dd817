"""The teacher's desk: what waits, what a posting shows before the decision, and the decision."""

from datetime import timedelta

import pytest
from playhouse.test_utils import count_queries

from board.db import now
from board.moves import Step
from board.postings import actions, revisions, texts
from board.postings.model import Comment, Posting, Revision, Viewing
from tests import factories
from tests.inspector import by_id, having, text_of, words


def state_of(posting) -> str:
    return Posting.get_by_id(posting.id).state


def rows(page) -> list[int]:
    return [int(e.get("data-posting")) for e in having(page, "data-posting")]


def moves_on(page) -> set[str]:
    return {e.get("data-move") for e in having(page, "data-move")}


@pytest.fixture
def waiting(cast):
    return factories.make_posting("submitted", cast.cedar, title="Sort the tool room")


# -- the list


def test_the_oldest_waits_first_and_changes_wait_with_the_postings(client, cast, waiting):
    older = factories.make_posting("submitted", cast.mill)
    Posting.update(submitted_at=now() - timedelta(days=3)).where(Posting.id == older.id).execute()
    open_one = factories.make_posting("open", cast.cedar)
    change = revisions.propose(open_one, cast.dana, {"title": "Another title"})
    Revision.update(created_at=now() - timedelta(days=1)).where(Revision.id == change.id).execute()
    teacher = client(cast.okafor)
    assert teacher.get("/review").status_code == 200
    assert rows(teacher.page) == [older.id, open_one.id, waiting.id]
    assert "3 days" in text_of(teacher.page)
    assert "A change" in words(having(teacher.page, "data-posting", str(open_one.id))[0])


def test_an_unchecked_employer_is_marked_on_the_desk(client, cast, waiting):
    unchecked = factories.make_posting("submitted", cast.newcomer)
    teacher = client(cast.okafor)
    teacher.get("/review")
    assert "Not yet checked" in words(having(teacher.page, "data-posting", str(unchecked.id))[0])
    assert "Not yet checked" not in words(having(teacher.page, "data-posting", str(waiting.id))[0])


def test_the_field_filter_shows_that_field_alone_with_counts(client, cast, waiting):
    sales = factories.make_posting("submitted", cast.mill, field="sales")
    teacher = client(cast.okafor)
    teacher.get("/review?field=sales")
    assert rows(teacher.page) == [sales.id]
    counts = {e.get("data-facet"): e.get("data-count") for e in having(teacher.page, "data-facet")}
    assert counts == {"field:sales": "1", "field:design-media": "1"}
    assert teacher.piece("/review?field=sales").get_data(as_text=True).count("data-posting") == 1
    teacher.get("/review?field=nothing&page=99999999999999999999")
    assert len(rows(teacher.page)) == 2


def test_an_empty_desk_says_well_done(client, cast):
    teacher = client(cast.okafor)
    teacher.get("/review")
    assert "Well done" in text_of(teacher.page)


def test_what_anybody_decided_lately_stands_below(client, cast, waiting):
    actions.approve(waiting, cast.ruiz)
    teacher = client(cast.okafor)
    teacher.get("/review")
    assert "Elena Ruiz" in words(by_id(teacher.page, "decided"))
    assert "Sort the tool room" in words(by_id(teacher.page, "decided"))


def test_the_desk_shows_who_has_a_posting_open(client, cast, waiting):
    client(cast.ruiz).get(f"/review/{waiting.id}")
    teacher = client(cast.okafor)
    teacher.get("/review")
    assert "Elena Ruiz" in words(having(teacher.page, "data-posting", str(waiting.id))[0])
    Viewing.update(seen_at=now() - timedelta(minutes=6)).execute()
    teacher.get("/review")
    assert "Elena Ruiz" not in words(having(teacher.page, "data-posting", str(waiting.id))[0])


def test_one_row_and_many_take_the_same_number_of_queries(client, cast, waiting):
    teacher = client(cast.okafor)
    teacher.get("/review")
    with count_queries() as one:
        teacher.get("/review")
    for _number in range(20):
        factories.make_posting("submitted", cast.mill)
    revisions.propose(factories.make_posting("open", cast.cedar), cast.dana, {"title": "Another title"})
    with count_queries() as many:
        teacher.get("/review")
    assert len(rows(teacher.page)) == 22
    assert many.count == one.count


@pytest.mark.parametrize("role", ["maya", "dana"])
def test_students_and_employers_have_no_desk(client, cast, waiting, role):
    browser = client(getattr(cast, role))
    assert browser.get("/review").status_code == 403
    assert browser.get(f"/review/{waiting.id}").status_code == 403
    assert browser.post(f"/review/{waiting.id}/approve").status_code == 403
    assert state_of(waiting) == "submitted"


# -- one posting


def test_a_draft_is_nobodys_business_yet(client, cast):
    draft = factories.make_posting("draft", cast.cedar)
    assert client(cast.okafor).get(f"/review/{draft.id}").status_code == 404
    assert client(cast.okafor).post(f"/review/{draft.id}/approve").status_code == 404


def test_every_part_of_the_text_is_there_and_what_lacks_is_said(client, cast, waiting):
    Posting.update(paid_how="", decide_by=None).where(Posting.id == waiting.id).execute()
    teacher = client(cast.okafor)
    teacher.get(f"/review/{waiting.id}")
    text = words(by_id(teacher.page, "text"))
    for said in ("read the old list", "One printed page", "A first sketch", "Canva", "Photography", "10 hours",
                 "$200 fixed = $20 an hour", "Remote", "14 and up", "What do you like to draw?", "Design Intern",
                 "Ask before using AI tools", "Design & Media"):  # fmt: skip
        assert said in text, said
    assert "How it is paidnot given" in text
    assert "Decided bynot given" in text
    assert having(by_id(teacher.page, "text"), "class", "prose")


@pytest.mark.parametrize(
    "state", ["submitted", "changes_requested", "declined", "open", "paused", "filled", "closed", "expired"]
)
def test_the_page_opens_in_every_state(client, cast, state):
    posting = factories.make_posting(state, cast.cedar)
    teacher = client(cast.okafor)
    assert teacher.get(f"/review/{posting.id}").status_code == 200


def test_a_posting_with_nothing_in_it_opens(client, cast, waiting):
    """As imported rows are."""
    Posting.update(
        title="", summary="", description="", field=None, hours=None, weeks=None, pay_cents=None, place=None,
        apply_by=None, minimum_age=None, ai_tools=None, contact=None, submitted_at=None, reference="r1",
    ).where(Posting.id == waiting.id).execute()  # fmt: skip
    teacher = client(cast.okafor)
    teacher.get(f"/review/{waiting.id}")
    assert "not given" in text_of(teacher.page)
    assert teacher.get("/review").status_code == 200


def test_the_employers_standing_is_said(client, cast, waiting):
    factories.make_posting("closed", cast.cedar)
    factories.make_posting("open", cast.cedar)
    teacher = client(cast.okafor)
    teacher.get(f"/review/{waiting.id}")
    assert "2 projects, 1 finished" in text_of(teacher.page)
    assert "contact: Dana Whitlock" in text_of(teacher.page)


def test_earlier_ones_like_it_are_told_with_how_they_went(client, cast, waiting):
    """The employer's own first; declined ones too; none that is as far as this one, and nothing of another kind."""
    factories.make_placement("completed", factories.make_posting("open", cast.cedar, title="Own one"))
    factories.make_placement("ended_early", factories.make_posting("open", cast.mill, title="Another’s"))
    declined = factories.make_posting("declined", cast.cedar, title="No project in it")
    pulled = factories.make_posting("open", cast.cedar, title="Taken off")
    actions.pull(pulled, cast.okafor, "A phone number in it.")
    factories.make_posting("submitted", cast.cedar, title="Waits as well")
    factories.make_posting("draft", cast.cedar, title="Nobody's business")
    factories.make_posting("open", cast.mill, title="Count birds", field="research-data", must=["Counting"], nice=[])
    teacher = client(cast.okafor)
    teacher.get(f"/review/{waiting.id}")
    told = words(by_id(teacher.page, "earlier"))
    assert f"Own one {cast.cedar.name}" in told and "one applied · one completed" in told and "one ended early" in told
    assert f"{declined.title} {cast.cedar.name} Declined" in told
    assert f"{pulled.title} {cast.cedar.name} Taken off the board by the school" in told
    assert told.index("Own one") < told.index("Another’s")
    assert not [title for title in ("Waits as well", "Nobody's business", "Count birds") if title in told]


def test_looking_is_remembered_at_most_once_a_minute_and_told_to_the_next(client, cast, waiting):
    first, second = client(cast.ruiz), client(cast.okafor)
    first.get(f"/review/{waiting.id}")
    at = now() - timedelta(seconds=30)
    Viewing.update(seen_at=at).execute()
    first.get(f"/review/{waiting.id}")
    assert Viewing.get(Viewing.person == cast.ruiz).seen_at == at
    Viewing.update(seen_at=now() - timedelta(seconds=90)).execute()
    first.get(f"/review/{waiting.id}")
    assert Viewing.get(Viewing.person == cast.ruiz).seen_at > at
    second.get(f"/review/{waiting.id}")
    assert "Elena Ruiz has this open" in text_of(second.page)
    assert "has this open" not in first.get(f"/review/{waiting.id}/open").get_data(as_text=True).replace(
        "Sam Okafor has this open", ""
    )


def test_what_is_decided_already_is_not_marked_as_open_with_somebody(client, cast):
    client(cast.okafor).get(f"/review/{factories.make_posting('open', cast.cedar).id}")
    assert Viewing.select().count() == 0


def test_checks_say_what_needs_a_look(client, cast):
    posting = factories.make_posting(
        "submitted", cast.newcomer, **factories.ON_SITE, description="Post it at @cedarprint every day."
    )
    teacher = client(cast.okafor)
    teacher.get(f"/review/{posting.id}")
    levels = {words(e): e.get("data-level") for e in having(teacher.page, "data-level")}
    assert next(e.get("data-level") for e in having(teacher.page, "data-level")) == "blocks"
    assert any("Employer not checked" in text and level == "blocks" for text, level in levels.items())
    assert any("@cedarprint" in text and level == "look" for text, level in levels.items())
    assert any("Where and with whom" in text and level == "passed" for text, level in levels.items())


def test_a_text_sent_in_again_begins_with_what_has_changed(client, cast, waiting):
    actions.ask_changes(waiting, cast.okafor, {"pay": "Too low."})
    actions.save_draft(waiting, cast.dana, {"pay_cents": 24000, "description": "We change prices three times a year."})
    actions.submit(waiting, cast.dana)
    teacher = client(cast.okafor)
    teacher.get(f"/review/{waiting.id}")
    difference = by_id(teacher.page, "difference")
    assert "Changed since it was sent back" in words(difference)
    assert [words(e) for e in difference.iter("del")][-1] == "$200"
    assert [words(e) for e in difference.iter("ins")][-1] == "$240"
    assert "sent it in again" in words(by_id(teacher.page, "history"))


def test_a_copy_is_compared_with_the_text_it_began_with(client, cast):
    old = factories.make_posting("closed", cast.cedar)
    copy = actions.copy(old, cast.dana)
    dates = {key: factories.full_content()[key] for key in ("starts_on", "due_on", "apply_by", "decide_by")}
    actions.save_draft(copy, cast.dana, dates | {"hours": 8})
    actions.submit(copy, cast.dana)
    teacher = client(cast.okafor)
    teacher.get(f"/review/{copy.id}")
    assert "Changed since it was approved" in words(by_id(teacher.page, "difference"))
    assert "10 hours 8 hours" in words(by_id(teacher.page, "difference"))


# -- the talk


def test_a_teacher_writes_to_the_employer_with_and_without_htmx(client, cast, waiting):
    teacher = client(cast.okafor)
    response = teacher.post(f"/review/{waiting.id}/comment", data={"words": "Who is in the shop?"})
    assert response.status_code == 303
    response = teacher.post(
        f"/review/{waiting.id}/comment", data={"words": "And when?"}, headers={"HX-Request": "true"}
    )
    assert response.status_code == 200
    assert "Who is in the shop?" in words(teacher.page) and "And when?" in words(teacher.page)
    assert "<html" not in response.get_data(as_text=True)
    assert [c.words for c in Comment.select().order_by(Comment.id)] == ["Who is in the shop?", "And when?"]


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_an_empty_message_is_said_beside_the_field(client, cast, waiting, headers):
    teacher = client(cast.okafor)
    assert teacher.post(f"/review/{waiting.id}/comment", data={"words": "  "}, headers=headers).status_code == 422
    assert "Write something first" in text_of(teacher.page)


# -- the decision


def test_approving_opens_it_and_leads_back_to_the_desk(client, cast, waiting):
    teacher = client(cast.okafor)
    teacher.get(f"/review/{waiting.id}")
    assert {"approve", "ask_changes", "decline"} == moves_on(teacher.page)
    response = teacher.post(f"/review/{waiting.id}/approve")
    assert response.status_code == 303 and response.location == "/review"
    assert state_of(waiting) == "open"


def test_approve_and_next_goes_on_until_nothing_is_left(client, cast, waiting):
    second = factories.make_posting("submitted", cast.mill)
    third = factories.make_posting("submitted", cast.mill)
    actions.look(second, cast.ruiz)
    teacher = client(cast.okafor)
    response = teacher.post(f"/review/{waiting.id}/approve", data={"next": "1"})
    assert response.location == f"/review/{third.id}"  # a colleague reads the second
    Viewing.delete().execute()
    response = teacher.post(f"/review/{third.id}/approve", data={"next": "1"})
    assert response.location == f"/review/{second.id}"
    response = teacher.post(f"/review/{second.id}/approve", data={"next": "1"})
    assert response.location == "/review"
    assert [state_of(posting) for posting in (waiting, second, third)] == ["open"] * 3


def test_an_unchecked_employers_posting_is_not_offered_for_approval(client, cast):
    posting = factories.make_posting("submitted", cast.newcomer)
    teacher, coordinator = client(cast.okafor), client(cast.ruiz)
    teacher.get(f"/review/{posting.id}")
    assert "approve" not in moves_on(teacher.page)
    assert "Approve opens once a coordinator has checked Newcomer Farm" in text_of(teacher.page)
    assert "Check this employer" not in text_of(teacher.page)
    coordinator.get(f"/review/{posting.id}")
    assert "Check this employer" in text_of(coordinator.page)
    assert teacher.post(f"/review/{posting.id}/approve").status_code == 422
    assert state_of(posting) == "submitted"


def test_changes_are_asked_for_beside_each_section(client, cast, waiting):
    teacher = client(cast.okafor)
    teacher.get(f"/review/{waiting.id}")
    assert all(e.get("form") == "ask" for e in teacher.page.iter("textarea") if (e.get("id") or "").startswith("ask-"))
    response = teacher.post(
        f"/review/{waiting.id}/ask_changes",
        data={"section-pay": "When do you pay?", "section-time": " ", "words": "Nearly there."},
    )
    assert response.status_code == 303
    assert state_of(waiting) == "changes_requested"
    assert [(c.section, c.words) for c in Comment.select()] == [("pay", "When do you pay?")]
    assert Step.of(waiting).order_by(Step.id.desc()).first().reason == "Nearly there."


def test_asking_for_nothing_is_refused(client, cast, waiting):
    teacher = client(cast.okafor)
    assert teacher.post(f"/review/{waiting.id}/ask_changes", data={"section-pay": " "}).status_code == 422
    assert "Say what should change" in words(by_id(teacher.page, "errors"))
    assert state_of(waiting) == "submitted"


def test_declining_takes_a_reason_and_words_and_keeps_what_was_typed(client, cast, waiting):
    teacher = client(cast.okafor)
    response = teacher.post(f"/review/{waiting.id}/decline", data={"kind": "nonsense", "words": "A shop shift."})
    assert response.status_code == 422
    assert "A shop shift." in text_of(teacher.page)
    assert teacher.post(f"/review/{waiting.id}/decline", data={"kind": "not-a-project"}).status_code == 422
    assert state_of(waiting) == "submitted"
    teacher.post(f"/review/{waiting.id}/decline", data={"kind": "not-a-project", "words": "A shop shift."})
    assert state_of(waiting) == "declined"
    assert Step.of(waiting).order_by(Step.id.desc()).first().facts == {"kind": "not-a-project"}


def test_words_far_too_long_or_odd_are_answered_with_the_page(client, cast, waiting):
    teacher = client(cast.okafor)
    for typed in ("x" * 5000, "\x00\x00", " \n"):
        data = {"kind": "other", "words": typed}
        assert teacher.post(f"/review/{waiting.id}/decline", data=data).status_code == 422
    assert state_of(waiting) == "submitted"


def test_the_second_teacher_learns_who_was_first_and_keeps_their_words(client, cast, waiting):
    actions.approve(waiting, cast.ruiz)
    teacher = client(cast.okafor)
    data = {"section-pay": "When do you pay?", "words": "Nearly there."}
    assert teacher.post(f"/review/{waiting.id}/ask_changes", data=data).status_code == 409
    told = words(by_id(teacher.page, "errors"))
    assert "Elena Ruiz was first" in told and "Open" in told
    assert "When do you pay?" in told and "Nearly there." in told
    assert state_of(waiting) == "open"
    assert teacher.post(f"/review/{waiting.id}/approve").status_code == 409


def test_nobody_approves_a_text_they_have_not_read(client, cast, waiting):
    teacher = client(cast.okafor)
    teacher.get(f"/review/{waiting.id}")
    seen = next(e.get("value") for e in teacher.page.iter("input") if e.get("name") == "seen")
    actions.take_back(waiting, cast.dana)
    actions.save_draft(Posting.get_by_id(waiting.id), cast.dana, {"description": "Something quite different."})
    actions.submit(Posting.get_by_id(waiting.id), cast.dana)
    data = {"seen": seen, "words": "Fine.", "section-pay": "More, please."}
    assert teacher.post(f"/review/{waiting.id}/approve", data=data).status_code == 409
    assert state_of(waiting) == "submitted"
    assert teacher.post(f"/review/{waiting.id}/ask_changes", data=data).status_code == 409
    kept = by_id(teacher.page, "ask-pay")
    assert words(kept) == "More, please."
    fresh = next(e.get("value") for e in teacher.page.iter("input") if e.get("name") == "seen")
    assert teacher.post(f"/review/{waiting.id}/approve", data={"seen": fresh}).status_code == 303


# -- after approval


def test_a_change_is_shown_word_by_word_and_the_approved_text_stays(client, cast):
    posting = factories.make_posting("open", cast.cedar)
    revisions.propose(
        posting, cast.dana, {"summary": "Set all our prices on one page that people can read.", "hours": 11}
    )
    teacher = client(cast.okafor)
    teacher.get(f"/review/{posting.id}")
    difference = by_id(teacher.page, "difference")
    assert "all our" in words(difference)
    assert [words(e) for e in difference.iter("ins")] == ["all", "11 hours"]
    assert {"approve_change", "return_change"} < moves_on(teacher.page)
    assert Posting.get_by_id(posting.id).hours == 10
    teacher.post(f"/review/{posting.id}/approve_change")
    assert Posting.get_by_id(posting.id).hours == 11
    assert Step.of(posting).order_by(Step.id.desc()).first().move == "revise"


def test_a_change_is_returned_with_words(client, cast):
    posting = factories.make_posting("open", cast.cedar)
    revisions.propose(posting, cast.dana, {"hours": 11})
    teacher = client(cast.okafor)
    assert teacher.post(f"/review/{posting.id}/return_change").status_code == 422
    teacher.post(f"/review/{posting.id}/return_change", data={"words": "Then pay more."})
    assert Posting.get_by_id(posting.id).hours == 10
    assert texts.proposed_for(posting) is None
    assert teacher.post(f"/review/{posting.id}/approve_change").status_code == 409


def test_a_change_that_was_written_again_meanwhile_is_not_approved_unread(client, cast):
    posting = factories.make_posting("open", cast.cedar)
    revisions.propose(posting, cast.dana, {"hours": 11})
    teacher = client(cast.okafor)
    teacher.get(f"/review/{posting.id}")
    seen = next(e.get("value") for e in teacher.page.iter("input") if e.get("name") == "seen")
    revisions.propose(posting, cast.dana, {"hours": 13})
    assert teacher.post(f"/review/{posting.id}/approve_change", data={"seen": seen}).status_code == 409
    assert Posting.get_by_id(posting.id).hours == 10


def test_a_teacher_takes_a_posting_off_the_board_and_puts_it_back(client, cast):
    posting = factories.make_posting("open", cast.cedar)
    teacher = client(cast.okafor)
    teacher.get(f"/review/{posting.id}")
    assert moves_on(teacher.page) == {"pull", "close"}
    assert teacher.post(f"/review/{posting.id}/pull", data={"words": ""}).status_code == 422
    teacher.post(f"/review/{posting.id}/pull", data={"words": "The address is wrong."})
    assert state_of(posting) == "paused"
    teacher.get(f"/review/{posting.id}")
    assert moves_on(teacher.page) == {"put_back", "close"}
    teacher.post(f"/review/{posting.id}/put_back")
    assert state_of(posting) == "open"
    teacher.post(f"/review/{posting.id}/close", data={"words": "The shop has moved."})
    assert state_of(posting) == "closed"


def test_a_closed_posting_leaves_no_change_behind_on_the_desk(client, cast):
    posting = factories.make_posting("open", cast.cedar)
    revisions.propose(posting, cast.dana, {"hours": 11})
    actions.close(posting, cast.dana)
    teacher = client(cast.okafor)
    teacher.get("/review")
    assert "Well done" in text_of(teacher.page)


def test_a_move_that_is_no_move_is_not_there(client, cast, waiting):
    assert client(cast.okafor).post(f"/review/{waiting.id}/submit").status_code == 404
    assert client(cast.okafor).post(f"/review/{waiting.id}/put_back").status_code == 409
