"""What the help desk tells of itself: to the team, and to whoever called."""

from datetime import date

from markupsafe import Markup

from bot.dialogue.message import Choice, Say
from bot.dialogue.organising.help_desk import ShowingCall, name_of
from bot.dialogue.words import shorten
from bot.domain.call import Call
from bot.texts import Speaker


def new_call(t: Speaker, call: Call) -> Say:
    """To the team: somebody calls."""
    return _offered(t, call, t("A new call for help: {name}", name=name_of(t, call)))


def handed_on(t: Speaker, call: Call) -> Say:
    """To the team: whoever looked after it does so no longer."""
    return _offered(t, call, t("Who takes over the call for help {name}?", name=name_of(t, call)))


def not_helped(t: Speaker, call: Call) -> Say:
    """To the team: it was closed too early."""
    return _offered(t, call, t("{name} is open again: it has not helped yet.", name=name_of(t, call)))


def taken_over(t: Speaker, call: Call) -> Say:
    """To whoever looked after it before."""
    return Say(t("Somebody of the team stands in for you with the call for help {name}.", name=name_of(t, call)))


def both_willing(t: Speaker, call: Call, reference: str) -> Say:
    """To the team: two may be brought together."""
    said = t("Both sides want to get to know each other: {name} and {reference}. Please bring them together.",
             name=name_of(t, call), reference=reference)  # fmt: skip
    return Say(said, (_show(t),), ShowingCall(call.id, call.workshop_id))


def promise_due(t: Speaker, call: Call, today: date) -> Say:
    """To the team: the promised day has come, or is over."""
    assert call.promised is not None
    name, day = name_of(t, call), t.day(call.promised, today)
    said = t("The team has promised to get in touch about {name} by today.", name=name)
    if call.promised < today:
        said = t("Somebody has been waiting since {day}: the team had promised to get in touch about {name}.",
                 name=name, day=day)  # fmt: skip
    return Say(said, (_show(t),), ShowingCall(call.id, call.workshop_id))


def promised(t: Speaker, call: Call, day: date, today: date) -> Say:
    """To whoever called."""
    named = t.day(day, today)
    if call.reference:
        said = t("Your team gets in touch about {reference} by {day}.", reference=call.reference, day=named)
        return Say(said)
    return Say(t("Your team gets in touch with you by {day}.", day=named))


def _offered(t: Speaker, call: Call, said: Markup) -> Say:
    if call.obstacle:
        said += Markup("\n<i>{}</i>").format(shorten(call.obstacle, 300))
    choices = (_show(t),) if call.organiser_id else (Choice("take", t.plain("I take it")), _show(t))
    return Say(said, choices, ShowingCall(call.id, call.workshop_id))


def _show(t: Speaker) -> Choice:
    return Choice("show", t.plain("Look at it"))
