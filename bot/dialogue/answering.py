"""Words and prompts: which choice they name, and what is said where they fit none."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.message import Say, Turn
from bot.dialogue.scene import Asked, Scene
from bot.dialogue.understanding import IN_WORDS, Context, choose, number_of, understand
from bot.domain.words import fold

ANSWERED_IN_WORDS = (Context.CHECKIN, Context.YESNO, Context.CONSENT, Context.OUTCOME, *IN_WORDS)
"""The vocabularies whose intents are the keys of the choices."""
CODE_LENGTH = 8
"""How many letters and digits a code has."""


def chosen(scene: Scene, asked: Asked, text: str) -> str:
    """The key of the choice that the words name; "" where they name none."""
    state, labels = asked.state, [choice.label for choice in asked.choices]
    words = fold(text).removeprefix("bitte ").removesuffix(" bitte")
    same = [choice.key for choice in asked.choices if fold(choice.label) == words]
    if len(same) == 1:  # what stands on a button names it, whatever else it may mean
        return same[0]
    number = number_of(text, len(labels)) if labels else None
    if number is None and state.context in ANSWERED_IN_WORDS:
        intent = understand(text, state.context, today=scene.today, language=scene.t.locale).intent
        if asked.label_of(intent):
            return intent
        labels = labels if state.context in IN_WORDS else []
    if number is None and labels:
        number = choose(text, labels)
    return asked.key_of(number) if number is not None else ""


def names_a_choice(scene: Scene, asked: Asked, text: str) -> bool:
    """Whether the words name one of the prompt's choices, by number or by name."""
    return bool(asked.choices) and bool(chosen(scene, asked, text))


def rivals(fitting: Sequence[Asked]) -> list[Asked]:
    """Those of the prompts after the first that are about another pledge than any before them: a nudge repeats its
    check-in, but the outcome of one pledge is not the standing of another."""
    found, known = [], set[str]()
    for asked in fitting:
        about = {getattr(asked.state, "reference", ""), *getattr(asked.state, "references", ())} - {""}
        if about - known and known:
            found.append(asked)
        known |= about
    return found


def answered_already(scene: Scene, asked: Asked) -> str:
    t = scene.t
    return (
        t.plain("Answered already: {answer}", answer=asked.settled) if asked.settled else t.plain("Answered already.")
    )


def too_old(scene: Scene) -> Turn:
    """It was asked before what is asked now; that stays open."""
    return replace(gone(scene), keep=True)


def gone(scene: Scene) -> Turn:
    """What was asked about is no longer theirs: there is nothing left to answer."""
    said = scene.t("This question is no longer open. With /status you see where things stand.")
    return Turn((Say(said, quiet=True),), notice=scene.t.plain("No longer open"))


def too_late(scene: Scene) -> Turn:
    """A message was changed whose answer has been overtaken, or that was none."""
    said = scene.t(
        "What you have changed there comes too late for me. With /edit you change a pledge, "
        "with /update you tell me how it stands now."
    )
    return Turn((Say(said, quiet=True),), keep=True)


def not_understood(scene: Scene, asked: Asked | None) -> Turn:
    t = scene.t
    if asked is None:
        said = t(
            "I am not sure what you mean. With /update you tell me what is new, "
            "with /status you see where things stand, and with /human you reach a person."
        )
        return Turn((Say(said),), keep=True)
    if asked.choices:
        labels = " · ".join(choice.label for choice in asked.choices)
        said = t("I did not quite understand that. Possible answers: {answers}. Or /cancel.", answers=labels)
        return Turn((Say(said),), keep=True)
    return Turn((Say(t("I did not quite understand that. Please put it another way, or write /cancel.")),), keep=True)


def looks_like_code(text: str) -> bool:
    """Whether bare words are meant as a code: `ABCD2345`, also in lower case or with blanks and hyphens in it."""
    code = "".join(char for char in text if char not in " -")
    return len(code) == CODE_LENGTH and code.isascii() and code.isalnum() and (code.isupper() or not code.isalpha())
