"""A report as a picture that is read on a phone held upright, on a light or a dark ground."""

from io import BytesIO
from pathlib import Path

from bot.dialogue.words import VERDICTS
from bot.documents.report import HIDDEN, Report, number
from bot.domain.tally import ANSWERED, Verdict
from bot.texts import Speaker

SIZE, DPI = (6.0, 7.5), 180
"""In inches, and pixels for each: 1080 by 1350, as wide as a phone shows."""
_FONTS = Path(__file__).parent / "fonts"
_COLOURS = {
    Verdict.KEPT: "#2a9d6f", Verdict.PARTLY: "#7fb24a", Verdict.DIFFERENTLY: "#4a90c2", Verdict.NOT_KEPT: "#cf5c4f",
    Verdict.ONGOING: "#e0a030", Verdict.RUNNING: "#e0a030", Verdict.MOOT: "#9a8fb5",
}  # fmt: skip
_NEUTRAL = "#8d98a8"


def draw(report: Report, t: Speaker, *, dark: bool = False) -> bytes:
    """The picture as PNG: one bar for each class with its number. Loads matplotlib, which takes a second."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

    ground, ink, quiet = ("#14202e", "#f1f4f8", "#a9b5c4") if dark else ("#ffffff", "#17223b", "#5c677d")
    plain = FontProperties(fname=str(_FONTS / "SourceSansPro-Regular.ttf"))
    bold = FontProperties(fname=str(_FONTS / "SourceSansPro-Bold.ttf"))
    counts = report.tally.overall.counts
    shown = [verdict for verdict in Verdict if counts[verdict] != 0]
    figure = Figure(figsize=SIZE, dpi=DPI, facecolor=ground)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.41, 0.13, 0.5, 0.67), facecolor=ground)
    longest = max((counts[verdict] or 0 for verdict in shown), default=0) or 1
    for place, verdict in enumerate(shown):
        count = counts[verdict]
        colour = _COLOURS.get(verdict, _NEUTRAL)
        axes.barh(place, count or 0, height=0.62, color=colour, hatch=None if verdict in ANSWERED else "///",
                  edgecolor=ground, linewidth=0)  # fmt: skip
        axes.text((count or 0) + longest * 0.03, place, number(count), va="center", color=ink, font=bold, fontsize=15)
        axes.text(-longest * 0.04, place, t.plain(VERDICTS[verdict]), va="center", ha="right", color=ink, font=plain,
                  fontsize=14)  # fmt: skip
    axes.set_xlim(0, longest * 1.18)
    axes.set_ylim(max(len(shown), 4) - 0.4, -0.6)
    axes.set_axis_off()
    title = t.plain("What became of the pledges")
    figure.text(0.06, 0.95, title, color=ink, font=bold, fontsize=20, va="top")
    figure.text(0.06, 0.895, _cut(report.title, 52), color=ink, font=plain, fontsize=14, va="top")
    overall = report.tally.overall
    said = t.plain("{n} of {all} have answered · self-reported", n=number(overall.answered), all=number(overall.total))
    figure.text(0.06, 0.853, said, color=quiet, font=plain, fontsize=13, va="top")
    foot = t.plain(
        "As of {day} · hatched: not said by themselves · {sign} hidden", day=f"{report.day:%d.%m.%Y}", sign=HIDDEN
    )
    figure.text(0.06, 0.05, foot, color=quiet, font=plain, fontsize=11.5)
    picture = BytesIO()
    figure.savefig(picture, format="png", facecolor=ground)
    return picture.getvalue()


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
