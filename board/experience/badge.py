"""An experience as an Open Badges 3.0 credential, signed by the school (VC-JWT: https://www.imsglobal.org/spec/ob/v3p0,
section 8.2). It says what the public page says: what the student shows, and no more.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from board.experience import issuer
from board.experience.resume import full_title, hours, where
from board.experience.shown import Shown

CONTEXTS = ("https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
ISSUER, KEYS = "/issuer", "/issuer/keys"


def profile(school_name: str, base_url: str) -> dict:
    """The school as an issuer."""
    return {"id": base_url + ISSUER, "type": ["Profile"], "name": school_name, "url": base_url}


def stamp(day: date) -> str:
    return datetime.combine(day, time(), UTC).isoformat().replace("+00:00", "Z")


@dataclass(frozen=True)
class Facts:
    """What a credential says of an experience; in English, as its standard's other words."""

    path: str  # of its public page
    name: str
    title: str
    organization: str
    began_on: date
    ended_on: date
    sentences: tuple[str, ...]
    skills: tuple[str, ...]
    delivered: str


def facts_of(shown: Shown, path: str) -> Facts:
    sentences = [f"A supervised, paid project for {where(shown)}"]
    if shown.minutes:
        sentences.append(f"{hours(shown.minutes)}, confirmed by the employer")
    if shown.supervisor:
        sentences.append(
            f"Supervised by {', '.join(part for part in (shown.supervisor, shown.supervisor_title) if part)}"
        )
    for who, skills in shown.vouchers.items():
        sentences.append(f"{who} vouches for {', '.join(skill.name for skill in skills)}")
    return Facts(
        path, shown.name, full_title(shown.title), shown.organization, shown.began_on, shown.ended_on, tuple(sentences),
        tuple(skill.name for skill in shown.skills), shown.delivered,
    )  # fmt: skip


def credential(facts: Facts, school_name: str, base_url: str) -> dict:
    """Raises nothing; leaves out what the student does not show."""
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


def signed(facts: Facts, school_name: str, base_url: str) -> str:
    """The credential as a compact JWT, with the claims that the standard asks for beside its members."""
    made = credential(facts, school_name, base_url)
    claims = {
        "iss": made["issuer"]["id"], "jti": made["id"], "sub": made["credentialSubject"]["id"],
        "nbf": int(datetime.fromisoformat(made["validFrom"]).timestamp()),
    }  # fmt: skip
    return issuer.sign(made | claims, f"{base_url}{KEYS}/{issuer.key_id()}")
