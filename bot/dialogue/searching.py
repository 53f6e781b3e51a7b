"""Looking for pledges that others have shared: by topic, place, Land or any word, forgiving how it is typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup
from rapidfuzz import fuzz

from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.words import OUTCOMES, TOPICS, shorten
from bot.domain.land import Land
from bot.domain.pledge import Pledge, Shown, Stage
from bot.domain.words import fold

PAGE = 4
"""How many pledges are shown at once: with the words around them a message that one reads without scrolling."""
QUERY_LIMIT = 200
"""More of a query than this is not looked at, in characters."""
_SURE = 86
"""How alike two words have to be (0 to 100) for one to be a slip of the other."""
_SLIPS_FROM = 5
"""Shorter words have too many neighbours for a slip to be told; names of places and topics are few, so one less."""
_PART_FROM = 4
"""From this length on a word may be part of a compound: "pflege" in "Pflegekräfte"."""
_EMPTY = frozenset(fold("""
    aus bei das dem den der des die ein eine einem einen einer für im in mit nach oder thema um und von vor zu zum zur
    about and for from of on or the to topic with
""").split())  # fmt: skip
"""Words that say nothing about what is looked for."""
_ASKING = frozenset(fold("""
    suche such suchen finde finden zeig zeige zeigen gibt es wer was welche macht machen arbeitet planen tun hat haben
    jemand andere anderen anderes weitere ähnliche noch schon sonst auch hier bitte mir ich sie versprechen projekte
    search find show me look are there any who else does works other others pledges
""").split())  # fmt: skip
"""Words that only ask."""


@dataclass(frozen=True, slots=True)
class AskingQuery(State):
    """What are you looking for?"""

    takes_text: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class ShowingFound(State):
    """Some of what was found for `query`, from the place `start` (from 0) on."""

    query: str
    start: int
    optional: ClassVar[bool] = True


def search(scene: Scene, text: str = "") -> Turn:
    """`/suche`, with the words or without."""
    if text.strip():
        return Turn((_page(scene, text.strip()[:QUERY_LIMIT], 0),))
    choices = tuple(Choice(topic, scene.t.plain(label)) for topic, label in TOPICS.items())
    ask = scene.t("What are you looking for? A word, a place or a Land is enough, or choose a topic.")
    return Turn((Say(ask, choices, AskingQuery()),))


def wanted(text: str) -> str:
    """What a message asks for that is no command: "Was machen andere in Sachsen?" -> "Sachsen"."""
    return " ".join(word for word in text.strip().rstrip("?!. ").split() if fold(word) not in _ASKING | _EMPTY)


def query(state: AskingQuery, scene: Scene) -> Turn | None:
    """What is looked for has come."""
    return search(scene, scene.choice or scene.text)


def found(state: ShowingFound, scene: Scene) -> Turn | None:
    """More of what was found, or one of it in full."""
    if scene.choice == "more":
        return Turn((_page(scene, state.query, state.start + PAGE),))
    pledge = next((pledge for pledge in scene.facts.shared() if pledge.reference == scene.choice), None)
    return Turn((Say(_in_full(scene, pledge)),), keep=True, settles=False) if pledge else None


def _page(scene: Scene, text: str, start: int) -> Say:
    t, pledges = scene.t, matching(scene.facts.shared(), text)
    shown = pledges[start : start + PAGE]
    if not shown:
        return Say(t(
            "I find nothing about “{query}” that is shared with you. "
            "Try another word, a place or a Land: /search", query=shorten(text, 40),
        ))  # fmt: skip
    head = t("Found about “{query}”: {count}", query=shorten(text, 40), count=len(pledges))
    choices = [Choice(pledge.reference, pledge.reference) for pledge in shown]
    if left := len(pledges) - start - len(shown):
        choices.append(Choice("more", t.plain("More ({count})", count=left)))
    lines = Markup("\n").join((head, *(_line(scene, pledge) for pledge in shown)))
    return Say(lines, tuple(choices), ShowingFound(text, start))


def _line(scene: Scene, pledge: Pledge) -> Markup:
    where = pledge.place or (pledge.land.label if pledge.land else "")
    about = shorten(pledge.text, 90)
    line = scene.t("<b>{reference}</b> {text}", reference=pledge.reference, text=about)
    return Markup("{} ({})").format(line, where) if where else line


def _in_full(scene: Scene, pledge: Pledge) -> Markup:
    """What others may read of a pledge: no name, and the outcome only where it was released."""
    t = scene.t
    place = ", ".join(filter(None, (pledge.place, pledge.land.label if pledge.land else "")))
    lines = [t("<b>{reference}</b>\n{text}\n", reference=pledge.reference, text=pledge.text)]
    if place:
        lines.append(t("Place: {value}", value=place))
    if pledge.topic:
        lines.append(t("Topic: {value}", value=t(TOPICS[pledge.topic])))
    if pledge.stage is Stage.RUNNING:
        lines.append(t("Date: {day}", day=t.day(pledge.due)))
    elif pledge.outcome and pledge.outcome_shown is not Shown.NOT:
        lines.append(t("Outcome: {outcome}", outcome=t(OUTCOMES[pledge.outcome])))
        if pledge.outcome_note:
            lines.append(t("“{note}”", note=pledge.outcome_note))
    return Markup("\n").join(lines)


def matching(pledges: Sequence[Pledge], text: str) -> list[Pledge]:
    """The pledges that fit the query, best first: those in which all its words are found, else those with some."""
    words = [word for word in fold(text).split() if word not in _EMPTY]
    land = Land.parse(text)
    scored = []
    for pledge in pledges:
        hits = [_hit(word, *_fields(pledge)) for word in words]
        if land and pledge.land is land:
            hits = [1.0] * len(words)
        if any(hits):
            scored.append((sum(map(bool, hits)), sum(hits), pledge))
    most = max((count for count, _, _ in scored), default=0)
    best = [(score, pledge) for count, score, pledge in scored if count == most]
    return [pledge for _, pledge in sorted(best, key=lambda entry: -entry[0])]


def _fields(pledge: Pledge) -> tuple[set[str], set[str]]:
    """The words that say what a pledge is about and where, and those of its text."""
    labels = (pledge.topic, TOPICS[pledge.topic]) if pledge.topic else ()
    named = (pledge.place, pledge.land.label if pledge.land else "", pledge.land or "", *labels)
    return set(fold(" ".join((*named, pledge.reference))).split()), set(fold(pledge.text).split())


def _hit(word: str, named: set[str], said: set[str]) -> float:
    """How well a word fits: 1 as topic or place, less in the text, less where it is part of a word or a slip."""
    if word in named:
        return 1.0
    if word in said:
        return 0.8
    everything = named | said
    if len(word) >= _PART_FROM and any(word in other for other in everything):
        return 0.6
    near = everything if len(word) >= _SLIPS_FROM else named if len(word) == _SLIPS_FROM - 1 else ()
    if any(fuzz.ratio(word, other, score_cutoff=_SURE) for other in near):
        return 0.4
    return 0.0
