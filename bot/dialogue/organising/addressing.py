"""To whom a broadcast goes: everybody of a workshop, or fewer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from markupsafe import Markup

from bot.dialogue.effects import Redraft
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.organising import previewing
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.words import SIDES, TOPICS, shorten, standing_label
from bot.domain.audience import Audience
from bot.domain.broadcast import Broadcast, Phase
from bot.domain.land import Land
from bot.domain.pledge import Side, Standing, Topic
from bot.domain.roles import Right
from bot.texts import mark


@dataclass(frozen=True, slots=True)
class Addressing(State):
    """To whom?"""

    broadcast_id: int
    workshop_id: int
    takes_picture: ClassVar[bool] = True
    needs: ClassVar = Right.WRITE


@dataclass(frozen=True, slots=True)
class Narrowing(State):
    """Which of these? `field` is one of the audience's."""

    broadcast_id: int
    workshop_id: int
    field: str
    takes_picture: ClassVar[bool] = True
    needs: ClassVar = Right.WRITE


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that tells people apart. `options` are its values with what people read, `read` makes a value of the
    key of a choice."""

    label: str
    options: Callable[[Scene], Sequence[tuple[Any, str]]]
    read: Callable[[str], Any]


FEATURES = {
    "workshops": Feature(
        mark("Workshop"),
        lambda scene: [(one.id, shorten(one.name, 40)) for one in scene.facts.workshops_with(Right.WRITE)], int,
    ),
    "laender": Feature(mark("Land"), lambda scene: [(land, land.label) for land in Land], Land),
    "topics": Feature(mark("Topic"), lambda scene: [(one, scene.t.plain(TOPICS[one])) for one in Topic], Topic),
    "sides": Feature(mark("Role"), lambda scene: [(one, scene.t.plain(SIDES[one])) for one in Side], Side),
    "standings": Feature(
        mark("Standing"), lambda scene: [(one, standing_label(scene.t, one)) for one in Standing], Standing
    ),
    "platforms": Feature(
        mark("Messenger"), lambda scene: [(name, name.capitalize()) for name in scene.facts.platforms()], str
    ),
}  # fmt: skip
"""What an audience can be narrowed by, by the name of its field."""


def ask(scene: Scene, draft: Broadcast) -> Say:
    """To whom? With everything that can be chosen, and how many that would be."""
    t, audience = scene.t, draft.audience
    lines = [t("<b>To whom?</b>"), *described(scene, audience)]
    reach = scene.facts.reach(draft)
    lines.append(t.plural("That is {count} person.", "That is {count} people.", reach.reached))
    offered = [
        name for name, feature in FEATURES.items()
        if name not in ("workshops", "platforms") or len(feature.options(scene)) > 1
    ]  # fmt: skip
    choices = [
        Choice("preview", t.plain("On to the preview")),
        *(Choice(name, t.plain(FEATURES[name].label)) for name in offered),
    ]
    if not audience.unanswered:
        choices.append(Choice("unanswered", t.plain("No answer yet")))
    if audience != Audience(audience.workshops):
        choices.append(Choice("all", t.plain("All again")))
    return Say(Markup("\n").join(lines), tuple(choices), Addressing(draft.id, audience.workshops[0]))


def described(scene: Scene, audience: Audience) -> list[Markup]:
    """The audience in words, a line for each thing that tells people apart."""
    lines = []
    for name, feature in FEATURES.items():
        if given := getattr(audience, name):
            labels = [scene.facts.workshop(key).name for key in given] if name == "workshops" else (
                [label for value, label in feature.options(scene) if value in given]
            )  # fmt: skip
            lines.append(Markup("{}: {}").format(scene.t(feature.label), ", ".join(labels)))
    if audience.unanswered:
        lines.append(scene.t("Only who has not answered yet"))
    return lines


def chosen(state: Addressing, scene: Scene) -> Turn | None:
    """On to the preview, or something that narrows the audience."""
    draft = scene.facts.broadcast(state.broadcast_id)
    if draft is None or draft.phase is not Phase.DRAFT:
        return previewing.gone(scene)
    match scene.choice:
        case "preview":
            return previewing.preview(scene, draft)
        case "all":
            return _with(scene, draft, Audience(draft.audience.workshops))
        case "unanswered":
            return _with(scene, draft, replace(draft.audience, unanswered=True))
        case name if name in FEATURES:
            return Turn((_options(scene, draft, name),))
    return None


def narrowed(state: Narrowing, scene: Scene) -> Turn | None:
    """One more value, or one less; or it is right as it is."""
    draft, feature = scene.facts.broadcast(state.broadcast_id), FEATURES[state.field]
    if draft is None or draft.phase is not Phase.DRAFT:
        return previewing.gone(scene)
    if scene.choice == "done":
        return Turn((ask(scene, draft),))
    if not scene.choice:
        return None
    value, given = feature.read(scene.choice), getattr(draft.audience, state.field)
    if value not in [option for option, _ in feature.options(scene)]:
        return None
    values = tuple(one for one in given if one != value) if value in given else (*given, value)
    if state.field == "workshops" and not values:
        values = given
    changed: dict[str, Any] = {state.field: values}
    draft = replace(draft, audience=replace(draft.audience, **changed))
    return Turn((_options(scene, draft, state.field),), (Redraft(draft),))


def _with(scene: Scene, draft: Broadcast, audience: Audience) -> Turn:
    draft = replace(draft, audience=audience)
    return Turn((ask(scene, draft),), (Redraft(draft),))


def _options(scene: Scene, draft: Broadcast, name: str) -> Say:
    t, given = scene.t, getattr(draft.audience, name)
    choices = tuple(
        Choice(str(value), f"✓ {label}" if value in given else label) for value, label in FEATURES[name].options(scene)
    )
    back = Choice("done", t.plain("That is right"))
    said = t("Which of these? Tapping again takes one out.")
    return Say(said, (*choices, back), Narrowing(draft.id, draft.audience.workshops[0], name))
