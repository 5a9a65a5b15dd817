"""What a mail address and a website say of an employer by their domains alone; nothing is asked over the network.

A personal mailbox is no fault: many a small firm has no other. It only proves less, so the school looks closer.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from board.words import N_, Labelled

FREE_MAIL = Path(__file__).parent / "free_mail.txt"

# a page here belongs to whoever made it, and says nothing of who that is
SHARED_HOSTS = frozenset(
    """facebook.com fb.com instagram.com linkedin.com x.com twitter.com tiktok.com youtube.com yelp.com nextdoor.com
    pinterest.com etsy.com ebay.com google.com g.page goo.gl linktr.ee about.me wixsite.com weebly.com square.site
    squarespace.com wordpress.com blogspot.com tumblr.com myshopify.com godaddysites.com github.io gitlab.io netlify.app
    vercel.app pages.dev web.app carrd.co webflow.io business.site jimdosite.com strikingly.com webnode.com
    toast.site clover.com bit.ly tinyurl.com notion.site substack.com medium.com patreon.com gofundme.com craigslist.org
    """.split()
)
# under a country's own ending these are part of it: example.co.uk is one firm, co.uk is none
SECOND = frozenset(
    "ac co com edu go gob gouv gov govt gr id ind lg ltd me mil ne net nhs nom or org plc police re sch school web".split()
)
# domains that give everybody a place of their own below them
FAMILIES = frozenset("aol gmx hotmail live msn outlook proton protonmail rocketmail yahoo yandex ymail zoho".split())


class Mailbox(Labelled):
    OWN = "own", N_("A domain of their own")
    FREE = "free", N_("A mailbox anybody can have")
    DISPOSABLE = "disposable", N_("A mailbox that is thrown away soon")


class Fit(Labelled):
    """How a mail address stands to a website."""

    SAME = "same", N_("The same domain")
    OTHER = "other", N_("Different domains")
    FREE = "free", N_("A mailbox anybody can have: look closer")
    DISPOSABLE = "disposable", N_("A mailbox that is thrown away soon")
    SHARED = "shared", N_("A page on a site anybody can use")
    NO_WEBSITE = "no_website", N_("No website is given")


@dataclass(frozen=True)
class Compared:
    """One mail address against the website: `mail` and `site` are the domains that were compared."""

    email: str
    fit: Fit
    mail: str
    site: str


def host_of(address: str) -> str:
    """The host of a web or mail address, in ASCII; "" for none."""
    bare = address.strip().lower()
    if "://" in bare:
        try:
            bare = urlsplit(bare).hostname or ""
        except ValueError:
            return ""
    else:
        bare = re.split(r"[/?#]", bare, maxsplit=1)[0].rpartition("@")[2].partition(":")[0]
    try:
        return bare.strip(".").encode("idna").decode()
    except UnicodeError:
        return bare.strip(".")


def registrable(host: str) -> str:
    """The part of a host that somebody registered: shop.example.co.uk -> example.co.uk.

    A rule with the usual second levels, not the Public Suffix List: it decides what a person is shown, no more. In the
    United States' own ending the names of towns and states come first (ci.portland.or.us).
    """
    labels = [label for label in host.split(".") if label]
    keep = 2
    if labels and labels[-1].isdecimal():  # a number of the network, which nobody registers a part of
        keep = len(labels)
    elif len(labels) > 2 and len(labels[-1]) == 2:
        if labels[-1] == "us" and len(labels[-2]) == 2:
            keep = 4
        elif labels[-2] in SECOND:
            keep = 3
    return ".".join(labels[-keep:])


def mailbox(email: str) -> Mailbox:
    host = host_of(email)
    above = [host, *(host.split(".", dots)[-1] for dots in range(1, host.count(".")))]
    if any(name in disposable() for name in above):
        return Mailbox.DISPOSABLE
    own = registrable(host)
    first = own.partition(".")[0]
    family = first in FAMILIES or (first.startswith("mail2") and own.endswith(".com") and first != "mail2")
    return Mailbox.FREE if family or any(name in free() for name in above) else Mailbox.OWN


def compare(website: str, email: str) -> Compared:
    """What the two say together; the mailbox first, since that is what anybody could have made."""
    mail, site = host_of(email), host_of(website) if website else ""
    kind, own = mailbox(email), registrable(site)
    if kind != Mailbox.OWN:
        fit = Fit(str(kind))
    elif not site:
        fit = Fit.NO_WEBSITE
    elif own in SHARED_HOSTS:
        fit = Fit.SHARED
    else:
        fit = Fit.SAME if registrable(mail) == own else Fit.OTHER
    return Compared(email, fit, mail, site.removeprefix("www."))


@lru_cache(maxsize=1)
def free() -> frozenset[str]:
    lines = FREE_MAIL.read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@lru_cache(maxsize=1)
def disposable() -> frozenset[str]:
    from disposable_email_domains import blocklist  # some ten thousand names, asked for by few pages

    return frozenset(blocklist)
