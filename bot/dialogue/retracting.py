"""A sign, or a message, that was an answer is taken back."""

from bot.dialogue.checking_in import CheckingIn, CheckingInAll
from bot.dialogue.concluding import AskingOutcome
from bot.dialogue.continuing import AskingHowToGoOn
from bot.dialogue.effects import TakeBack
from bot.dialogue.following_up import AskingConfidence, AskingStep, AskingSteps
from bot.dialogue.message import Say, Turn
from bot.dialogue.scene import Asked, Scene


def retracted(scene: Scene) -> Turn:
    """Undo the answer that it gave, until the next answer; then the question waits again."""
    asked, t = scene.tapped, scene.t
    if asked is None or asked.settled is None or scene.person is None:
        return Turn(keep=True)
    effect = _taken_back(asked)
    if effect is None or scene.facts.answered_since(asked.key):
        said = t("That answer stays as it is. With /status you see what holds, with /edit you change it.")
        return Turn((Say(said, quiet=True),), keep=True)
    said = t("Taken back. The question is open again.")
    return Turn((Say(said, quiet=True),), (effect,), keep=True)


def _taken_back(asked: Asked) -> TakeBack | None:
    """What is undone with the answer: a standing or an outcome, or what was asked besides; None where it was something
    else."""
    match asked.state:
        case CheckingIn() | AskingOutcome():
            return TakeBack(asked.key, (asked.state.reference,))
        case CheckingInAll():
            return TakeBack(asked.key, asked.state.references)
        case AskingStep():
            return TakeBack(asked.key, (asked.state.reference,), unsaid=("first_step_done",))
        case AskingSteps():
            return TakeBack(asked.key, asked.state.references, unsaid=("first_step_done",))
        case AskingConfidence():
            return TakeBack(asked.key, (asked.state.reference,), unsaid=("confidence",))
        case AskingHowToGoOn() if asked.settled != asked.label_of("none"):  # after "no messages" there is /start
            return TakeBack(asked.key, asked.state.references, unsaid=("only_at_end", "delegated"))
    return None
