"""May the outcome be shown to others, and with the name?"""

from dataclasses import dataclass
from typing import ClassVar

from bot.dialogue import proposing
from bot.dialogue.effects import Annotate
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.recalling import ask_recall
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.understanding import Context, Intent, naming, understand
from bot.dialogue.words import SHOWN
from bot.domain.pledge import Shown
from bot.domain.proposal import Subject
from bot.texts import Speaker


@dataclass(frozen=True, slots=True)
class AskingShown(State):
    """May it be shown?"""

    reference: str
    takes_text: ClassVar[bool] = True


def ask_shown(t: Speaker, reference: str) -> Say:
    """May it be shown, with the name, without it, or not?"""
    choices = tuple(Choice(shown, t.plain(label)) for shown, label in SHOWN.items())
    return Say(t("May the outcome be shown to others?"), choices, AskingShown(reference))


def shown(state: AskingShown, scene: Scene) -> Turn | None:
    """Whether it may be shown; then whether to ask once more some time later."""
    t = scene.t
    if scene.choice and scene.choice not in set(Shown):
        return None
    shown = Shown(scene.choice) if scene.choice else naming(scene.text, scene.today)
    if shown is None:
        if understand(scene.text, Context.CONSENT, today=scene.today, language=t.locale).intent is not Intent.YES:
            return None
        choices = tuple(Choice(one, t.plain(SHOWN[one])) for one in (Shown.WITH_NAME, Shown.WITHOUT_NAME))
        return Turn((Say(t("With your name, or without it?"), choices, state),))
    pledge, effects = scene.facts.pledge(state.reference), (Annotate(state.reference, shown=shown),)
    says = (ask_recall(t, state.reference),)
    if pledge and shown is not Shown.NOT and scene.facts.is_joint(pledge.reference):
        turn = proposing.propose(scene, pledge, Subject.SHOWN, shown)
        return Turn((*turn.says, *says), turn.effects, chosen=t.plain(SHOWN[shown]))
    return Turn(says, effects, chosen=t.plain(SHOWN[shown]))
