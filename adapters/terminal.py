"""A chat in the terminal: what the bot says is printed, its choices as numbers."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from adapters.markup import styled
from bot.ports import Delivery, Failed, Outgoing, Sent
from bot.texts import Speaker

INDENT = 4


class TerminalChannel:
    """Prints what goes out (implements `bot.ports.Channel`). An answered question is not printed anew: what was typed
    stands right below it. `now` gives the instant for the headings, `zone` is where the wall clock hangs."""

    name = "terminal"
    per_second = 1000.0
    chat_seconds = 0.0
    repeats_harmless = True

    def __init__(self, console: Console, t: Speaker, now: Callable[[], datetime], zone: ZoneInfo) -> None:
        self._console, self._t, self._now, self._zone = console, t, now, zone
        self._day = ""
        self._count = 0
        self.names: dict[str, str] = {}
        """Whom an address belongs to, where several people are talked with."""
        self.last_address = ""
        """Who was spoken to last."""

    async def bot_name(self) -> str | Delivery:
        return "Worthalten"

    def count(self, message: Outgoing) -> int:
        return 1

    async def send(self, message: Outgoing) -> Delivery:
        self.heading()
        self._count += 1
        self.last_address = message.address
        name = self.names.get(message.address)
        to = f" → {name}" if name else ""
        self._console.print(Text(f"Worthalten{to}", style="bold green"))
        body = styled(message.text)
        if message.choices:
            body.append("\n\n").append_text(_choices(message, self._console.width - INDENT))
        if message.attachment:
            body.append(f"\n📎 {message.attachment.name}", style="dim")
        self._print(body)
        return Sent(str(self._count))

    async def show_typing(self, address: str) -> None:
        pass

    async def edit(self, message: Outgoing, message_id: str) -> Delivery:
        return Sent(message_id)

    async def fetch(self, file: str) -> bytes | Delivery:
        """Nobody can send a file here."""
        return Failed("there are no files in the terminal")

    async def retract(self, address: str, message_id: str) -> Delivery:
        return Sent(message_id)

    def said(self, address: str, text: str) -> None:
        """Print what a person said, where they did not type it here."""
        self.heading()
        self._console.print(Text(self.names.get(address, ""), style="bold"))
        self._print(Text(text))

    def _print(self, body: Text) -> None:
        """Indented, wrapped, and without blanks at the ends of lines, so that it can be copied into a mail."""
        for line in body.wrap(self._console, self._console.width - INDENT):
            line.rstrip()
            self._console.print(Text(" " * INDENT if line.plain else "").append_text(line))
        self._console.print()

    def heading(self) -> None:
        """Print the day when a new one has begun."""
        local = self._now().astimezone(self._zone)
        day = self._t.day(local.date())
        if day != self._day:
            self._day = day
            self._console.rule(Text(f"{day}, {self._t.time(local)}", style="dim"))
            self._console.print()


def _choices(message: Outgoing, width: int) -> Text:
    """The choices with their numbers: side by side where they fit, else one below the other."""
    fits = sum(len(choice.label) + 6 for choice in message.choices) <= width
    text = Text()
    for number, choice in enumerate(message.choices, start=1):
        text.append(f"{number} ", style="bold cyan").append(choice.label)
        if number < len(message.choices):
            text.append("   " if fits else "\n")
    return text
