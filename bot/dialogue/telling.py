"""The quiet line that rides along with the next message: what the others of a pledge have done meanwhile."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from markupsafe import Markup

from bot.dialogue.message import Say
from bot.dialogue.words import OUTCOMES, standing_label
from bot.domain.company import About, News, Voice
from bot.domain.pledge import Outcome, Standing
from bot.texts import Speaker

MOST = 3
"""So many lines ride along at most, or all to which the reader may object; else the newest, because what is left out
stands in `/status`."""


def with_news(t: Speaker, say: Say, news: Sequence[News]) -> Say:
    """The message with what its reader should know: before a question, after anything else."""
    if not news:
        return say
    others = [one for one in news if not one.about.is_proposal]
    left_out = others[: max(len(news) - MOST, 0)]
    chosen = (one for one in news if one not in left_out)
    lines = Markup("\n").join(line(t, one) for one in chosen)
    parts = (lines, say.text) if say.asks else (say.text, lines)
    return replace(say, text=Markup("\n\n").join(parts))


def line(t: Speaker, news: News) -> Markup:
    """One thing in one line."""
    values = {"who": teller(t, news), "reference": news.reference}
    match news.about:
        case About.JOINED:
            said = t("{who} is in on {reference} now.", **values)
        case About.LEFT:
            said = t("{who} is no longer in on {reference}.", **values)
        case About.STANDING:
            label = standing_label(t, Standing(news.value))
            said = t("{who} on {reference}: {standing}", **values, standing=label)
        case About.OUTCOME:
            label = t.plain(OUTCOMES[Outcome(news.value)])
            said = t("{who} on {reference}: {standing}", **values, standing=label)
        case About.TEXT:
            said = t("{reference} has a new text. You see it with /status {reference}.", **values)
        case About.DUE:
            said = t("{reference} has a new date: {day}.", **values, day=t.day(date.fromisoformat(news.value)))
        case About.WITHDRAWN:
            said = t("{reference} was withdrawn.", **values)
        case About.NEW_TEXT:
            said = t("{reference} is to have a new text. You can object with /status {reference}.", **values)
        case About.NEW_DUE:
            day = t.day(date.fromisoformat(news.value))
            said = t("{reference} is to have a new date: {day}. You can object with /status {reference}.",
                     **values, day=day)  # fmt: skip
        case About.NEW_SHOWN:
            said = t("The outcome of {reference} is to be shown. You can object with /status {reference}.", **values)
        case About.TAKEN_OVER:
            said = t("{who} has taken {reference} over.", **values)
        case About.RECEIVED:
            said = t("{reference} is yours now.", **values)
        case About.RESUMED:
            said = t("{reference} runs on.", **values)
    return Markup("<i>{}</i>").format(said)


def teller(t: Speaker, news: News) -> str:
    """What the reader calls whoever did it."""
    return named(t, news.teller, is_maker=news.from_maker)


def speaker_of(t: Speaker, voice: Voice) -> str:
    """What the reader calls whoever said it."""
    return t.plain("You") if voice.mine else named(t, voice.name, is_maker=voice.part is None)


def named(t: Speaker, name: str, *, is_maker: bool) -> str:
    """A name, or what somebody without one is called."""
    return name or (t.plain("The contact person") if is_maker else t.plain("A partner"))
