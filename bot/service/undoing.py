"""An answer is taken back: the question waits again, and everything is as it was before."""

from datetime import datetime

from sqlalchemy import Connection

from bot.dialogue.effects import TakeBack
from bot.service import posting
from bot.service.codes import new_key
from bot.store import messages, occasions, outbox, pledges, prompts
from bot.store.outbox import EDIT, Letter

_UNSAID = {"first_step_done": None, "confidence": None, "only_at_end": False, "delegated": False}
"""What pledges say where it was never answered."""


def take_back(tx: Connection, effect: TakeBack, person_id: int, now: datetime) -> set[str]:
    """Undo this person's answer to a prompt about some pledges. Gives the channels that have something to send."""
    prompt = effect.prompt
    row = prompts.settled(tx, prompt)
    if row is None:
        return set()
    messages.forget_answers(tx, prompt)
    for reference in effect.references:
        if effect.unsaid:
            pledges.change(tx, reference, {name: _UNSAID[name] for name in effect.unsaid})
        else:
            pledges.unanswer(tx, reference, person_id, row.settled_at)
    occasions.unanswered_again(tx, f"ask:{prompt}")
    channels = {str(row.channel)}
    for follow_up in prompts.opened_at(tx, row.channel, row.address, row.settled_at):
        if channel := posting.settle(tx, follow_up, "", now, f"settled:{follow_up}:{new_key()}"):
            channels.add(channel)
    prompts.reopen(tx, prompt)
    if row.choices:
        outbox.post(tx, [Letter(
            key=f"reopened:{new_key()}", channel=row.channel, address=row.address, person_id=person_id, text=row.text,
            due_at=now, choices=prompts.choices_of(row), action=EDIT, prompt=prompt, quiet=True,
        )])  # fmt: skip
    return channels
