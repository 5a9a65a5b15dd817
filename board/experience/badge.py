"""An experience as an Open Badges 3.0 credential, signed by the school (VC-JWT: https://www.imsglobal.org/spec/ob/v3p0,
section 8.2). It says what the public page says: what the student shows, and no more.
"""

from datetime import UTC, date, datetime, time

from board.experience import issuer
from board.experience.resume import full_title, hours
from board.experience.shown import Shown

CONTEXTS = ("https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
ISSUER, KEYS = "/issuer", "/issuer/keys"


def profile(school_name: str, base_url: str) -> dict:
    """The school as an issuer."""
    return {"id": base_url + ISSUER, "type": ["Profile"], "name": school_name, "url": base_url}


def stamp(day: date) -> str:
    return datetime.combine(day, time(), UTC).isoformat().replace("+00:00", "Z")


def described(shown: Shown) -> str:
    """The achievement in a sentence or two."""
    facts = [shown.delivered] if shown.delivered else [f"{full_title(shown.title)} at {shown.organization}."]
    if shown.minutes:
        facts.append(f"{hours(shown.minutes)}, confirmed by the employer.")
    if shown.supervisor:
        facts.append(f"Worksite supervisor: {shown.supervisor}.")
    return " ".join(facts)


def credential(shown: Shown, path: str, school_name: str, base_url: str) -> dict:
    """`shown`: what outsiders may read; `path`: of the public page that says the same."""
    page, title = base_url + path, full_title(shown.title)
    criteria = (
        f"Completed a supervised, paid project for {shown.organization}; signed off by a teacher of {school_name}."
    )
    achievement = {
        "id": f"{page}#achievement",
        "type": ["Achievement"],
        "achievementType": "Fieldwork",
        "name": title,
        "description": described(shown),
        "criteria": {"narrative": criteria},
        "creator": profile(school_name, base_url),
    }
    if shown.skills:
        achievement["tag"] = [skill.name for skill in shown.skills]
    subject = {
        "id": f"{page}#person",
        "type": ["AchievementSubject"],
        # the name as the page shows it: a minor's is a first name and an initial
        "identifier": [
            {"type": "IdentityObject", "hashed": False, "identityHash": shown.name, "identityType": "ext:shownName"}
        ],
        "activityStartDate": stamp(shown.began_on),
        "activityEndDate": stamp(shown.ended_on),
        "role": title,
        "achievement": achievement,
    }
    if shown.delivered:
        subject["narrative"] = shown.delivered
    return {
        "@context": list(CONTEXTS),
        "id": f"{page}/badge",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"{title}, {shown.organization}",
        "issuer": profile(school_name, base_url),
        "validFrom": stamp(shown.ended_on),
        "awardedDate": stamp(shown.ended_on),
        "evidence": [{"id": page, "type": ["Evidence"], "name": "The page on which the school verifies it"}],
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
        "credentialSubject": subject,
    }


def signed(shown: Shown, path: str, school_name: str, base_url: str) -> str:
    """The credential as a compact JWT, with the claims that the standard asks for beside its members."""
    made = credential(shown, path, school_name, base_url)
    claims = {
        "iss": made["issuer"]["id"], "jti": made["id"], "sub": made["credentialSubject"]["id"],
        "nbf": int(datetime.fromisoformat(made["validFrom"]).timestamp()),
    }  # fmt: skip
    return issuer.sign(made | claims, f"{base_url}{KEYS}/{issuer.key_id()}")
