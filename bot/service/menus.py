"""Which menu stands in whose chat: members of a team see their commands, and no longer when they have no role."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.roles import Right, rights_of
from bot.service.installation import Installation
from bot.store import menus


@dataclass(frozen=True, slots=True)
class Menu:
    """The menu that the chat `address` is to have: for somebody with these rights, in their language. Without rights
    it is that of everybody."""

    address: str
    language: str
    rights: frozenset[Right]

    @property
    def name(self) -> str:
        """The same name is the same menu; "" where it is that of everybody."""
        return " ".join((self.language, *sorted(self.rights))) if self.rights else ""


class Menus:
    """Says which menus have to change, and remembers which have."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def wrong(self, channel: str) -> Sequence[Menu]:
        """The menus of this channel that are not as they should be."""
        rules = self._installation.rules
        administrators = frozenset(user for name, user in rules.administrators if name == channel)
        with self._installation.engine.connect().execution_options(reading=True) as tx:
            shown = menus.shown(tx, channel)
            wanted = {
                address: Menu(address, language, rights_of(roles))
                for address, (language, roles) in menus.entitled(tx, channel).items()
            }
            languages = menus.languages(tx, channel, administrators)
        for user in administrators:
            wanted[user] = Menu(user, languages.get(user, rules.language), frozenset(Right))
        gone = [Menu(address, "", frozenset()) for address in shown if address not in wanted]
        return [*gone, *(menu for menu in wanted.values() if menu.name != shown.get(menu.address, ""))]

    def shown(self, channel: str, menu: Menu) -> None:
        """It stands there now."""
        with self._installation.engine.begin() as tx:
            menus.show(tx, channel, menu.address, menu.name)
