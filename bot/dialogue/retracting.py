"""A sign, or a message, that was an answer is taken back."""

from bot.dialogue.checking_in import CheckingIn, CheckingInAll
from bot.dialogue.concluding import AskingOutcome
from bot.dialogue.effects import TakeBack
from bot.dialogue.message import Say, Turn
from bot.dialogue.scene import Asked, Scene


def retracted(scene: Scene) -> Turn:
    """Undo the answer that it gave, until the next answer; then the question waits again."""
    asked, t = scene.tapped, scene.t
    if asked is None or asked.settled is None or scene.person is None:
        return Turn(keep=True)
    references = _about(asked)
    if not references or scene.facts.answered_since(asked.key):
        said = t("That answer stays as it is. With /status you see what holds, with /edit you change it.")
        return Turn((Say(said, quiet=True),), keep=True)
    said = t("Taken back. The question is open again.")
    return Turn((Say(said, quiet=True),), (TakeBack(asked.key, references),), keep=True)


def _about(asked: Asked) -> tuple[str, ...]:
    """The pledges whose standing or outcome the answer was; none where it was about something else."""
    match asked.state:
        case CheckingIn() | AskingOutcome():
            return (asked.state.reference,)
        case CheckingInAll():
            return asked.state.references
    return ()
