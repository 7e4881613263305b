"""The other lenses, vital signs and mandates, as sentences in the reader's language; pure."""

from collections.abc import Iterable, Mapping

from assessment.content.edition import Edition
from assessment.scoring.diagnosis import Evidence
from assessment.scoring.lenses import Mandate, Sign
from assessment.scoring.seats import Seating


def trouble(edition: Edition, evidence: Evidence) -> str:
    """A lens item in trouble, with the lever that helps."""
    item = edition.framework.lenses.item_by_id[evidence.item]
    return edition.words.gettext("{item} (what helps: “{lever}”)").format(
        item=edition.texts.lenses.items[item.id].short, lever=edition.lever(item.lever)
    )


def sign(edition: Edition, sign: Sign) -> str:
    """A vital sign with its unit, and how far voices lie apart, where that may be told."""
    _, words = edition.words.gettext, edition.words
    text = edition.texts.lenses.signs[sign.sign]
    sentence = words.labelled(text.short, sign_value(edition, sign))
    if sign.voices == 1:
        return sentence
    if sign.is_middle_half:
        return _("{sentence} (middle half of {count} voices)", sentence=sentence, count=sign.voices)
    return _("{sentence} (median of {count} voices, {least} to {greatest})").format(
        sentence=sentence,
        count=sign.voices,
        least=words.number(sign.least, digits=1),
        greatest=words.number(sign.greatest, digits=1),
    )


def sign_value(edition: Edition, sign: Sign) -> str:
    """A vital sign's number with its unit; the range of its middle half where it is a survey's."""
    words, text = edition.words, edition.texts.lenses.signs[sign.sign]
    least, greatest = (words.number(end, digits=1) for end in (sign.least, sign.greatest))
    if not sign.is_middle_half or least == greatest:
        return words.quantity(sign.value, text.unit, one=text.one)
    most = words.quantity(sign.greatest, text.unit, one=text.one)
    return words.gettext("{least} to {greatest}", least=least, greatest=most)


def sign_since(edition: Edition, before: Sign | None) -> str:
    """What a vital sign was the last time; empty where nobody gave it."""
    if before is None:
        return ""
    return edition.words.gettext("{value} last time", value=sign_value(edition, before))


def written_by(edition: Edition, mandate: Mandate) -> str:
    """Who wrote a mandate sentence: aliases, by a link numbers, and how many voices gave none."""
    words = edition.words
    names = [
        words.gettext("voice {number}", number=alias) if alias.isdigit() else alias
        for alias in mandate.aliases
    ]
    unnamed = mandate.voices - len(mandate.aliases)
    if not mandate.aliases:
        return words.counted("{count} voice", "{count} voices", unnamed)
    if not unnamed:
        return words.all_of(names)
    more = words.counted("{count} more voice", "{count} more voices", unnamed)
    return words.all_of([*names, more])


def unwritten(edition: Edition, seating: Seating, mandates: Iterable[Mandate]) -> str:
    """The roles held whose mandate nobody wrote down; empty where all are."""
    written = {mandate.role for mandate in mandates}
    held = filter(seating.is_held, edition.framework.lenses.mandates)
    lacking = [role for role in held if role not in written]
    text = edition.words.gettext("Not written yet: {roles}.", roles=edition.roles(lacking))
    return text if lacking else ""


def charter_nudge(
    edition: Edition, health: Mapping[str, float], mandates: Iterable[Mandate]
) -> str | None:
    """A nudge to write mandates down where every voice finds them clear and none is written.

    `health` gives the answered core items' health by id. It is no penalty (article B).
    """
    if health.get(edition.framework.lenses.mandates_item, 0) < 1 or any(mandates):
        return None
    return edition.words.gettext(
        "Mandates are clear to everyone, you say: write each of them down in one sentence."
    )
