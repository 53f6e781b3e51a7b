"""Answers by telephone: an organiser writes down what somebody said. It stands there as "according to the team"."""

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.team_effects import WriteDown
from bot.dialogue.words import OUTCOMES, shorten, standing_choices, standing_label, state_of
from bot.domain.pledge import Outcome, Pledge, Stage, Standing
from bot.domain.roles import Right


@dataclass(frozen=True, slots=True)
class PickingAnswer(State):
    """What was said about this pledge? `note` is what was typed with the command."""

    reference: str
    workshop_id: int
    note: str = ""
    outcome: bool = False
    needs: ClassVar = Right.HELP


@dataclass(frozen=True, slots=True)
class AskingWhatWasSaid(State):
    """Which pledge was the call about?"""

    takes_text: ClassVar[bool] = True
    needs: ClassVar = Right.HELP


def answer(scene: Scene, text: str) -> Turn:
    """`/antwort BER-042`, with a note or without."""
    t = scene.t
    first, _, rest = text.strip().partition(" ")
    if not first:
        said = t("Which pledge did you talk about? Write its number, for example BER-042.")
        return Turn((Say(said, asks=AskingWhatWasSaid()),))
    pledge = scene.facts.desk.pledge(first.upper())
    if pledge is None:
        return Turn((Say(t("I find no pledge of your workshops under “{text}”.", text=shorten(first, 40))),), keep=True)
    if pledge.stage is Stage.WITHDRAWN or pledge.outcome is not None:
        return Turn(
            (Say(t("{reference} is closed already: {state}.", reference=pledge.reference, state=state_of(t, pledge))),)
        )
    return Turn((_ask(scene, pledge, rest.strip()),))


def said(state: AskingWhatWasSaid, scene: Scene) -> Turn | None:
    """The number has come."""
    return answer(scene, scene.text)


def _ask(scene: Scene, pledge: Pledge, note: str) -> Say:
    t = scene.t
    ask = t("What was said about {reference}?", reference=pledge.reference)
    text = Markup("{}\n<i>{}</i>").format(ask, shorten(pledge.text, 160))
    choices = (*standing_choices(t)[:3], Choice("outcome", t.plain("It has an outcome")))
    return Say(text, choices, PickingAnswer(pledge.reference, pledge.workshop_id, note))


def picked(state: PickingAnswer, scene: Scene) -> Turn | None:
    """A standing or an outcome was chosen."""
    t, pledge = scene.t, scene.facts.desk.pledge(state.reference)
    if pledge is None or pledge.stage is Stage.WITHDRAWN or pledge.outcome is not None:
        return None
    if scene.choice == "outcome":
        choices = tuple(Choice(key, t.plain(label)) for key, label in OUTCOMES.items())
        asks = PickingAnswer(state.reference, state.workshop_id, state.note, outcome=True)
        return Turn((Say(t("What became of {reference}?", reference=state.reference), choices, asks),))
    if state.outcome and scene.choice in set(Outcome):
        outcome = Outcome(scene.choice)
        effect = WriteDown(state.reference, outcome=outcome, note=state.note)
        label = t.plain(OUTCOMES[outcome])
    elif not state.outcome and scene.choice in set(Standing):
        standing = Standing(scene.choice)
        effect = WriteDown(state.reference, standing=standing, note=state.note)
        label = standing_label(t, standing)
    else:
        return None
    done = t("Noted: {reference} {standing}, according to the team, {day}.", reference=state.reference, standing=label,
             day=t.day(scene.today, scene.today))  # fmt: skip
    return Turn((Say(done, quiet=True),), (effect,))
