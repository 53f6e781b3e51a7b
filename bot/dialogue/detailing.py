"""What can be added to a pledge, all of it optional: one table, a line for each detail."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from bot.dialogue.effects import Change
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.words import SIDES, TOPICS, VISIBILITIES
from bot.domain.land import Land
from bot.domain.pledge import Pledge, Side, Topic, Visibility
from bot.texts import Speaker, mark

VALUE_LIMIT = 300
"""The longest detail, in characters."""


@dataclass(frozen=True, slots=True)
class AskingDetail(State):
    """What shall be added?"""

    reference: str


@dataclass(frozen=True, slots=True)
class AskingValue(State):
    """What is the value of this detail?"""

    reference: str
    detail: str
    takes_text: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that can be added: its name, the question for it, its choices, and what an answer changes (None:
    not understood)."""

    label: str
    question: str
    change: Callable[[Pledge, str], Change | None]
    choices: Callable[[Speaker], tuple[Choice, ...]] = lambda t: ()


def _land(pledge: Pledge, value: str) -> Change | None:
    place, _, rest = value.rpartition(",")
    land = Land.parse(rest)
    if land is None:
        return Change(pledge.reference, place=value)
    return Change(pledge.reference, place=place.strip() or pledge.place, land=land)


def _topic(pledge: Pledge, value: str) -> Change | None:
    topic = Topic.parse(value)
    return Change(pledge.reference, topic=topic) if topic else None


def _side(pledge: Pledge, value: str) -> Change | None:
    return Change(pledge.reference, side=Side(value)) if value in set(Side) else None


def _visibility(pledge: Pledge, value: str) -> Change | None:
    return Change(pledge.reference, visibility=Visibility(value)) if value in set(Visibility) else None


DETAILS = {
    "partners": Detail(
        mark("Partners"), mark("Who is in it with you? Names of offices, clubs or people."),
        lambda pledge, value: Change(pledge.reference, partners=value),
    ),
    "first_step": Detail(
        mark("First step"), mark("What is the first small step?"),
        lambda pledge, value: Change(pledge.reference, first_step=value),
    ),
    "place": Detail(
        mark("Place and Land"), mark("Where is it? For example “Eutin, Schleswig-Holstein”."), _land,
    ),
    "topic": Detail(
        mark("Topic"), mark("What is it about?"), _topic,
        lambda t: tuple(Choice(topic, t.plain(label)) for topic, label in TOPICS.items()),
    ),
    "side": Detail(
        mark("Role"), mark("On whose behalf do you promise it?"), _side,
        lambda t: tuple(Choice(side, t.plain(label)) for side, label in SIDES.items()),
    ),
    "visibility": Detail(
        mark("Who can read it"), mark("Who may read the pledge?"), _visibility,
        lambda t: tuple(Choice(visibility, t.plain(label)) for visibility, label in VISIBILITIES.items()),
    ),
}  # fmt: skip


def ask_detail(scene: Scene, pledge: Pledge) -> Say:
    """All that can be added, in one message."""
    t = scene.t
    choices = [Choice(key, t.plain(detail.label)) for key, detail in DETAILS.items()]
    choices.append(Choice("done", t.plain("Nothing more")))
    text = t("What would you like to add to {reference}? All of it is optional.", reference=pledge.reference)
    return Say(text, tuple(choices), AskingDetail(pledge.reference))


def detail(state: AskingDetail, scene: Scene) -> Turn | None:
    """Something to add was chosen."""
    t = scene.t
    pledge = scene.facts.pledge(state.reference)
    if scene.choice == "done":
        return Turn((Say(t("Good. You can add something at any time with /edit."), quiet=True),))
    if scene.choice not in DETAILS or pledge is None or not pledge.is_open:
        return None
    chosen = DETAILS[scene.choice]
    return Turn((Say(t(chosen.question), chosen.choices(t), AskingValue(state.reference, scene.choice)),))


def value(state: AskingValue, scene: Scene) -> Turn | None:
    """The value has come; the list is shown again for the next one."""
    t = scene.t
    pledge = scene.facts.pledge(state.reference)
    chosen = DETAILS.get(state.detail)
    if pledge is None or chosen is None:
        return None
    given = scene.choice or " ".join(scene.text.split())
    if len(given) > VALUE_LIMIT:
        return Turn((Say(t("Please put it more briefly, {limit} characters at most.", limit=VALUE_LIMIT), asks=state),))
    effect = chosen.change(pledge, given) if given else None
    if effect is None:
        return None
    changed = effect.applied_to(pledge)
    again = ask_detail(scene, changed)
    text = t("Noted: {label} – {value}.", label=t(chosen.label), value=scene.label or given) + "\n" + again.text
    return Turn((Say(text, again.choices, again.asks),), (effect,))
