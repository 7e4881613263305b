"""The phrases that several charts share, in the reader's language."""

from assessment.languages import BLANK, Words, whole


def change(points: float | None, *, words: Words) -> str:
    """A change with its direction, such as ▲ +14, ▼ −3 or = 0; empty when there is none."""
    if points is None:
        return ""
    moved = whole(points)
    sign = "▲" if moved > 0 else "▼" if moved < 0 else "="
    return f"{sign} {words.change(moved)}"


def out_of_hundred(squad: str, level: str, score: float | None, *, words: Words) -> str:
    """What a screen reader says of one squad's level; of no squad's, where there is none yet."""
    name = ", ".join(filter(None, (squad, level)))
    if score is None:
        return words.gettext("{name}: not enough answers", name=name)
    return words.gettext("{name}: {score} out of 100", name=name, score=words.score(score))


def voices(count: int, *, words: Words) -> str:
    """A number of voices, such as 7 voices."""
    return words.counted("{count} voice", "{count} voices", count)


def share_of_voices(count: int, total: int, *, words: Words) -> str:
    """How many of the voices, such as 3 of 7."""
    return words.gettext("{count} of {voices}", count=count, voices=total)


def answered_by(question: str, answer: str, count: int, *, words: Words) -> str:
    """What a screen reader says of an answer and the voices that gave it."""
    said = words.gettext("{item}, {option}: {voices}")
    return said.format(item=question, option=answer, voices=voices(count, words=words))


def range_text(low: float | None, high: float | None, *, words: Words) -> str:
    """Where a score lies whichever voice is left out, such as 36 to 52; a dash if not known."""
    if low is None or high is None:
        return BLANK
    return words.gettext("{low} to {high}", low=words.score(low), high=words.score(high))
