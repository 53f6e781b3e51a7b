"""Which dialogue is meant: the one table of commands and the one table of states.

Order, for a message with words: a command; a word that is understood in every state; an answer to the prompt that
was replied to, else to the latest one that it fits; a whole message that means a command; else a short answer that
names what is possible. Nothing is ever lost by not being understood: the state is kept.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from bot.dialogue import (
    accompanying,
    attaching,
    calling,
    changing,
    checking_in,
    concluding,
    continuing,
    detailing,
    finding,
    following_up,
    joining,
    linking,
    partnering,
    picking,
    postponing,
    preferring,
    privacy,
    proposing,
    recalling,
    registering,
    remarking,
    renewing,
    retracting,
    searching,
    succeeding,
    talking,
)
from bot.dialogue.answering import (
    ANSWERED_IN_WORDS,
    answered_already,
    chosen,
    looks_like_code,
    names_a_choice,
    not_understood,
    rivals,
    too_late,
    too_old,
)
from bot.dialogue.effects import Acted, Answered, Forget, Move
from bot.dialogue.message import Kind, Say, Turn
from bot.dialogue.organising import (
    addressing,
    broadcasting,
    correcting,
    founding,
    help_desk,
    previewing,
    reports,
    sheets,
    stalled,
    steering,
    teams,
    telephone,
    workshop_card,
    workshops,
)
from bot.dialogue.scene import Asked, Scene
from bot.dialogue.state import State
from bot.dialogue.understanding import Context, Intent, number_of, understand
from bot.domain.pledge import Pledge
from bot.domain.roles import Right
from bot.domain.words import fold
from bot.texts import mark

Command = Callable[[Scene, str], Turn]


@dataclass(frozen=True, slots=True)
class Entry:
    """One command: its names (German first, the last one English), what it does, and whether it is for strangers, too.

    With `needs` it does not exist for anybody without that right in some workshop; in which one is for the command to
    ask. Administrators need not have joined for those. `does` says in a few words what it is for, in `/hilfe`.
    """

    names: tuple[str, ...]
    run: Command
    for_strangers: bool = False
    needs: Right | None = None
    does: str = ""


def _update(scene: Scene, text: str) -> Turn:
    running = [pledge for pledge in (*scene.facts.pledges(), *scene.facts.beside()) if pledge.is_open]
    if not running:
        return finding.overview(scene)
    first, _, rest = text.partition(" ")
    if pledge := picking.named(running, first) if first else None:
        return checking_in.update(scene, pledge, rest)
    if len(running) > 1:
        return Turn((picking.ask_which(scene, running, "update", text),))
    return checking_in.update(scene, running[0], text)


def _cancel(scene: Scene, text: str) -> Turn:
    forget = () if scene.person else (Forget(),)
    if not scene.waiting:
        return Turn((Say(scene.t("There is nothing open at the moment."), quiet=True),), forget)
    return Turn((Say(scene.t("Good, let us leave it at that."), quiet=True),), forget)


def _help(scene: Scene, text: str) -> Turn:
    """`/hilfe`; whoever is of a team sees those commands as well."""
    t, rights = scene.t, scene.facts.rights()
    lines = [
        t("/{name} – {does}", name=entry.names[0 if t.locale == "de" else -1], does=t(entry.does))
        for entry in COMMANDS
        if entry.needs in rights
    ]
    turn = finding.help_(scene)
    if not lines:
        return turn
    if Right.HOST in rights:
        lines.append(t("For an import just send me the sheet, as CSV or XLSX."))
    team = Say(t("As a member of the team:") + Markup("\n") + Markup("\n").join(lines))
    return replace(turn, says=(*turn.says, team) if scene.person else (team,), keep=True)


def _later(scene: Scene, text: str) -> Turn:
    """ "Später", where nothing was asked that can wait."""
    return Turn((Say(scene.t("That is fine. I will ask again as planned."), quiet=True),), keep=True)


COMMANDS = (
    Entry(("start",), joining.start, for_strangers=True),
    Entry(("neu", "new"), registering.new),
    Entry(("status",), finding.status),
    Entry(("update",), _update),
    Entry(("aendern", "ändern", "edit"), changing.edit),
    Entry(("partner",), partnering.partner),
    Entry(("hilfe", "help"), _help, for_strangers=True),
    Entry(("suche", "search"), searching.search),
    Entry(("kalender", "calendar"), finding.calendar),
    Entry(("mensch", "human"), calling.human),
    Entry(("pause",), preferring.pause),
    Entry(("weiter", "resume"), preferring.resume),
    Entry(("einstellungen", "settings"), preferring.settings),
    Entry(("datenschutz", "privacy"), privacy.policy, for_strangers=True),
    Entry(("meine_daten", "my_data"), privacy.my_data),
    Entry(("loeschen", "löschen", "delete"), privacy.delete),
    Entry(("abbrechen", "cancel"), _cancel, for_strangers=True),
    Entry(("stop", "stopp"), preferring.stop),
    Entry(("werkstatt", "workshop"), workshops.workshops, needs=Right.READ, does=mark("your workshops")),
    Entry(("ansage", "announce"), broadcasting.announce, needs=Right.WRITE, does=mark("tell everyone something")),
    Entry(("hilferufe", "calls"), help_desk.calls, needs=Right.HELP, does=mark("who calls for help")),
    Entry(
        ("antwort", "answer"), telephone.answer, needs=Right.HELP, does=mark("write down what was said by telephone")
    ),
    Entry(("bericht", "report"), reports.report, needs=Right.READ, does=mark("what became of the pledges")),
    Entry(("offen", "open"), stalled.stalled, needs=Right.READ, does=mark("of whom nothing is heard")),
)
BY_NAME = {name: entry for entry in COMMANDS for name in entry.names}

EVERYWHERE = {
    Intent.STOP: ("stop", "stopp"),
    Intent.CANCEL: ("abbrechen", "abbruch", "cancel"),
    Intent.HELP: ("hilfe", "help"),
    Intent.LATER: ("später", "spaeter", "later"),
}
"""The bare words that are commands in every state, even where any other words would be taken as text."""
_EVERYWHERE = {fold(word): intent for intent, words in EVERYWHERE.items() for word in words}

BY_INTENT: dict[Intent, Command] = {
    Intent.STATUS: finding.status,
    Intent.NEW: registering.new,
    Intent.UPDATE: _update,
    Intent.EDIT: changing.edit,
    Intent.HELP: _help,
    Intent.HUMAN: calling.human,
    Intent.PAUSE: preferring.pause,
    Intent.RESUME: preferring.resume,
    Intent.STOP: preferring.stop,
    Intent.DELETE: privacy.delete,
    Intent.MY_DATA: privacy.my_data,
    Intent.SETTINGS: preferring.settings,
    Intent.CANCEL: _cancel,
    Intent.PRIVACY: privacy.policy,
    Intent.SEARCH: searching.search,
    Intent.CALENDAR: finding.calendar,
    Intent.LATER: _later,
    Intent.PARTNER: partnering.partner,
}


def _picked(state: picking.Picking, scene: Scene) -> Turn | None:
    pledge = scene.facts.answerable(scene.choice) if scene.choice else None
    return PICKED[state.command](scene, pledge, state.text) if pledge else None


def _question_picked(state: picking.PickingQuestion, scene: Scene) -> Turn | None:
    """Which of several open questions the words were for."""
    asked = next((asked for asked in scene.waiting if asked.key == scene.choice), None)
    if asked is None:
        return Turn(
            (Say(scene.t("This question is no longer open. With /status you see where things stand."), quiet=True),)
        )
    meant = replace(scene, message=replace(scene.message, kind=Kind.TEXT, text=state.text, tap=None))
    return _replied(meant, asked, state.text)


PICKED: dict[str, Callable[[Scene, Pledge, str], Turn]] = {
    "edit": changing.picked,
    "update": checking_in.update,
    "partner": partnering.partners_of,
}

MEANWHILE: tuple[Command, ...] = (preferring.stop, privacy.delete, privacy.policy)
"""What is possible before a new version of the text is agreed to."""
SHORT = 3
"""So many words at most are taken as a command where a sentence was invited."""

HANDLERS: dict[type[State], Callable[[Any, Scene], Turn | None]] = {
    joining.AskingConsent: joining.consent,
    joining.AskingClaim: joining.claim,
    accompanying.AskingToJoin: accompanying.answered,
    accompanying.AskingToLeave: accompanying.leaving,
    partnering.Inviting: partnering.inviting,
    partnering.TakingOut: partnering.take_out,
    linking.ShowingAccounts: linking.manage,
    linking.AskingToConnect: linking.agreed,
    linking.ConfirmingConnection: linking.confirmed,
    linking.ChoosingAccount: linking.chosen,
    linking.ConfirmingParting: linking.parted,
    registering.AskingWorkshop: registering.workshop,
    registering.AskingSentence: registering.sentence,
    registering.ShowingCard: changing.on_card,
    checking_in.CheckingIn: checking_in.standing,
    checking_in.CheckingInAll: checking_in.all_standings,
    following_up.AskingStep: following_up.step,
    following_up.AskingSteps: following_up.steps,
    following_up.AskingConfidence: following_up.confidence,
    continuing.AskingHowToGoOn: continuing.how,
    checking_in.AskingObstacle: checking_in.obstacle,
    checking_in.OfferingHelp: checking_in.help_wanted,
    remarking.AskingRemark: remarking.remark,
    remarking.OfferingToShare: remarking.share,
    postponing.AskingLater: postponing.later,
    concluding.AskingOutcome: concluding.outcome,
    concluding.ListingOutcomes: concluding.listed,
    concluding.AskingReason: concluding.reason,
    concluding.AskingShown: concluding.shown,
    concluding.AskingNewDate: concluding.new_date,
    concluding.OfferingUndo: concluding.undo,
    recalling.AskingRecall: recalling.recall,
    recalling.AskingLasting: recalling.lasting,
    recalling.ListingLasting: recalling.listed,
    concluding.ShowingJoint: concluding.on_joint,
    proposing.DecidingProposal: proposing.decided,
    succeeding.ConfirmingHandover: succeeding.handed_over,
    succeeding.AskingToTakeOver: succeeding.taken_over,
    changing.AskingChange: changing.change,
    changing.AskingText: changing.text,
    changing.AskingDate: changing.new_date,
    changing.ConfirmingWithdrawal: changing.withdrawal,
    detailing.AskingDetail: detailing.detail,
    detailing.AskingValue: detailing.value,
    detailing.AskingStepDay: detailing.step_day,
    picking.Picking: _picked,
    picking.PickingQuestion: _question_picked,
    searching.AskingQuery: searching.query,
    searching.ShowingFound: searching.found,
    attaching.OfferingToKeep: attaching.keep,
    preferring.AskingPause: preferring.paused,
    preferring.AskingSetting: preferring.setting,
    preferring.AskingLanguage: preferring.language,
    preferring.AskingWeekday: preferring.weekday,
    preferring.AskingWindow: preferring.window,
    preferring.Stopped: preferring.unstop,
    privacy.ConfirmingErasure: privacy.erasure,
    calling.AskingConcern: calling.concern,
    renewing.AskingRenewal: renewing.renewal,
    teams.PickingRole: teams.picked,
    sheets.PickingForSheet: sheets.picked,
    sheets.ConfirmingImport: sheets.confirmed,
    workshops.PickingWorkshop: workshops.picked,
    workshops.Counting: workshops.counting,
    workshop_card.ShowingWorkshop: workshops.offered,
    founding.Founding: founding.answered,
    broadcasting.PickingBroadcast: broadcasting.picked,
    broadcasting.AskingWords: broadcasting.words,
    broadcasting.AskingUse: broadcasting.use,
    addressing.Addressing: addressing.chosen,
    addressing.Narrowing: addressing.narrowed,
    previewing.Previewing: previewing.chosen,
    previewing.AskingStart: previewing.start,
    previewing.AwaitingRelease: previewing.awaited,
    previewing.Releasing: previewing.released,
    steering.Progressing: steering.progressing,
    steering.Halted: steering.halted,
    steering.AskingLate: steering.late,
    steering.Finished: steering.finished,
    correcting.AskingCorrection: correcting.corrected,
    correcting.ConfirmingRecall: correcting.recalled,
    reports.PickingReport: reports.picked,
    reports.ShowingReport: reports.offered,
    help_desk.ListingCalls: help_desk.listed,
    help_desk.ShowingCall: help_desk.on_card,
    help_desk.WritingNote: help_desk.note,
    help_desk.PromisingDay: help_desk.day,
    help_desk.TalkingToCaller: talking.to_caller,
    talking.TalkingToTeam: talking.to_team,
    talking.RatingHelp: talking.rated,
    talking.AskingToMeet: talking.meeting,
    telephone.PickingAnswer: telephone.picked,
    telephone.AskingWhatWasSaid: telephone.said,
}


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
                intent = _EVERYWHERE.get(fold(text))
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
    if kind is Kind.EDIT and _EVERYWHERE.get(fold(text)) is not Intent.STOP:
        return too_late(scene)
    if kind is Kind.UNREADABLE:
        return Turn((Say(t("I could not decrypt your last message. Please send it once more.")),), keep=True)
    if scene.message.file and Right.HOST in scene.facts.rights() and (turn := sheets.received(scene)):
        return _noted(turn, "sheet")
    if kind in (Kind.VOICE, Kind.FILE):
        return attaching.received(scene)
    if not text:
        return Turn((Say(t("I can only read words so far. Please write one sentence, or tap an answer.")),), keep=True)
    command = _command(scene, text)
    if command is not None:
        return command
    intent = _EVERYWHERE.get(fold(text))
    if intent and not (intent is Intent.LATER and _can_wait(scene)):
        if scene.person is not None:
            return BY_INTENT[intent](scene, "")
        if intent is Intent.HELP:
            return _help(scene, "")
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
    wanted = next((asked for asked in candidates if not asked.state.optional), None)
    if scene.person is None and wanted and wanted.state.needs is None:
        return not_understood(scene, wanted)
    if turn := _meant(scene, text):
        return turn
    if scene.person is None and wanted is None:
        return finding.explain(scene)
    return replace(not_understood(scene, wanted), puzzled=True)


def _meant(scene: Scene, text: str) -> Turn | None:
    """The command that the whole message means, or the code that it is."""
    entry = _entry(scene, text)
    if entry is not None and entry.needs:
        return _run(scene, entry, "")
    intent = understand(text, Context.FREE, today=scene.today, language=scene.t.locale).intent
    if scene.person is not None and intent in BY_INTENT:
        return BY_INTENT[intent](scene, searching.wanted(text) if intent is Intent.SEARCH else "")
    return joining.start(scene, text) if looks_like_code(text) else None


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
    turn = HANDLERS[type(asked.state)](asked.state, scene.choosing(asked, key))
    if turn is not None and asked.state.needs:
        acted = Acted(type(asked.state).__name__, _workshop_of(asked.state), key)
        turn = replace(turn, effects=(acted, *turn.effects))
    if turn is None or not turn.settles:
        return turn
    if turn.answered:  # it passed the words on to another prompt
        return replace(turn, effects=(*turn.effects, Answered(asked.key, asked.label_of(key))))
    return replace(turn, answered=asked.key, chosen=turn.chosen or asked.label_of(key))
