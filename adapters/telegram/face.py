"""What people see of the bot before they write: its menu, its description, its profile. Set only where it differs.

The address of a privacy policy cannot be set through the Bot API: @BotFather takes it under /setprivacypolicy.
"""

from collections.abc import Mapping, Sequence

import structlog
from telegram import BotCommand, BotCommandScopeChat
from telegram.error import BadRequest, Forbidden, TelegramError

from adapters.telegram.channel import TelegramChannel
from adapters.telegram.errors import delivery_of
from bot.dialogue.menu import Face
from bot.ports import Delivery, Sent

Faces = Mapping[str, Face]
"""The bot's face by language; "" is what everybody else sees."""

_log = structlog.get_logger()


async def show(channel: TelegramChannel, faces: Faces) -> Delivery:
    """Make the bot look like this. Sent when it does, else what became of the first call that failed."""
    try:
        for language, face in faces.items():
            await _show_menu(channel, face.menu, "", language)
            await _describe(channel, face, language)
    except TelegramError as problem:
        _log.info("face_not_shown", channel=channel.name, problem=type(problem).__name__)
        return delivery_of(problem)
    return Sent()


async def show_menu(channel: TelegramChannel, menus: Mapping[str, Sequence[tuple[str, str]]], address: str) -> Delivery:
    """Show these commands (name, what it does) by language in the chat `address` alone, as organisers have it."""
    try:
        for language, menu in menus.items():
            await _show_menu(channel, menu, address, language)
    except TelegramError as problem:
        return delivery_of(problem)
    return Sent()


async def hide_menu(channel: TelegramChannel, address: str) -> Delivery:
    """Show what everybody sees in the chat `address` again. Sent, too, where the chat is there no longer."""
    try:
        await channel.client.delete_my_commands(scope=BotCommandScopeChat(int(address)))
    except (BadRequest, Forbidden):
        return Sent()
    except TelegramError as problem:
        return delivery_of(problem)
    return Sent()


async def _show_menu(channel: TelegramChannel, menu: Sequence[tuple[str, str]], address: str, language: str) -> None:
    scope = BotCommandScopeChat(int(address)) if address else None
    place = {"scope": scope, "language_code": language or None}
    shown = await channel.client.get_my_commands(**place)  # type: ignore[arg-type]
    if [(command.command, command.description) for command in shown] != list(menu):
        await channel.client.set_my_commands([BotCommand(*entry) for entry in menu], **place)  # type: ignore[arg-type]


async def _describe(channel: TelegramChannel, face: Face, language: str) -> None:
    client, code = channel.client, language or None
    if (await client.get_my_description(language_code=code)).description != face.description:
        await client.set_my_description(face.description, language_code=code)
    if (await client.get_my_short_description(language_code=code)).short_description != face.short:
        await client.set_my_short_description(face.short, language_code=code)
