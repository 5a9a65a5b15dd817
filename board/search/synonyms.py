"""The school's words: what else a word may stand as."""


def groups() -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    return {}


def said(typed: list[str]) -> list[tuple[int, int, list[tuple[str, ...]]]]:
    """Where the school's words stand in what was typed: from, to, and the words for it. Longest first, none within another."""
    known = groups()
    longest = max(map(len, known), default=0)
    found, start = [], 0
    while start < len(typed):
        for end in range(min(len(typed), start + longest), start, -1):
            others = known.get(tuple(typed[start:end]))
            if others:
                found.append((start, end, others))
                start = end
                break
        else:
            start += 1
    return found
