"""What a room reads on the wall and on its phones, put together once; pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from assessment.content.edition import Edition
from assessment.model import UNCLEAR, UNKNOWN, Action, Survey, Vote
from assessment.model.vote import counting_votes
from assessment.rounds.agreements import IN_FORCE, SETTLED
from assessment.rounds.practice import who_decides_since
from assessment.rounds.room import Topic, TopicKind, headline_counts, votes_by_role
from assessment.rounds.room_records import RoomRecords
from assessment.rounds.round import Round
from assessment.scoring.who_decides import WhoDecides
from assessment.wording.actions import action_text
from assessment.wording.agreement import AgreementPart, agreed_line, agreed_state, answers_against
from assessment.wording.agreements import AgreementsPart, clear_decisions
from assessment.wording.counted import first_of, options_counted
from assessment.wording.deciders import expected_here
from assessment.wording.surveys import next_session, not_released
from assessment.wording.verdicts import room_verdict

MOST_NAMED = 3
"""Decisions on a line that is read from afar; the charter names all."""


@dataclass(frozen=True, slots=True)
class BigCount:
    """A number that a room reads from afar, and the words below it."""

    number: str
    words: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer and how many voices gave it, a square for each."""

    answer: str
    voices: int


@dataclass(frozen=True, eq=False)
class RoomPart:
    """What a revealed survey says to its room."""

    edition: Edition
    records: RoomRecords
    shown: Round

    @cached_property
    def earlier(self) -> Sequence[AgreementPart]:
        """What holds or was last agreed on each decision before the reveal."""
        return _agreed_earlier(self.edition, self.records)

    @property
    def holding_or_waiting(self) -> Sequence[AgreementPart]:
        """What of it holds, or waits for its answers."""
        return [part for part in self.earlier if part.state in SETTLED]

    @cached_property
    def counts(self) -> tuple[BigCount, ...]:
        """The counts that lead: agreed, not agreed, of decisions nobody's and settled since too."""
        words, counts = self.edition.words, headline_counts(self.shown, self._deciders.agreed)
        agreed, contested, settled = counts.agreed, counts.contested, counts.settled
        if counts.kind == "item":
            agree = words.ngettext("question you see alike", "questions you see alike", agreed)
            differ = words.gettext("you see differently")
            pairs = [(agreed, agree), (contested, differ)]
        else:
            agree = words.ngettext("decision you agree on", "decisions you agree on", agreed)
            differ = words.gettext("you don't agree on")
            nobody = words.ngettext("has no decider", "have no decider", counts.nobody)
            pairs = [(agreed, agree), (contested, differ), (counts.nobody, nobody)]
            if settled:
                pairs.append((settled, words.counted_alike("settled since", settled)))
        return tuple(BigCount(words.number(count), text) for count, text in pairs)

    @cached_property
    def hidden(self) -> str:
        """How much of what is counted too few answered to be shown; empty where nothing."""
        squad, words = self.shown, self.edition.words
        if headline_counts(squad).kind == "item":
            count = len(squad.hidden_items)
            text = words.counted(
                "{count} question hidden: fewer than {least} answers",
                "{count} questions hidden: fewer than {least} answers",
                count,
                least=squad.least,
            )
        else:
            count = len(squad.hidden_decisions)
            text = words.counted(
                "{count} decision hidden: fewer than {least} answers",
                "{count} decisions hidden: fewer than {least} answers",
                count,
                least=squad.least,
            )
        return text if count else ""

    @cached_property
    def headline(self) -> str:
        """The counts and what is hidden of them as a sentence."""
        counts = (f"{count.number} {count.words}" for count in self.counts)
        return " · ".join(filter(None, (*counts, self.hidden)))

    @cached_property
    def verdict(self) -> str:
        """The result in one sentence, which accuses nothing that was agreed on since."""
        return room_verdict(self.edition, self.shown, self._deciders)

    @cached_property
    def _deciders(self) -> WhoDecides:
        agreements = self.records.agreements
        return who_decides_since(agreements.undated, self.shown, agreements.day)

    def title(self, topic: Topic) -> str:
        """What a topic is about, in a few words."""
        return title_of(self.edition, topic.kind, topic.of)

    def kind(self, topic: Topic) -> str:
        """Whether a topic is a decision or of the quick check, and how many answered it of all."""
        words = self.edition.words
        is_decision = topic.kind == "decision"
        kind = words.gettext("Decision") if is_decision else words.gettext("Quick check")
        answered = words.counted_alike(
            "{count} of {voices} answered", topic.voices, voices=self.records.voices
        )
        return f"{kind} · {answered}"

    def agreed_earlier(self, topic: Topic) -> Sequence[AgreementPart]:
        """What the squad agreed before on a decision and did not replace since, by urgency."""
        if topic.kind == "item":
            return []
        return [
            part
            for part in self.earlier
            if part.agreement.decision == topic.of and part.state != "superseded"
        ]

    def question(self, topic: Topic, *, is_again: bool = False) -> tuple[str, str]:
        """The full question as it is asked, first or `is_again`, and its example if it has one."""
        return question_of(self.edition, topic.kind, topic.of, is_again=is_again)

    def rows(self, topic: Topic) -> tuple[AnswerRow, ...]:
        """Each answer with its voices, those who cannot tell last."""
        edition = self.edition
        if topic.kind == "decision":
            rows, unclear = _most_first(topic.counts, edition.decider), edition.decider(UNCLEAR)
        else:
            name_of, counts = partial(edition.option, topic.of), topic.counts.items()
            rows = tuple(AnswerRow(name_of(option), count) for option, count in counts)
            unclear = name_of(UNKNOWN)
        if topic.unclear:
            rows += (AnswerRow(unclear, topic.unclear),)
        return rows

    def rows_sentence(self, topic: Topic) -> str:
        """The rows in one sentence, for whoever does not see the squares, and for the list."""
        return rows_text(self.edition, self.rows(topic))

    def reference(self, topic: Topic) -> str:
        """Who is expected to decide in this setup, by the playbook; empty for an item."""
        if topic.kind == "item":
            return ""
        return expected_here(self.edition, self.shown.seating, topic.of)


def room_part(edition: Edition, records: RoomRecords) -> RoomPart | None:
    """What a survey says to its room; None before it is revealed, or where nothing may be shown."""
    return RoomPart(edition, records, records.round) if records.round else None


def _agreed_earlier(edition: Edition, records: RoomRecords) -> Sequence[AgreementPart]:
    survey = records.survey
    part = AgreementsPart(edition, survey.squad, records.agreements, records.round)
    return part.made_before(survey)


def what_happened(edition: Edition, records: RoomRecords) -> tuple[str, ...]:
    """What a room agreed on so that it holds, what waits or is refused, what it does and leaves."""
    words, agreements, made = edition.words, records.agreements, records.agreed.values()
    actions, left = len(records.taken), len(records.left_untouched)
    settled = [agreement for agreement in made if agreements.is_settled(agreement)]
    sentences = [
        words.counted(
            "{count} decision agreed on: {decisions}",
            "{count} decisions agreed on: {decisions}",
            len(settled),
            decisions=edition.decisions(agreement.decision for agreement in settled),
        )
        if settled
        else words.gettext("No decision agreed on")
    ]
    for agreement in made:
        state = [] if agreement in settled else [agreed_state(edition, agreements, agreement)]
        if notes := [*state, *answers_against(edition, agreements, agreement)]:
            sentences.append(" · ".join((edition.decision(agreement.decision), *notes)))
    if actions:
        sentences.append(words.counted("{count} action to do", "{count} actions to do", actions))
    if left:
        sentences.append(words.counted("{count} topic left open", "{count} topics left open", left))
    return tuple(sentences)


def clock_of(edition: Edition, minutes: int | None, *, of: int) -> tuple[str, str, str]:
    """How long a step may take, then what stands before and after the minute that a room is in."""
    words = edition.words
    step = words.counted(
        "{count} minute for this step", "{count} minutes for this step", minutes or 0
    )
    now = words.gettext("minute {now} of {minutes}", now="|", minutes=of)
    before, _here, after = now.partition("|")
    return step if minutes else "", before, after


def title_of(edition: Edition, kind: TopicKind, of: str) -> str:
    """What a decision or an item is about, in a few words."""
    return edition.decision(of) if kind == "decision" else edition.item(of)


def question_of(
    edition: Edition, kind: TopicKind, of: str, *, is_again: bool = False
) -> tuple[str, str]:
    """Its full question, as it is asked first or `is_again`, and its example if it has one."""
    if kind == "item":
        return edition.texts.items[of].question, ""
    asked = edition.words.gettext("Who really decides this today?")
    return asked_again(edition) if is_again else asked, edition.example_of(of)


def asked_again(edition: Edition) -> str:
    """What a room votes on once it has talked: what should be, which an agreement then says."""
    return edition.words.gettext("After talking it over: who should have the last word?")


def vote_rows(edition: Edition, votes: Sequence[Vote]) -> tuple[AnswerRow, ...]:
    """Whom the votes of one pass name, most first."""
    return _most_first(votes_by_role(edition.framework, votes), partial(choice_of_vote, edition))


def choice_of_vote(edition: Edition, role: str) -> str:
    """What a vote chooses: a role, nobody, or not to know."""
    return edition.words.gettext("I don't know") if role == UNCLEAR else edition.decider(role)


def voted_lines(edition: Edition, votes: Iterable[Vote]) -> tuple[str, ...]:
    """Every vote of a room that may be shown, by decision, each with whom it names."""
    text, numbers = edition.words.gettext("{title}, vote {number}: {text}"), edition.words.number
    order = list(edition.framework.lenses.decision_by_id)
    by_ballot = counting_votes(votes)
    return tuple(
        text.format(
            title=title_of(edition, "decision", ballot[1]),
            number=numbers(ballot[2]),
            text=rows_text(edition, vote_rows(edition, by_ballot[ballot])),
        )
        for ballot in sorted(by_ballot, key=lambda ballot: (order.index(ballot[1]), ballot[2]))
    )


def taken_away(edition: Edition, records: RoomRecords) -> tuple[str, ...]:
    """What a room agreed and will do, in plain lines for whoever took part.

    What was agreed before is told where it holds, and leaves nothing open where it waits. Of a
    round that may be shown, what was clear from the start and what else stays open as well. What a
    confidential session's squad wrote stays on the wall.
    """
    _, words, survey = edition.words.gettext, edition.words, records.survey
    known, agreements = records.agreements, records.agreed.values()
    earlier, today = _agreed_earlier(edition, records), known.day
    holding = [one.agreement for one in earlier if one.state in IN_FORCE]
    agreed = [
        _("- {agreement} ({state}, from {day})").format(
            agreement=agreed_line(edition, known, agreement, words=not survey.confidential),
            state=agreed_state(edition, known, agreement),
            day=words.date(known.holds_from(agreement)),
        )
        for agreement in (*agreements, *holding)
    ]
    made = [*agreements, *(one.agreement for one in earlier if one.state in SETTLED)]
    clear = clear_decisions(edition, records.round, made) if records.round else ()
    does = [f"- {action_text(edition, one, today=records.late_on)}" for one in may_tell(records)]
    title = _("{squad}: our agreements as of {day}", squad=survey.squad, day=today)
    lines = [title if survey.is_released else f"{title} · {not_released(edition)}", *agreed]
    if clear:
        lines += [_("Already clear"), *(f"- {decision.sentence}" for decision in clear)]
    lines.append(open_line(edition, records.left_untouched))
    if does:
        lines += [_("We will do"), *does]
    return tuple(filter(None, (*lines, next_session(edition, survey, today=today))))


def may_tell(records: RoomRecords) -> Sequence[Action]:
    """Actions as phones may tell them, what is overdue from before first.

    Of that, and of a confidential session, without what people wrote. There is none where the room
    neither agreed on anything nor took up an action.
    """
    taken, overdue = records.taken, records.overdue if records.agreed or records.decided else ()
    if records.survey.confidential:
        taken = tuple(action.without_texts for action in taken)
    return [*(action.without_texts for action in overdue), *taken]


def open_line(edition: Edition, topics: Sequence[Topic]) -> str:
    """What stays open, on a line that names few of many; empty where nothing does."""
    words = edition.words
    clauses = [
        words.gettext(
            "{topics} ({names})", topics=count, names=first_of(edition, names, most=MOST_NAMED)
        )
        for count, names in _open_by_kind(edition, topics)
    ]
    return words.gettext("Left open: {topics}.", topics=words.clauses(clauses)) if clauses else ""


def open_lines(edition: Edition, topics: Sequence[Topic]) -> tuple[str, ...]:
    """All that stays open, by name: the decisions on one line, the questions on the next."""
    words, by_kind = edition.words, _open_by_kind(edition, topics)
    return tuple(words.labelled(count, words.all_of(names)) for count, names in by_kind)


def _open_by_kind(edition: Edition, topics: Sequence[Topic]) -> Iterator[tuple[str, Sequence[str]]]:
    """How many decisions and how many questions, said to be such, each with their names."""
    counted = edition.words.counted
    decisions = [edition.decision(topic.of) for topic in topics if topic.kind == "decision"]
    questions = [edition.item(topic.of) for topic in topics if topic.kind == "item"]
    if decisions:
        yield counted("{count} decision", "{count} decisions", len(decisions)), decisions
    if questions:
        text = counted(
            "{count} question without an action, which we answer differently",
            "{count} questions without an action, which we answer differently",
            len(questions),
        )
        yield text, questions


def _most_first(counts: Mapping[str, int], name_of: Callable[[str], str]) -> tuple[AnswerRow, ...]:
    most_first = sorted(counts.items(), key=lambda count: -count[1])
    return tuple(AnswerRow(name_of(role), count) for role, count in most_first)


def rows_text(edition: Edition, rows: Iterable[AnswerRow]) -> str:
    """Answers with their counts: PO (4), PM (3) and Nobody (1)."""
    return options_counted(edition, ((row.answer, row.voices) for row in rows))


def answered_of(edition: Edition, voices: int, expected: int | None) -> tuple[str, str]:
    """How many have answered, the number apart from its words: 7 and "of 9 answered"."""
    words = edition.words
    if expected is None:
        return words.number(voices), words.counted_alike("answered", voices)
    text = words.counted_alike("of {expected} answered", voices, expected=expected)
    return words.number(voices), text


def votes_of(edition: Edition, votes: int, voices: int) -> tuple[str, str]:
    """How many have voted of all who answered, the number apart from its words."""
    words = edition.words
    text = words.counted("of {voices} has voted", "of {voices} have voted", votes, voices=voices)
    return words.number(votes), text


def not_voted(edition: Edition, records: RoomRecords) -> str:
    """How many have not voted, and that they cannot once the vote is over; empty where all have."""
    counted, voices = edition.words.counted, records.voices
    left = voices - records.votes_cast
    if left <= 0:
        return ""
    if records.would_show_votes:
        return counted(
            "{count} of {voices} has not voted yet: once shown, this vote takes no more.",
            "{count} of {voices} have not voted yet: once shown, this vote takes no more.",
            left,
            voices=voices,
        )
    return counted(
        "{count} of {voices} has not voted yet, and cannot once it is ended.",
        "{count} of {voices} have not voted yet, and cannot once it is ended.",
        left,
        voices=voices,
    )


def too_few_votes(edition: Edition, survey: Survey, votes: int) -> str:
    """That a vote stays hidden, since too few voted for a confidential session."""
    return edition.words.counted(
        "{count} vote: a confidential session shows a vote from {least} on. Vote again?",
        "{count} votes: a confidential session shows a vote from {least} on. Vote again?",
        votes,
        least=survey.least_votes,
    )
