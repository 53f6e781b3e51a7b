"""A picture of messages by day, readable on a phone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO

COLOURS = ("#1b6e8c", "#e08e2b", "#5a9e5a", "#b5485d", "#7b62a8", "#8c6d4a", "#4a6fa5", "#c2a83e", "#777777")
SIZE, DPI = (10.8, 6.4), 125
"""In inches, and pixels for each: as wide as a phone held upright shows sharply."""


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn: the title, the heading of the upright axis, and by day how many of each series, which are named in
    the order in which they are stacked."""

    title: str
    heading: str
    days: Mapping[date, Mapping[str, int]]
    names: Mapping[str, str]


def day_chart(chart: Chart) -> bytes:
    """The picture as PNG: one bar a day, stacked. Loads matplotlib, which takes a second."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.dates import AutoDateLocator, DateFormatter
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    figure = Figure(figsize=SIZE, dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    days = _all_days(chart.days)
    bottom = [0] * len(days)
    for place, (key, name) in enumerate(chart.names.items()):
        heights = [chart.days.get(day, {}).get(key, 0) for day in days]
        axes.bar(days, heights, bottom=bottom, width=1.0, color=COLOURS[place % len(COLOURS)], label=name)  # type: ignore[arg-type]
        bottom = [below + height for below, height in zip(bottom, heights, strict=True)]
    axes.set_title(chart.title, loc="left", fontsize=15, fontweight="bold")
    axes.set_ylabel(chart.heading, fontsize=12)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.xaxis.set_major_locator(AutoDateLocator(maxticks=9))  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(DateFormatter("%d.%m.%y"))  # type: ignore[no-untyped-call]
    axes.tick_params(labelsize=11)
    axes.grid(axis="y", color="#dddddd", linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.legend(fontsize=11, frameon=False, ncols=2)
    picture = BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


def _all_days(days: Mapping[date, Mapping[str, int]]) -> Sequence[date]:
    """From the first to the last, those without a message, too."""
    if not days:
        return ()
    first, last = min(days), max(days)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
