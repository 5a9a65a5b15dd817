"""An experience as an Open Badges 3.0 credential, signed by the school (VC-JWT: https://www.imsglobal.org/spec/ob/v3p0,
section 8.2). It says what the public page says: what the student shows, and no more.
"""

from datetime import UTC, date, datetime, time

from board.experience import issuer

CONTEXTS = ("https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
ISSUER, KEYS = "/issuer", "/issuer/keys"


def profile(school_name: str, base_url: str) -> dict:
    """The school as an issuer."""
    return {"id": base_url + ISSUER, "type": ["Profile"], "name": school_name, "url": base_url}


def stamp(day: date) -> str:
    return datetime.combine(day, time(), UTC).isoformat().replace("+00:00", "Z")


def credential(facts, school_name: str, base_url: str) -> dict:
    """`facts`: what outsiders may read (see shown.py). Raises nothing; leaves out what the student does not show."""
    page = base_url + facts.path
    criteria = (
        f"Completed a supervised, paid project for {facts.organization}; signed off by a teacher of {school_name}."
    )
    subject = {
        "id": f"{page}#person",
        "type": ["AchievementSubject"],
        # the name as the page shows it: a minor's is a first name and an initial
        "identifier": [
            {"type": "IdentityObject", "hashed": False, "identityHash": facts.name, "identityType": "ext:shownName"}
        ],
        "activityStartDate": stamp(facts.began_on),
        "activityEndDate": stamp(facts.ended_on),
        "role": facts.title,
        "achievement": {
            "id": f"{page}#achievement",
            "type": ["Achievement"],
            "achievementType": "Fieldwork",
            "name": facts.title,
            "description": ". ".join(facts.sentences),
            "criteria": {"narrative": criteria},
            "creator": profile(school_name, base_url),
        },
    }
    if facts.skills:
        subject["achievement"]["tag"] = list(facts.skills)
    if facts.delivered:
        subject["narrative"] = facts.delivered
    return {
        "@context": list(CONTEXTS),
        "id": f"{page}/badge",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"{facts.title}, {facts.organization}",
        "issuer": profile(school_name, base_url),
        "validFrom": stamp(facts.ended_on),
        "awardedDate": stamp(facts.ended_on),
        "evidence": [{"id": page, "type": ["Evidence"], "name": "The page on which the school verifies it"}],
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
        "credentialSubject": subject,
    }


def signed(facts, school_name: str, base_url: str) -> str:
    """The credential as a compact JWT, with the claims that the standard asks for beside its members."""
    made = credential(facts, school_name, base_url)
    claims = {
        "iss": made["issuer"]["id"], "jti": made["id"], "sub": made["credentialSubject"]["id"],
        "nbf": int(datetime.fromisoformat(made["validFrom"]).timestamp()),
    }  # fmt: skip
    return issuer.sign(made | claims, f"{base_url}{KEYS}/{issuer.key_id()}")
