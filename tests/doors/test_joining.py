"""Joining in one go, the letter that asks whose address it is, and that nobody learns who has an account."""

from datetime import timedelta

import pytest
from playhouse.test_utils import count_queries

from board import notices, tasks
from board.db import now
from board.employers.model import Employer
from board.employers.rules import FORGET_NEWCOMERS, JOINS_AN_HOUR
from board.moves import NotAllowed, Step
from board.notices import Notice
from board.people import rules
from board.people.model import MailLink, Person, SignIn
from board.postings import actions as postings
from board.postings import content, joining
from board.postings.model import Posting
from board.reports.model import Report
from board.school.model import School
from tests import factories
from tests.doors.letters import letters, link_in
from tests.inspector import by_id, having, text_of, words

JOIN = {
    "need": "Photos of 60 chairs for our online shop", "organization": "Fern & Fig", "website": "fern.example",
    "name": "Ada Fern", "email": "Ada@Fern.example", "nickname": "",
}  # fmt: skip
ADA = "ada@fern.example"
TITLE = JOIN["need"]


def join(browser, **changed):
    return browser.post("/join", data=JOIN | changed)


def newcomer() -> Person:
    return Person.get(Person.claimed_email == ADA)


def complete(posting: Posting) -> None:
    """All that a posting must say, but for its title."""
    values = factories.full_content()
    del values["title"]
    postings.save_draft(Posting.get_by_id(posting.id), posting.contact, values)


def test_a_visitor_of_a_closed_board_joins_is_in_at_once_and_in_the_editor_of_the_draft(client, cast):
    visitor = client()
    assert visitor.get("/join").status_code == 200
    answer = join(visitor)
    posting = Posting.get(Posting.title == TITLE)
    assert (answer.status_code, answer.location) == (303, f"/employer/postings/{posting.id}")
    assert visitor.get(answer.location).status_code == 200
    assert by_id(visitor.page, "title").get("value") == TITLE
    assert f"open the link we mailed to {ADA}" in text_of(visitor.page)
    employer = Employer.get(Employer.name == "Fern & Fig")
    assert (employer.state, employer.website, employer.offer) == ("unverified", "https://fern.example", TITLE)
    person = posting.contact
    assert (person.email, person.claimed_email, person.employer, person.is_newcomer) == (None, ADA, employer, True)
    assert [(mail.letter, mail.address) for mail in letters()] == [("confirm_address", ADA)]


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"organization": " "}, "organization", "Please fill this in."),
        ({"need": ""}, "need", "One sentence is enough."),
        ({"need": "x" * 161}, "need", "at most 160 characters"),
        ({"website": "javascript:alert(1)//x.y"}, "website", "Give a web address"),
        ({"email": "ada"}, "email", "does not look like a mail address"),
        ({"email": "ada@fern.example\r\nBcc: all@example.org"}, "email", "does not look like a mail address"),
        ({"nickname": "Bot"}, "nickname", "people from machines"),
        ({"name": "\x00"}, "name", "Please fill this in."),
        ({"name": "Look: http://prize.example"}, "name", "Only the name, please"),
        ({"organization": "You won, see prize.example/now"}, "organization", "Only the name, please"),
        ({"organization": "Write to eve@prize.example"}, "organization", "Only the name, please"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_what_was_typed_is_kept(client, cast, changed, field, said):
    visitor = client()
    answer = join(visitor, **changed)
    assert answer.status_code == 422
    assert said in words(by_id(visitor.page, f"{field}-error"))
    if field != "organization":
        assert by_id(visitor.page, "organization").get("value") == "Fern & Fig"
    assert not Employer.select().where(Employer.name == "Fern & Fig").exists()
    assert letters() == []


@pytest.mark.parametrize("name", ["Code.org", "A/B Studio", "St. Mary's", "Studio 54", "K@fé"])
def test_names_that_organizations_have_are_taken(client, cast, name):
    assert join(client(), organization=name).status_code == 303


def test_who_is_in_gives_themselves_no_name_that_leads_somewhere(client, cast):
    dana = client(cast.dana)
    for path, changed in (
        ("/account/details", {"email": cast.dana.email}),
        ("/employer", {"size": "1", "place": "Here"}),
    ):
        assert dana.post(path, data={"name": "See www.prize.example"} | changed).status_code == 422
        assert "Only the name, please" in words(by_id(dana.page, "name-error"))
        assert dana.post(path, data={"name": "Dana (she/her)"} | changed).status_code == 303


def test_somebody_signed_in_is_told_so_and_cannot_join(client, cast):
    maya = client(cast.maya)
    maya.get("/join")
    assert by_id(maya.page, "organization") is None
    assert join(maya).status_code == 303
    assert not Employer.select().where(Employer.name == "Fern & Fig").exists()


def test_the_page_tells_numbers_only_where_they_flatter(client, cast):
    visitor = client()
    visitor.get("/join")
    assert "student" not in "".join(words(one) for one in having(visitor.page, "class", "stat"))
    for _ in range(4):
        factories.make_student()
    visitor.get("/join")
    assert [words(one) for one in having(visitor.page, "class", "stat")] == ["7 students"]
    assert "Design & Media" in text_of(visitor.page)


# -- nobody at school hears of somebody who has not confirmed an address


def test_nothing_of_a_newcomer_reaches_the_school_before_the_address_is_confirmed(client, cast):
    visitor = client()
    join(visitor)
    notices.deliver()
    ruiz, person = client(cast.ruiz), newcomer()
    assert not Notice.select().exists()
    for address in ("/employers", "/employers?state=unverified", "/people", "/people/invite"):
        ruiz.get(address)
        assert "Fern & Fig" not in text_of(ruiz.page)
        assert "Ada Fern" not in text_of(ruiz.page)
    assert ruiz.get(f"/employers/{person.employer_id}").status_code == 404
    visitor.post(link_in(letters()[0]), data={"do": "confirm"})
    notices.deliver()
    assert [notice.person for notice in Notice.select()] == [cast.ruiz]
    ruiz.get("/employers")
    assert "Fern & Fig" in text_of(ruiz.page)


def test_nothing_can_be_sent_before_and_the_page_says_so_where_the_button_is(client, cast):
    visitor = client()
    join(visitor)
    posting = Posting.get(Posting.title == TITLE)
    complete(posting)
    address = f"/employer/postings/{posting.id}"
    sending = {"title": "Photos of 61 chairs", "seats": "1", "do": "send"}
    assert visitor.post(address, data=sending).status_code == 422
    assert "Confirm your mail address first" in text_of(visitor.page)
    assert Posting.get_by_id(posting.id).title == "Photos of 61 chairs", "what was typed is kept"
    assert visitor.post(f"{address}/submit", follow_redirects=True).status_code == 200
    assert visitor.post(f"{address}/comment", data={"words": "Hello?"}, follow_redirects=True).status_code == 200
    assert "Confirm your mail address first" in text_of(visitor.page)
    assert Posting.get_by_id(posting.id).state == "draft"
    with pytest.raises(postings.AddressFirst):
        postings.submit(Posting.get_by_id(posting.id), newcomer())
    visitor.post(link_in(letters()[0]), data={"do": "confirm"})
    assert visitor.post(address, data=sending).status_code == 303
    assert Posting.get_by_id(posting.id).state == "submitted"


def test_a_newcomer_reports_nothing_to_coordinators(client, cast):
    School.update(open_to_visitors=True).execute()
    posting = factories.make_posting("open", cast.cedar)
    visitor = client()
    join(visitor)
    answer = visitor.post(f"/report/posting/{posting.id}", data={"words": "Buy at example.org"})
    assert answer.status_code == 422
    assert "Confirm your mail address first" in text_of(visitor.page)
    assert not Report.select().exists()


def test_send_it_again_keeps_what_is_typed_and_the_address_can_be_put_right(client, cast):
    visitor = client()
    join(visitor)
    posting = Posting.get(Posting.title == TITLE)
    address = f"/employer/postings/{posting.id}"
    visitor.get(address)
    form = by_id(visitor.page, "posting-form")
    assert [one.get("value") for one in form.iter("button")][:3] == ["save", "again", "address"], "Enter saves"
    answer = visitor.post(address, data={"title": "Photos of chairs", "seats": "1", "do": "again"})
    assert answer.location.startswith(address)
    assert len(letters(ADA)) == 2
    answer = visitor.post(address, data={"title": "Photos of old chairs", "do": "address"})
    assert Posting.get_by_id(posting.id).title == "Photos of old chairs"
    visitor.get(answer.location)
    assert by_id(visitor.page, "email").get("value") == ADA
    assert visitor.post(answer.location, data={"email": "nobody"}).status_code == 422
    assert visitor.post(answer.location, data={"email": "ada@figs.example"}).location == address
    assert [mail.address for mail in letters()] == [ADA, ADA, "ada@figs.example"]
    assert client().get(link_in(letters()[0])).status_code == 410, "what went to the wrong address opens nothing"
    visitor.post(link_in(letters()[2]), data={"do": "confirm"})
    assert Person.get_by_id(posting.contact_id).email == "ada@figs.example"


# -- the link


def test_looking_at_the_link_changes_nothing_however_often_and_from_wherever(client, cast):
    visitor = client()
    join(visitor)
    path = link_in(letters()[0])
    for browser in (visitor, client(), client(cast.maya)):
        for method in (browser.get, browser.head):
            assert method(path).status_code == 200
    assert newcomer().is_newcomer
    assert not MailLink.select().where(MailLink.used_at.is_null(False)).exists()


def test_confirming_in_another_browser_signs_nobody_in_and_the_first_goes_on(client, cast):
    visitor, phone = client(), client()
    join(visitor)
    path = link_in(letters()[0])
    phone.get(path)
    assert "This is another browser" in text_of(phone.page)
    answer = phone.post(path, data={"do": "confirm"})
    assert answer.status_code == 200
    assert "Go back to the browser" in text_of(phone.page)
    assert phone.get("/employer/postings").status_code == 303, "nobody is signed in here"
    assert visitor.get("/employer/postings").status_code == 200
    assert Person.get(Person.email == ADA).username is None
    phone.get(path)
    assert "Your address is confirmed" in text_of(phone.page), "once more is no error"


def test_confirming_in_the_browser_that_asked_leads_back_to_the_draft_even_after_a_night(client, cast):
    visitor = client()
    join(visitor)
    SignIn.update(seen_at=now() - timedelta(hours=13)).execute()
    posting = Posting.get(Posting.title == TITLE)
    assert visitor.get(f"/employer/postings/{posting.id}").status_code == 303
    answer = visitor.post(link_in(letters()[0]), data={"do": "confirm"})
    assert answer.location == f"/employer/postings/{posting.id}"
    assert visitor.get(answer.location).status_code == 200


def test_coming_back_by_mail_in_another_browser_leaves_nobody_else_in(client, cast):
    """Whoever reads the mail owns the account; who typed the address elsewhere is out."""
    stranger, owner = client(), client()
    join(stranger)
    owner.post("/sign-in/link", data={"email": ADA})
    answer = owner.post(link_in(letters(ADA)[-1]), data={"do": "confirm"})
    assert answer.status_code == 303
    assert owner.get("/account").status_code == 200
    assert stranger.get("/account").status_code == 303


def test_whoever_did_not_ask_throws_it_all_away(client, cast):
    visitor, owner = client(), client()
    join(visitor)
    posting = Posting.get(Posting.title == TITLE)
    assert owner.post(link_in(letters()[0]), data={"do": "deny"}).status_code == 200
    assert "It is gone" in text_of(owner.page)
    assert not Posting.select().where(Posting.id == posting.id).exists()
    assert not Employer.select().where(Employer.name == "Fern & Fig").exists()
    assert not Person.select().where(Person.claimed_email == ADA).exists()
    assert visitor.get("/employer/postings").status_code == 303
    assert owner.get(link_in(letters()[0])).status_code == 404


def test_a_late_link_says_so_and_offers_a_new_one(client, cast):
    visitor = client()
    join(visitor)
    MailLink.update(expires_at=now()).execute()
    other = client()
    assert other.post(link_in(letters()[0]), data={"do": "confirm"}).status_code == 410
    assert "too old" in text_of(other.page)
    assert newcomer().is_newcomer
    other.post("/sign-in/link", data={"email": ADA})
    assert [mail.letter for mail in letters(ADA)] == ["confirm_address"] * 2


def test_a_link_pressed_twice_at_once_confirms_once(client, cast):
    join(client())
    link = MailLink.get()
    twin = MailLink.get_by_id(link.id)
    joining.confirm(link)
    with pytest.raises(joining.Refused):
        joining.confirm(twin)
    assert Step.select().where(Step.move == "join").count() == 1


def test_of_two_links_pressed_at_once_the_one_that_throws_away_comes_too_late(client, cast):
    visitor = client()
    join(visitor)
    visitor.post("/join/again")
    first, second = MailLink.select(MailLink, Person).join(Person).order_by(MailLink.id)
    assert second.person.is_newcomer
    joining.confirm(first)
    with pytest.raises(joining.Refused):
        joining.deny(second)
    assert Person.get(Person.email == ADA).employer.name == "Fern & Fig"
    assert Posting.select().where(Posting.title == TITLE).count() == 1


def test_of_two_who_claim_an_address_the_second_finds_the_account_of_the_first(client, cast):
    first, second = client(), client()
    join(first)
    join(second, need="A price list for the counter")
    one, two = (link_in(mail) for mail in letters(ADA))
    first.post(one, data={"do": "confirm"})
    second.get(two)
    assert "You have an account already" in text_of(second.page)
    assert second.post(two, data={"do": "confirm"}).status_code == 200, "no such button: nothing happens"
    answer = second.post(two, data={"do": "take"})
    person = Person.get(Person.email == ADA)
    taken = Posting.get(Posting.title == "A price list for the counter")
    assert answer.location == f"/employer/postings/{taken.id}"
    assert (taken.contact, taken.employer_id) == (person, person.employer_id)


# -- an address that has an account


def test_joining_with_an_address_that_has_an_account_looks_the_same(client, cast):
    """The same status, place, page and letters, and the same number of queries."""
    seen = {}
    for email in (cast.dana.email, cast.maya.email, cast.okafor.email, "nobody.yet@example.org"):
        browser = client()
        tasks.queue.flush()  # a worker that has enough to do is not called
        with count_queries() as counter:
            answer = join(browser, email=email)
        title = Posting.select().order_by(Posting.id.desc()).get()
        assert answer.location == f"/employer/postings/{title.id}"
        browser.get(answer.location)
        page = text_of(browser.page).replace(email, "ADDRESS")
        seen[email] = (answer.status_code, counter.count, page, len(letters(email)))
    assert len(set(seen.values())) == 1


def test_an_employers_own_address_gets_a_way_in_and_the_draft_becomes_theirs(client, cast):
    stranger, dana = client(), client()
    join(stranger, email=cast.dana.email)
    mail = letters(cast.dana.email)[0]
    assert mail.letter == "have_account"
    before = Posting.get(Posting.title == TITLE)
    complete(before)
    dana.get(link_in(mail))
    assert f"the draft “{TITLE}”" in text_of(dana.page)
    answer = dana.post(link_in(mail), data={"do": "take"})
    taken = Posting.get(Posting.title == TITLE)
    assert answer.location == f"/employer/postings/{taken.id}"
    assert (taken.employer, taken.contact, taken.state) == (cast.cedar, cast.dana, "draft")
    assert content.read(taken) == factories.full_content(title=TITLE)
    assert dana.get(answer.location).status_code == 200
    assert stranger.get("/employer/postings").status_code == 303, "who typed the address is out"
    assert not Employer.select().where(Employer.name == "Fern & Fig").exists()
    assert Posting.select().count() == 1


def test_a_strangers_draft_can_be_thrown_away_by_the_owner_of_the_address(client, cast):
    join(client(), email=cast.dana.email)
    dana = client(cast.dana)
    assert dana.post(link_in(letters()[0]), data={"do": "deny"}).status_code == 200
    assert not Posting.select().exists()
    assert dana.get("/employer/postings").status_code == 200


@pytest.mark.parametrize("who", ["maya", "okafor", "ruiz", "closed"])
def test_an_address_of_the_school_takes_no_draft_and_lets_nobody_in(client, cast, who):
    person = cast.omar if who == "closed" else getattr(cast, who)
    if who == "closed":
        Person.update(ended_at=now()).where(Person.id == person.id).execute()
    browser = client()
    join(client(), email=person.email)
    browser.get(link_in(letters()[0]))
    assert "It does not write postings" in text_of(browser.page)
    for do in ("take", "confirm"):
        assert browser.post(link_in(letters()[0]), data={"do": do}).status_code == 200
    assert browser.get("/account").status_code == 303
    assert Person.get(Person.claimed_email == person.email).is_newcomer


def test_an_account_is_not_taken_over_by_joining_with_its_address_and_waiting(client, cast):
    """Whoever typed Dana's address gets nothing of hers, whatever she presses."""
    for do in ("confirm", "take", "deny"):
        stranger = client()
        join(stranger, email=cast.dana.email)
        client().post(link_in(letters(cast.dana.email)[-1]), data={"do": do})
        mine = stranger.get("/account")
        assert mine.status_code == 303 or cast.cedar.name not in text_of(stranger.page)


def test_a_newcomer_cannot_set_a_password_to_an_address_that_is_not_theirs_yet(client, cast):
    stranger = client()
    join(stranger)
    stranger.get("/account")
    assert by_id(stranger.page, "password") is None
    assert stranger.post("/account/password", data={"password": "quiet purple riverbank"}).status_code == 422
    assert newcomer().password_hash is None


# -- too many


def test_the_thirty_first_join_in_an_hour_is_asked_to_wait_and_keeps_what_was_typed(client, cast):
    for number in range(JOINS_AN_HOUR):
        Step.create(noun="employer", noun_id=number, move="ask", person=cast.nia, to_state="unverified")
    visitor = client()
    assert join(visitor).status_code == 429
    assert "try again in an hour" in words(by_id(visitor.page, "errors"))
    assert by_id(visitor.page, "organization").get("value") == "Fern & Fig"
    Step.update(at=now() - timedelta(hours=1, seconds=1)).execute()
    assert join(visitor).status_code == 303


def test_nobody_is_buried_in_letters(client, cast):
    """Five an hour to one address, by joining, asking again and signing in together; account or not."""
    for email in (cast.dana.email, "nobody.yet@example.org"):
        answers = [join(client(), email=email).status_code for _ in range(3)]
        answers += [client().post("/sign-in/link", data={"email": email}).status_code for _ in range(3)]
        answers += [join(client(), email=email).status_code]
        assert answers == [303] * 5 + [429] * 2
        assert len(letters(email)) == rules.LETTERS_TO_ONE
    assert Employer.select().where(Employer.name == "Fern & Fig").count() == 6


def test_one_newcomer_does_not_write_to_one_stranger_after_the_other(client, cast):
    visitor = client()
    join(visitor)
    answers = [
        visitor.post("/join/address", data={"email": f"stranger{number}@fig.example"}).status_code
        for number in range(rules.LETTERS_OF_ONE)
    ]
    assert answers == [303] * (rules.LETTERS_OF_ONE - 1) + [422]
    assert "try again in an hour" in text_of(visitor.page)
    assert newcomer_is_at("stranger8@fig.example")
    assert join(client(), email="eve@fig.example").status_code == 303


def newcomer_is_at(address: str) -> bool:
    return Person.select().where(Person.claimed_email == address, Person.email.is_null()).exists()


def test_a_newcomer_who_leaves_goes_with_all_they_wrote_and_the_school_hears_nothing(client, cast):
    visitor = client()
    join(visitor)
    assert visitor.post("/employer/leave").location == "/"
    notices.deliver()
    assert not Notice.select().exists()
    assert not Employer.select().where(Employer.name == "Fern & Fig").exists()
    assert not Posting.select().exists() and not newcomer_is_at(ADA)
    assert visitor.get("/employer").status_code == 303


def test_who_never_confirms_is_forgotten_after_a_month_and_nobody_else(client, cast):
    join(client())
    join(client(), email="eve@fig.example")
    client().post(link_in(letters("eve@fig.example")[0]), data={"do": "confirm"})
    assert joining.forget_newcomers() == 0
    Employer.update(unconfirmed_at=now() - FORGET_NEWCOMERS - timedelta(minutes=1)).where(
        Employer.unconfirmed_at.is_null(False)
    ).execute()
    assert joining.forget_newcomers() == 1
    assert not Person.select().where(Person.claimed_email == ADA).exists()
    assert Person.get(Person.email == "eve@fig.example").employer.name == "Fern & Fig"
    assert Posting.select().count() == 1
    with pytest.raises(NotAllowed):
        joining.remove(cast.dana)


@pytest.mark.parametrize(("email", "flagged"), [("ada@mailinator.com", True), ("ada@gmail.com", False), (ADA, False)])
def test_a_mailbox_that_is_thrown_away_soon_is_flagged_and_nobody_is_refused_for_it(client, cast, email, flagged):
    visitor = client()
    visitor.get(join(visitor, email=email).location)
    assert Posting.select().where(Posting.title == TITLE).exists()
    assert ("ne you will keep" in text_of(visitor.page)) == flagged
    visitor.get("/employer")
    assert ("ne you will keep" in text_of(visitor.page)) == flagged
