"""What a search engine may know of a project: schema.org's JobPosting, on boards that are open to everybody.

Only what a stranger reads on the page: the place is the school's state, nobody is named but the organization.
https://schema.org/JobPosting; https://developers.google.com/search/docs/appearance/structured-data/job-posting
"""

from datetime import datetime, time

from flask import url_for
from markupsafe import Markup

from board.access import school, who
from board.drawing import local, markdown
from board.postings.model import Place, Posting
from board.school.model import STATES


def job_posting(posting: Posting) -> dict | None:
    """The data of a project page, for strangers on an open board while students find it; else None."""
    here = school()
    if who() is not None or not here.open_to_visitors or not posting.is_live:
        return None
    region = STATES[here.state]
    said: dict = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": posting.title,
        "description": description(posting),
        "identifier": {"@type": "PropertyValue", "name": here.name, "value": str(posting.id)},
        "url": url_for("postings.show", posting_id=posting.id, _external=True),
        "datePosted": local(posting.opened_at).date().isoformat(),
        "employmentType": "INTERN",
        "hiringOrganization": {"@type": "Organization", "name": posting.employer.name},
        "totalJobOpenings": posting.seats,
        "directApply": False,  # students of this school sign in first
    }
    if posting.apply_by:
        last = datetime.combine(posting.apply_by, time(23, 59, 59), here.zone)
        said["validThrough"] = last.isoformat()
    if posting.pay_cents:
        # for the whole project: none of schema.org's units of time is true of it
        pay = {"@type": "QuantitativeValue", "value": posting.pay, "unitText": "project"}
        said["baseSalary"] = {"@type": "MonetaryAmount", "currency": "USD", "value": pay}
    if posting.field_id:
        said["industry"] = posting.field.name
    if posting.place == Place.REMOTE:
        said["jobLocationType"] = "TELECOMMUTE"
        said["applicantLocationRequirements"] = {"@type": "State", "name": f"{region}, USA"}
    elif posting.place:
        address = {"@type": "PostalAddress", "addressRegion": here.state, "addressCountry": "US"}
        said["jobLocation"] = {"@type": "Place", "address": address}
    return said


def description(posting: Posting) -> str:
    """HTML, as search engines ask for; cleaned like the page's."""
    plain = [Markup("<p>{}</p>").format(text) for text in (posting.summary, posting.deliverable) if text]
    return str(Markup("").join([*plain, markdown(posting.description)]))
