"""The chat in the terminal, and the scripted half-year where there is none."""

import re
import sys
from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from adapters.demo.script import SCRIPT, Says, UntilAsked, UntilQuiet
from adapters.demo.stage import CODE, ZONE, Demo, demo, later
from bot.dialogue.words import shorten, state_of
from bot.store import pledges
from bot.texts import Speaker, speaker

_JUMP = re.compile(r"\+\s*(\d{1,3})\s*([dtwmh]?)", re.IGNORECASE)
_END = ("exit", "quit", "ende", ":q")


def play(language: str) -> None:
    """Play the demo in this language: a chat on a terminal, the scripted half-year where nobody can type."""
    scripted = not (sys.stdin.isatty() and sys.stdout.isatty())
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 100)
    t = speaker(language)
    with demo(console, language) as stage:
        if scripted:
            _play(stage)
        else:
            _chat(stage, console, t)
        console.print(_table(stage, t))


def _chat(stage: Demo, console: Console, t: Speaker) -> None:
    console.print(Text(t.plain(
        "You are at the Werkstatt der Mutigen in Berlin, and have just scanned the code on your card.\n"
        "Write as you would on your phone; a number chooses an answer. The calendar is yours: “+30d” moves it on by "
        "thirty days (h, d, w and m work) and stops where I ask something. “exit” ends the demo.",
    ), style="dim"))  # fmt: skip
    console.print()
    stage.say(f"/start {CODE}")
    while True:
        try:
            line = console.input(Text("> ", style="bold"))
        except (EOFError, KeyboardInterrupt):
            console.print()
            return
        text = line.strip()
        if text.casefold() in _END:
            return
        if jump := _JUMP.fullmatch(text):
            _jump(stage, console, t, int(jump[1]), jump[2].lower())
        elif text:
            stage.say(text)


def _jump(stage: Demo, console: Console, t: Speaker, amount: int, unit: str) -> None:
    until: datetime = later(stage.clock.now(), amount, "d" if unit in ("", "t") else unit)
    if stage.jump(until):
        rest = (until.astimezone(ZONE).date() - stage.today).days
        if rest > 0:
            console.print(
                Text(
                    t.plain("(I stopped here for the question; {days} days of your jump are left.)", days=rest),
                    style="dim",
                )
            )
    else:
        console.print(Text(t.plain("(It is {day} now. Nothing was due.)", day=t.day(stage.today)), style="dim"))


def _play(stage: Demo) -> None:
    addresses: dict[str, str] = {}
    for step in SCRIPT:
        match step:
            case Says(name, text):
                address = addresses.setdefault(name, str(len(addresses) + 1))
                stage.channel.names[address] = name
                stage.channel.said(address, text)
                stage.say(text, address)
            case UntilAsked(name):
                while stage.pass_time() and stage.channel.last_address != addresses[name]:
                    pass
            case UntilQuiet():
                while stage.pass_time():
                    pass


def _table(stage: Demo, t: Speaker) -> Table:
    """Where all pledges stand at the end."""
    table = Table(title=t.plain("Where the pledges stand on {day}", day=t.day(stage.today)), title_justify="left")
    table.add_column(t.plain("Number"), no_wrap=True)
    table.add_column(t.plain("Pledge"))
    table.add_column(t.plain("Until"), no_wrap=True)
    table.add_column(t.plain("Standing"), no_wrap=True)
    with stage.installation.engine.begin() as tx:
        for pledge in pledges.all_of_workshop(tx, stage.workshop.id):
            state = state_of(t, pledge).unescape()
            table.add_row(pledge.reference, shorten(pledge.text), t.short_day(pledge.due), state)
    return table
