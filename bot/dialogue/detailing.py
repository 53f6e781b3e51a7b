"""What can be added to a pledge, all of it optional: one table, a line for each detail."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.dating import ask_which_day, read_days
from bot.dialogue.effects import Change
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.preferring import ask_weekday, ask_window
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.understanding import Context
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
class AskingStepDay(State):
    """When shall the first step be taken?"""

    reference: str
    context: ClassVar = Context.DATE
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


SETTINGS = {"weekday": ask_weekday, "window": ask_window}
"""What is the person's rather than the pledge's, and is asked for in the same place."""


def ask_detail(scene: Scene, pledge: Pledge) -> Say:
    """All that can be added, in one message."""
    t = scene.t
    choices = [Choice(key, t.plain(detail.label)) for key, detail in DETAILS.items()]
    choices += [Choice("weekday", t.plain("Weekday")), Choice("window", t.plain("Time of day"))]
    choices.append(Choice("done", t.plain("Nothing more")))
    text = t("What would you like to add to {reference}? All of it is optional.", reference=pledge.reference)
    return Say(text, tuple(choices), AskingDetail(pledge.reference))


def detail(state: AskingDetail, scene: Scene) -> Turn | None:
    """Something to add was chosen."""
    t = scene.t
    pledge = scene.facts.pledge(state.reference)
    if scene.choice == "done":
        return Turn((Say(t("Good. You can add something at any time with /edit."), quiet=True),))
    if scene.choice in SETTINGS:
        return Turn((SETTINGS[scene.choice](scene),))
    if scene.choice not in DETAILS or pledge is None or not pledge.is_open:
        return None
    return Turn((ask_value(scene, pledge, scene.choice),))


def ask_value(scene: Scene, pledge: Pledge, detail: str) -> Say:
    """The question for one detail."""
    chosen = DETAILS[detail]
    return Say(scene.t(chosen.question), chosen.choices(scene.t), AskingValue(pledge.reference, detail))


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
    noted = t("Noted: {label} – {value}.", label=t(chosen.label), value=scene.label or given)
    if state.detail == "first_step":
        ask = t("When do you want to have taken it? For example “next Friday”.")
        skip = (Choice("skip", t.plain("Without a date")),)
        return Turn((Say(noted + "\n" + ask, skip, AskingStepDay(state.reference)),), (effect,))
    return _noted(scene, noted, effect, pledge)


def step_day(state: AskingStepDay, scene: Scene) -> Turn | None:
    """The day for the first step, typed or picked from two readings, or none."""
    t = scene.t
    pledge = scene.facts.pledge(state.reference)
    if pledge is None or not pledge.is_open:
        return None
    if scene.choice == "skip":
        return _noted(scene, t("Noted: without a date."), Change(pledge.reference, first_step_day=None), pledge)
    days = [day for day in read_days(scene) if scene.today < day <= pledge.due]
    if not days:
        hint = t("Please name a day after today and up to {day}.", day=t.day(pledge.due))
        return Turn((Say(hint, (Choice("skip", t.plain("Without a date")),), state),))
    if len(days) > 1:
        return Turn((ask_which_day(scene, days, state),))
    noted = t("Noted: first step by {day}.", day=t.day(days[0], scene.today))
    return _noted(scene, noted, Change(pledge.reference, first_step_day=days[0]), pledge)


def _noted(scene: Scene, noted: Markup, effect: Change, pledge: Pledge) -> Turn:
    """What was noted, and the list again for the next detail."""
    again = ask_detail(scene, effect.applied_to(pledge))
    return Turn((Say(noted + "\n" + again.text, again.choices, again.asks),), (effect,))
