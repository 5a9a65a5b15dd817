"""The page of a check, the list of employers, and what employers and teachers read of it."""

from datetime import timedelta

import pytest
from playhouse.test_utils import count_queries

from board.employers import vetting_actions as vetting
from board.employers.model import Employer, Supervisor
from board.employers.vetting_model import Item, SupervisorCheck, Vetting, VettingItem
from board.people.model import Person
from board.postings.model import Posting
from board.school.model import School, today
from tests import factories
from tests.inspector import by_id, having, text_of, words


def fresh(thing):
    return type(thing).get_by_id(thing.id)


@pytest.fixture
def ruiz(client, cast):
    return client(cast.ruiz)


def seen(item: str, outcome: str = "fine", said: str = "In the registry.") -> dict:
    return {f"{item}-outcome": outcome, f"{item}-words": said}


def test_a_coordinator_looks_item_by_item_and_verifies(ruiz, cast):
    address = f"/employers/{cast.newcomer.id}"
    for item in Item:
        assert (
            ruiz.post(f"{address}/vetting/items/{item}", data=seen(item)).location == f"{address}/vetting#item-{item}"
        )
    ruiz.get(f"{address}/vetting")
    assert by_id(ruiz.page, "missing") is None and "Everything that is asked has been looked at." in text_of(ruiz.page)
    assert ruiz.post(f"{address}/verify", data={"until": today().isoformat()}).status_code == 303
    assert fresh(cast.newcomer).is_verified and fresh(cast.newcomer).verified_until == today()
    assert ruiz.post(f"{address}/verify", data={"until": today().isoformat()}).status_code == 409


def test_what_is_missing_is_listed_and_asks_for_a_reason_at_its_field(ruiz, cast):
    address = f"/employers/{cast.newcomer.id}"
    ruiz.post(f"{address}/vetting/items/references", data=seen("references", "problem", "Nobody answers."))
    ruiz.get(f"{address}/vetting")
    missing = words(by_id(ruiz.page, "missing"))
    assert "The organization exists" in missing and "References (a problem)" in missing and "Insurance" not in missing
    late = (today() + timedelta(days=500)).isoformat()
    assert ruiz.post(f"{address}/verify", data={"until": today().isoformat()}).status_code == 422
    assert "Not everything is looked at" in words(by_id(ruiz.page, "words-error"))
    assert ruiz.post(f"{address}/verify", data={"until": late, "words": "We know them."}).status_code == 422
    assert "as long as a check holds" in words(by_id(ruiz.page, "until-error"))
    assert "We know them." in text_of(by_id(ruiz.page, "words"))
    assert ruiz.post(f"{address}/verify", data={"until": "", "words": "x"}).status_code == 422
    assert not fresh(cast.newcomer).is_verified
    assert (
        ruiz.post(f"{address}/verify", data={"until": today().isoformat(), "words": "We know them."}).status_code == 303
    )


def test_an_item_that_says_nothing_comes_back_with_what_was_typed(ruiz, cast):
    address = f"/employers/{cast.newcomer.id}/vetting/items/exists"
    assert ruiz.post(address, data=seen("exists", said=" ")).status_code == 422
    assert by_id(ruiz.page, "exists-words-error") is not None
    assert ruiz.post(address, data={"exists-words": "Kept."}).status_code == 422
    assert "Kept." in text_of(by_id(ruiz.page, "exists-words"))
    assert ruiz.post(f"/employers/{cast.newcomer.id}/vetting/items/nothing", data=seen("nothing")).status_code == 404
    assert not VettingItem.select().exists()


def test_a_wish_of_htmx_is_answered_with_the_region_alone(ruiz, cast):
    address = f"/employers/{cast.newcomer.id}/vetting/items/exists"
    answer = ruiz.post(address, data=seen("exists"), headers={"HX-Request": "true"})
    assert answer.status_code == 200 and "<html" not in answer.text and 'id="vetting"' in answer.text
    assert "Written down: The organization exists." in answer.text


@pytest.mark.parametrize(
    ("email", "website", "fit"),
    [
        ("nia@farm.example", "https://www.farm.example", "same"), ("nia@gmail.com", "https://farm.example", "free"),
        ("nia@mailinator.com", "", "disposable"), ("nia@farm.example", "https://other.example", "other"),
        ("nia@farm.example", "https://facebook.com/farm", "shared"),
    ],
)  # fmt: skip
def test_mail_and_website_are_compared_in_sight(ruiz, cast, email, website, fit):
    Person.update(email=email).where(Person.id == cast.nia.id).execute()
    Employer.update(website=website).where(Employer.id == cast.newcomer.id).execute()
    ruiz.get(f"/employers/{cast.newcomer.id}/vetting")
    (shown,) = having(ruiz.page, "data-fit")
    assert shown.get("data-fit") == fit and email in words(shown)
    ruiz.get(f"/employers/{cast.newcomer.id}")
    assert [box.get("data-mailbox") for box in having(ruiz.page, "data-mailbox")] == (
        [fit] if fit in ("free", "disposable") else []
    )


def test_another_year_shows_what_was_written_last_time(ruiz, cast):
    vetting.check(cast.newcomer, cast.ruiz, "exists", "fine", "Seen in the registry.")
    vetting.verify(cast.newcomer, cast.ruiz, words="x")
    Employer.update(verified_until=today()).where(Employer.id == cast.newcomer.id).execute()
    ruiz.get(f"/employers/{cast.newcomer.id}/vetting")
    item = words(by_id(ruiz.page, "item-exists"))
    assert "Last time: Fine" in item and "Seen in the registry." in item
    assert "The organization exists" in words(by_id(ruiz.page, "missing"))
    data = {"until": (today() + timedelta(days=100)).isoformat(), "words": "No time before the holidays."}
    assert ruiz.post(f"/employers/{cast.newcomer.id}/renew", data=data).status_code == 303
    assert fresh(cast.newcomer).verified_until == today() + timedelta(days=100)
    ruiz.get(f"/employers/{cast.newcomer.id}/vetting")
    assert not [form for form in having(ruiz.page, "data-move") if form.get("data-move") == "renew"]


def a_person(number: int, **more) -> dict:
    values = {"background": "clear", "background_on": today().isoformat(), "contact_seen_on": today().isoformat(),
              "background_by": "State police", "until": today().isoformat(), "do": "vet"} | more  # fmt: skip
    return {key if key == "do" else f"s{number}-{key}": value for key, value in values.items()}


def test_a_supervisor_is_checked_and_the_posting_can_be_approved(ruiz, client, cast):
    posting = factories.make_posting("submitted", cast.cedar, **factories.ON_SITE)
    SupervisorCheck.delete().execute()
    number = posting.supervisor_id
    okafor = client(cast.okafor)
    okafor.get(f"/review/{posting.id}")
    assert "Pat Lindqvist" in words(by_id(okafor.page, "unchecked"))
    assert "approve" not in {form.get("data-move") for form in having(okafor.page, "data-move")}
    assert okafor.post(f"/review/{posting.id}/approve").status_code == 422
    link = f"/employers/{cast.cedar.id}#supervisors"
    assert link in {a.get("href") for a in having(okafor.page, "href")}
    okafor.get(link)
    (row,) = having(okafor.page, "data-supervisor")
    assert row.get("data-checked") == "no"
    address = f"/employers/{cast.cedar.id}/vetting/supervisors/{number}"
    ruiz.get(f"/employers/{cast.cedar.id}/vetting")
    assert "One posting waits for that." in words(by_id(ruiz.page, f"supervisor-{number}"))
    assert ruiz.post(address, data=a_person(number, background="asked", background_on="", do="keep")).status_code == 303
    assert SupervisorCheck.get().vetted_until is None
    assert ruiz.post(address, data=a_person(number)).status_code == 303
    okafor.get(f"/review/{posting.id}")
    assert by_id(okafor.page, "unchecked") is None
    assert okafor.post(f"/review/{posting.id}/approve").status_code == 303
    assert Posting.get_by_id(posting.id).is_live


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"contact_seen_on": ""}, "contact_seen_on"), ({"background_on": ""}, "background_on"),
        ({"background_on": "2999-01-01"}, "background_on"), ({"contact_seen_on": "2999-01-01"}, "contact_seen_on"),
        ({"until": "2999-01-01"}, "until"), ({"background": "asked"}, "background"),
        ({"background": "not_clear"}, "background"), ({"background_on": "soon"}, "background_on"),
    ],
)  # fmt: skip
def test_what_can_not_be_is_said_at_its_field_and_nothing_is_kept(ruiz, cast, changed, field):
    person = Supervisor.create(employer=cast.cedar, name="Pat Lindqvist")
    address = f"/employers/{cast.cedar.id}/vetting/supervisors/{person.id}"
    assert ruiz.post(address, data=a_person(person.id, **changed)).status_code == 422
    assert by_id(ruiz.page, f"s{person.id}-{field}-error") is not None
    assert by_id(ruiz.page, f"s{person.id}-background_by").get("value") == "State police"
    assert not SupervisorCheck.select().exists()


def test_a_supervisor_of_somebody_else_is_not_found(ruiz, cast):
    person = Supervisor.create(employer=cast.mill, name="Pat Lindqvist")
    address = f"/employers/{cast.cedar.id}/vetting/supervisors/{person.id}"
    assert ruiz.post(address, data=a_person(person.id)).status_code == 404


def test_there_is_no_place_for_a_report(ruiz, cast):
    Supervisor.create(employer=cast.cedar, name="Pat Lindqvist")
    ruiz.get(f"/employers/{cast.cedar.id}/vetting")
    assert "never the report itself" in text_of(ruiz.page)
    assert not [field for field in having(ruiz.page, "type") if field.get("type") == "file"]


@pytest.mark.parametrize("who", ["okafor", "dana", "maya"])
def test_what_came_of_a_persons_check_is_for_coordinators_alone(client, cast, who):
    person = Supervisor.create(employer=cast.cedar, name="Pat Lindqvist")
    vetting.check_supervisor(person, cast.ruiz, "not_clear", today(), "State police", today())
    vetting.check(cast.cedar, cast.ruiz, "references", "problem", "A quarrel at the till.")
    browser = client(getattr(cast, who))
    assert browser.get(f"/employers/{cast.cedar.id}/vetting").status_code == 403
    addresses = {"okafor": (f"/employers/{cast.cedar.id}", "/employers"), "dana": ("/employer", f"/employers/{cast.cedar.id}"),
                 "maya": (f"/employers/{cast.cedar.id}",)}[who]  # fmt: skip
    for address in addresses:
        browser.get(address)
        text = text_of(browser.page)
        assert "quarrel" not in text and "State police" not in text and "ot clear" not in text, address
    if who != "maya":
        browser.get(addresses[0])
        assert "Not checked yet" in text_of(browser.page)


def test_an_employer_reads_until_when_and_that_it_ends_soon(client, cast):
    dana = client(cast.dana)
    dana.get("/employer")
    assert "check of you ends on" not in text_of(dana.page) and "until" in text_of(dana.page)
    Employer.update(verified_until=today() + timedelta(days=30)).where(Employer.id == cast.cedar.id).execute()
    dana.get("/employer")
    assert "check of you ends on" in text_of(dana.page)
    Employer.update(verified_until=None).where(Employer.id == cast.cedar.id).execute()
    dana.get("/employer")
    assert "no end given" in text_of(dana.page)


def test_postings_that_paused_come_back_with_the_check_and_what_does_not_by_one_press(ruiz, client, cast):
    from board.employers import vetting_days

    posting, first = (factories.make_posting("open", cast.cedar) for _ in range(2))
    Employer.update(verified_until=today() - timedelta(days=1)).where(Employer.id == cast.cedar.id).execute()
    vetting_days.daily(today())
    address = f"/employers/{cast.cedar.id}"
    assert ruiz.post(f"{address}/vetting/put-back").status_code == 409
    pay = Posting.get_by_id(posting.id).pay_cents
    Posting.update(pay_cents=1).where(Posting.id == posting.id).execute()  # by now it blocks
    assert ruiz.post(f"{address}/verify", data={"until": today().isoformat(), "words": "As ever."}).status_code == 303
    ruiz.get(f"{address}/vetting")
    assert "One posting is back on the board." in text_of(ruiz.page) and Posting.get_by_id(first.id).is_live
    assert ruiz.post(f"{address}/vetting/put-back").status_code == 409
    Posting.update(pay_cents=pay).where(Posting.id == posting.id).execute()
    assert "put_back_all" in {form.get("data-move") for form in having(ruiz.page, "data-move")}
    assert ruiz.post(f"{address}/vetting/put-back").status_code == 303
    assert Posting.get_by_id(posting.id).is_live
    ruiz.get(f"{address}/vetting")
    assert "put_back_all" not in {form.get("data-move") for form in having(ruiz.page, "data-move")}


def rows(browser) -> list[int]:
    return [int(row.get("data-employer")) for row in having(browser.page, "data-employer")]


def test_the_list_is_filtered_by_what_has_to_be_looked_at(ruiz, client, cast):
    Employer.update(verified_until=today()).where(Employer.id == cast.mill.id).execute()
    vetting.check(cast.newcomer, cast.ruiz, "exists", "fine", "Seen.")
    ruiz.get("/employers")
    chips = {chip.get("data-look") for chip in having(ruiz.page, "data-look")}
    assert chips == {"ends", "no-exists", "no-domain", "no-address", "no-references", "no-rules"}
    ruiz.get("/employers?look=ends")
    assert rows(ruiz) == [cast.mill.id]
    ruiz.get("/employers?look=no-exists")
    assert rows(ruiz) == [cast.mill.id]
    ruiz.get("/employers?look=no-references")
    assert rows(ruiz) == [cast.newcomer.id, cast.mill.id]
    assert ruiz.get("/employers?look=nonsense").status_code == 200 and len(rows(ruiz)) == 3
    okafor = client(cast.okafor)
    okafor.get("/employers?look=ends")
    assert len(rows(okafor)) == 3 and not having(okafor.page, "data-look")


def test_home_counts_what_waits(ruiz, cast):
    factories.make_posting("submitted", cast.cedar, **factories.ON_SITE)
    SupervisorCheck.delete().execute()
    Employer.update(verified_until=today()).where(Employer.id == cast.mill.id).execute()
    ruiz.get("/")
    shown = {a.get("href"): words(a) for a in having(ruiz.page, "href")}
    assert "1" in shown["/employers?look=ends"] and "1" in shown["/employers?look=supervisor"]


def test_the_page_asks_as_many_queries_for_thirty_supervisors_as_for_one(ruiz, cast):
    counts = []
    for more in (1, 29):
        for number in range(more):
            person = Supervisor.create(employer=cast.cedar, name=f"Person {more} {number}")
            factories.vet_supervisor(person)
            factories.make_person("employer", employer=cast.cedar)
        with count_queries() as counter:
            ruiz.get(f"/employers/{cast.cedar.id}/vetting")
        counts.append(counter.count)
    assert len(having(ruiz.page, "data-supervisor")) == 30 and counts[0] == counts[1]


def test_the_settings_say_whom_the_school_wants_checked_and_for_how_long(ruiz, cast):
    ruiz.get("/settings")
    chosen = {
        "name": "Lincoln",
        "state": "OR",
        "time_zone": "America/Los_Angeles",
        "minimum_age": "14",
        "minimum_pay_cents": "15",
    }
    assert School.here().asks_background == "on-site" and School.here().vetted_for == 1
    assert ruiz.post("/settings", data=chosen | {"background_check": "always", "vetting_years": "3"}).status_code == 303
    assert School.here().asks_background == "always" and School.here().vetted_for == 3
    assert (
        ruiz.post("/settings", data=chosen | {"background_check": "on-site", "vetting_years": "1"}).status_code == 303
    )
    assert School.here().background_check is None and School.here().vetting_years is None
    for wrong in ({"background_check": "maybe"}, {"vetting_years": "9"}, {"vetting_years": "x"}):
        assert ruiz.post("/settings", data=chosen | wrong).status_code == 422


def test_nothing_is_begun_by_looking(ruiz, cast):
    ruiz.get(f"/employers/{cast.cedar.id}/vetting")
    assert not Vetting.select().exists()
