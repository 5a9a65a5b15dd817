"""Colleagues of one employer: invited by letter and link, invited again, taken back; and what keeps it from misuse."""

from datetime import timedelta

import pytest

from board.db import now
from board.employers import colleagues
from board.employers.model import Employer
from board.employers.rules import BEFORE_THE_CHECK, INVITATIONS_AN_HOUR
from board.mail.model import Mail
from board.moves import NotAllowed, Refused, Step
from board.people import accounts
from board.people.model import Person, Slowdown
from board.postings import hands
from board.postings.model import Posting
from tests import factories
from tests.inspector import by_id, having, text_of, words

PASSWORD = "quiet purple riverbank"
ROSA = {"name": "Rosa Vega", "email": "rosa@cedar.example"}


def invite(cast, **changes):
    return colleagues.invite(cast.cedar, cast.dana, **(ROSA | changes))


def fresh(person):
    return Person.get_by_id(person.id)


def link_in(page) -> str:
    return by_id(page, "link").get("value").split("://", 1)[1].split("/", 1)[1]


def test_a_colleague_is_invited_gets_a_letter_and_comes_by_the_link(client, cast):
    dana = client(cast.dana)
    assert dana.post("/employer/people", data=ROSA).status_code == 200
    mail = Mail.get()
    rosa = Person.get(Person.email == ROSA["email"])
    assert (mail.letter, mail.person, mail.address) == ("colleague_invitation", rosa, ROSA["email"])
    assert (mail.values["inviter"], mail.values["employer"]) == ("Dana Whitlock", "Cedar Print")
    link = link_in(dana.page)
    assert mail.values["link"].endswith(link)
    dana.get("/employer")
    assert by_id(dana.page, "link") is None  # shown this once
    assert "Has not come yet" in words(by_id(dana.page, "people"))
    visitor = client()
    assert visitor.post(f"/{link}", data={"name": "Rosa V.", "password": PASSWORD}).status_code == 303
    assert visitor.get("/employer/postings").status_code == 200
    assert (fresh(rosa).employer, fresh(rosa).name) == (cast.cedar, "Rosa V.")
    assert client().get(f"/{link}").status_code == 404  # used
    dana.get("/employer")
    assert "Has not come yet" not in words(by_id(dana.page, "people"))


def test_the_letter_says_who_invites_and_arrives_whole(app, cast, settings):
    _rosa, token = invite(cast)
    (letter,) = factories.letters(settings)
    assert letter["To"] == ROSA["email"]
    assert "Dana Whitlock" in letter["Subject"] and "Cedar Print" in letter["Subject"]
    for kind in ("plain", "html"):
        text = letter.get_body((kind,)).get_content()
        assert f"http://127.0.0.1:8000/welcome/{token}" in text and "Dana Whitlock of Cedar Print" in text


def test_inviting_again_makes_a_new_link_and_the_old_one_opens_nothing(client, cast):
    rosa, token = invite(cast)
    dana = client(cast.dana)
    assert dana.post(f"/employer/people/{rosa.id}/invite").status_code == 200
    assert client().get(f"/welcome/{token}").status_code == 404
    assert client().get(f"/{link_in(dana.page)}").status_code == 200
    assert Mail.select().count() == 2


def test_taking_back_closes_the_link_and_the_same_address_can_be_invited_again(client, cast):
    rosa, token = invite(cast)
    assert client(cast.dana).post(f"/employer/people/{rosa.id}/take-back").status_code == 303
    assert client().get(f"/welcome/{token}").status_code == 404
    assert fresh(rosa).ended_at
    again, token = invite(cast, name="Rosa Vega-Ruiz")
    assert (again.id, fresh(rosa).name, fresh(rosa).ended_at) == (rosa.id, "Rosa Vega-Ruiz", None)
    assert client().get(f"/welcome/{token}").status_code == 200


@pytest.mark.parametrize("came_by", ["password", "link"])
def test_who_has_come_is_neither_invited_again_nor_taken_back(client, cast, came_by):
    """The link would choose a new password: a colleague could take the account over."""
    rosa, _token = invite(cast)
    if came_by == "password":
        Person.update(password_hash="x").where(Person.id == rosa.id).execute()
    else:
        client(rosa).get("/")  # signed in without one
    dana = client(cast.dana)
    dana.get("/employer")
    assert not having(dana.page, "data-move", "invite_again") and not having(dana.page, "data-move", "take_back")
    for verb in ("invite", "take-back"):
        assert dana.post(f"/employer/people/{rosa.id}/{verb}").status_code == 422
        assert "has joined in the meantime" in text_of(dana.page)
    with pytest.raises(NotAllowed):
        accounts.invite(rosa, cast.dana)
    with pytest.raises(NotAllowed):
        accounts.take_back(rosa, cast.dana)
    assert fresh(rosa).ended_at is None


def test_somebody_elses_people_are_not_there(client, cast):
    theirs = factories.make_person("employer", employer=cast.mill)
    for number in (theirs.id, cast.maya.id, cast.okafor.id, 99999, 10**30):
        for verb in ("invite", "take-back"):
            assert client(cast.dana).post(f"/employer/people/{number}/{verb}").status_code == 404
    with pytest.raises(NotAllowed):
        accounts.invite(theirs, cast.dana)
    assert Mail.select().count() == 0


@pytest.mark.parametrize(
    ("whose", "said"),
    [("omar", "We can't send"), ("maya", "We can't send"), ("ruiz", "We can't send"), ("dana", "one of you already")],
)
def test_an_address_with_an_account_says_nothing_about_whose_it_is(client, cast, whose, said):
    other = getattr(cast, whose)
    dana = client(cast.dana)
    assert dana.post("/employer/people", data=ROSA | {"email": other.email.upper()}).status_code == 422
    error = words(by_id(dana.page, "colleague-email-error"))
    assert said in error
    if whose != "dana":
        for secret in (*other.name.split(), "Mill", "student", "teacher", "account"):
            assert secret not in error
    assert by_id(dana.page, "colleague-name").get("value") == "Rosa Vega"
    assert Mail.select().count() == 0


def test_who_left_or_was_closed_by_the_school_comes_back_through_the_school(cast):
    came = factories.make_person("employer", "Theo Lund", employer=cast.cedar, password_hash="x")
    hands.leave(came)
    closed, _token = invite(cast)
    accounts.end_account(closed, cast.ruiz)
    for person in (came, closed):
        with pytest.raises(Refused, match="ask the coordinator"):
            invite(cast, email=person.email)
        assert fresh(person).ended_at


@pytest.mark.parametrize(
    "name",
    ["Rosa\r\nBcc: everybody@example.org", "Rosa\nVega", "Rosa\x00Vega", "Rosa\u2028Vega", "see https://win.example.com/x",
     "rosa@evil.example.com", "Rosa <b>", "Bcc: x", "   ", "x" * 121],
)  # fmt: skip
def test_a_name_that_would_get_out_of_its_line_is_refused_at_its_field(client, cast, name):
    dana = client(cast.dana)
    assert dana.post("/employer/people", data=ROSA | {"name": name}).status_code == 422
    assert words(by_id(dana.page, "colleague-name-error"))
    assert Mail.select().count() == 0 and not Person.select().where(Person.email == ROSA["email"]).exists()


@pytest.mark.parametrize(
    "email", ["rosa", "rosa@x", "a@b.example\nBcc: c@d.example", "a b@c.example", "", "<a@b.example>"]
)
def test_an_address_that_is_none_is_refused_at_its_field(client, cast, email):
    dana = client(cast.dana)
    assert dana.post("/employer/people", data=ROSA | {"email": email}).status_code == 422
    assert words(by_id(dana.page, "colleague-email-error")) and Mail.select().count() == 0


@pytest.mark.parametrize("name", ["Rosa Vega", "José Núñez-Ortiz", "Anne O’Neil", "Dr. Li Wei, Jr.", "明"])
def test_names_people_have_are_taken(client, cast, name):
    assert client(cast.dana).post("/employer/people", data=ROSA | {"name": name}).status_code == 200
    assert Person.get(Person.email == ROSA["email"]).name == name


def test_so_many_an_hour_and_then_it_is_said_in_words(client, cast):
    for number in range(INVITATIONS_AN_HOUR):
        rosa, _token = invite(cast, email=f"rosa{number}@cedar.example")
    dana = client(cast.dana)
    assert dana.post("/employer/people", data=ROSA).status_code == 429
    assert "try again in an hour" in words(by_id(dana.page, "errors"))
    assert by_id(dana.page, "colleague-name").get("value") == "Rosa Vega"
    assert dana.post(f"/employer/people/{rosa.id}/invite").status_code == 429
    assert colleagues.invite(cast.mill, cast.omar, "Ann", "ann@mill.example")  # each employer by itself
    Step.update(at=now() - timedelta(hours=2)).where(Step.move == "invite").execute()
    assert dana.post("/employer/people", data=ROSA).status_code == 200


def test_before_the_check_letters_are_few(cast):
    for number in range(BEFORE_THE_CHECK):
        colleagues.invite(cast.newcomer, cast.nia, "Ann", f"ann{number}@farm.example")
    with pytest.raises(colleagues.TooManyInvitations):
        colleagues.invite(cast.newcomer, cast.nia, "Ann", "ann@farm.example")


def test_nobody_asks_for_free_which_addresses_have_an_account(cast):
    for _ in range(INVITATIONS_AN_HOUR):
        with pytest.raises(colleagues.NotThisAddress):
            invite(cast, email=cast.maya.email)
    with pytest.raises(colleagues.TooManyInvitations):
        invite(cast)
    Slowdown.update(last_at=now() - timedelta(hours=2)).execute()
    assert invite(cast)


@pytest.mark.parametrize("state", ["refused", "suspended"])
def test_who_the_school_has_shut_out_invites_nobody(client, cast, state):
    rosa, _token = invite(cast)
    Employer.update(state=state).where(Employer.id == cast.cedar.id).execute()
    dana = client(cast.dana)
    assert dana.get("/employer").status_code == 200
    assert not having(dana.page, "data-move", "invite") and "can't invite anybody" in text_of(dana.page)
    assert dana.post("/employer/people", data=ROSA | {"email": "x@y.example"}).status_code == 403
    assert dana.post(f"/employer/people/{rosa.id}/invite").status_code == 403
    assert Mail.select().count() == 1


def test_who_has_no_mail_address_of_their_own_is_told_to_give_one_first(client, cast):
    Person.update(email=None, username="dana").where(Person.id == cast.dana.id).execute()
    dana = client(cast.dana)
    dana.get("/employer")
    assert not having(dana.page, "data-move", "invite") and "a mail address of your own first" in text_of(dana.page)
    assert dana.post("/employer/people", data=ROSA).status_code == 403


def test_who_has_not_confirmed_an_address_is_told_to_do_that_before_they_invite(client, cast):
    Person.update(email=None, claimed_email="dana@cedar.example", username="dana").where(
        Person.id == cast.dana.id
    ).execute()
    dana = client(cast.dana)
    dana.get("/employer")
    assert not having(dana.page, "data-move", "invite") and "then you can invite colleagues" in text_of(dana.page)


def test_an_invitation_that_breaks_leaves_nothing_behind(cast, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("the power went")

    monkeypatch.setattr(colleagues.mail, "queue", broken)
    with pytest.raises(RuntimeError):
        invite(cast)
    assert not Person.select().where(Person.email == ROSA["email"]).exists()


# -- handing over and leaving, on the page


@pytest.fixture
def rosa(cast):
    return factories.make_person("employer", "Rosa Vega", employer=cast.cedar, password_hash="x")


def test_all_of_ones_postings_are_handed_over_on_the_page(client, cast, rosa):
    posting = factories.make_posting("open", cast.cedar)
    dana = client(cast.dana)
    assert dana.post("/employer/people/hand-over", data={"to": ""}).status_code == 422
    assert "Choose who should have them" in words(by_id(dana.page, "errors"))
    assert dana.post("/employer/people/hand-over", data={"to": str(cast.omar.id)}).status_code == 404
    assert dana.post("/employer/people/hand-over", data={"to": str(rosa.id)}).status_code == 303
    assert Posting.get_by_id(posting.id).contact == rosa
    dana.get("/employer")
    assert "One posting was handed over" in text_of(dana.page)


def test_leaving_is_asked_once_more_and_signs_out(client, cast, rosa):
    posting = factories.make_posting("open", cast.cedar)
    dana = client(cast.dana)
    dana.get("/employer/leave")
    assert "Who looks after your posting?" in text_of(dana.page) and fresh(cast.dana).ended_at is None
    assert dana.post("/employer/leave", data={"to": str(rosa.id)}).status_code == 303
    assert fresh(cast.dana).ended_at and Posting.get_by_id(posting.id).contact == rosa
    assert dana.get("/employer").location.startswith("/sign-in")
    assert client(cast.dana).get("/employer").status_code == 303  # no other browser either
    ruiz = client(cast.ruiz)
    ruiz.get(f"/employers/{cast.cedar.id}")
    assert "handed postings over to Rosa Vega" in text_of(ruiz.page)


def test_the_last_one_is_told_what_to_do_first(client, cast):
    factories.make_posting("open", cast.cedar)
    dana = client(cast.dana)
    dana.get("/employer/leave")
    assert "You are the last one here" in text_of(dana.page) and not having(dana.page, "data-move", "leave")
    assert dana.post("/employer/leave").status_code == 409
    assert "ask the coordinator" in words(by_id(dana.page, "errors")) and fresh(cast.dana).ended_at is None


def test_a_coordinator_sees_who_holds_what_and_gives_it_to_somebody_who_is_there(client, cast, rosa):
    posting = factories.make_posting("open", cast.cedar)
    Person.update(ended_at=now()).where(Person.id == cast.dana.id).execute()
    ruiz, address = client(cast.ruiz), f"/employers/{cast.cedar.id}"
    ruiz.get(address)
    assert "One posting has no contact any more" in words(by_id(ruiz.page, "contacts"))
    assert ruiz.post(f"{address}/hand-over", data={"from": "", "to": ""}).status_code == 422
    assert "Choose who should have them" in words(by_id(ruiz.page, "errors"))
    assert ruiz.post(f"{address}/hand-over", data={"from": "", "to": str(cast.omar.id)}).status_code == 404
    assert client(cast.okafor).post(f"{address}/hand-over", data={"from": "", "to": str(rosa.id)}).status_code == 403
    assert ruiz.post(f"{address}/hand-over", data={"from": "", "to": str(rosa.id)}).status_code == 303
    assert Posting.get_by_id(posting.id).contact == rosa
    ruiz.get(address)
    assert "contact of one posting" in words(by_id(ruiz.page, "contacts"))
    assert not having(ruiz.page, "data-move", "hand_over")  # the one who is there holds all of it


def test_a_mailbox_that_is_thrown_away_soon_is_flagged_when_a_colleague_is_invited_and_when_one_moves_to_it(
    client, cast
):
    dana = client(cast.dana)
    for name, email, flagged in (("Kim Osei", "kim@gmail.com", False), ("Lou Osei", "lou@yopmail.com", True)):
        dana.post("/employer/people", data={"name": name, "email": email})
        assert ("ne you will keep" in text_of(dana.page)) == flagged
    for email, flagged in (("dana.w@gmail.com", False), ("dana.w@yopmail.com", True)):
        assert dana.post("/account/details", data={"name": "Dana", "email": email}).status_code == 303
        dana.get("/account")
        assert ("ne you will keep" in text_of(dana.page)) == flagged
