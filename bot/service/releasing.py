"""A broadcast is released, steered and changed: each step in the transaction of the message that wants it."""

from collections.abc import Iterable
from dataclasses import astuple
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.dialogue.effects import Steer, Step
from bot.dialogue.joining import CONSENT_VERSION
from bot.dialogue.message import Incoming, Say, Turn
from bot.dialogue.organising import broadcasting, previewing, steering
from bot.domain.audience import Reach
from bot.domain.broadcast import Broadcast, Phase, Progress, Purpose
from bot.domain.people import Account
from bot.domain.roles import Right, rights_of
from bot.service import posting
from bot.service.codes import new_key
from bot.service.erasing import RETRACTABLE
from bot.service.installation import Rules
from bot.store import audit, broadcasts, people, prompts, recipients, teams
from bot.texts import Speaker, speaker

OPEN = (Phase.DRAFT, Phase.WAITING)
UNDER_WAY = (Phase.RUNNING, Phase.PAUSED)
_INSTANT = timedelta(microseconds=1)


def reach(tx: Connection, rules: Rules, broadcast: Broadcast, now: datetime) -> Reach:
    """How many it reaches as it is given here, and who is left out."""
    until = (broadcast.useful_until or now) - _INSTANT
    return recipients.reach(tx, broadcast.audience, CONSENT_VERSION, until.astimezone(rules.zone).date())


def redraft(tx: Connection, draft: Broadcast) -> None:
    """The draft is as it is given here."""
    broadcasts.change(
        tx, draft.id, text=draft.text, body=draft.body, audience=draft.audience, purpose=draft.purpose,
        useful_until=draft.useful_until, at=draft.at,
    )  # fmt: skip
    if not draft.pictured:
        broadcasts.illustrate(tx, draft.id, None)


def steer(tx: Connection, rules: Rules, effect: Steer, actor: str, now: datetime) -> set[str]:
    """Carry out a step, unless somebody was quicker. Gives the channels that have something to send."""
    broadcast = broadcasts.by_id(tx, effect.broadcast_id)
    if broadcast is None:
        return set()
    before = broadcast.phase
    if not _step(tx, rules, broadcast, effect, now):
        return set()
    audit.write(
        tx, now, actor, f"announcement {effect.step}", broadcast.audience.workshops[0], f"announcement {broadcast.id}"
    )
    after = broadcasts.by_id(tx, broadcast.id)
    assert after is not None
    if effect.step is Step.SUBMIT:
        return _ask_others(tx, rules, after, now)
    if effect.step is Step.REJECT:
        return _tell_author(tx, after, actor, now) if before is Phase.WAITING else set()
    return show_card(tx, after, now)


def _step(tx: Connection, rules: Rules, broadcast: Broadcast, effect: Steer, now: datetime) -> bool:
    """Change the phase, and the rows with it; False where it is in none that the step starts from."""
    key = broadcast.id
    match effect.step:
        case Step.SUBMIT:
            asked = {"asked_at": now, "expected": effect.expected}
            return broadcasts.move_on(tx, key, Phase.WAITING, Phase.DRAFT, **asked)
        case Step.REJECT:
            if not broadcasts.move_on(tx, key, Phase.CANCELLED, *OPEN):
                return False
            broadcasts.illustrate(tx, key, None)
        case Step.RELEASE:
            if not broadcasts.move_on(tx, key, Phase.RUNNING, *OPEN):
                return False
            _queue(tx, rules, broadcast, now)
        case Step.PAUSE:
            if not broadcasts.move_on(tx, key, Phase.PAUSED, Phase.RUNNING):
                return False
            recipients.hold_back(tx, key)
        case Step.RESUME:
            if not broadcasts.move_on(tx, key, Phase.RUNNING, Phase.PAUSED):
                return False
            recipients.go_on(tx, key, now)
        case Step.CANCEL:
            if not broadcasts.move_on(tx, key, Phase.CANCELLED, *UNDER_WAY):
                return False
            recipients.drop(tx, key, "cancelled")
        case Step.REPEAT | Step.SEND_LATE:
            again = (*UNDER_WAY, Phase.DONE, Phase.CANCELLED)
            if not broadcasts.move_on(tx, key, Phase.RUNNING, *again):
                return False
            send = recipients.send_again if effect.step is Step.REPEAT else recipients.send_late
            send(tx, key, now)
    return True


def _queue(tx: Connection, rules: Rules, broadcast: Broadcast, now: datetime) -> None:
    """Everybody who is reached at this moment; nobody comes in later."""
    if broadcast.about is None:
        until = (broadcast.useful_until or now) - _INSTANT
        start = max(now, broadcast.at or now)
        recipients.queue(tx, broadcast, CONSENT_VERSION, until.astimezone(rules.zone).date(), start)
        return
    if broadcast.purpose is Purpose.RECALL:
        if broadcasts.move_on(tx, broadcast.about, Phase.CANCELLED, *UNDER_WAY):
            recipients.drop(tx, broadcast.about, "taken back")
    else:
        broadcasts.replace_body(tx, broadcast.about, broadcast.text, broadcast.body)
    recipients.queue_changes(tx, broadcast, RETRACTABLE, now)


def show_card(tx: Connection, broadcast: Broadcast, now: datetime) -> set[str]:
    """A new card in the author's chat, in the place of those before it."""
    place = broadcasts.card(tx, broadcast.id)
    t = speaker(place.language)
    progress = recipients.progress(tx, broadcast.id)
    channels = settle_cards(tx, place, broadcast.id, now)
    broadcasts.showing(tx, broadcast.id, numbers(progress))
    return channels | say(tx, place, (steering.card(t, broadcast, progress),), now)


def numbers(progress: Progress) -> tuple[int, ...]:
    """The numbers of a card, to see whether they have changed."""
    return astuple(progress)


def settle_cards(tx: Connection, place: broadcasts.Card, broadcast_id: int, now: datetime) -> set[str]:
    """The buttons of this broadcast's earlier cards in its author's chat go."""
    channels = set()
    for kind in (steering.Progressing, steering.Halted, previewing.AwaitingRelease):
        for key in prompts.open_about(tx, place.channel, place.address, kind, broadcast_id):
            if channel := posting.settle(tx, key, "", now, f"settled:{key}:{new_key()}"):
                channels.add(channel)
    return channels


def _ask_others(tx: Connection, rules: Rules, broadcast: Broadcast, now: datetime) -> set[str]:
    """Ask everybody else who may release it."""
    channels: set[str] = set()
    _, picture = broadcasts.content(tx, broadcast.about or broadcast.id)
    for account, t in _releasers(tx, rules, broadcast):
        place = broadcasts.Card(account.channel, account.address, account.person_id, t.language)
        channels |= say(tx, place, previewing.ask_release(t, broadcast, picture), now)
    return channels


def _releasers(tx: Connection, rules: Rules, broadcast: Broadcast) -> Iterable[tuple[Account, Speaker]]:
    """Everybody who may release it but for its author, who is known to the bot, and can be written to."""
    held = None
    for workshop_id in broadcast.audience.workshops:
        may = {one.person_id for one in teams.members(tx, workshop_id) if Right.RELEASE in rights_of(one.roles)}
        held = may if held is None else held & may
    for person, accounts in people.with_accounts(
        tx, {*(held or ()), *people.ids_of(tx, rules.administrators)}
    ).values():
        account = next((one for one in accounts if one.reachable), None)
        if account and not person.stopped and audit.person(person.id) != broadcast.author:
            yield account, speaker(person.language)


def _tell_author(tx: Connection, broadcast: Broadcast, actor: str, now: datetime) -> set[str]:
    """Somebody else did not release it."""
    place = broadcasts.card(tx, broadcast.id)
    channels = settle_cards(tx, place, broadcast.id, now)
    if actor == broadcast.author:
        return channels
    t = speaker(place.language)
    words = broadcasting.title(t, broadcast, 80)
    said = t("Somebody of your team did not release this announcement: {words}", words=words)
    return channels | say(tx, place, (Say(said),), now)


def say(tx: Connection, place: broadcasts.Card, says: tuple[Say, ...], now: datetime) -> set[str]:
    """Say something in the author's chat; nothing where the author was erased."""
    if not place.address:
        return set()
    chat = Incoming(place.channel, "", place.address, "")
    return posting.post_turn(tx, Turn(says, keep=True), chat, place.person_id, now)
