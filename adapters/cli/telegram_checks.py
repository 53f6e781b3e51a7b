"""`worthalten check`, a bot account on Telegram: whether its messages come to us and to nobody else."""

from collections.abc import Iterator

from telegram import WebhookInfo
from telegram.error import Conflict, TelegramError

from adapters.cli.checks import Check
from adapters.cli.naming import reason
from adapters.cli.session import Session
from adapters.telegram.channel import TelegramChannel
from adapters.telegram.errors import delivery_of
from adapters.web import address_of
from bot.config import Telegram

LISTEN = 3
"""Seconds to fetch messages in order to meet another program that does; nothing is confirmed by it."""


async def telegram(channel: TelegramChannel, session: Session, *, running: bool) -> list[Check]:
    """Who gets the messages. `running`: the bot itself is at work, so it is the one that fetches them."""
    t, settings = session.t, session.config.channels[channel.name]
    assert isinstance(settings, Telegram)
    try:
        info = await channel.client.get_webhook_info()
        found = list(_webhook(channel.name, info, settings, session))
        if settings.mode == "polling" and not info.url and not running:
            found.append(await _poller(channel, session))
    except TelegramError as problem:
        why = reason(delivery_of(problem), t)
        return [Check(f"webhook {channel.name}", False, why, t.plain("Please try again later."))]
    return found


def _webhook(name: str, info: WebhookInfo, settings: Telegram, session: Session) -> Iterator[Check]:
    t, label = session.t, f"webhook {name}"
    token = t.plain(
        "`worthalten run` removes it. If another program uses this bot, please give one of them a token of its own."
    )
    if settings.mode == "polling":
        if info.url:
            yield Check(label, False, t.plain("A webhook is set: messages go elsewhere."), token)
        else:
            yield Check(label, True, t.plain("None is set; messages are fetched."))
        return
    ours = address_of(session.config.http, name)
    if not info.url:
        yield Check(label, True, t.plain("It is set when the bot starts: {url}", url=ours))
    elif info.url != ours:
        token = t.plain(
            "`worthalten run` sets its own. If another program uses this bot, please give one of them a token of its "
            "own."
        )
        yield Check(label, False, t.plain("Another webhook is set: messages go elsewhere."), token)
    elif info.last_error_message and info.pending_update_count:
        remedy = t.plain(
            "Please see that {url} reaches {listen} here: the web server, its certificate, the firewall.",
            url=ours, listen=session.config.http.listen,
        )  # fmt: skip
        what = t.plain(
            "Telegram cannot hand messages over; {count} wait ({reason}).",
            count=info.pending_update_count, reason=info.last_error_message,
        )  # fmt: skip
        yield Check(label, False, what, remedy)
    else:
        yield Check(label, True, ours)


async def _poller(channel: TelegramChannel, session: Session) -> Check:
    t, label = session.t, f"poller {channel.name}"
    try:
        await channel.updates(None, LISTEN)
    except Conflict:
        remedy = t.plain("Please stop it, or give this bot a token of its own: @BotFather, /newbot.")
        return Check(label, False, t.plain("Another program fetches this bot's messages."), remedy)
    return Check(label, True, t.plain("Nobody else fetches the messages."))
