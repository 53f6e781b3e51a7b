"""The live count of a workshop: one message in a chat that is edited as people join and claim."""

from dataclasses import astuple
from datetime import timedelta

from sqlalchemy import Connection

from bot.dialogue.facts import Headcount
from bot.dialogue.organising.workshops import Counting, count
from bot.service.codes import new_key
from bot.service.installation import Installation
from bot.store import outbox, prompts, watches, workshops
from bot.store.outbox import EDIT, Letter
from bot.store.watches import Watched
from bot.texts import speaker

LASTS = timedelta(hours=18)
"""A live count belongs to a workshop's day."""


class Watching:
    """Keeps the live counts up to date. How often it looks is how often a message changes at most."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def refresh(self) -> frozenset[str]:
        """Change the messages whose numbers are not right any more; gives the channels that have something to send."""
        with self._installation.engine.connect().execution_options(reading=True) as tx:
            watched = watches.all_(tx, self._installation.now())
            counts = workshops.headcounts(tx, {watch.workshop_id for watch in watched}) if watched else {}
        changed = [watch for watch in watched if watch.shown != astuple(counts[watch.workshop_id])]
        if not changed:
            return frozenset()
        with self._installation.engine.begin() as tx:
            return frozenset(
                watch.channel for watch in changed if self._change(tx, watch, counts[watch.workshop_id])
            )  # fmt: skip

    def _change(self, tx: Connection, watch: Watched, headcount: Headcount) -> bool:
        """Change one message, unless it is not there yet or an earlier change of it is still on its way."""
        prompt = prompts.open_in(tx, watch.channel, watch.address, Counting)
        if prompt is None:
            watches.end(tx, watch.channel, watch.address)
            return False
        if outbox.is_waiting(tx, prompt):
            return False
        said = count(speaker(watch.language), watch.workshop_id, headcount)
        watches.showing(tx, watch, astuple(headcount))
        prompts.change_text(tx, prompt, str(said.text))
        outbox.post(tx, [Letter(
            key=f"count:{new_key()}", channel=watch.channel, address=watch.address, person_id=watch.person_id,
            text=str(said.text), due_at=self._installation.now(), action=EDIT, choices=said.choices, prompt=prompt,
            quiet=True, keep=watch.person_id is not None,
        )])  # fmt: skip
        return True
