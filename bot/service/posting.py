"""A turn's words become prompts and rows of the outbox, in the transaction of what they answer."""

from collections.abc import Iterable
from datetime import datetime

from markupsafe import Markup
from sqlalchemy import Connection

from bot.dialogue.message import Incoming, Say, Turn
from bot.dialogue.telling import with_news
from bot.domain.people import Account
from bot.service.codes import new_key
from bot.store import broadcasts, messages, news, occasions, outbox, people, prompts
from bot.store.outbox import EDIT, Letter
from bot.store.prompts import Prompt
from bot.texts import speaker


def show_answer(tx: Connection, turn: Turn, incoming: Incoming, now: datetime, keep: bool) -> set[str]:
    """The prompt that a turn answers shows what was chosen. Gives the channels that have something to send.

    `keep` False: the row deletes itself, because nobody agreed to anything, or does no longer.
    """
    if not turn.answered:
        return set()
    tapped = incoming.tap is not None and incoming.tap.prompt == turn.answered
    key = f"answer:{new_key()}"
    channel = settle(tx, turn.answered, turn.chosen, now, key, incoming.message_id if tapped else None, keep)
    if keep and incoming.message_id and incoming.tap is None:
        chat = (incoming.channel, incoming.address, incoming.message_id)
        messages.remember(tx, *chat, now, ours=False, prompt=turn.answered)
    return {channel} if channel else set()


def post_turn(tx: Connection, turn: Turn, incoming: Incoming, person_id: int | None, now: datetime) -> set[str]:
    """Post what a turn says, in order, and move the dialogue on. Gives the channels that have something to send.

    `person_id` None: nobody agreed to anything, so the rows will delete themselves.
    """
    key = f"reply:{new_key()}"  # not the update's number: a platform may count from anew one day
    if not turn.keep:
        prompts.leave(tx, incoming.channel, incoming.address)
    opened: list[Prompt] = []
    letters: list[Letter] = []
    for number, say in enumerate(_with_news(tx, turn, person_id)):
        prompt = new_key() if say.asks else None
        if say.asks and prompt:
            opened.append(Prompt(
                prompt, incoming.channel, incoming.address, person_id, say.asks, say.choices, str(say.text),
                occasion=False, opened_at=now,
            ))  # fmt: skip
        letters.append(Letter(
            key=f"{key}:{number}", channel=incoming.channel, address=incoming.address, person_id=person_id,
            text=str(say.text), due_at=now, choices=say.choices, prompt=prompt, quiet=say.quiet, file=say.attachment,
            keep=person_id is not None,
        ))  # fmt: skip
    prompts.open_(tx, opened)
    outbox.post(tx, letters)
    return {incoming.channel} if letters else set()


def _with_news(tx: Connection, turn: Turn, person_id: int | None) -> tuple[Say, ...]:
    """What the others have done meanwhile rides along with the first thing that is said."""
    if person_id is None or not turn.says:
        return turn.says
    waiting = news.waiting(tx, (person_id,)).get(person_id, ())
    if not waiting:
        return turn.says
    news.told(tx, (person_id,))
    person, _ = people.with_accounts(tx, (person_id,))[person_id]
    first, *after = turn.says
    return (with_news(speaker(person.language), first, waiting), *after)


def post_to(
    tx: Connection, account: Account, say: Say, now: datetime, *, aside: bool = False, stands_for: str = "reply",
    keep: bool = True,
) -> str:  # fmt: skip
    """Say something in another chat than the one that the message came from, because of what it said. A question
    becomes the place of the dialogue there, unless it is `aside`. Gives the channel, which has something to send.

    `keep` False: the words are gone as soon as they have been sent.
    """
    prompt = new_key() if say.asks else None
    if say.asks and prompt:
        if not aside:
            prompts.leave(tx, account.channel, account.address)
        prompts.open_(tx, [Prompt(
            prompt, account.channel, account.address, account.person_id, say.asks, say.choices, str(say.text),
            occasion=False, opened_at=now, aside=aside,
        )])  # fmt: skip
    outbox.post(tx, [Letter(
        key=f"{stands_for}:{new_key()}", channel=account.channel, address=account.address, person_id=account.person_id,
        text=str(say.text), due_at=now, choices=say.choices, prompt=prompt, quiet=say.quiet, stands_for=stands_for,
        keep=keep, file=say.attachment,
    )])  # fmt: skip
    return account.channel


def withdraw_chat(tx: Connection, channel: str, address: str) -> None:
    """Nothing more is sent to this chat, and nothing that was asked there is kept: it is nobody's any more."""
    unasked(tx, outbox.forget_chat(tx, channel, address))
    prompts.forget_chat(tx, channel, address)


def settle(
    tx: Connection, prompt: str, answer: str, now: datetime, key: str, message_id: str | None = None, keep: bool = True
) -> str | None:
    """The prompt has its answer: its choices go, and the answer is shown in their place.

    Gives the channel that has the change to send; None where there were no choices, or it was answered before.
    """
    row = prompts.settle(tx, prompt, answer, now)
    if row is None or not row.choices:
        return None
    text = Markup(row.text)
    if answer:
        text += Markup("\n\n➤ <b>{}</b>").format(answer)
    outbox.post(tx, [Letter(
        key=key, channel=row.channel, address=row.address, person_id=row.person_id, text=str(text), due_at=now,
        action=EDIT, prompt=prompt, quiet=True, keep=keep, message_id=message_id,
    )])  # fmt: skip
    return str(row.channel)


def unasked(tx: Connection, questions: Iterable[outbox.Question]) -> None:
    """These questions were never shown: whoever they were for has not been asked and is not silent."""
    for key, prompt in questions:
        occasions.forget(tx, key)
        if prompt:
            prompts.forget(tx, prompt)


def move(tx: Connection, channel: str, address: str, new_address: str) -> None:
    """The chat has a new address: whatever is kept of it goes along."""
    for kept in (people, prompts, messages, outbox, broadcasts):
        kept.move(tx, channel, address, new_address)


def asking_key(prompt: str) -> str:
    """The key of the row that shows a question of the bot."""
    return f"ask:{prompt}"


def question(
    say: Say, account: Account, kind: str, now: datetime, useless_after: datetime | None = None
) -> tuple[Prompt, Letter]:
    """A question that the bot asks by itself, as rows to post; the letter's key stands for it in what was asked."""
    assert say.asks is not None
    prompt = Prompt(
        new_key(), account.channel, account.address, account.person_id, say.asks, say.choices, str(say.text),
        occasion=True, opened_at=now,
    )  # fmt: skip
    letter = Letter(
        key=asking_key(prompt.key), channel=account.channel, address=account.address, person_id=account.person_id,
        text=prompt.text, due_at=now, stands_for=kind, choices=say.choices, prompt=prompt.key,
        useless_after=useless_after,
    )  # fmt: skip
    return prompt, letter
