"""The maker is silent: how does it stand, asked of somebody beside them."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.dialogue.checking_in import CheckingIn, CheckingInAll, who_reads
from bot.dialogue.due import Due
from bot.dialogue.message import Choice, Say
from bot.dialogue.words import shorten, standing_choices
from bot.texts import Speaker


def question(t: Speaker, due: Sequence[Due]) -> Say:
    """The question to a partner or deputy about pledges of others."""
    if len(due) > 1:
        lines = [t(
            "Nothing has been heard for a while of these pledges, which you are part of. "
            "Do you know how they are getting on?"
        )]  # fmt: skip
        lines += [Markup("<b>{}</b> {}").format(one.pledge.reference, shorten(one.pledge.text, 60)) for one in due]
        references = tuple(one.pledge.reference for one in due)
        choices = tuple(Choice(reference, reference) for reference in references)
        return Say(Markup("\n").join((*lines, "", who_reads(t, due))), choices, CheckingInAll(references))
    pledge = due[0].pledge
    ask = t(
        "Nothing has been heard of {reference} for a while, and you are part of it. Do you know how it is getting on?",
        reference=pledge.reference,
    )
    text = Markup("{}\n<i>{}</i>\n\n{}").format(ask, shorten(pledge.text, 160), who_reads(t, due))
    return Say(text, standing_choices(t), CheckingIn(pledge.reference))
