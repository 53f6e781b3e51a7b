"""What is not quite understood, put to the person as a question: one tap is better than to write it again."""

import re
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.message import Choice, Say
from bot.dialogue.scene import Asked, Scene
from bot.dialogue.state import State
from bot.dialogue.understanding import IN_WORDS, Context, Intent, number_of, understand
from bot.domain.words import fold
from bot.texts import mark

WISHES = {
    Intent.STATUS: mark("Would you like to see how your pledges stand?"),
    Intent.NEW: mark("Would you like to register a pledge?"),
    Intent.UPDATE: mark("Would you like to tell me what is new?"),
    Intent.EDIT: mark("Would you like to change a pledge?"),
    Intent.HELP: mark("Would you like to see what I can do?"),
    Intent.HUMAN: mark("Would you like to speak to a person?"),
    Intent.PAUSE: mark("Would you like a pause?"),
    Intent.RESUME: mark("Shall I go on asking?"),
    Intent.STOP: mark("Would you like to get no more messages from me?"),
    Intent.DELETE: mark("Would you like to have everything erased that is stored about you?"),
    Intent.MY_DATA: mark("Would you like to see what is stored about you?"),
    Intent.SETTINGS: mark("Would you like to change your settings?"),
    Intent.SEARCH: mark("Would you like to look for pledges?"),
    Intent.CALENDAR: mark("Would you like to have the dates for your calendar?"),
    Intent.PARTNER: mark("Would you like to invite somebody to a pledge?"),
    Intent.PRIVACY: mark("Would you like to read what happens with your data?"),
    Intent.CANCEL: mark("Shall we leave it at that?"),
}
"""What somebody may want who answers no question."""


@dataclass(frozen=True, slots=True)
class Guessing(State):
    """Does `text` mean this choice of that prompt? Without a prompt `choice` is the intent of a command."""

    text: str
    choice: str
    prompt: str = ""
    context: ClassVar = Context.CONSENT


_AFFIRMED = re.compile(r"(?:ja|jo|jep|jawohl|genau|stimmt|richtig|passt|klar|yes|yep|right|exactly|correct)\b")


def is_plain(text: str) -> bool:
    """Whether `text` takes up the guess as such, by number or with a yes, whatever else it could be an answer to."""
    return number_of(text, 2) is not None or _AFFIRMED.match(fold(text)) is not None


def guess(scene: Scene, asked: Asked | None, text: str) -> Say | None:
    """The question whether `text` means what it resembles; None where it resembles nothing. `asked` is what it may
    answer; a yes or a no is not guessed."""
    if asked is not None and asked.state.context in (Context.CHECKIN, Context.OUTCOME, *IN_WORDS):
        perhaps = _perhaps(scene, asked.state.context, text)
        if perhaps and (label := asked.label_of(perhaps)):
            said = scene.t("Do you mean “{answer}”?", answer=label)
            return _ask(scene, said, Guessing(text, perhaps, asked.key))
        if perhaps in (Intent.STOP, Intent.HELP, Intent.CANCEL):
            return _ask(scene, scene.t(WISHES[perhaps]), Guessing(text, perhaps))
    perhaps = _perhaps(scene, Context.FREE, text)
    return _ask(scene, scene.t(WISHES[perhaps]), Guessing(text, perhaps)) if perhaps in WISHES else None


def _perhaps(scene: Scene, context: Context, text: str) -> Intent | None:
    return understand(text, context, today=scene.today, language=scene.t.locale).perhaps


def _ask(scene: Scene, said: Markup, state: Guessing) -> Say:
    return Say(said, (Choice("yes", scene.t.plain("Yes")), Choice("no", scene.t.plain("No"))), state)
