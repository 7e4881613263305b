"""What charts over time share: periods, points, the time axis, lines under it, what was done."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

import altair as alt
import pandas as pd
from babel.dates import format_date

from assessment.charts import draw, wording
from assessment.charts.rows import Row, in_order, neighbours, records
from assessment.charts.style import Style
from assessment.languages import BLANK, Words
from assessment.model.period import Period

LABEL_ROOM = 56
"""Pixels one period's label needs."""

WIDTHS = (180, 240, 320, 440, 600, 900, 1400)
"""Plot widths at which labels are thinned out anew."""


def period_rows(periods: Sequence[str], *, words: Words) -> list[Row]:
    """One row per period, given in order: its time, labels, and the width it needs to be shown.

    Time counts months (or quarters), so that a skipped month leaves its gap on the axis. On a
    narrow plot some labels give way; the last period keeps its label longest.
    """
    rows: list[Row] = []
    for text in periods:
        period = Period.parse(text)
        by_month = period.by == "month"
        part = format_date(period.first_day, "MMM" if by_month else "QQQ", locale=words.language)
        rows.append(
            {
                "period": text,
                "time": period.year * (12 if by_month else 4) + period.part,
                "wide": f"{part} {period.year}",
                "stacked": f"{part}\n{period.year}",
                "room": 0,
            }
        )
    _thin_out(rows)
    return rows


def _thin_out(rows: Sequence[Row]) -> None:
    """Give each row as `room` the narrowest plot in which its label is clear of those kept."""
    shown = list(reversed(rows))
    span = rows[-1]["time"] - rows[0]["time"]
    for width in reversed(WIDTHS):
        kept: list[Row] = []
        for row in shown:
            if kept and (kept[-1]["time"] - row["time"]) * width < LABEL_ROOM * span:
                row["room"] = width + 1
            else:
                kept.append(row)
        shown = kept


FOOT = 56
"""Pixels under the plot for the periods' names and what stands below them."""

RANGE = 24
"""Width in pixels of a stroke that tells a range: more than a point's."""

LINE: draw.Properties = {"strokeWidth": 2.5, "strokeJoin": "round"}
DOTS: draw.Properties = {"strokeWidth": 2, "strokeDash": [0.1, 6], "strokeCap": "round"}


@dataclass(frozen=True, slots=True)
class Timeline:
    """The periods of all rounds of a chart, each with its number of voices, and how it is read.

    The chart's parameter `ends` says where the time axis ends.
    """

    periods: Sequence[Row]
    words: Words
    style: Style

    @classmethod
    def of(cls, history: pd.DataFrame, *, words: Words, style: Style) -> Self:
        """The timeline of every period in the history."""
        periods = period_rows(sorted(in_order(history, "period")), words=words)
        counts = {row["period"]: row["voices"] for row in records(history)}
        for period in periods:
            period["voices"] = wording.voices(counts[period["period"]], words=words)
            period["count"] = words.number(counts[period["period"]])
        return cls(periods, words, style)

    @property
    def times(self) -> dict[str, int]:
        """Where each period stands on the axis."""
        return {period["period"]: period["time"] for period in self.periods}

    @property
    def first(self) -> int:
        """Where the first period stands."""
        return int(self.periods[0]["time"])

    @property
    def last(self) -> int:
        """Where the last period stands."""
        return int(self.periods[-1]["time"])

    # Rows ----------------------------------------------------------------------------------------

    def in_time(self, history: pd.DataFrame) -> list[Row]:
        """The history's rows in the order of their periods."""
        times = self.times
        return sorted(records(history), key=lambda row: times[row["period"]])

    def point(self, name: str, answered: Row, score: float) -> Row:
        """What every point over time holds: its place, its period and its voices."""
        return {
            "name": name,
            "time": self.times[answered["period"]],
            "score": score,
            "period_name": answered["period_name"],
            "voices": self.words.number(answered["voices"]),
            "voices_text": wording.voices(answered["voices"], words=self.words),
        }

    def points(self, history: pd.DataFrame, series: str, measure: str, *, said: str) -> list[Row]:
        """One row per scored point, `in_runs`.

        `said` is what a screen reader says of a point, with its name, squad, level, period, score
        and voices to fill in.
        """
        rows = []
        for scored in self.in_time(history):
            name, score, level = scored[series], scored[measure], scored.get("level_name")
            if score is None:
                continue
            point = self.point(name, scored, score)
            value = self.words.score(score)
            description = said.format(
                name=name,
                squad=scored["squad"],
                level=level,
                period=scored["period_name"],
                score=value,
                voices=point["voices_text"],
            )
            stage_name = scored.get("stage_name") or BLANK
            point |= {"value": value, "level_name": level, "stage_name": stage_name}
            if "low" in scored:
                low, high = scored["low"], scored["high"]
                range_text = wording.range_text(low, high, words=self.words)
                point |= {"low": low, "high": high, "range": range_text}
            rows.append(point | {"description": description})
        return self.in_runs(rows)

    def in_runs(self, points: Sequence[Row]) -> list[Row]:
        """Points in the order of time with their `run`: a series goes on from period to period.

        Periods between two points in which the series has none count into the later one's.
        """
        places = {period["time"]: place for place, period in enumerate(self.periods)}
        passed: Counter[str] = Counter()
        rows = []
        for point in points:
            name = point["name"]
            rows.append(point | {"run": places[point["time"]] - passed[name]})
            passed[name] += 1
        return rows

    def lines(
        self, points: Sequence[Row], at: draw.Properties, *, key: float | alt.ExprRef
    ) -> list[alt.Chart]:
        """A line through each run; dots over the periods between two, which `key` is the height of.

        `points` hold their places on the scales of `at`, which tells the lines' colours too.
        """
        by_name: dict[str, list[Row]] = {}
        for point in points:
            by_name.setdefault(point["name"], []).append(point)
        field = at["y"]["field"]
        gaps = [
            {name: before[name] for name in ("name", "time", field)}
            | {"until": after["time"], "to": after[field]}
            for series in by_name.values()
            for before, after in pairwise(series)
            if before["run"] != after["run"]
        ]
        run = draw.layer("line", at | draw.broken_by("name", "run"), **LINE)
        if not gaps:
            return [run]
        over = at | {"x2": alt.X2(field="until"), "y2": alt.Y2(field="to")}
        over.pop("strokeDash", None)
        told = draw.table("key", [{"text": self.words.gettext("Dotted: no score in between")}])
        return [
            run,
            draw.layer("rule", over, rows=draw.table("gaps", gaps), **DOTS),
            draw.label("text", {}, rows=told, y=key, **draw.RIGHT, **draw.quiet(self.style)),
        ]

    def ranges(self, points: Sequence[Row], at: draw.Properties) -> list[alt.Chart]:
        """Where a score lies whichever voice is left out: a band, and a stroke in each round.

        A stroke is wider than the point upon it, which would hide a short one. `points` hold `low`
        and `high` on the scale of `at`; nothing where no point has them.
        """
        fields = ("name", "run", "time", "low", "high")
        known = [
            {field: point[field] for field in fields}
            for point in points
            if point.get("low") is not None
        ]
        if not known:
            return []
        low = at["y"].copy()
        low["field"] = "low"
        reach = at | {"y": low, "y2": alt.Y2(field="high")}
        data = draw.table("ranges", known)
        look: draw.Properties = {"rows": data, "color": self.style.muted}
        return [
            draw.layer("area", reach | draw.broken_by("name", "run"), opacity=0.3, **look),
            draw.layer("rule", reach, opacity=0.45, strokeWidth=RANGE, **look),
        ]

    # Layers --------------------------------------------------------------------------------------

    def x(self, left: str, right: str) -> alt.X:
        """Where a period stands between two expressions; a single one in the middle."""
        first, last = self.first, self.last
        if first == last:
            first, last = first - 1, last + 1
        return draw.across(left, right, least=first, most=last)("time")

    def grid(self, y: alt.Y, marks: Sequence[Row]) -> list[alt.Chart]:
        """A line and a number at each of the marks."""
        data = draw.table("marks", marks)
        line: draw.Properties = {"x": 30, "x2": draw.expr("ends"), "opacity": 0.7}
        return [
            draw.layer("rule", {"y": y}, rows=data, color=self.style.grid, **line),
            draw.label("label", {"y": y}, rows=data, x=24, align="right", **draw.quiet(self.style)),
        ]

    def names(self, x: alt.X) -> alt.Chart:
        """Each period's name, in one line where there is room, hidden where it would crowd."""
        return self._under(
            x,
            text=draw.expr(f"{self._roomy} ? datum.wide : datum.stacked"),
            y=draw.expr(f"height - {FOOT - 10}"),
            opacity=draw.expr("ends - 52 >= datum.room ? 1 : 0"),
            lineBreak="\n",
            lineHeight=15,
            fontSize=12,
        )

    def voices_below(self, x: alt.X) -> list[alt.Chart]:
        """Each period's number of voices under its name; bare where there is little room."""
        y = draw.expr(f"height - {FOOT - 10} + ({self._roomy} ? 17 : 32)")
        count = draw.expr(f"{self._roomy} ? datum.voices : datum.count")
        heading: draw.Properties = {
            "rows": draw.table("voices", [{"text": self.words.gettext("Voices")}]),
            "y": y,
            "baseline": "top",
            "opacity": draw.expr(f"{self._roomy} ? 0 : 1"),
            **draw.LEFT,
            **draw.quiet(self.style, size=10),
        }
        return [
            self._under(x, text=count, y=y, **draw.quiet(self.style)),
            draw.label("text", {}, **heading),
        ]

    def _under(self, x: alt.X, **look: Any) -> alt.Chart:
        data = draw.table("periods", self.periods)
        return draw.layer("text", {"x": x}, rows=data, baseline="top", **look)

    @property
    def _roomy(self) -> str:
        """Whether every period's name stands in one line, as an expression."""
        times = [period["time"] for period in self.periods]
        length = self.last - self.first
        closest = min((after - before for before, after in pairwise(times)), default=length)
        return f"(ends - 52) * {round(closest / length, 4) if length else 1.0} >= 68"

    def tooltips(self, name: str, title: str, **values: str) -> list[alt.Tooltip]:
        """What a point tells: its name and period, the titled values, and its voices."""
        _ = self.words.gettext
        titles = {name: title, "period_name": _("Period"), **values, "voices_text": _("Voices")}
        return draw.tooltips(**titles)

    def numbers_in_points(self, at: draw.Properties) -> list[alt.Chart]:
        """The number of voices in each point, and at the foot what these numbers are."""
        rows = [{"text": self.words.gettext("In each point: number of voices")}]
        foot: draw.Properties = {"y": draw.expr("height - 8"), **draw.LEFT}
        reading = draw.table("reading", rows)
        return [
            draw.label("voices", at, dy=1, fontSize=11, **draw.BOLD),
            draw.label("text", {}, rows=reading, **foot, **draw.quiet(self.style)),
        ]


LABEL_SHARE = 0.1
"""The share of the axis that a number takes on a phone; closer ones stand as one label."""


def action_marks(
    actions: pd.DataFrame | None,
    timeline: Timeline,
    x: alt.X,
    *,
    reaches: Sequence[tuple[float, float]],
) -> list[alt.Chart]:
    """A rule per action at its day, its number at the foot; no layer without actions.

    `actions` come in the order of their days, each with its share of the way from the earlier to
    the later round; `reaches` are the plots' tops and bottoms in pixels. Screen readers pass them
    over: the page lists the same numbers in words.
    """
    if actions is None or actions.empty:
        return []
    bottom, style = reaches[-1][1], timeline.style
    days = _days(actions, timeline)
    numbers = draw.table("actions", _labels(days, timeline))
    rows = draw.table("action-days", days)
    rule: draw.Properties = {"strokeDash": [3, 3], "strokeWidth": 1.5, "color": style.muted}
    look: draw.Properties = {"fontSize": 12, "fontWeight": 700, "y": bottom}
    at = {"x": x, "tooltip": draw.tooltips(told="")}
    return [
        *(draw.layer("rule", at, rows=rows, y=top, y2=end, **rule) for top, end in reaches),
        *draw.haloed("numbers", at, style=style, rows=numbers, **look),
    ]


def _days(actions: pd.DataFrame, timeline: Timeline) -> list[Row]:
    """Where each action stands between its rounds."""
    times = timeline.times
    rows = []
    for action in records(actions):
        earlier, later = times[action["earlier"]], times[action["later"]]
        time = round(earlier + action["share"] * (later - earlier), 4)
        rows.append({"time": time, "number": action["number"], "told": action["told"]})
    return rows


def _labels(days: Sequence[Row], timeline: Timeline) -> list[Row]:
    """A label per rule, or one for several rules whose numbers would cover each other."""
    gap = LABEL_SHARE * (timeline.last - timeline.first)
    labels = []
    for group in neighbours(days, "time", gap=gap):
        ends = (group[0], group[-1])
        labels.append(
            {
                "time": (group[0]["time"] + group[-1]["time"]) / 2,
                "numbers": "–".join(dict.fromkeys(str(day["number"]) for day in ends)),
                "told": " · ".join(day["told"] for day in group),
            }
        )
    return labels
