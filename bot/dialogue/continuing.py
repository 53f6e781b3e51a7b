"""Nobody has answered twice: how shall I go on?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.due import Due
from bot.dialogue.effects import GoOn
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.preferring import stop
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.understanding import Context
from bot.dialogue.words import shorten
from bot.domain.kinds import Kind
from bot.domain.pledge import Pledge
from bot.texts import Speaker


@dataclass(frozen=True, slots=True)
class AskingHowToGoOn(State):
    """How shall I go on with these pledges?"""

    references: tuple[str, ...]
    context: ClassVar = Context.GOING_ON


def question(t: Speaker, due: Sequence[Due]) -> Say:
    """How to go on, asked about the pledges of one person."""
    return ask_how(t, [one.pledge for one in due], again=all(one.kind is Kind.NUDGE for one in due))


def ask_how(t: Speaker, pledges: Sequence[Pledge], *, again: bool = False) -> Say:
    """The four ways to go on; `again` where that was asked before."""
    references = tuple(pledge.reference for pledge in pledges)
    if len(pledges) == 1:
        [pledge] = pledges
        ask = _again(t, references) if again else t("About {reference}: how shall I go on?", reference=references[0])
        text = Markup("{}\n<i>{}</i>").format(ask, shorten(pledge.text, 160))
    elif again:
        text = _again(t, references)
    else:
        text = t("About {references}: how shall I go on?", references=", ".join(references))
    choices = (
        Choice("monthly", t.plain("Every month")),
        Choice("at_end", t.plain("Only towards the end")),
        Choice("other", t.plain("Ask somebody else")),
        Choice("none", t.plain("No messages")),
    )
    return Say(text, choices, AskingHowToGoOn(references))


def _again(t: Speaker, references: Sequence[str]) -> Markup:
    return t("A short question once more: how shall I go on with {references}?", references=", ".join(references))


def how(state: AskingHowToGoOn, scene: Scene) -> Turn | None:
    """How to go on was chosen."""
    t = scene.t
    match scene.choice:
        case "monthly":
            said = t("Good, I will go on asking every month. With /update you can answer at any time.")
            return Turn((Say(said, quiet=True),), (GoOn(state.references),))
        case "at_end":
            said = t("Good, I will be in touch shortly before the end. With /update you can answer at any time.")
            return Turn((Say(said, quiet=True),), (GoOn(state.references, only_at_end=True),))
        case "other":
            return _somebody_else(state, scene)
        case "none":
            stopped = stop(scene)
            return Turn(stopped.says, (GoOn(state.references), *stopped.effects))
    return None


def _somebody_else(state: AskingHowToGoOn, scene: Scene) -> Turn:
    t = scene.t
    alone = [reference for reference in state.references if not scene.facts.is_joint(reference)]
    if not alone:
        said = t("Good, from now on I will ask those who are in it with you. You can answer at any time, too.")
        return Turn((Say(said, quiet=True),), (GoOn(state.references, delegated=True),))
    said = t(
        "So far nobody else belongs to {references}. With /partner you invite somebody; as soon as they are there I "
        "will ask them.",
        references=", ".join(alone),
    )
    return Turn((Say(said),), (GoOn(state.references, delegated=True),))
