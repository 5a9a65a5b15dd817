"""Mail and web domains: what is recognized of the lists that people keep, and that firms are left in peace."""

from pathlib import Path

import pytest

from board.employers.domains import Fit, Mailbox, compare, disposable, free, mailbox, registrable

HOSTILE = Path(__file__).resolve().parents[3] / "shared" / "data" / "hostile"

# work under these domains: the largest of several trades, schools, hospitals, cities, and some of a handful of people
FIRMS = """walmart.com amazon.com apple.com cvs.com exxonmobil.com microsoft.com chevron.com costco.com ford.com gm.com
jpmchase.com kroger.com verizon.com comcast.com att.com meta.com citi.com target.com homedepot.com lowes.com ups.com
fedex.com pfizer.com pepsico.com wellsfargo.com disney.com tesla.com pg.com ge.com boeing.com intel.com ibm.com hp.com
delta.com united.com nike.com columbia.com starbucks.com cisco.com oracle.com mcdonalds.com marriott.com deere.com
3m.com mayoclinic.org kp.org providence.org ohsu.edu harvard.edu pps.net redcross.org ymca.org habitat.org goodwill.org
portland.gov portlandoregon.gov oregon.gov ci.eugene.or.us multco.us opb.org oregonlive.com powells.com tillamook.com
newseasonsmarket.com dutchbros.com lesschwab.com umpquabank.com fredmeyer.com rei.com charter.com ancestry.com
keepersflowers.com juniperbakery.co smithandsonsplumbing.com riverbendvet.com northforkfarm.org""".split()


def names(file: str) -> list[str]:
    path = HOSTILE / file
    if not path.exists():
        pytest.skip(f"{file} is not there")
    return path.read_text("utf-8").split()


def recognized(listed: list[str]) -> float:
    return sum(mailbox(f"somebody@{name}") != Mailbox.OWN for name in listed) / len(listed)


def test_nearly_every_disposable_domain_is_recognized_as_one():
    listed = names("disposable_email_domains_cc0.txt")
    thrown = sum(mailbox(f"somebody@{name}") == Mailbox.DISPOSABLE for name in listed)
    assert thrown / len(listed) > 0.99


def test_nine_of_ten_domains_of_free_mail_are_recognized():
    assert recognized(names("free_email_domains.txt")) > 0.90


def test_a_firm_under_its_own_domain_is_not_flagged():
    assert [firm for firm in FIRMS if mailbox(f"jo@{firm}") != Mailbox.OWN] == []


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("jo@gmail.com", "free"), ("JO@GMail.com", "free"), ("jo@yahoo.co.nz", "free"), ("jo@outlook.fr", "free"),
        ("jo@mail2portland.com", "free"), ("jo@comcast.net", "free"), ("jo@icloud.com", "free"), ("jo@proton.me", "free"),
        ("jo@mailinator.com", "disposable"), ("jo@mx1.mailinator.com", "disposable"), ("jo@yopmail.com", "disposable"),
        ("jo@notgmail.com", "own"), ("jo@gmail.com.example.org", "own"), ("jo@mail.example.com", "own"),
    ],
)  # fmt: skip
def test_mailboxes_by_kind(address, kind):
    assert mailbox(address) == kind


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("example.com", "example.com"), ("www.shop.example.com", "example.com"), ("example.co.uk", "example.co.uk"),
        ("a.example.com.au", "example.com.au"), ("lib.portland.or.us", "lib.portland.or.us"),
        ("www.ci.portland.or.us", "ci.portland.or.us"), ("nyc.us", "nyc.us"), ("localhost", "localhost"), ("", ""),
        ("example.de", "example.de"), ("mail.example.de", "example.de"), ("co.uk", "co.uk"),
    ],
)  # fmt: skip
def test_the_part_that_somebody_registered(host, own):
    assert registrable(host) == own


@pytest.mark.parametrize(
    ("website", "email", "fit"),
    [
        ("https://www.cedarprint.com/about", "dana@cedarprint.com", Fit.SAME),
        ("https://shop.cedarprint.com", "dana@mail.cedarprint.com", Fit.SAME),
        ("https://cedarprint.com", "dana@cedarprint.org", Fit.OTHER),
        ("https://cedarprint.com", "dana@gmail.com", Fit.FREE),
        ("", "dana@gmail.com", Fit.FREE),
        ("https://cedarprint.com", "dana@mailinator.com", Fit.DISPOSABLE),
        ("", "dana@cedarprint.com", Fit.NO_WEBSITE),
        ("https://facebook.com/cedarprint", "dana@cedarprint.com", Fit.SHARED),
        ("https://cedarprint.wixsite.com/home", "dana@cedarprint.com", Fit.SHARED),
        ("https://münchen.example", "jo@xn--mnchen-3ya.example", Fit.SAME),
        ("HTTPS://CedarPrint.COM:8443/x?to=jo@gmail.com", "dana@CEDARPRINT.com", Fit.SAME),
        ("cedarprint.com:80/?to=jo@gmail.com#top", "dana@cedarprint.com", Fit.SAME),
        ("https://cedarprint.com", "dana@xn--cedarprnt-hgb.com", Fit.OTHER),  # a letter that looks alike
        ("https://clinic.nhs.uk", "jo@surgery.nhs.uk", Fit.OTHER),
        ("https://192.0.2.7", "jo@198.51.2.7", Fit.OTHER),
        ("https://[::1", "dana@cedarprint.com", Fit.NO_WEBSITE),
    ],
)
def test_website_and_mail_address_side_by_side(website, email, fit):
    assert compare(website, email).fit == fit


def test_the_two_lists_do_not_overlap_and_are_compact():
    assert not free() & disposable()
    assert len(free()) < 5000
