"""What a check-in asks besides how it stands: the first step, the confidence half-way, what is missing near the end.

Each comes after the answer, as the one follow-up that nobody has to answer. The first step has a question of its own
where no check-in is near.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.due import Due
from bot.dialogue.effects import Change, Stepped
from bot.dialogue.message import Choice, Fact, Say, Turn
from bot.dialogue.postponing import postpone
from bot.dialogue.remarking import AskingRemark
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.understanding import Context
from bot.dialogue.words import CONFIDENCES, shorten
from bot.domain.cadence import Aspect
from bot.domain.pledge import Confidence, Pledge
from bot.texts import Speaker

IN_ORDER = (Aspect.STEP, Aspect.CONFIDENCE, Aspect.MISSING)


@dataclass(frozen=True, slots=True)
class AskingStep(State):
    """Is the first step done? `asked`: as a question of its own, so that "Später" is possible. `rest`: what is asked
    after it."""

    reference: str
    asked: bool = False
    rest: tuple[str, ...] = ()
    context: ClassVar = Context.YESNO


@dataclass(frozen=True, slots=True)
class AskingSteps(State):
    """Are the first steps of these done? One of them can be picked, or all answered at once."""

    references: tuple[str, ...]
    context: ClassVar = Context.YESNO


@dataclass(frozen=True, slots=True)
class AskingConfidence(State):
    """How confident are you?"""

    reference: str
    rest: tuple[str, ...] = ()
    context: ClassVar = Context.CONFIDENCE


def question(t: Speaker, due: Sequence[Due]) -> Say:
    """The question about the first steps of one person's pledges."""
    if len(due) == 1:
        return step_question(t, due[0].pledge)
    references = tuple(one.pledge.reference for one in due)
    lines = [t("Are the first steps done?")]
    lines += [Markup("<b>{}</b> {}").format(one.pledge.reference, shorten(one.pledge.text, 60)) for one in due]
    picks = (Choice(reference, reference) for reference in references)
    choices = (Choice("yes", t.plain("Yes, all done")), *picks, Choice("later", t.plain("Later")))
    return Say(Markup("\n").join(lines), choices, AskingSteps(references))


def step_question(t: Speaker, pledge: Pledge) -> Say:
    """The question about the first step of one pledge."""
    ask = t("About {reference}: is the first step done?", reference=pledge.reference)
    text = Markup("{}\n<i>{}</i>").format(ask, shorten(pledge.first_step or pledge.text, 160))
    return Say(text, (*_step_choices(t), Choice("later", t.plain("Later"))), AskingStep(pledge.reference, asked=True))


def follow_up(scene: Scene, pledge: Pledge, aspects: Collection[str], thanks: Markup) -> Say | None:
    """The next of these questions, after a word of thanks; None where nothing is left to ask."""
    t = scene.t
    wanted = [aspect for aspect in IN_ORDER if aspect in aspects]
    if not wanted:
        return None
    rest = tuple(wanted[1:])
    match wanted[0]:
        case Aspect.STEP:
            step = Markup(" <i>{}</i>").format(shorten(pledge.first_step, 100)) if pledge.first_step else Markup()
            text = thanks + "\n" + t("Is the first step done?") + step
            return Say(text, _step_choices(t), AskingStep(pledge.reference, rest=rest), quiet=True)
        case Aspect.CONFIDENCE:
            ask = t("How confident are you that it will work out by {day}?", day=t.day(pledge.due, scene.today))
            choices = tuple(Choice(key, t.plain(label)) for key, label in CONFIDENCES.items())
            return Say(thanks + "\n" + ask, choices, AskingConfidence(pledge.reference, rest), quiet=True)
        case _:
            ask = t(
                "What is still missing by {day}? One sentence is enough, if you like.",
                day=t.day(pledge.due, scene.today),
            )
            return Say(thanks + "\n" + ask, asks=AskingRemark(pledge.reference), quiet=True)


def steps(state: AskingSteps, scene: Scene) -> Turn | None:
    """Whether the first steps are done."""
    t = scene.t
    if scene.choice == "yes":
        done = tuple(Stepped(reference, done=True) for reference in state.references)
        return Turn((Say(t("Noted: all first steps are done. Thank you."), quiet=True),), done)
    if scene.choice == "later":
        return postpone(scene, state.references)
    pledge = scene.facts.answerable(scene.choice) if scene.choice in state.references else None
    return Turn((step_question(t, pledge),), settles=False) if pledge else None


def step(state: AskingStep, scene: Scene) -> Turn | None:
    """Whether the first step is done."""
    t = scene.t
    if scene.choice == "later" and state.asked:
        return postpone(scene, (state.reference,))
    if scene.choice not in ("yes", "no"):
        return None
    done = scene.choice == "yes"
    thanks = t("Good, the first step is done.") if done else t("Noted: the first step is still to come.")
    return _noted(scene, state.reference, Stepped(state.reference, done), state.rest, thanks)


def confidence(state: AskingConfidence, scene: Scene) -> Turn | None:
    """How confident its maker is."""
    if scene.choice not in set(Confidence):
        return None
    effect = Change(state.reference, confidence=Confidence(scene.choice))
    return _noted(scene, state.reference, effect, state.rest, scene.t("Noted, thank you."))


def _noted(scene: Scene, reference: str, effect: Fact, rest: tuple[str, ...], thanks: Markup) -> Turn:
    pledge = scene.facts.answerable(reference)
    if pledge is None:
        return Turn((Say(thanks, quiet=True),))
    say = follow_up(scene, pledge, rest, thanks)
    if say is None:
        wish = scene.t("If you like, write a sentence about it.")
        say = Say(thanks + "\n" + wish, asks=AskingRemark(reference), quiet=True)
    return Turn((say,), (effect,))


def _step_choices(t: Speaker) -> tuple[Choice, ...]:
    return Choice("yes", t.plain("Yes, done")), Choice("no", t.plain("Not yet"))
