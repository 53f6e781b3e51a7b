"""The menus of the team: whoever has a role sees its commands in their own chat, as long as they have it."""

from collections.abc import Callable, Sequence
from time import monotonic

import structlog
from sqlalchemy.exc import DBAPIError

from adapters.telegram.channel import TelegramChannel
from adapters.telegram.face import hide_menu, show_menu
from bot.dialogue.menu import team_menu
from bot.ports import Delivery, Sent
from bot.service.menus import Menu, Menus
from bot.texts import speaker
from scheduler.database import Database

LOOK_SECONDS = 10.0
"""How often to look whose menu is not right."""
REST_SECONDS = 900.0
"""How long a chat rests whose menu could not be changed: an administrator, perhaps, who has not written yet."""

_log = structlog.get_logger()


class TeamMenus:
    """Keeps the menus of one bot account as they should be."""

    def __init__(
        self, channel: TelegramChannel, menus: Menus, database: Database, seconds: Callable[[], float] = monotonic
    ) -> None:
        self._channel, self._menus, self._database, self._seconds = channel, menus, database, seconds
        self._resting: dict[str, float] = {}

    async def refresh(self) -> None:
        """Change what is not right; what fails is tried again later."""
        name, now = self._channel.name, self._seconds()
        try:
            wrong: Sequence[Menu] = await self._database(self._menus.wrong, name)
            for menu in wrong:
                if self._resting.get(menu.address, now) > now:
                    continue
                delivery = await self._show(menu)
                if isinstance(delivery, Sent):
                    await self._database(self._menus.shown, name, menu)
                    self._resting.pop(menu.address, None)
                else:
                    _log.info("menu_not_shown", channel=name, problem=type(delivery).__name__)
                    self._resting[menu.address] = now + REST_SECONDS
        except DBAPIError as problem:
            _log.warning("menus_postponed", channel=name, problem=type(problem).__name__)

    async def _show(self, menu: Menu) -> Delivery:
        if not menu.rights:
            return await hide_menu(self._channel, menu.address)
        return await show_menu(self._channel, {"": team_menu(speaker(menu.language), menu.rights)}, menu.address)
