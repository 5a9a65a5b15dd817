"""An employer's page for everybody who may see it, and the school's check."""

from playhouse.test_utils import count_queries

from board.employers.model import Employer
from board.school.model import School
from tests import factories
from tests.inspector import by_id, having, text_of, words


def test_an_employer_changes_what_it_says_and_reads_how_it_stands(client, cast):
    nia = client(cast.nia)
    nia.get("/employer")
    assert "has not checked you yet" in text_of(nia.page)
    form = {
        "name": "Newcomer Farm",
        "size": "1",
        "place": "Mill Road",
        "website": "",
        "about": "**Goats** <script>x</script>",
    }
    assert nia.post("/employer", data=form).status_code == 303
    employer = Employer.get_by_id(cast.newcomer.id)
    assert (employer.size, employer.about) == ("1", "**Goats** <script>x</script>")
    assert nia.post("/employer", data=form | {"website": "ftp://x.y"}).status_code == 422
    assert by_id(nia.page, "website").get("value") == "ftp://x.y"


def test_a_suspended_employer_still_signs_in_and_reads_why(client, cast):
    factories.make_posting("open", cast.cedar)
    assert (
        client(cast.ruiz).post(f"/employers/{cast.cedar.id}/suspend", data={"suspend-reason": "Not paid."}).status_code
        == 303
    )
    dana = client(cast.dana)
    assert dana.get("/employer").status_code == 200
    assert "“Not paid.”" in text_of(dana.page)
    for address in ("/employer/postings", "/employer/postings/new"):
        assert dana.get(address).status_code == 200
        assert "has suspended you" in text_of(dana.page) or "can't post at the moment" in text_of(dana.page)


def test_who_sees_which_employer(client, cast):
    seen = {f"/employers/{cast.cedar.id}": 200, f"/employers/{cast.newcomer.id}": 404, "/employers/99999": 404,
            f"/employers/{cast.cedar.id}-cedar-print": 200, "/employers/9223372036854775808": 404}  # fmt: skip
    for address, status in seen.items():
        assert client(cast.maya).get(address).status_code == status, address
        assert client(cast.omar).get(address).status_code == status, address
        assert client().get(address).status_code in (303, 404), address
    assert client().get(f"/employers/{cast.cedar.id}").status_code == 303
    School.update(open_to_visitors=True).execute()
    assert client().get(f"/employers/{cast.cedar.id}").status_code == 200
    assert client().get(f"/employers/{cast.newcomer.id}").status_code == 404
    for person in (cast.nia, cast.okafor, cast.ruiz):
        assert client(person).get(f"/employers/{cast.newcomer.id}").status_code == 200


def test_an_employers_page_shows_live_projects_and_how_many_finished_and_contacts_to_staff_alone(client, cast):
    live = factories.make_posting("open", cast.cedar, title="Window lettering")
    factories.make_posting("draft", cast.cedar, title="Secret draft")
    factories.make_posting("submitted", cast.cedar, title="Not yet read")
    done = factories.make_posting("open", cast.cedar)
    factories.make_placement("completed", done, cast.leo)
    maya = client(cast.maya)
    maya.get(f"/employers/{cast.cedar.id}")
    text = text_of(maya.page)
    assert [article.get("data-posting") for article in having(maya.page, "data-posting")] == [str(live.id)]
    assert "One project finished" in text
    assert cast.dana.name not in text
    assert cast.dana.email not in text
    assert "Not yet read" not in text
    teacher = client(cast.okafor)
    teacher.get(f"/employers/{cast.cedar.id}")
    text = text_of(teacher.page)
    assert cast.dana.email in text
    assert "Not yet read" in text
    assert "Secret draft" not in text


def test_a_coordinator_is_led_to_the_check_a_teacher_is_not(client, cast):
    address = f"/employers/{cast.newcomer.id}"
    teacher = client(cast.okafor)
    teacher.get(address)
    assert not having(teacher.page, "data-move")
    assert teacher.post(f"{address}/verify").status_code == 403
    assert client(cast.nia).post(f"{address}/verify").status_code == 403
    ruiz = client(cast.ruiz)
    ruiz.get(address)
    assert {form.get("data-move") for form in having(ruiz.page, "data-move")} == {"refuse"}
    assert f"{address}/vetting" in {a.get("href") for a in having(ruiz.page, "href")}
    assert "5 things are missing" in text_of(ruiz.page)
    assert ruiz.post(f"{address}/explode").status_code == 404


def test_refusing_needs_a_reason_and_says_so_at_its_field(client, cast):
    ruiz = client(cast.ruiz)
    assert ruiz.post(f"/employers/{cast.newcomer.id}/refuse", data={"refuse-reason": " "}).status_code == 422
    assert "Please say why" in words(by_id(ruiz.page, "refuse-reason-error"))
    assert (
        ruiz.post(f"/employers/{cast.newcomer.id}/refuse", data={"refuse-reason": "No such firm."}).status_code == 303
    )
    assert Employer.get_by_id(cast.newcomer.id).state == "refused"


def test_the_list_begins_with_those_nobody_has_checked_and_filters_by_state(client, cast):
    ruiz = client(cast.ruiz)
    ruiz.get("/employers")
    assert [row.get("data-employer") for row in having(ruiz.page, "data-employer")][:1] == [str(cast.newcomer.id)]
    ruiz.get("/employers?state=verified")
    assert [row.get("data-employer") for row in having(ruiz.page, "data-employer")] == [
        str(cast.cedar.id),
        str(cast.mill.id),
    ]
    assert ruiz.get("/employers?state=nonsense&page=99999999999999999999").status_code == 200
    assert client(cast.maya).get("/employers").status_code == 403


def test_the_list_asks_as_many_queries_for_thirty_employers_as_for_three(client, cast):
    ruiz = client(cast.ruiz)
    with count_queries() as few:
        ruiz.get("/employers")
    for _ in range(27):
        factories.employer_person(factories.make_employer())
    with count_queries() as many:
        ruiz.get("/employers")
    assert len(having(ruiz.page, "data-employer")) == 30
    assert many.count == few.count


def test_an_employers_page_asks_as_many_queries_for_thirty_projects_as_for_one(client, cast):
    factories.make_posting("open", cast.cedar)
    counts = []
    for more in (0, 29):
        for _ in range(more):
            factories.make_posting("open", cast.cedar)
        for person in (cast.maya, cast.ruiz):
            browser = client(person)
            with count_queries() as counter:
                browser.get(f"/employers/{cast.cedar.id}")
            counts.append(counter.count)
    assert len(having(browser.page, "data-posting")) == 30
    assert counts[:2] == counts[2:]


def test_only_what_a_teacher_has_signed_off_counts_as_finished(client, cast):
    for state in ("active", "delivered", "ended_early"):
        factories.make_placement(state, factories.make_posting(employer=cast.cedar))
    browser = client(cast.okafor)
    browser.get(f"/employers/{cast.cedar.id}")
    assert "No project has finished here yet." in text_of(browser.page)
    factories.make_placement("completed", factories.make_posting(employer=cast.cedar))
    browser.get(f"/employers/{cast.cedar.id}")
    assert "One project finished with a student here." in text_of(browser.page)
