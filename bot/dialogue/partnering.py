"""`/partner`: who carries a pledge together with its maker, who answers for them, and how they are invited."""

import re
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue import accompanying, succeeding
from bot.dialogue.concluding import closed
from bot.dialogue.effects import Invite, Leave, Uninvite
from bot.dialogue.facts import Company
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.picking import ask_which, named
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.domain.codes import Purpose
from bot.domain.pledge import Pledge
from bot.texts import mark

NAME_LIMIT = 60
"""The longest name on an invitation, in characters."""
MOST_INVITED = 20
"""So many invitations of one pledge can be open at a time."""

FORWARD = {
    Purpose.PARTNER: mark(
        "Invitation: carry this pledge together with us.\n<b>{reference}</b> {text}\n\nThis is how:\n{ways}\n"
        "The code {code} works once, until {day}."
    ),
    Purpose.DEPUTY: mark(
        "Invitation: answer for me when I cannot.\n<b>{reference}</b> {text}\n\nThis is how:\n{ways}\n"
        "The code {code} works once, until {day}."
    ),
    Purpose.SUCCESSOR: mark(
        "Invitation: take this pledge over from me.\n<b>{reference}</b> {text}\n\nThis is how:\n{ways}\n"
        "The code {code} works once, until {day}."
    ),
}
"""The text that the maker forwards."""


@dataclass(frozen=True, slots=True)
class Inviting(State):
    """Who shall be invited, and to what?"""

    reference: str
    purpose: str
    takes_text: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class TakingOut(State):
    """Who shall not be in it any more?"""

    reference: str


def partner(scene: Scene, text: str = "") -> Turn:
    """`/partner`, with a name or without."""
    t = scene.t
    own = [pledge for pledge in scene.facts.pledges() if pledge.is_open]
    beside = [pledge for pledge in scene.facts.beside() if pledge.is_open]
    if not own and not beside:
        nothing = t("You have no running pledge here that others could join. Register one with /new.")
        return Turn((Say(nothing),), keep=True)
    first, _, rest = text.partition(" ")
    if pledge := named([*own, *beside], first) if first else None:
        return partners_of(scene, pledge, rest)
    meant = own if text and own else [*own, *beside]  # a name can only be invited to a pledge of one's own
    if len(meant) > 1:
        return Turn((ask_which(scene, meant, "partner", text),))
    return partners_of(scene, meant[0], text)


def partners_of(scene: Scene, pledge: Pledge, text: str = "") -> Turn:
    """Who is in it, and the question for the next one; a name that was typed with the command is the answer."""
    if scene.facts.pledge(pledge.reference) is None:
        return accompanying.ask_to_stay(scene, pledge)
    if text:
        return invite(scene, pledge, Purpose.PARTNER, text)
    return Turn((ask_name(scene, pledge, Purpose.PARTNER),))


def ask_name(scene: Scene, pledge: Pledge, purpose: Purpose) -> Say:
    """Who is there, who not yet, and who shall be invited next."""
    t = scene.t
    company = scene.facts.company(pledge.reference)
    if purpose is Purpose.PARTNER:
        ask = t("Whom would you like to invite? A name or an office is enough; that is how it will stand there.")
    elif purpose is Purpose.DEPUTY:
        ask = t("Who shall answer for you when you cannot? A name or an office is enough.")
    else:
        ask = t("Who shall take {reference} over? A name or an office is enough.", reference=pledge.reference)
    people, choices = Markup(), []
    if purpose is Purpose.SUCCESSOR:
        # Whoever is in it already needs no code.
        choices = [Choice(f"member {one.person_id}", accompanying.title(t, one)) for one in company.members]
    else:
        people = accompanying.roll(scene, pledge, company)
        if purpose is Purpose.PARTNER:
            choices = [Choice(f"+{name}", name) for name in _suggested(pledge, company)]
        if company.members or company.invited:
            choices.append(Choice("out", t.plain("Take somebody out")))
    if purpose is Purpose.DEPUTY and (deputy := company.deputy()):
        ask = t("{name} answers for you when you cannot. For somebody else take them out first.",
                name=deputy.name or t.plain("A partner"))  # fmt: skip
    choices.append(Choice("done", t.plain("Nobody now")))
    text = Markup("\n\n").join(filter(None, (people, ask)))
    return Say(text, tuple(choices), Inviting(pledge.reference, purpose))


def _suggested(pledge: Pledge, company: Company) -> list[str]:
    """Those whom the pledge names as partners and who are not invited yet."""
    known = {member.name for member in company.members} | {code.name for code in company.invited}
    names = re.split(r"\s*(?:,|;|\+|&|\bund\b|\band\b)\s*", pledge.partners)
    return [name for name in dict.fromkeys(names) if name and len(name) <= NAME_LIMIT and name not in known][:4]


def inviting(state: Inviting, scene: Scene) -> Turn | None:
    """The name has come, or nobody is invited."""
    t = scene.t
    pledge = scene.facts.pledge(state.reference)
    if pledge is None:
        return None
    if scene.choice == "done":
        return Turn((Say(t("Good. You can invite somebody at any time with /partner."), quiet=True),))
    if not pledge.is_open:
        return closed(scene, pledge)
    if scene.choice == "out":
        return ask_whom_out(scene, pledge)
    purpose = Purpose(state.purpose)
    company = scene.facts.company(state.reference)
    for member in company.members:
        if purpose is Purpose.SUCCESSOR and scene.choice == f"member {member.person_id}":
            return succeeding.ask_member(scene, pledge, member.person_id, accompanying.title(t, member))
    if purpose is Purpose.DEPUTY and company.deputy():
        return None
    return invite(scene, pledge, purpose, scene.choice.removeprefix("+") or scene.text)


def invite(scene: Scene, pledge: Pledge, purpose: Purpose, name: str) -> Turn:
    """A code for this one person, and the text to forward as a message of its own."""
    t = scene.t
    name = " ".join(name.split())
    again = Inviting(pledge.reference, purpose)
    if len(name) > NAME_LIMIT or sum(char.isalpha() for char in name) < 2:
        hint = t("Please write a name of {limit} characters at most, for example “Bauhof”.", limit=NAME_LIMIT)
        return Turn((Say(hint, asks=again),))
    company = scene.facts.company(pledge.reference)
    if len(company.invited) >= MOST_INVITED:
        return Turn((Say(t("Many invitations are open already. Please wait until some of them have come.")),))
    code = scene.facts.reserve_code()
    intro = t("This is the invitation for {name}. Please forward the next message:", name=name)
    # Whoever is invited anew gets a new code; the old one works no longer.
    only_one = purpose is not Purpose.PARTNER
    old = [one for one in company.invited if one.purpose is purpose and (only_one or one.name == name)]
    return Turn(
        (Say(intro, quiet=True), Say(forwardable(scene, pledge, purpose, code))),
        (*(Uninvite(one.code) for one in old), Invite(pledge.reference, code, purpose, name)),
    )


def forwardable(scene: Scene, pledge: Pledge, purpose: Purpose, code: str) -> Markup:
    """What the maker forwards: the pledge, and the ways in on every channel."""
    t = scene.t
    ways = []
    for way in scene.facts.ways(code):
        if code in way.address:
            ways.append(Markup("{}: {}").format(way.messenger, way.address))
        else:
            ways.append(t("{platform}: {url} – then send the code {code}", platform=way.messenger, url=way.address,
                          code=code))  # fmt: skip
    if not ways:
        ways.append(t("Send the code {code} to the bot in a chat of your own.", code=code))
    return t(
        FORWARD[purpose], reference=pledge.reference, text=pledge.text, ways=Markup("\n").join(ways), code=code,
        day=t.day(scene.facts.expiry(purpose)),
    )  # fmt: skip


def ask_whom_out(scene: Scene, pledge: Pledge) -> Turn:
    """Offer those who are in it, and those who are invited."""
    t = scene.t
    company = scene.facts.company(pledge.reference)
    choices = [Choice(f"member {member.person_id}", accompanying.title(t, member)) for member in company.members]
    choices += [Choice(f"code {code.code}", t.plain("Invitation: {name}", name=code.name)) for code in company.invited]
    choices.append(Choice("done", t.plain("Nobody")))
    ask = t("Who shall not be in on {reference} any more?", reference=pledge.reference)
    return Turn((Say(ask, tuple(choices), TakingOut(pledge.reference)),))


def take_out(state: TakingOut, scene: Scene) -> Turn | None:
    """Somebody was chosen, or nobody."""
    t = scene.t
    pledge = scene.facts.pledge(state.reference)
    if pledge is None or not scene.choice:
        return None
    if scene.choice == "done":
        return Turn((Say(t("Good, everybody stays."), quiet=True),))
    company = scene.facts.company(state.reference)
    what, _, which = scene.choice.partition(" ")
    if what == "code" and any(code.code == which for code in company.invited):
        return Turn((Say(t("Good, that invitation works no longer.")),), (Uninvite(which),))
    for member in company.members:
        if what == "member" and str(member.person_id) == which:
            name = accompanying.title(t, member)
            gone = t("{name} is no longer in on {reference}.", name=name, reference=state.reference)
            return Turn((Say(gone),), (Leave(state.reference, member.person_id),))
    return Turn((Say(t("That has changed meanwhile. With /partner you see who is in it."), quiet=True),))
