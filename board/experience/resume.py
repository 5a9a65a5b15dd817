"""Lines to paste into a résumé, in three lengths, and the link that fills in LinkedIn's form.

A résumé in the US is in English, and the programs that read it know plain characters best (no bullets, curly quotes or
long dashes): these words are the same in every language of the board.
"""

from datetime import date
from urllib.parse import urlencode

from board.experience.shown import Shown, ShownSkill

PLAIN = str.maketrans({
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "–": "-", "—": "-", "‑": "-", "−": "-",
    "…": "...", "•": "-", "·": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200b": "", "\ufeff": "",
})  # fmt: skip
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def plain(text: str) -> str:
    """Letters stay as they are; signs become those of a typewriter."""
    return " ".join(text.translate(PLAIN).split())


def full_title(title: str) -> str:
    return title if "micro-intern" in title.lower() else f"{title} (micro-internship)"


def where(shown: Shown) -> str:
    return ", ".join(part for part in (shown.organization, shown.place) if part)


def month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def months(shown: Shown) -> str:
    began, ended = month(shown.began_on), month(shown.ended_on)
    return began if began == ended else f"{began} - {ended}"


def hours_of(minutes: int) -> str:
    """Hours with at most one decimal: 870 is "14.5"."""
    return f"{minutes / 60:.1f}".removesuffix(".0")


def hours(minutes: int) -> str:
    if minutes < 60:
        return f"{minutes} minutes"
    return "1 hour" if minutes == 60 else f"{hours_of(minutes)} hours"


def one_line(shown: Shown) -> str:
    facts = [f"{full_title(shown.title)}, {where(shown)}", months(shown), hours(shown.minutes) if shown.minutes else ""]
    return plain(" | ".join(fact for fact in facts if fact))


def two_lines(shown: Shown) -> str:
    """The one line, and what came of it."""
    second = [ended(shown.delivered)] if shown.delivered else []
    if shown.skills:
        second.append(f"Skills: {', '.join(skill.name for skill in shown.skills)}.")
    return "\n".join(line for line in (one_line(shown), plain(" ".join(second))) if line)


def bullets(shown: Shown, school: str, address: str = "") -> str:
    """A heading, then a line for each thing; `address`: of the public page, if there is one."""
    points = [ended(shown.delivered)] if shown.delivered else []
    if shown.minutes and shown.supervisor:
        who = ", ".join(part for part in (shown.supervisor, shown.supervisor_title) if part)
        points.append(f"{hours(shown.minutes)}, confirmed by the employer; worksite supervisor: {who}")
    elif shown.minutes:
        points.append(f"{hours(shown.minutes)}, confirmed by the employer")
    elif shown.supervisor:
        points.append(
            f"Worksite supervisor: {', '.join(part for part in (shown.supervisor, shown.supervisor_title) if part)}"
        )
    if shown.skills:
        points.append(f"Skills: {', '.join(map(named, shown.skills))}")
    if shown.quote:
        points.append(f'"{plain(shown.quote).strip(chr(34))}" - {shown.organization}')
    points.append(f"Verified by {school}{f': {address}' if address else ''}")
    return "\n".join(
        [
            plain(full_title(shown.title)),
            plain(f"{where(shown)} | {months(shown)}"),
            *(f"- {plain(point)}" for point in points),
        ]
    )


def named(skill: ShownSkill) -> str:
    return f"{skill.name} (vouched for by {skill.vouched_by})" if skill.vouched_by else skill.name


def ended(sentence: str) -> str:
    return sentence if sentence[-1:] in ".!?…" else f"{sentence}."


def linkedin(shown: Shown, school: str, address: str) -> str:
    """LinkedIn's own form for a certification, filled in; nothing is sent before the student presses the button there."""
    values = {
        "startTask": "CERTIFICATION_NAME", "name": f"{full_title(shown.title)}, {shown.organization}",
        "organizationName": school, "issueYear": shown.ended_on.year, "issueMonth": shown.ended_on.month,
        "certUrl": address, "certId": shown.number,
    }  # fmt: skip
    return f"https://www.linkedin.com/profile/add?{urlencode(values)}"
