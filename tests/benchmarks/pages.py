"""What clicks and pages cost on a server, in turns with their floors."""

from __future__ import annotations

import asyncio
import shutil
import statistics
from collections.abc import Awaitable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

from tests.benchmarks.company import SQUADS, Company
from tests.benchmarks.figures import Figure
from tests.benchmarks.servers import APPS, COLLECTION_OFF, PROJECT, Server, Servers
from tests.benchmarks.session import Run, Session

APP = PROJECT / "app.py"
ITEM = "check-answer-mandates-clear"
CLICKS = ("click", "deep click", "survey click")
DECISION = "deep-decides-priority-segment"
ROWS_SHOWN = 50
"""Rows that the data page sends at a time."""

PAUSE = 0.1
"""Seconds between two messages, in which a server does what it puts off."""


def pages_of(company: Company) -> dict[str, tuple[str, tuple[tuple[str, str], ...]]]:
    """Pages by name: the path of each, and what its address says."""
    period = ("period", company.period)
    every = tuple(("squad", squad) for squad in SQUADS)
    return {
        "squad": ("squad", (every[3], period)),
        "compare, 3": ("compare", (*every[:3], period)),
        "compare, 50": ("compare", (*every, period)),
        "trends": ("trends", every[3:4]),
        "leadership": ("leadership", (*every, period)),
    }


@dataclass(slots=True)
class Turns:
    """What was measured, by name, in turns."""

    runs: dict[str, list[Run]] = field(default_factory=dict)

    async def take(self, name: str, coming: Awaitable[Run]) -> None:
        """Wait a little, then measure."""
        await asyncio.sleep(PAUSE)
        self.runs.setdefault(name, []).append(await coming)

    def ms(self, name: str) -> float:
        """The median in milliseconds."""
        return statistics.median(run.ms for run in self.runs[name])

    def messages(self, name: str) -> int:
        """How many came with the last run."""
        return self.runs[name][-1].messages

    def kibibytes(self, name: str) -> float:
        """What came with the last run."""
        return self.runs[name][-1].size / 1024


@dataclass(slots=True)
class Tabs:
    """The open tabs of one server of the product: pages, and three places to click."""

    pages: Session
    check: Session
    deep: Session
    survey: Session

    @classmethod
    async def on(cls, server: Server, company: Company) -> Tabs:
        """Each where its first click will be."""
        pages, check, deep, survey = [await tab_on(server) for _ in range(4)]
        await check.visit("quick-check")
        await deep.visit("deep-check")
        await deep.press("deep-lens-who-decides")
        await to_survey(survey, company)
        return cls(pages, check, deep, survey)


async def tab_on(server: Server) -> Session:
    """A tab on a server's first page."""
    session = await Session.opened(server.port)
    await session.visit()
    return session


async def to_survey(session: Session, company: Company) -> None:
    """Follow an invitation to its first question."""
    await session.visit("round", ("link", company.token))
    await session.press("check-move-next-questions")


async def capture_specs(servers: Servers, company: Company) -> None:
    """Have the product draw each page once, and its specs kept as the floor's."""
    product = servers.scratch / "product"  # pages are looked for beside the script
    product.mkdir()
    for name in ("assessment", "pages", "static", ".streamlit"):
        (product / name).symlink_to(PROJECT / name)
    script = Path(shutil.copy(APPS / "capturing.py", product))
    server = servers.start(script, of=company)
    session = await tab_on(server)
    for name, (path, query) in pages_of(company).items():
        await session.visit(path, *query, ("bench", name))
    server.stop()


async def page_figures(
    servers: Servers, companies: Sequence[Company], *, rounds: int
) -> list[Figure]:
    """Rows 1 to 5, 7 and 17: clicks and pages, in turns with bare ones."""
    middle = companies[len(companies) // 2]
    await capture_specs(servers, middle)
    bare = await tab_on(servers.start(APPS / "bare.py", *COLLECTION_OFF))
    again = await tab_on(servers.start(APPS / "bare.py", *COLLECTION_OFF))
    ready = await Session.opened(servers.start(APPS / "ready.py", *COLLECTION_OFF).port)
    tabs = {}
    for company in companies:
        for label, options in ((f"{company.count}", COLLECTION_OFF), (f"{company.count} on", ())):
            # In a thread: tabs that are open answer the pings of their servers meanwhile.
            server = await asyncio.to_thread(servers.start, APP, *options, of=company)
            tabs[label] = await Tabs.on(server, company)
    turns = Turns()
    for turn in range(rounds + 2):
        if turn == 2:
            turns.runs.clear()  # two rounds to warm everything up
        twins = [("bare", bare), ("bare again", again)]
        for name, session in reversed(twins) if turn % 2 else twins:
            await turns.take(name, session.rerun())
        for name in pages_of(middle):
            await turns.take(f"ready {name}", ready.visit("", ("page", name)))
        await turns.take("ready data", ready.visit("", ("rows", str(ROWS_SHOWN))))
        for company in companies:
            await _visit_all(turns, tabs[f"{company.count}"], company, f"{company.count}", turn)
            other = tabs[f"{company.count} on"].check
            await turns.take(f"click {company.count} on", other.choose(ITEM, turn % 3))
        for name, floor in floors_of(middle).items():
            texts = turns.messages(f"{name} {middle.count}") - turns.messages(floor.name)
            visit = ready.visit("", *floor.query, ("texts", str(texts)))
            await turns.take(f"as many {name}", visit)
    largest = companies[-1]
    for squad in SQUADS[20:30]:
        query = (("squad", squad), ("period", largest.period))
        session = tabs[f"{largest.count}"].pages
        await turns.take("another squad", session.visit("squad", *query))
    return list(_page_figures(turns, companies))


@dataclass(frozen=True, slots=True)
class Floor:
    """What a click or a page is held against: under which name it is taken, and how it is asked."""

    name: str
    query: tuple[tuple[str, str], ...] = ()


def floors_of(company: Company) -> dict[str, Floor]:
    """The floor of each click and page, by its name."""
    clicks = {name: Floor("bare") for name in CLICKS}
    pages = {name: Floor(f"ready {name}", (("page", name),)) for name in pages_of(company)}
    return clicks | pages | {"data": Floor("ready data", (("rows", str(ROWS_SHOWN)),))}


async def _visit_all(turns: Turns, tabs: Tabs, company: Company, label: str, turn: int) -> None:
    """Every click and every page of one server, once."""
    await turns.take(f"click {label}", tabs.check.choose(ITEM, turn % 3))
    await turns.take(f"deep click {label}", tabs.deep.choose(DECISION, *range(turn % 3 + 1)))
    await turns.take(f"survey click {label}", tabs.survey.choose(ITEM, turn % 3))
    for name, (path, query) in pages_of(company).items():
        await turns.take(f"{name} {label}", tabs.pages.visit(path, *query))
    await turns.take(f"data {label}", tabs.pages.visit("data"))


def _page_figures(turns: Turns, companies: Sequence[Company]) -> Iterator[Figure]:
    middle = companies[len(companies) // 2]
    smallest, largest = companies[0].count, companies[-1].count
    pages = tuple(pages_of(middle))
    yield Figure("A/A", "a bare page / another", turns.ms("bare again"), turns.ms("bare"), 1.1)
    for company in companies[1:]:
        stored, label = f"{company.count:,} stored", f"{company.count}"
        for name in CLICKS:
            yield Figure(
                "1", f"{name}, {stored} / bare", turns.ms(f"{name} {label}"), turns.ms("bare"), 3
            )
        for name in pages:
            floor = turns.ms(f"ready {name}")
            yield Figure(
                "2", f"{name}, {stored} / ready specs", turns.ms(f"{name} {label}"), floor, 1.5
            )
        floor = turns.ms("ready data")
        yield Figure("3", f"data, {stored} / ready rows", turns.ms(f"data {label}"), floor, 1.5)
    for row, names, goal in (("1b", CLICKS, 3.0), ("2b", pages, 1.5), ("3b", ["data"], 1.5)):
        for name in names:
            value, floor = turns.ms(f"{name} {middle.count}"), turns.ms(f"as many {name}")
            subject = f"{name}, {middle.count:,} stored / as many elements"
            yield Figure(row, subject, value, floor, goal)
    for name in (*CLICKS, *pages, "data"):
        large, small = turns.ms(f"{name} {largest}"), turns.ms(f"{name} {smallest}")
        yield Figure("4", f"{name}, {largest:,} / {smallest:,}", large, small, 1.3)
    for company in companies[1:]:
        on, off = turns.ms(f"click {company.count} on"), turns.ms(f"click {company.count}")
        yield Figure("5", f"click, {company.count:,}, collection on / off", on, off, 1.2)
    warm = turns.ms(f"squad {largest}")
    yield Figure("7", f"another squad, {largest:,} / warm", turns.ms("another squad"), warm, 2)
    size = turns.kibibytes(f"click {middle.count}")
    yield Figure("17", "bytes of a click", size, None, 12, "KiB")
    specs = turns.kibibytes("ready squad")
    opening = turns.kibibytes(f"squad {middle.count}")
    yield Figure("17", "bytes of opening a squad / its specs", opening, specs, 1.2, "KiB")


async def database_figures(
    servers: Servers, company: Company, in_files: Company, *, rounds: int
) -> list[Figure]:
    """Row 16: rows 1 to 3, 6 and 10 on a database, in turns with the same on files."""
    turns, places = Turns(), (company, in_files)
    started = [servers.start(APP, *COLLECTION_OFF, of=firm) for firm in places]
    tabs = {
        firm.place: await Tabs.on(server, firm)
        for firm, server in zip(places, started, strict=True)
    }
    for turn in range(rounds + 2):
        if turn == 2:
            turns.runs.clear()
        for firm in places:
            await _visit_all(turns, tabs[firm.place], firm, firm.place, turn)
    servers.stop()
    figures = []
    for name in (*CLICKS, *pages_of(company), "data"):
        ours, files = (turns.ms(f"{name} {firm.place}") for firm in places)
        figures.append(_on_database(f"{name}, {company.count:,}", ours, files))
    saved = [await save_figures(servers, firm, rounds=rounds) for firm in places]
    ours, files = [row[0].value for row in saved]
    figures.append(_on_database(f"squad after a save, {company.count:,}", ours, files))
    servers.stop()
    loads = [await load_figures(servers, firm) for firm in places]
    for one, other in zip(*loads, strict=True):
        if not one.at_least:
            figures.append(_on_database(one.subject, one.value, other.value))
        else:
            figures.append(replace(one, row="16", subject=f"{one.subject}, PostgreSQL"))
    return figures


def _on_database(subject: str, value: float, floor: float) -> Figure:
    return Figure("16", f"{subject}: PostgreSQL / CSV", value, floor, 1.3)


async def save_figures(servers: Servers, company: Company, *, rounds: int) -> list[Figure]:
    """Row 6: a page after somebody else saved, beside the same page warm."""
    store = company.store
    one = store.read().assessments[7]
    session = await tab_on(servers.start(APP, of=company))
    path, query = pages_of(company)["squad"]
    turns = Turns()
    await session.visit(path, *query)
    saved = []
    for number in range(rounds):
        more = one.model_copy(update={"assessment_id": UUID(int=10**12 + number)})
        store.add([more])
        saved.append(more.id)
        await asyncio.sleep(0.3)
        await turns.take("saved", session.visit(path, *query))
        await asyncio.sleep(0.3)
        await turns.take("warm", session.visit(path, *query))
    store.delete(saved)
    subject = f"squad after a save, {company.count:,} / warm"
    return [Figure("6", subject, turns.ms("saved"), turns.ms("warm"), 2)]


async def start_figures(servers: Servers, company: Company, *, times: int) -> list[Figure]:
    """Rows 8 and 9: the first visit after a start, and what a server holds then."""
    turns, held = Turns(), []
    path, query = pages_of(company)["squad"]
    for _ in range(times):
        server = servers.start(APPS / "bare.py")
        await turns.take("bare", (await Session.opened(server.port)).visit())
        server.stop()
        server = servers.start(APP, of=company)
        session = await Session.opened(server.port)
        await turns.take("ours", session.visit(path, *query))
        held.append(server.megabytes)
        server.stop()
    subject = f"first visit after a start, {company.count:,} / bare"
    return [
        Figure("8", subject, turns.ms("ours"), turns.ms("bare"), 1.5),
        Figure("9", "server, results opened", statistics.median(held), None, 600, "MB"),
    ]


async def memory_figures(
    servers: Servers, company: Company, *, people: int, reruns: int
) -> list[Figure]:
    """Row 9: what a session takes, and what a thousand reruns leave."""
    server = servers.start(APP, of=company)
    sessions, half = [], 0.0
    path, query = pages_of(company)["squad"]
    for number in range(people):
        if number == people // 2:  # the first half fills what starting left free
            half = server.megabytes
        session = await tab_on(server)
        await session.visit(path, *query)
        sessions.append(session)
    before = server.megabytes
    a_session = (before - half) / (people - people // 2)
    for number in range(reruns):
        await sessions[number % people].rerun()
    after = server.megabytes
    server.stop()
    return [
        Figure("9", f"a session on the squad page, {company.count:,}", a_session, None, 1, "MB"),
        Figure("9", f"after {reruns:,} reruns / before", after, before, 1.1, "MB"),
    ]


async def load_figures(
    servers: Servers, company: Company, *, people: int = 50, seconds: int = 12
) -> list[Figure]:
    """Row 10: fifty people who click once a second, in the quick check and in a survey."""
    server = servers.start(APP, of=company)
    figures = []
    for way in ("quick check", "survey"):
        sessions = [await tab_on(server) for _ in range(people)]
        for session in sessions:
            if way == "survey":
                await to_survey(session, company)
            else:
                await session.visit("quick-check")
        served = await _served(sessions, seconds)
        late = [seconds * 1000.0] * (people * seconds - len(served))
        times = sorted([*served, *late])
        subject = f"{people} people, {way}, {company.count:,}"
        share = len(served) / (people * seconds)
        slow = times[int(0.95 * len(times))]
        figures += [
            Figure("10", f"{subject}: clicks served", share, None, 0.95, "", at_least=True),
            Figure("10", f"{subject}: 95 of 100 within", slow, None, 250),
        ]
        for session in sessions:
            await session.close()
    server.stop()
    return figures


async def _served(sessions: Sequence[Session], seconds: int) -> list[float]:
    """Milliseconds of every click that was served while people were clicking."""
    loop, times = asyncio.get_running_loop(), list[float]()
    begun = loop.time() + 0.5

    async def click(session: Session, phase: float) -> None:
        for turn in range(seconds):
            await asyncio.sleep(max(0.0, begun + phase + turn - loop.time()))
            if loop.time() > begun + seconds:
                return
            run = await session.choose(ITEM, turn % 3)
            if loop.time() < begun + seconds:
                times.append(run.ms)

    phases = (number / len(sessions) for number in range(len(sessions)))
    await asyncio.gather(*map(click, sessions, phases))
    return times


def folder_of(scratch: Path, count: int) -> Path:
    """Where the store of so many assessments lies."""
    return scratch / f"store-{count}"
