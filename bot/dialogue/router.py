"""Which dialogue is meant.

Order, for a message with words: a command; a word that is understood in every state; an answer to the prompt that
was replied to, else to the latest one that it fits; a whole message that means a command; else a short answer that
names what is possible. Nothing is ever lost by not being understood: the state is kept.
"""

from dataclasses import replace

from markupsafe import Markup

from bot.dialogue import (
    attaching,
    finding,
    guessing,
    joining,
    picking,
    preferring,
    privacy,
    renewing,
    retracting,
    searching,
)
from bot.dialogue.answering import (
    ANSWERED_IN_WORDS,
    answered_already,
    chosen,
    gone,
    looks_like_code,
    names_a_choice,
    not_understood,
    rivals,
    too_late,
    too_old,
)
from bot.dialogue.commands import BARE_WORDS, BY_INTENT, BY_NAME, Command, Entry
from bot.dialogue.effects import Acted, Answered, Move
from bot.dialogue.handlers import HANDLERS
from bot.dialogue.message import Kind, Say, Turn
from bot.dialogue.organising import picturing, sheets
from bot.dialogue.scene import Asked, Scene
from bot.dialogue.state import State
from bot.dialogue.understanding import Context, Intent, is_greeting, number_of, understand
from bot.domain.roles import Right
from bot.domain.words import fold

MEANWHILE: tuple[Command, ...] = (preferring.stop, privacy.delete, privacy.policy)
"""What is possible before a new version of the text is agreed to."""

SHORT = 3
"""So many words at most are taken as a command where a sentence was invited."""


def answer(scene: Scene) -> Turn:
    """What to make of a message. Never raises on what somebody typed; an exception here is a bug."""
    message, scene = scene.message, _allowed(scene)
    match message.kind:
        case Kind.BLOCKED:
            return joining.blocked(scene)
        case Kind.RETURNED:
            return joining.returned(scene)
        case Kind.MOVED:
            return Turn(effects=(Move(message.text),), keep=True)
    if not message.private:
        return _in_group(scene)
    if not scene.agreed:
        return _renewing(scene)
    if message.kind is Kind.TAP:
        return _tapped(scene)
    if message.kind is Kind.REACTION:
        return _reacted(scene)
    if message.kind is Kind.RETRACTED:
        return retracting.retracted(scene)
    return _worded(scene)


def _allowed(scene: Scene) -> Scene:
    """The scene without the prompts that are not for the writer, or no longer."""

    def exists(asked: Asked | None) -> bool:
        if asked is None or asked.state.needs is None:
            return asked is not None
        return asked.state.needs in scene.facts.rights(_workshop_of(asked.state))

    waiting = tuple(asked for asked in scene.waiting if exists(asked))
    return replace(scene, tapped=scene.tapped if exists(scene.tapped) else None, waiting=waiting)


def _renewing(scene: Scene) -> Turn:
    """Until they agree to the new version of the text there is the question for that, and what they may do with their
    data."""
    narrowed = replace(
        scene, tapped=_meanwhile(scene.tapped), waiting=tuple(asked for asked in scene.waiting if _meanwhile(asked))
    )
    text = scene.text.strip()
    match scene.message.kind:
        case Kind.TAP if narrowed.tapped:
            return _tapped(narrowed)
        case Kind.REACTION if narrowed.tapped:
            return _reacted(narrowed)
        case Kind.TEXT if text:
            if text[0] in "/!":
                entry = _entry(scene, text[1:].partition(" ")[0])
                run = entry.run if entry else None
            else:
                intent = BARE_WORDS.get(fold(text))
                intent = intent or understand(text, Context.FREE, today=scene.today, language=scene.t.locale).intent
                run = BY_INTENT.get(intent)
            if run in MEANWHILE:
                return run(scene, "")
            for asked in (narrowed.tapped,) if narrowed.tapped else narrowed.waiting:
                if turn := _replied(narrowed, asked, text):
                    return turn
    return Turn((renewing.ask(scene.t, scene.facts.responsible, scene.message.platform),), keep=True)


def _meanwhile(asked: Asked | None) -> Asked | None:
    return asked if asked and isinstance(asked.state, renewing.AskingRenewal | privacy.ConfirmingErasure) else None


def _workshop_of(state: State | None) -> int | None:
    return getattr(state, "workshop_id", None)


def _in_group(scene: Scene) -> Turn:
    """In groups the bot speaks only when spoken to, and points to the private chat."""
    if not scene.message.addressed:
        return Turn(keep=True)
    return Turn((Say(scene.t("I only talk in private: please write to me in a chat of our own.")),), keep=True)


def _tapped(scene: Scene) -> Turn:
    """A choice was tapped: it works, or it says why not."""
    asked, tap = scene.tapped, scene.message.tap
    if asked is None or tap is None:
        return too_old(scene)
    if asked.settled is not None:
        return Turn(keep=True, notice=answered_already(scene, asked))
    turn = _answered(scene, asked, asked.key_of(tap.choice))
    return turn or too_old(scene)


def _reacted(scene: Scene) -> Turn:
    """A sign on a message of ours: an answer where one is open and the sign is one, else a friendly gesture. A number
    is the tap of platforms without buttons."""
    asked = scene.tapped
    number = number_of(scene.text, len(asked.choices)) if asked else None
    if asked and number is not None:
        if asked.settled is not None:
            return Turn((Say(Markup.escape(answered_already(scene, asked)), quiet=True),), keep=True)
        return _answered(scene, asked, asked.key_of(number)) or Turn(keep=True)
    if asked is None or asked.settled is not None or asked.state.takes_text:
        return Turn(keep=True)
    return _replied(scene, asked, scene.text) or Turn(keep=True)


def _worded(scene: Scene) -> Turn:
    t = scene.t
    text = scene.text.strip()
    kind = scene.message.kind
    if kind is Kind.EDIT and BARE_WORDS.get(fold(text)) is not Intent.STOP:
        return too_late(scene)
    if kind is Kind.UNREADABLE:
        return Turn((Say(t("I could not decrypt your last message. Please send it once more.")),), keep=True)
    if scene.message.file and Right.HOST in scene.facts.rights() and (turn := sheets.received(scene)):
        return _noted(turn, "sheet")
    if kind in (Kind.VOICE, Kind.FILE) and (turn := picturing.received(scene)):
        return _noted(turn, "picture")
    if kind in (Kind.VOICE, Kind.FILE):
        return attaching.received(scene)
    if not text:
        return Turn((Say(t("I can only read words so far. Please write one sentence, or tap an answer.")),), keep=True)
    command = _command(scene, text)
    if command is not None:
        return command
    intent = BARE_WORDS.get(fold(text))
    for_writer = scene.person is not None or intent is Intent.HELP
    if intent and for_writer and not (intent is Intent.LATER and _can_wait(scene)):
        return BY_INTENT[intent](scene, "")
    if scene.person is not None and is_greeting(text) and not any(asked.state.talks for asked in scene.waiting):
        return finding.greet(scene)  # else a "hello" would become a pledge
    if looks_like_code(text) and scene.facts.admits(text):
        return joining.start(scene, text)  # even where any other words would be an answer
    return _answering(scene, text)


def _answering(scene: Scene, text: str) -> Turn:
    """The words as an answer to what is open: the prompt that was replied to, else the latest one that they fit. Where
    several questions of the bot are open that they could answer, it asks which."""
    candidates = scene.waiting
    if asked := scene.tapped:
        if asked.settled is not None and not asked.state.optional and names_a_choice(scene, asked, text):
            return Turn((Say(Markup.escape(answered_already(scene, asked))),), keep=True)
        candidates = (
            (asked,) if asked.settled is None or (asked.state.takes_text and asked.state.optional) else candidates
        )
    fitting = [asked for asked in candidates if names_a_choice(scene, asked, text) and not asked.state.optional]
    if (open_ := rivals(fitting)) and fitting[0] is candidates[0] and fitting[0].occasion:
        return Turn((picking.ask_which_question(scene, (fitting[0], *open_), text),))
    short = len(text.split()) <= SHORT
    for asked in candidates:
        if asked.state.optional and short:
            if turn := _meant(scene, text):
                return turn
            if fitting and not names_a_choice(scene, asked, text):
                continue  # a sentence was invited, but this is the word for an answer
        if turn := _replied(scene, asked, text):
            return turn
    asking = [asked for asked in candidates if not asked.state.optional]
    wanted = next((asked for asked in asking if not isinstance(asked.state, guessing.Guessing)), None)
    if scene.person is None and wanted and wanted.state.needs is None:
        return not_understood(scene, wanted)
    if turn := _meant(scene, text):
        return turn
    if scene.person is None and wanted is None:
        return finding.explain(scene)
    if scene.person is not None and (question := guessing.guess(scene, wanted, text)):
        return Turn((question,), keep=True, puzzled=True)
    return replace(not_understood(scene, wanted), puzzled=True)


def _meant(scene: Scene, text: str) -> Turn | None:
    """The command that the whole message means, or the code that it is."""
    entry = _entry(scene, text)
    if entry is not None and entry.needs:
        return _run(scene, entry, "")
    intent = understand(text, Context.FREE, today=scene.today, language=scene.t.locale).intent
    if scene.person is not None and intent in BY_INTENT:
        return _carried_out(scene, intent)
    return joining.start(scene, text) if looks_like_code(text) else None


def _carried_out(scene: Scene, intent: Intent) -> Turn:
    """The command that somebody asked for in their own words."""
    return BY_INTENT[intent](scene, searching.wanted(scene.text) if intent is Intent.SEARCH else "")


def _can_wait(scene: Scene) -> bool:
    """Whether "Später" is an answer to something that waits."""
    return any(asked.label_of(Intent.LATER) for asked in (scene.tapped, *scene.waiting) if asked)


def _command(scene: Scene, text: str) -> Turn | None:
    """The command that the message is, if it is one: `/neu Text`, `!neu Text`."""
    if text[0] not in "/!" or len(text) < 2 or not text[1].isalpha():
        return None
    name, _, rest = text[1:].partition(" ")
    entry = _entry(scene, name)
    if entry is None and scene.person is not None and (turn := _meant(scene, text)):
        return turn  # a slip of the finger: `/stauts`
    if entry is None:
        return Turn((Say(scene.t("I do not know this command. With /help you see what I can do.")),), keep=True)
    if scene.person is None and not entry.for_strangers and not entry.needs:
        return finding.explain(scene)
    return _run(scene, entry, rest.strip())


def _entry(scene: Scene, name: str) -> Entry | None:
    """The command of that name, if it exists for the writer."""
    entry = BY_NAME.get(name.strip().casefold().replace("-", "_"))
    return entry if entry and (entry.needs is None or entry.needs in scene.facts.rights()) else None


def _run(scene: Scene, entry: Entry, text: str) -> Turn:
    """Carry out a command; what needs a right goes into the audit log."""
    turn = entry.run(scene, text)
    return _noted(turn, entry.names[-1]) if entry.needs else turn


def _noted(turn: Turn, action: str) -> Turn:
    """The turn with a line of the audit log."""
    return replace(turn, effects=(Acted(action, _workshop_of(turn.asks)), *turn.effects))


def _replied(scene: Scene, asked: Asked, text: str) -> Turn | None:
    """The words as an answer to this prompt; None where they are none."""
    state = asked.state
    if key := chosen(scene, asked, text):
        return _answered(scene, asked, key)
    if state.context in ANSWERED_IN_WORDS:
        intent = understand(text, state.context, today=scene.today, language=scene.t.locale).intent
        if intent in (Intent.STOP, Intent.CANCEL, Intent.HELP) and scene.person is not None:
            return BY_INTENT[intent](scene, "")
        if intent in (Intent.STOP, Intent.CANCEL):
            return _answered(scene, asked, "no")
    return _answered(scene, asked, "") if state.takes_text else None


def _answered(scene: Scene, asked: Asked, key: str) -> Turn | None:
    scene = scene.choosing(asked, key)
    match asked.state:
        case picking.PickingQuestion():
            turn = _picked(asked.state, scene)
        case guessing.Guessing():
            turn = _guessed(asked.state, scene)
        case _:
            turn = HANDLERS[type(asked.state)](asked.state, scene)
    if turn is not None and asked.state.needs:
        acted = Acted(type(asked.state).__name__, _workshop_of(asked.state), key)
        turn = replace(turn, effects=(acted, *turn.effects))
    if turn is None or not turn.settles:
        return turn
    if turn.answered:  # it passed the words on to another prompt
        return replace(turn, effects=(*turn.effects, Answered(asked.key, asked.label_of(key))))
    return replace(turn, answered=asked.key, chosen=turn.chosen or asked.label_of(key))


def _picked(state: picking.PickingQuestion, scene: Scene) -> Turn | None:
    """Which of several open questions the words were for."""
    asked = next((asked for asked in scene.waiting if asked.key == scene.choice), None)
    return _replied(_as_if_written(scene, state.text), asked, state.text) if asked else gone(scene)


def _guessed(state: guessing.Guessing, scene: Scene) -> Turn | None:
    """Whether the guess was right. Who answers the question itself instead ("nein, langsamer") has answered it."""
    asked = next((asked for asked in scene.waiting if asked.key == state.prompt), None)
    if state.prompt and asked is None:
        return gone(scene)
    own_words = scene.message.kind is Kind.TEXT and not guessing.is_plain(scene.text)
    if asked and own_words and names_a_choice(scene, asked, scene.text):
        return _replied(scene, asked, scene.text)
    if scene.choice == "no":
        return not_understood(scene, asked)
    if scene.choice != "yes":
        return None
    meant = _as_if_written(scene, state.text)
    return _answered(meant, asked, state.choice) if asked else _carried_out(meant, Intent(state.choice))


def _as_if_written(scene: Scene, text: str) -> Scene:
    return replace(scene, message=replace(scene.message, kind=Kind.TEXT, text=text, tap=None))
