"""Messages: who reads what of which message, what is held, what is told, and when a thread is open."""

from datetime import timedelta

import pytest

from board import notices
from board.db import now
from board.guardians.model import GuardianAnswer
from board.home.waiting import of as waiting_of
from board.moves import NotAllowed, Refused, Step, TooLate
from board.notices import Notice
from board.people import accounts
from board.people.model import Person
from board.placements import messages as part
from board.placements import messages_actions as actions
from board.placements import messages_rules as rules
from board.placements import threads as all_threads
from board.placements.model import GuardianYes, Message, MessageRead, Placement, State
from board.placements.thread import unread_of
from board.school.model import School, today
from tests import factories
from tests.applications.test_actions import at_once
from tests.inspector import by_id, having, text_of, words

PHONE = "Call me at 555-014-2233 after school."


@pytest.fixture
def placed(cast):
    """Maya works for Dana; Mr. Okafor leads, Ms. Ruiz covers, Ines Park is another teacher. Maya's guardian has said yes."""
    posting = factories.make_posting("open", cast.cedar, title="Window lettering")
    cast.placement = factories.make_placement("active", posting, cast.maya, lead=cast.okafor, cover=cast.ruiz)
    factories.say_yes(cast.placement, recorded_by=cast.okafor)
    cast.ines = factories.make_person("teacher", "Ines Park")
    return cast


def here(placement) -> str:
    return f"/placements/{placement.id}"


def send(browser, placement, text: str, **more):
    return browser.post(f"{here(placement)}/messages", data={"words": text}, **more)


def bubbles(browser, placement) -> dict[str, str]:
    """The messages on the page: words -> how they stand, and what the marks say."""
    browser.get(here(placement))
    shown = having(browser.page, "data-message")
    return {words(having(one, "class", "message-text")[0]): one.get("data-message") for one in shown}


# -- the truth table: how a message stands, and who reads it

READERS = ("writer", "colleague", "other side", "lead", "cover", "other teacher", "other employer", "other student")
SEES = {
    # how it stands: who reads the words; of those, who sees that it was held
    "sent": ({"writer", "colleague", "other side", "lead", "cover", "other teacher"}, set()),
    "held": ({"writer", "lead", "cover", "other teacher"}, {"writer", "lead", "cover", "other teacher"}),
    "passed": ({"writer", "colleague", "other side", "lead", "cover", "other teacher"}, {"writer", "lead", "cover", "other teacher"}),
    "stopped": ({"writer", "lead", "cover", "other teacher"}, {"writer", "lead", "cover", "other teacher"}),
}  # fmt: skip
COUNTS = {  # who has it among what they have not read
    "sent": {"other side", "lead", "cover", "colleague"}, "held": {"lead", "cover"},
    "passed": {"other side", "lead", "cover", "colleague"}, "stopped": {"lead", "cover"},
}  # fmt: skip


def person_of(cast, reader: str, by: str) -> Person:
    sides = {"student": cast.maya, "employer": cast.dana}
    other = {"student": "employer", "employer": "student"}[by]
    people = {
        "writer": sides[by], "other side": sides[other], "lead": cast.okafor, "cover": cast.ruiz,
        "other teacher": cast.ines, "other employer": cast.omar, "other student": cast.leo, "colleague": cast.rosa,
    }  # fmt: skip
    return people[reader]


def written(cast, state: str, by: str) -> Message:
    writer = {"student": cast.maya, "employer": cast.dana}[by]
    text = "The blue one is best." if state == "sent" else PHONE
    message = actions.write(cast.placement, writer, text)
    if state == "passed":
        return actions.let_pass(cast.placement, message.id, cast.okafor)
    if state == "stopped":
        return actions.stop(cast.placement, message.id, cast.okafor, "Please stay on the board.")
    return message


@pytest.mark.parametrize("by", ["student", "employer"])
@pytest.mark.parametrize("state", list(SEES))
def test_how_a_message_stands_and_who_reads_it(client, placed, state, by):
    placed.rosa = factories.make_person("employer", "Rosa Vega", employer=placed.cedar)
    message = written(placed, state, by)
    assert message.state == state
    secret = "blue one" if state == "sent" else "555-014-2233"
    for reader in READERS:
        if reader == "colleague" and by == "student":
            continue  # they are the other side
        person = person_of(placed, reader, by)
        assert (placed.placement.id in unread_of(person)) == (reader in COUNTS[state]), reader
        assert waiting_of(person)["messages"] == (reader in COUNTS[state]), reader
        browser = client(person)
        answer = browser.get(here(placed.placement))
        if reader in ("other employer", "other student"):
            assert answer.status_code == 404, reader
            continue
        assert (secret in answer.text) == (reader in SEES[state][0]), reader
        assert ("message-mark" in answer.text) == (reader in SEES[state][1]), reader
        assert ("data-found" in answer.text) == (state != "sent" and person.is_teacher), reader
        assert ("Please stay on the board." in answer.text) == (state == "stopped" and reader in SEES[state][1]), reader
        listed = browser.get("/messages").text
        assert ("Window lettering" in listed) == (reader in SEES[state][0] and reader != "other teacher"), reader


@pytest.mark.parametrize("by", ["student", "employer"])
@pytest.mark.parametrize("state", list(SEES))
def test_nothing_of_a_message_stands_in_a_notice_or_a_mail(client, placed, state, by, settings):
    Notice.delete().execute()
    message = written(placed, state, by)
    notices.deliver()
    told = {notice.person.name for notice in Notice.select() if "message" in notice.step.move}
    side = "Dana Whitlock" if by == "student" else "Maya Rivera"
    writer = "Maya Rivera" if by == "student" else "Dana Whitlock"
    assert told == {
        "sent": {side}, "held": {"Sam Okafor", "Elena Ruiz"},
        "passed": {"Sam Okafor", "Elena Ruiz", side}, "stopped": {"Sam Okafor", "Elena Ruiz", writer},
    }[state]  # fmt: skip
    posted = [letter.as_string() for letter in factories.letters(settings)]
    about = [letter for letter in posted if "Window lettering" in letter and "essage" in letter]
    assert about
    for letter in posted:
        assert not any(one in letter for one in (message.words, "014-2233", "blue one", "Please stay"))
    for person in (placed.maya, placed.dana, placed.okafor):
        page = client(person).get("/notices").text
        assert not any(one in page for one in ("014-2233", "blue one", "Please stay")), person.name


# -- when a thread is open

OPENS = {"proposed": None, "not_agreed": None, "agreed": True, "active": True, "delivered": True,
         "completed": False, "ended_early": False}  # fmt: skip


@pytest.mark.parametrize("held", [False, True])
@pytest.mark.parametrize("state", list(State))
def test_when_people_write(client, cast, state, held):
    """State x on hold x who: nobody before a teacher agreed, nobody after the end, nobody on hold."""
    posting = factories.make_posting("open", cast.cedar)
    placement = factories.make_placement(state, posting, cast.maya, held_at=now() if held else None)
    factories.say_yes(placement)
    may = bool(OPENS[state]) and not held
    for person in (cast.maya, cast.dana, cast.okafor):
        assert rules.may_write(person, placement) == may
        browser = client(person)
        browser.get(here(placement))
        assert (by_id(browser.page, "message-words") is not None) == may
        answer = send(browser, placement, f"Hello from {person.id}.")
        assert answer.status_code == (404 if OPENS[state] is None else 303 if may else 409)
        if not may:
            with pytest.raises(TooLate):
                actions.write(placement, person, "Hello.")
    assert Message.select().count() == (3 if may else 0)
    for person in (cast.leo, cast.omar):
        assert not rules.may_write(person, placement)
        assert send(client(person), placement, "Hello.").status_code == 404
        with pytest.raises(NotAllowed):
            actions.write(placement, person, "Hello.")


def test_what_was_written_can_be_read_after_the_end_and_on_hold(client, placed):
    actions.write(placed.placement, placed.dana, "See you on Tuesday.")
    for columns in ({"held_at": now()}, {"state": "completed", "ended_at": now(), "held_at": None}):
        Placement.update(**columns).execute()
        for person in (placed.maya, placed.dana, placed.okafor):
            assert bubbles(client(person), placed.placement) == {"See you on Tuesday.": "sent"}


def test_what_somebody_typed_while_it_was_put_on_hold_is_not_lost(client, placed):
    Placement.update(held_at=now()).execute()
    browser = client(placed.maya)
    assert send(browser, placed.placement, "I will be late.").status_code == 409
    assert "I will be late." in text_of(browser.page)
    assert "The school has paused this project" in text_of(by_id(browser.page, "messages"))


@pytest.mark.parametrize(
    ("years", "yes", "asks", "opens"),
    [
        (16, None, True, False), (16, "match", True, True), (16, "withdrawn", True, False), (16, "sharing", True, False),
        (16, None, False, True), (18, None, True, True), (None, None, True, False),
    ],
)  # fmt: skip
def test_contact_waits_for_the_yes_of_a_parent_or_guardian(client, cast, years, yes, asks, opens):
    School.update(guardian_not_asked=not asks).execute()
    student = factories.make_student(age=years or 18)
    placement = factories.make_placement("agreed", factories.make_posting("open", cast.cedar), student)
    if not years:  # the school does not know the birth date
        Person.update(birth_date=None).where(Person.id == student.id).execute()
    if yes:
        if yes == "sharing":
            GuardianYes.create(placement=placement, signed_on=today(), about="sharing")
        else:
            factories.say_yes(placement, withdrawn_at=now() if yes == "withdrawn" else None)
    for person in (student, cast.dana, cast.okafor):
        browser = client(person)
        browser.get(here(placement))
        assert (by_id(browser.page, "message-words") is not None) == opens
        assert ("once a parent or guardian has said yes" in text_of(browser.page)) != opens
        assert send(browser, placement, "Hello.").status_code == (303 if opens else 422)
    assert bool(Message.select().exists()) == opens


# -- writing


def test_a_message_arrives_and_both_sides_are_called_what_they_may_be_called(client, placed):
    maya, dana, okafor = client(placed.maya), client(placed.dana), client(placed.okafor)
    answer = send(maya, placed.placement, "Hello!\n\nI begin on <b>Monday</b>.")
    assert answer.location == f"{here(placed.placement)}#messages"
    send(dana, placed.placement, "Bring your sketch.")
    send(okafor, placed.placement, "Good luck to both.")
    by = {}
    for browser in (maya, dana, okafor):
        browser.get(here(placed.placement))
        lines = having(browser.page, "class", "message-by")
        by[browser] = [words(next(line.iter("b"))) for line in lines]
        assert "<b>Monday</b>" in text_of(browser.page)
    assert by[maya] == ["You", "Dana, Cedar Print", "Sam Okafor"]
    assert by[dana] == ["Maya", "You", "Sam Okafor"]
    assert by[okafor] == ["Maya Rivera", "Dana Whitlock", "You"]
    assert "Rivera" not in text_of(dana.page)
    assert "These people read this: you; Dana of Cedar Print; Sam Okafor; Elena Ruiz." in text_of(maya.page)
    assert "These people read this: Maya; you; Sam Okafor; Elena Ruiz." in text_of(dana.page)


def test_nothing_in_a_message_leads_anywhere(client, placed):
    School.update(contact_passes=True).execute()
    actions.write(placed.placement, placed.dana, "See https://evil.example/x and [this](javascript:alert(1))")
    browser = client(placed.maya)
    browser.get(here(placed.placement))
    (message,) = having(browser.page, "data-message")
    assert [a.get("href") for a in message.iter("a")] == [f"/report/message/{Message.get().id}"], "but to the school"
    assert "https://evil.example/x" in words(message)


@pytest.mark.parametrize(
    ("text", "sentence"), [("", "Write a few words"), ("  \n ", "Write a few words"), ("x" * 4001, "at most 4000")]
)
def test_what_is_no_message_comes_back_with_a_sentence_and_with_what_was_typed(client, placed, text, sentence):
    browser = client(placed.maya)
    for htmx in ({}, {"headers": {"HX-Request": "true"}}):
        assert send(browser, placed.placement, text, **htmx).status_code == 422
        assert sentence in words(by_id(browser.page, "errors"))
        assert sentence in words(by_id(browser.page, "message-words-error"))
        assert (by_id(browser.page, "message-words").text or "").strip() == text.strip()
    with pytest.raises(Refused):
        actions.write(placed.placement, placed.maya, text)
    assert not Message.select().exists()


def test_a_double_click_is_one_message_and_the_same_words_later_are_two(placed):
    first = actions.write(placed.placement, placed.maya, "Yes.")
    assert actions.write(placed.placement, placed.maya, " Yes. ").id == first.id
    actions.write(placed.placement, placed.dana, "Yes.")
    Message.update(created_at=now() - timedelta(seconds=31)).execute()
    actions.write(placed.placement, placed.maya, "Yes.")
    assert Message.select().count() == 3
    assert Step.select().where(Step.move == "message").count() == 3


def test_two_clicks_at_the_same_moment_are_one_message_and_two_teachers_decide_once(app, placed):
    sent = at_once(*[lambda: actions.write(placed.placement, placed.maya, "Yes.")] * 4)
    assert len({one.id for one in sent}) == 1
    held = actions.write(placed.placement, placed.maya, PHONE)
    decided = at_once(
        lambda: actions.let_pass(placed.placement, held.id, placed.okafor),
        lambda: actions.stop(placed.placement, held.id, placed.ruiz, "Not here."),
        lambda: actions.let_pass(placed.placement, held.id, placed.ines),
    )
    assert sum(isinstance(one, TooLate) for one in decided) == 2
    assert Message.select().where(Message.words == PHONE).count() == 1
    assert Step.select().where(Step.move.in_(["pass_message", "stop_message"])).count() == 1


def test_the_story_of_a_person_says_that_they_wrote_and_not_what(client, placed):
    actions.write(placed.placement, placed.maya, "The blue one.")
    browser = client(placed.ruiz)
    browser.get(f"/people/{placed.maya.id}")
    assert "wrote a message" in text_of(browser.page) and "The blue one." not in text_of(browser.page)


def test_a_message_of_a_closed_account_keeps_its_place(client, placed):
    rosa = factories.make_person("employer", "Rosa Vega", employer=placed.cedar)
    actions.write(placed.placement, rosa, "The key is in the shop.")
    actions.write(placed.placement, placed.dana, "It is.")
    accounts.end_account(rosa, placed.ruiz)
    browser = client(placed.maya)
    assert list(bubbles(browser, placed.placement)) == ["The key is in the shop.", "It is."]
    assert "Somebody who has left" in text_of(by_id(browser.page, "messages"))
    assert "Rosa" not in text_of(browser.page)
    Person.delete().where(Person.id == rosa.id).execute()
    assert list(bubbles(browser, placed.placement)) == ["The key is in the shop.", "It is."]


def test_a_long_thread_is_read_a_page_at_a_time(client, placed, monkeypatch):
    monkeypatch.setattr(part, "PAGE", 3)
    for number in range(7):
        actions.write(placed.placement, placed.dana, f"Word {number}.")
    browser, shown = client(placed.maya), []
    address = here(placed.placement)
    while address:
        browser.get(address)
        found = [words(one) for one in having(browser.page, "class", "message-text")]
        shown = found + shown
        earlier = [a.get("href") for a in browser.page.iter("a") if "Earlier messages" in words(a)]
        address = earlier[0] if earlier else ""
    assert shown == [f"Word {number}." for number in range(7)]
    assert "Newest messages" in text_of(browser.page)
    for odd in ("-1", "x", "0", "9" * 40):
        assert browser.get(f"{here(placed.placement)}?before={odd}").status_code == 200


# -- held


def test_a_way_to_be_reached_is_held_and_a_teacher_lets_it_pass(client, placed):
    maya, dana, okafor = client(placed.maya), client(placed.dana), client(placed.okafor)
    answer = send(maya, placed.placement, PHONE, follow_redirects=True)
    assert "held until Sam Okafor has looked" in answer.text
    assert "555" not in dana.get(here(placed.placement)).text
    okafor.get(here(placed.placement))
    assert "A message waits for you to look at it" in text_of(okafor.page)
    (found,) = having(okafor.page, "data-found")
    assert "a phone number" in words(found) and "555-014-2233" in words(found)
    held = Message.get()
    answer = okafor.post(f"{here(placed.placement)}/messages/{held.id}/pass")
    assert answer.status_code == 303
    assert bubbles(dana, placed.placement) == {PHONE: "passed"}
    okafor.get(here(placed.placement))
    assert "waits for you to look at it" not in text_of(okafor.page)


def test_what_waits_is_the_next_step_of_who_looks_after_the_placement_and_of_all_once_they_have_left(client, placed):
    actions.write(placed.placement, placed.maya, PHONE)

    def asked() -> set[str]:
        found = set()
        for person in (placed.okafor, placed.ruiz, placed.ines, placed.maya, placed.dana):
            page = client(person).get(here(placed.placement)).text
            found |= {person.first_name} if "waits for you to look at it" in page else set()
        return found

    assert asked() == {"Sam", "Elena"}
    Placement.update(lead=placed.okafor, cover=None).execute()
    assert asked() == {"Sam"}
    Person.update(ended_at=now()).where(Person.id == placed.okafor.id).execute()
    assert asked() == {"Elena", "Ines"}


def test_a_message_that_passes_late_is_new_to_the_other_side_though_they_have_read_what_came_after(client, placed):
    held = actions.write(placed.placement, placed.maya, PHONE)
    actions.write(placed.placement, placed.maya, "And the sketch is done.")
    dana = client(placed.dana)
    assert list(bubbles(dana, placed.placement)) == ["And the sketch is done."]
    assert unread_of(placed.dana) == {}
    passed = actions.let_pass(placed.placement, held.id, placed.okafor)
    assert unread_of(placed.dana) == {placed.placement.id: 1}
    assert list(bubbles(dana, placed.placement)) == ["And the sketch is done.", PHONE]
    assert unread_of(placed.dana) == {}
    assert (passed.writer_id, passed.created_at, passed.decided_by_id) == (
        placed.maya.id,
        held.created_at,
        placed.okafor.id,
    )


def test_a_message_that_does_not_go_on_comes_with_words_to_its_writer(client, placed):
    held = actions.write(placed.placement, placed.dana, "Write to me: dana@cedar.example")
    okafor, address = client(placed.okafor), f"{here(placed.placement)}/messages/{held.id}/stop"
    assert okafor.post(address, data={f"stop{held.id}-words": " "}).status_code == 422
    assert "why it does not go on" in words(by_id(okafor.page, "errors"))
    assert okafor.post(address, data={f"stop{held.id}-words": "Use this page, please."}).status_code == 303
    dana = client(placed.dana)
    dana.get(here(placed.placement))
    assert "Use this page, please." in text_of(dana.page)
    maya = client(placed.maya)
    maya.get(here(placed.placement))
    assert not having(maya.page, "data-message") and "Use this page" not in text_of(maya.page)


def test_two_teachers_decide_once(client, placed):
    held = actions.write(placed.placement, placed.maya, PHONE)
    actions.stop(placed.placement, held.id, placed.okafor, "Not here.")
    with pytest.raises(TooLate):
        actions.let_pass(placed.placement, held.id, placed.ruiz)
    with pytest.raises(TooLate):
        actions.stop(placed.placement, held.id, placed.ruiz, "No.")
    assert client(placed.ruiz).post(f"{here(placed.placement)}/messages/{held.id}/pass").status_code == 409
    assert Message.get().state == "stopped"
    assert Step.select().where(Step.move.in_(["pass_message", "stop_message"])).count() == 1


def test_only_staff_decide_and_only_what_is_held_in_this_placement(client, placed):
    held = actions.write(placed.placement, placed.maya, PHONE)
    other = factories.make_placement("active", factories.make_posting("open", placed.mill), placed.leo)
    for person in (placed.maya, placed.dana, placed.omar, placed.leo):
        for move in ("pass", "stop"):
            assert client(person).post(f"{here(placed.placement)}/messages/{held.id}/{move}").status_code == 403
        with pytest.raises(NotAllowed):
            actions.let_pass(placed.placement, held.id, person)
        with pytest.raises(NotAllowed):
            actions.stop(placed.placement, held.id, person, "No.")
    okafor = client(placed.okafor)
    assert okafor.post(f"{here(other)}/messages/{held.id}/pass").status_code == 404
    assert okafor.post(f"{here(placed.placement)}/messages/{held.id + 99}/pass").status_code == 404
    assert Message.get().state == "held"


def test_what_is_held_on_hold_or_after_the_end_stays_where_it_is(client, placed):
    held = actions.write(placed.placement, placed.maya, PHONE)
    for columns in ({"held_at": now()}, {"state": "completed", "ended_at": now(), "held_at": None}):
        Placement.update(**columns).execute()
        okafor = client(placed.okafor)
        okafor.get(here(placed.placement))
        assert "Let it pass" not in text_of(okafor.page)
        assert "waits for you to look at it" not in text_of(okafor.page)
        assert okafor.post(f"{here(placed.placement)}/messages/{held.id}/pass").status_code == 409
        assert "555" not in client(placed.dana).get(here(placed.placement)).text


def test_a_school_that_lets_contact_pass_holds_nothing_and_teachers_see_the_mark(client, placed):
    School.update(contact_passes=True).execute()
    assert actions.write(placed.placement, placed.maya, PHONE).state == "sent"
    assert PHONE in bubbles(client(placed.dana), placed.placement)
    okafor = client(placed.okafor)
    okafor.get(here(placed.placement))
    assert having(okafor.page, "data-found")


def test_a_coordinator_says_whether_contact_passes(client, placed):
    ruiz, here_is = client(placed.ruiz), School.get()
    data = {name: getattr(here_is, name) for name in ("name", "state", "time_zone", "minimum_age")}
    data["minimum_pay_cents"] = "15"
    for ticked in (True, False):
        assert ruiz.post("/settings", data=data | ({"contact_passes": "y"} if ticked else {})).status_code == 303
        assert bool(School.get().contact_passes) == ticked
        assert Step.select().where(Step.move == "change_settings").order_by(Step.id.desc()).get().facts["changed"][
            "contact_passes"
        ] == [ticked]


def test_the_school_gives_its_own_number_without_asking_itself(placed):
    assert actions.write(placed.placement, placed.okafor, PHONE).state == "sent"


# -- read and told


def test_reading_the_page_marks_what_is_new_once_and_writes_only_then(client, placed):
    actions.write(placed.placement, placed.dana, "One.")
    actions.write(placed.placement, placed.dana, "Two.")
    notices.deliver()
    maya = client(placed.maya)
    maya.get("/")
    assert "2 new messages" in text_of(maya.page)
    maya.get(here(placed.placement))
    assert "2 new messages" in text_of(by_id(maya.page, "messages"))
    assert [words(a) for a in maya.page.iter("a") if a.get("href") == "#messages"] == ["Messages 2 new"]
    assert unread_of(placed.maya) == {}
    assert (
        not Notice.select()
        .join(Step)
        .where(Notice.person == placed.maya, Step.move == "message", Notice.read_at.is_null())
        .exists()
    )
    row = MessageRead.get()
    maya.get(here(placed.placement))
    assert "new message" not in text_of(maya.page)
    assert MessageRead.select().count() == 1 and MessageRead.get().upto == row.upto
    before = Step.select().count()
    actions.mark_read(placed.placement, placed.maya, 1)
    assert MessageRead.get().upto == row.upto, "it never goes back"
    assert Step.select().count() == before, "reading is no step"


def test_a_browser_that_fetches_ahead_reads_nothing(client, placed):
    actions.write(placed.placement, placed.dana, "One.")
    client(placed.maya).get(here(placed.placement), headers={"Sec-Purpose": "prefetch"})
    assert unread_of(placed.maya) == {placed.placement.id: 1}


def message_notices(person) -> int:
    return Notice.select().join(Step).where(Notice.person == person, Step.move.in_(actions.TOLD)).count()


def test_ten_messages_are_one_notice_until_it_is_read(client, placed):
    for number in range(3):
        actions.write(placed.placement, placed.dana, f"Word {number}.")
    notices.deliver()
    actions.write(placed.placement, placed.dana, "One more.")
    notices.deliver()
    assert message_notices(placed.maya) == 1
    client(placed.maya).get(here(placed.placement))
    actions.write(placed.placement, placed.dana, "And another.")
    notices.deliver()
    assert message_notices(placed.maya) == 2
    other = factories.make_placement(
        "active", factories.make_posting("open", placed.mill, title="Menu"), placed.maya, lead=placed.okafor
    )
    factories.say_yes(other)
    actions.write(other, placed.omar, "Hello.")
    notices.deliver()
    assert message_notices(placed.maya) == 3, "another thread is another notice"


def test_who_has_read_a_message_before_the_worker_came_hears_nothing_of_it(client, placed):
    actions.write(placed.placement, placed.dana, "Are you there?")
    client(placed.maya).get(here(placed.placement))
    notices.deliver()
    assert message_notices(placed.maya) == 0


def test_a_teachers_message_is_told_to_both_sides(placed):
    actions.write(placed.placement, placed.okafor, "Good luck.")
    notices.deliver()
    assert [message_notices(one) for one in (placed.maya, placed.dana, placed.okafor, placed.ruiz)] == [1, 1, 0, 0]


def test_a_notice_leads_to_the_thread(client, placed):
    actions.write(placed.placement, placed.dana, "Hello.")
    notices.deliver()
    notice = Notice.select().join(Step).where(Notice.person == placed.maya, Step.move == "message").get()
    assert client(placed.maya).post(f"/notices/{notice.id}").location == f"{here(placed.placement)}#messages"


def test_the_history_tells_of_held_messages_to_staff_alone(client, placed):
    held = actions.write(placed.placement, placed.maya, PHONE)
    actions.stop(placed.placement, held.id, placed.okafor, "Not here.")
    for person in (placed.maya, placed.dana, placed.okafor):
        browser = client(person)
        browser.get(here(placed.placement))
        history = text_of(by_id(browser.page, "history"))
        assert ("did not pass a message on" in history) == person.is_teacher
        assert ("Not here." in history) == person.is_teacher


def test_a_break_between_two_writes_of_an_action_leaves_nothing(placed, monkeypatch):
    held = actions.write(placed.placement, placed.maya, PHONE)

    def broken(*args, **kwargs):
        raise RuntimeError("the power went")

    monkeypatch.setattr(actions, "note", broken)
    for act in (
        lambda: actions.write(placed.placement, placed.maya, "Hello."),
        lambda: actions.let_pass(placed.placement, held.id, placed.okafor),
        lambda: actions.stop(placed.placement, held.id, placed.okafor, "No."),
    ):
        with pytest.raises(RuntimeError):
            act()
    assert [(one.id, one.state) for one in Message.select()] == [(held.id, "held")]


# -- all threads on one page


def test_all_threads_of_a_person_stand_on_one_page_the_last_written_in_first(client, placed, monkeypatch):
    other = factories.make_placement(
        "active",
        factories.make_posting("open", placed.mill, title="Menu cards"),
        placed.maya,
        lead=placed.ines,
        cover=None,
    )
    factories.say_yes(other)
    factories.make_placement("active", factories.make_posting("open", placed.mill, title="Silent"), placed.maya)
    actions.write(placed.placement, placed.dana, "One.")
    actions.write(other, placed.omar, "Two.")
    actions.write(other, placed.omar, "Three.")
    expected = {
        placed.maya: [("Menu cards", 2), ("Window lettering", 1)], placed.dana: [("Window lettering", 0)],
        placed.okafor: [("Window lettering", 1)], placed.ines: [("Menu cards", 2)], placed.leo: [],
    }  # fmt: skip
    for person, threads in expected.items():
        browser, found = client(person), []
        browser.get("/messages")
        for one in having(browser.page, "data-thread"):
            counts = [int(words(count)) for count in having(one, "class", "count")]
            found.append((words(next(one.iter("b"))), sum(counts)))
        assert found == threads, person.name
        assert sum(count for _title, count in threads) == waiting_of(person)["messages"], "as the header says"
    monkeypatch.setattr(all_threads, "PER_PAGE", 1)
    maya = client(placed.maya)
    for page, title in ((1, "Menu cards"), (2, "Window lettering")):
        maya.get(f"/messages?page={page}")
        assert [words(next(one.iter("b"))) for one in having(maya.page, "data-thread")] == [title]
    for odd in ("0", "x", "99999999999"):
        assert maya.get(f"/messages?page={odd}").status_code == 200


def test_without_the_yes_from_home_no_way_to_be_reached_is_passed_on(client, placed):
    held = actions.write(placed.placement, placed.dana, PHONE)
    GuardianAnswer.update(withdrawn_at=now()).execute()
    with pytest.raises(Refused, match="guardian"):
        actions.let_pass(placed.placement, held.id, placed.okafor)
    browser = client(placed.okafor)
    assert browser.post(f"{here(placed.placement)}/messages/{held.id}/pass").status_code == 409
    assert Message.get_by_id(held.id).state == "held"
    actions.stop(placed.placement, held.id, placed.okafor, "Not by phone for now.")
