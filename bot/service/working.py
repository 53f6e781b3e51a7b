"""Jobs: what takes longer than a message may is carried out here, and its result is posted like any other answer.

A job is taken up three times: in a transaction what it needs is read; outside of all of them, in a thread of its own,
the slow part is done; in a second transaction the result is written down and posted, and the job is gone. A program
that dies in between does it again.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.dialogue.jobs import Job
from bot.dialogue.message import Incoming, Say, Turn
from bot.dialogue.organising.underway import Underway, so_far
from bot.service.codes import new_key
from bot.service.installation import Installation
from bot.service.posting import post_turn
from bot.store import jobs, outbox, prompts
from bot.store.jobs import Ordered
from bot.store.outbox import EDIT, Letter
from bot.texts import Speaker, speaker

ATTEMPTS = 3
"""A job that fails as often is given up, with an apology."""

Conclude = Callable[[Connection], tuple[Say, ...]]
"""Writes the result down, and says it."""
Tell = Callable[[int, int], None]
"""Is told how many of how many parts are done; called from any thread."""
CarryOut = Callable[[bytes, Tell], Conclude]
"""The slow part, given the file that the job names (empty where it names none). Touches no database."""
Prepare = Callable[[Connection, Installation, Job, Speaker], CarryOut]
"""Reads what the job needs."""


@dataclass(frozen=True, slots=True)
class Work:
    """A job at hand: `carry_out` is to be called outside of the database's thread, with the content of the `file`
    that somebody sent ("" where there is none)."""

    ordered: Ordered
    carry_out: CarryOut
    file: str = ""


class Working:
    """Hands out jobs and takes their results. `trades` says how each kind is done."""

    def __init__(self, installation: Installation, trades: dict[type[Job], Prepare]) -> None:
        self._installation = installation
        self._trades = trades

    def next(self, channel: str) -> Work | None:
        """The oldest job that was ordered on this channel; None while there is none."""
        with self._installation.engine.begin() as tx:
            ordered = jobs.next_(tx, channel)
        if ordered is None:
            return None
        if ordered.job is None or ordered.attempts >= ATTEMPTS:
            self.fail(ordered)
            return self.next(channel)
        t = speaker(ordered.language)
        with self._installation.engine.begin() as tx:
            carry_out = self._trades[type(ordered.job)](tx, self._installation, ordered.job, t)
        return Work(ordered, carry_out, getattr(ordered.job, "file", ""))

    def conclude(self, work: Work, conclude: Conclude) -> None:
        """Write the result down and post it. Nothing comes of a job whose person has been erased meanwhile."""
        with self._installation.engine.begin() as tx:
            if jobs.done(tx, work.ordered.id):
                self._post(tx, work.ordered, conclude(tx))

    def tell(self, work: Work, done: int, total: int) -> None:
        """Change the message that says how far it is, where there is one; not while it is being changed, but at the
        end."""
        chat, t = (work.ordered.channel, work.ordered.address), speaker(work.ordered.language)
        with self._installation.engine.begin() as tx:
            prompt = prompts.open_in(tx, *chat, Underway)
            if prompt is None or (done < total and outbox.is_waiting(tx, prompt)):
                return
            said = so_far(t, done, total)
            prompts.change_text(tx, prompt, str(said.text))
            outbox.post(tx, [Letter(
                key=f"progress:{new_key()}", channel=work.ordered.channel, address=work.ordered.address,
                person_id=work.ordered.person_id, text=str(said.text), due_at=self._installation.now(), action=EDIT,
                prompt=prompt, quiet=True, keep=work.ordered.person_id is not None,
            )])  # fmt: skip

    def at_once(self, job: Job, t: Speaker) -> tuple[Say, ...]:
        """The result of a job that needs no file and no chat, on the command line."""
        with self._installation.engine.begin() as tx:
            carry_out = self._trades[type(job)](tx, self._installation, job, t)
        conclude = carry_out(b"", lambda done, total: None)
        with self._installation.engine.begin() as tx:
            return conclude(tx)

    def fail(self, ordered: Ordered) -> None:
        """Give the job up and apologise."""
        t = speaker(ordered.language)
        sorry = Say(t("Sorry, that did not work. Please try again."))
        with self._installation.engine.begin() as tx:
            if jobs.done(tx, ordered.id):
                self._post(tx, ordered, (sorry,))

    def _post(self, tx: Connection, ordered: Ordered, says: tuple[Say, ...]) -> None:
        chat = Incoming(ordered.channel, "", ordered.address, "")
        post_turn(tx, Turn(says, keep=True), chat, ordered.person_id, self._installation.now())
