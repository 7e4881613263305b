"""The playbook as data: all that framework.md asks of it, in both languages, and broken files."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from assessment.content.edition import edition_in
from assessment.content.files import CONTENT
from assessment.content.loading import playbook_from, playbook_texts_from, shipped_framework
from assessment.errors import ContentError
from assessment.languages import LANGUAGES
from assessment.model import Lever
from assessment.model.playbook import Playbook
from tests.deep_examples import DECISIONS

FRAMEWORK = shipped_framework()
PLAYBOOK = edition_in("en").playbook

EVERY_FACT = """
roles       side-by-side      AB two-setups
roles       side-by-side      C  two-seats
agendas     rituals           B  replace-not-add three-suffice one-question explicit-decision
agendas     rituals           B  scale-up-story
agendas     product-review    B  question people topics
agendas     tech-council      B  question people topics
agendas     roadmap-sync      B  question people topics order-only
confusion   two-histories     A  po-from-scrum pm-from-product-management two-definitions hybrids
confusion   projected-gaps    A  no-strategy no-clarity vague-vision chaotic-delivery
confusion   projected-gaps    A  divided-business defined-by-holes
confusion   empty-seat        A  the-other-compensates without-a-pm without-a-po once-clear
confusion   pm-missing        A  po-sets-strategy backlog-by-requests trade-offs-mid-sprint
confusion   pm-missing        A  vision-not-restated early-warning where-it-shows data-team-story
confusion   po-missing        A  pm-coordinates twelve-interviews compensation-not-weakness
confusion   rule-of-thumb     A  pm-says-why po-says-what-now team-says-how three-layers
pm-po       pm-carries        A  choice-not-production vision strategy discovery impact
pm-po       pm-carries        A  leadership-alignment
pm-po       pm-never          A  all-tickets daily-sprint slicing-and-feasibility
pm-po       pm-never          A  micro-management not-the-how-now
pm-po       po-carries        A  clarity-not-hierarchy clear-problem operational-decisions
pm-po       po-carries        A  functional-quality smooth-work protected-delivery
pm-po       po-never          A  product-vision strategic-bets architecture-and-debt
pm-po       po-never          A  micro-management only-the-what-now
pm-po       evidence          A  proof pressure effect-not-features
pm-po       evidence          B  reviewed-evidence
hinge       pm-hinge          B  neither-nor daily-coherence restates-vision
hinge       pm-hinge          B  secures-feasibility settles-close
hinge       pm-hinge          AB two-readings
hinge       pm-strong-weak    B  weak strong protects-capacity frames-scope
hinge       pm-strong-weak    B  challenges-requests documents-decisions keeps-connections
hinge       pm-trap           B  envoy secretary not-a-relay first-lever
cpo-cto     cpo-mandate       B  why-and-where vision bets problems-first success-metrics meaning
cpo-cto     cto-mandate       B  how-to-get-there architecture quality-and-debt capacity
cpo-cto     cto-mandate       B  security-and-scale speed
cpo-cto     frictions         B  mandates-not-people vision-and-feasibility debt-and-value
cpo-cto     frictions         B  roadmap-and-capacity
cpo-cto     frontier-rules    B  what-and-how debt-as-a-product impact-not-preference which-impact
cpo-cto     clear-mandates    B  one-sentence written-down system-of-decisions
who-decides five-levels       AB four-and-four explicit-levels
who-decides five-levels       B  frame
who-decides level-vision      A  priority-segment repositioning north-star
who-decides level-vision      B  assumed-mandate
who-decides level-vision      A  po-contributes restated
who-decides level-strategy    AB impacts bets
who-decides level-strategy    A  opportunity-order
who-decides level-strategy    B  structuring-constraints guardrail
who-decides level-strategy    A  po-consulted
who-decides level-arbitration B  first cut postpone debt-versus-value alignment
who-decides level-arbitration A  missing-level
who-decides level-daily       A  sprint-content enough-scope option-choice local-constraint
who-decides level-daily       A  inside-the-frame
who-decides level-delivery    B  slicing
who-decides level-delivery    A  acceptance-criteria
who-decides level-delivery    B  capacity-protection
who-decides level-delivery    A  risk-reduction pm-stays-out
who-decides level-delivery    B  without-a-po
lost        lost-decisions    B  overlap symptoms improvisation organisations
lost        one-mandate       B  never-collective no-negotiation
lost        one-mandate       A  who-settles-what
lost        delegation        A  central-po cost handed-over
lost        delegation        B  local-trade-offs
tempo       three-questions   B  mandates rituals channel fewer-than-three
tempo       shared-cycle      B  meaning-not-urgency frequency
tempo       shared-cycle      B  vision impacts options decisions deliverables
tempo       shared-artefacts  B  north-star-and-impacts real-capacity technical-constraints
tempo       shared-artefacts  B  roadmap-by-impact
tempo       single-channel    B  one-way-in around-it through-it
tempo       vital-signs       B  arbitration-days
tempo       vital-signs       A  open-questions rework
tempo       what-it-frees     B  not-a-committee everyone-knows steady-progress trio-as-engine
cpo         cpo-seat          C  executive-committee better-alignment whole-life-cycle
cpo         cpo-seat          C  market-and-customers
cpo         cpo-missions      C  vision-and-objectives long-term-roadmap watch
cpo         cpo-missions      C  positioning-pricing-risk life-cycle metrics coordination
cpo         cpo-missions      C  one-experience new-fields
cpo         cpo-skills        C  methods tools product-culture data-analysis technical-grasp
cpo         cpo-leadership    C  team autonomy inspire potential delegate-and-coach communicate
cpo         cpo-leadership    C  personal-qualities
cpo         cpo-c-levels      C  cto ceo cmo cro cfo coo
cpo-career  cpo-company-types C  start-up large-group
cpo-career  cpto              C  one-person gain risk
cpo-career  cpo-path          C  degree years experience certifications lifelong-learning
cpo-career  cpo-pay           C  france paris factors variable market
cpo-career  cpo-next-moves    C  ceo-or-coo founder consulting innovation
"""

FIGURES = {
    ("cpo-seat", "better-alignment"): ("78", "2023", "TechCrunch"),
    ("rule-of-thumb", "three-layers"): ("80",),
    ("five-levels", "explicit-levels"): ("80",),
    ("clear-mandates", "written-down"): ("80",),
    ("po-carries", "functional-quality"): ("30", "50"),
    ("delegation", "cost"): ("20",),
    ("rituals", "scale-up-story"): ("10", "30"),
    ("vital-signs", "arbitration-days"): ("10", "30"),
    ("vital-signs", "open-questions"): ("20",),
    ("vital-signs", "rework"): ("30", "50"),
    ("cpo-skills", "methods"): ("Agile", "Scrum", "SAFe", "Lean"),
    ("cpo-path", "degree"): ("Bac+5",),
    ("cpo-path", "years"): ("5", "10"),
    ("cpo-path", "certifications"): ("PSPO", "PSM"),
    ("cpo-pay", "france"): ("67", "118", "60"),
    ("cpo-pay", "paris"): ("60", "70", "90", "120"),
    ("cpo-pay", "market"): ("2025",),
    ("cpo-next-moves", "ceo-or-coo"): ("CEO", "COO"),
}


# What framework.md asks ---------------------------------------------------------------------------


def test_every_fact_stands_in_its_passage_with_its_article() -> None:
    expected: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for line in EVERY_FACT.strip().splitlines():
        section, passage, articles, *facts = line.split()
        expected.setdefault((section, passage), []).extend((fact, articles) for fact in facts)

    assert {
        (passage.section, passage.id): [(fact.id, "".join(fact.sources)) for fact in passage.facts]
        for passage in PLAYBOOK.passages
    } == expected
    assert len(expected) == 49


def test_the_articles_are_credited_with_what_they_say_of_themselves() -> None:
    credits_of = PLAYBOOK.articles

    assert (credits_of["A"].title, credits_of["A"].publisher) == (None, "Yield")
    assert credits_of["B"].title == (
        "CTO, CPO, PM\u00a0: rôles et responsabilités dans la gouvernance produit"
    )
    assert credits_of["B"].author == "Cyrille, Chief Product Officer & Co-Founder"
    assert credits_of["B"].updated == date(2025, 11, 19)
    assert (credits_of["C"].publisher, credits_of["C"].author) == (None, None)


@pytest.mark.parametrize(
    ("language", "passage", "fact", "said", "unsaid"),
    [
        ("en", "cpo-c-levels", "cro", "sales arguments", "revenue"),
        ("fr", "cpo-c-levels", "cro", "argumentaire de vente", "revenu"),
        ("en", "cpo-seat", "better-alignment", "Nearly 78% of technology companies", None),
        ("en", "cpo-seat", "better-alignment", "a notable improvement", None),
        ("fr", "cpo-seat", "better-alignment", "Près de 78 %", None),
        ("fr", "cpo-seat", "better-alignment", "s'améliorer notablement", None),
        ("en", "cpo-pay", "paris", "€90k to €120k when experienced", "confirmed"),
        ("en", "pm-missing", "where-it-shows", "the roadmap, the backlog and the rituals", None),
        ("fr", "pm-missing", "where-it-shows", "la roadmap, le backlog et les rituels", None),
        ("en", "cpo-missions", "one-experience", "one coherent experience and keeps silos", None),
        ("fr", "cpo-missions", "one-experience", "une expérience cohérente", None),
        ("en", "cpo-missions", "metrics", "satisfaction and impact", None),
        ("fr", "cpo-missions", "metrics", "satisfaction et impact", None),
        ("en", "what-it-frees", "trio-as-engine", "are a lever", None),
        ("fr", "what-it-frees", "trio-as-engine", "est un levier", None),
        ("en", "level-delivery", "pm-stays-out", "only when a decision", None),
        ("fr", "level-delivery", "pm-stays-out", "que si une décision remet en cause le cap", None),
    ],
)
def test_what_once_was_lost_from_an_article_is_there(
    language: str, passage: str, fact: str, said: str, unsaid: str | None
) -> None:
    text = edition_in(language).playbook_texts.passages[passage].facts[fact].text
    plain = text.translate(str.maketrans("\u202f\u00a0’", "  '"))

    assert said in plain
    assert unsaid is None or unsaid not in plain


def test_a_reading_of_ours_is_marked_as_ours() -> None:
    ours = [fact.id for passage in PLAYBOOK.passages for fact in passage.facts if fact.ours]

    assert ours == ["two-readings"]


def test_the_levels_show_the_deep_checks_decisions_as_examples() -> None:
    assert {
        passage.level: tuple(fact.id for fact in passage.examples(FRAMEWORK))
        for passage in PLAYBOOK.passages
        if passage.level
    } == DECISIONS


def test_the_cycle_has_its_five_steps_and_the_three_rituals_their_agenda() -> None:
    assert {passage.id: passage.cycle for passage in PLAYBOOK.passages if passage.cycle} == {
        "shared-cycle": ("vision", "impacts", "options", "decisions", "deliverables")
    }
    assert [passage.id for passage in PLAYBOOK.passages if passage.agenda] == [
        "product-review",
        "tech-council",
        "roadmap-sync",
    ]
    assert [passage.id for passage in PLAYBOOK.passages if passage.roles] == ["side-by-side"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_are_the_articles(language: str) -> None:
    texts = edition_in(language).playbook_texts.passages
    lacking = [
        (passage, fact, figure)
        for (passage, fact), figures in FIGURES.items()
        for figure in figures
        if not re.search(rf"(?<!\d){re.escape(figure)}(?!\d)", texts[passage].facts[fact].text)
    ]

    assert lacking == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_shares_and_pay_are_told_as_an_article_reports_them(language: str) -> None:
    uncompared = [
        (passage, fact)
        for passage, text in edition_in(language).playbook_texts.passages.items()
        for fact, reported in text.facts.items()
        if re.search(r"\d+[\u202f]?%|k€", reported.text)
        and not re.search(r"\b[Aa]rticles?\b", reported.text)
    ]

    assert uncompared == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_agenda_ends_on_a_written_decision_and_adds_up(language: str) -> None:
    ending = {"en": "Written decision:", "fr": "Décision écrite\u00a0:"}[language]
    texts = edition_in(language).playbook_texts.passages
    for passage in ("product-review", "tech-council", "roadmap-sync"):
        first, *steps, last = texts[passage].agenda
        whole = int(re.search(r"\((\d+) min\)", first)[1])  # type: ignore[index]
        minutes = [int(match[1]) for step in steps if (match := re.match(r"(\d+) min", step))]
        assert last.startswith(ending)
        assert sum(minutes) == whole == 45


# Where results link to ----------------------------------------------------------------------------


def test_every_lever_links_to_the_passage_that_explains_it() -> None:
    assert dict(PLAYBOOK.levers) == {
        "write-mandates": "clear-mandates",
        "decide-in-rituals": "rituals",
        "single-channel": "single-channel",
        "seat-a-pm": "pm-missing",
        "evidence-first": "evidence",
        "arbitrate-upstream": "level-arbitration",
        "restate-vision": "level-vision",
        "seat-a-po": "po-missing",
        "delegate-calls": "delegation",
        "protect-the-sprint": "po-carries",
    }
    assert set(PLAYBOOK.levers) == {lever.id for lever in FRAMEWORK.levers}


@pytest.mark.parametrize("lever", FRAMEWORK.levers, ids=lambda lever: lever.id)
def test_a_levers_passage_tells_what_the_levers_article_says(lever: Lever) -> None:
    passage = PLAYBOOK.passage_by_id[PLAYBOOK.levers[lever.id]]

    assert set(lever.sources) & {source for fact in passage.facts for source in fact.sources}


# Texts --------------------------------------------------------------------------------------------


def texts_in(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a language with its place; a name that is absent has none."""
    match value:
        case str():
            yield path, value
        case BaseModel():
            for name in type(value).model_fields:
                yield from texts_in(getattr(value, name), f"{path}.{name}")
        case dict():
            for key, entry in value.items():
                yield from texts_in(entry, f"{path}.{key}")
        case tuple():
            for number, entry in enumerate(value):
                yield from texts_in(entry, f"{path}.{number}")


def test_every_language_has_a_text_in_the_same_places() -> None:
    english, *others = (
        {path for path, _text in texts_in(edition_in(language).playbook_texts)}
        for language in LANGUAGES
    )

    assert others == [english] * len(others)
    assert len(english) > 400


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_blank_or_ragged(language: str) -> None:
    assert [
        path
        for path, text in texts_in(edition_in(language).playbook_texts)
        if text != text.strip() or "  " in text or "\n" in text
    ] == []


def test_french_punctuation_keeps_to_its_line() -> None:
    loose = [
        (path, text)
        for path, text in texts_in(edition_in("fr").playbook_texts)
        if re.search(r" [?!;:»%€]|« |'|[^\u00a0\u202f?!][?!;:]", text)
    ]

    assert loose == []


def test_no_french_sentence_is_left_in_english() -> None:
    english, french = (
        dict(texts_in(edition_in(language).playbook_texts)) for language in ("en", "fr")
    )

    alike = {text for path, text in english.items() if french[path] == text}

    assert {text for text in alike if " " in text} == {
        "Product Review",
        "Tech Council",
        "Roadmap Sync",
        "CPO, PM, design, Tech Lead.",
    }


# Broken content -----------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def broken(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def loaded(folder: Path) -> None:
    playbook = playbook_from(folder, FRAMEWORK)
    for language in LANGUAGES:
        playbook_texts_from(folder, language, playbook)


def test_the_shipped_files_load(folder: Path) -> None:
    loaded(folder)


@pytest.mark.parametrize(
    ("name", "old", "new", "text"),
    [
        (
            "playbook.toml",
            '{ id = "no-clarity", sources = ["A"] }',
            '{ id = "no-clarity", sources = [] }',
            "playbook.toml: passages.6.facts.1.sources: ",
        ),
        (
            "playbook.toml",
            'id = "po-from-scrum", sources = ["A"]',
            'id = "po-from-scrum", sources = ["D"]',
            "playbook.toml: passages.5.facts.0.sources.0: ",
        ),
        (
            "playbook.toml",
            'delegate-calls = "delegation"\n',
            "",
            "playbook.toml: levers.delegate-calls: missing",
        ),
        (
            "playbook.toml",
            'delegate-calls = "delegation"',
            'delegate-calls = "delegation"\ndelegate-all = "delegation"',
            "playbook.toml: levers.delegate-all: not in the framework",
        ),
        (
            "playbook.toml",
            'crowd = "one-mandate"\n',
            "",
            "playbook.toml: findings.crowd: missing",
        ),
        (
            "playbook.toml",
            'rhythm = "shared-cycle"',
            'rhythms = "shared-cycle"',
            "playbook.toml: lenses.rhythm: missing",
        ),
        (
            "playbook.toml",
            '  { id = "postpone", sources = ["B"] },\n',
            "",
            "playbook.toml: passages.level-arbitration.facts.postpone: missing",
        ),
        (
            "playbook.toml",
            '{ id = "postpone", sources = ["B"] }',
            '{ id = "postpone", sources = ["A"] }',
            "playbook.toml: passages.level-arbitration.facts.postpone: missing, or not of the "
            "decision's articles",
        ),
        (
            "playbook.toml",
            'level = "daily"',
            'level = "weekly"',
            "playbook.toml: levels.daily: missing",
        ),
        (
            "playbook.fr.toml",
            "no-clarity = {",
            "no-claritas = {",
            "playbook.fr.toml: passages.projected-gaps.facts.no-clarity: missing",
        ),
        (
            "playbook.toml",
            '[articles.A]\npublisher = "Yield"\n',
            "",
            "playbook.toml: articles.A: missing",
        ),
        (
            "playbook.fr.toml",
            '[articles.C]\nabout = "Le rôle du CPO"\n',
            "",
            "playbook.fr.toml: articles.C: missing",
        ),
        (
            "playbook.en.toml",
            "[sections.tempo]",
            "[sections.rhythm]",
            "playbook.en.toml: sections.tempo: missing",
        ),
        (
            "playbook.en.toml",
            'agenda = [\n  "Product Review',
            'agenda_ = [\n  "Product Review',
            "playbook.en.toml: passages.product-review.agenda_: ",
        ),
        (
            "playbook.fr.toml",
            'impacts = { name = "Impacts", text = "Les effets',
            'impacts = { text = "Les effets',
            "playbook.fr.toml: passages.shared-cycle.facts.impacts.name: missing",
        ),
        ("playbook.fr.toml", 'title = "Le siège"', 'title = "  "', "passages.cpo-seat.title: "),
        ("playbook.toml", "sections = [", "sections = ", "playbook.toml: -: "),
    ],
)
def test_a_broken_file_is_refused_with_file_key_and_reason(
    name: str, old: str, new: str, text: str, folder: Path
) -> None:
    broken(folder, name, old, new)

    with pytest.raises(ContentError) as error:
        loaded(folder)

    assert text in str(error.value)
    assert str(error.value).endswith("; correct the file and start again")


def test_a_missing_agenda_is_refused(folder: Path) -> None:
    path = folder / "playbook.en.toml"
    text = path.read_text("utf-8")
    agenda = text[
        text.index('agenda = [\n  "Tech Council') : text.index("[passages.tech-council.f")
    ]
    path.write_text(text.replace(agenda, ""), "utf-8")

    with pytest.raises(ContentError, match=r"passages\.tech-council\.agenda: missing"):
        loaded(folder)


def test_a_missing_file_is_refused(folder: Path) -> None:
    (folder / "playbook.fr.toml").unlink()

    with pytest.raises(ContentError, match=r"playbook\.fr\.toml: -: "):
        loaded(folder)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"sections": ("one", "one")}, "anchor: id 'one' stands twice"),
        ({"sections": ("one", "first")}, "anchor: id 'first' stands twice"),
        ({"sections": ("two",)}, "'first' refers to unknown 'one'"),
        ({"levers": {"pull": "third"}}, "'levers.pull' refers to unknown 'third'"),
        ({"findings": {"unclear": "second"}}, "'findings.unclear' refers to unknown 'second'"),
        ({"lenses": {"rhythm": "second"}}, "'lenses.rhythm' refers to unknown 'second'"),
    ],
)
def test_a_playbook_that_does_not_hold_together_is_refused(
    change: dict[str, object], text: str
) -> None:
    facts = [{"id": "fact", "sources": ["A"]}]
    whole = {
        "articles": {},
        "sections": ("one",),
        "passages": [{"id": "first", "section": "one", "facts": facts}],
        "levers": {},
        "findings": {"unclear": "first"},
        "lenses": {"rhythm": "first"},
    }
    Playbook.model_validate(whole)

    with pytest.raises(ValidationError, match=re.escape(text)):
        Playbook.model_validate(whole | change)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"cycle": ["fact", "other"]}, "'first' refers to unknown 'other'"),
        ({"facts": []}, "at least 1 item"),
        ({"facts": [{"id": "a", "sources": ["A"]}] * 2}, "fact of 'first': id 'a' stands twice"),
    ],
)
def test_a_passage_that_does_not_hold_together_is_refused(
    change: dict[str, object], text: str
) -> None:
    passage = {
        "id": "first",
        "section": "one",
        "facts": [{"id": "fact", "sources": ["A"]}],
    }

    with pytest.raises(ValidationError, match=re.escape(text)):
        Playbook.model_validate(
            {
                "articles": {},
                "sections": ("one",),
                "passages": [passage | change],
                "levers": {},
                "findings": {},
                "lenses": {},
            }
        )
