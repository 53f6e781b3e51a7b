"""One person with several accounts: the codes that connect them, and what becomes of two people who are one."""

from datetime import datetime

from sqlalchemy import Connection

from bot.dialogue import effects as say
from bot.dialogue import linking
from bot.dialogue.message import Incoming
from bot.domain.codes import Chat, Code, Purpose
from bot.domain.people import Account
from bot.service import planning, posting
from bot.service.codes import unused_code
from bot.service.installation import Installation, Rules
from bot.store import channels, codes, messages, people, pledges, prompts, uniting
from bot.texts import speaker


class NobodyThere(Exception):
    """There is no such person or pledge to mend."""


class Mending:
    """What an organiser does for somebody who lost an account, or whose pledge somebody else claimed."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def account_code(self, person_id: int) -> str:
        """A code that makes the chat in which it is typed an account of this person. It works once, for 15 minutes.

        Raises NobodyThere.
        """
        now = self._installation.now()
        with self._installation.engine.begin() as tx:
            if person_id not in people.with_accounts(tx, [person_id]):
                raise NobodyThere(str(person_id))
            return _issued(tx, Purpose.ACCOUNT, now, person_id=person_id)

    def claim_code(self, reference: str) -> str:
        """A code that makes whoever types it the maker of this pledge. It works once, for 15 minutes.

        Raises NobodyThere.
        """
        now = self._installation.now()
        with self._installation.engine.begin() as tx:
            found = pledges.by_reference(tx, reference)
            if found is None:
                raise NobodyThere(reference)
            return _issued(tx, Purpose.CLAIM, now, pledge_id=found[0])


def _issued(
    tx: Connection, purpose: Purpose, now: datetime, *, person_id: int | None = None, pledge_id: int | None = None
) -> str:
    code = unused_code(tx)
    codes.issue(tx, Code(code, purpose, now + purpose.life, person_id, pledge_id=pledge_id))
    return code


class Linker:
    """Writes down what one message says about accounts. `channels` are those that have something to send."""

    def __init__(self, tx: Connection, rules: Rules, now: datetime, incoming: Incoming) -> None:
        self._tx, self._rules, self._now, self._incoming = tx, rules, now, incoming
        self.channels: set[str] = set()

    def request(self, effect: say.RequestLink, me: int | None) -> int | None:
        """This chat asks to be connected. Gives the person that it belongs to afterwards; None while it is nobody's."""
        tx, incoming = self._tx, self._incoming
        code = codes.by_code(tx, effect.code)
        if code is None or code.person_id is None or not code.works(self._now):
            return me
        chat = Chat(incoming.channel, incoming.address, incoming.user, effect.consent_version)
        if code.purpose is Purpose.ACCOUNT:
            self._connect(code.person_id, chat, me)
            codes.withdraw(tx, code.code)
            if mine := people.at(tx, incoming.channel, incoming.address):
                people.prefer(tx, code.person_id, mine[1].id)
            return code.person_id
        codes.ask(tx, code.code, chat, self._now + code.purpose.life)
        person, accounts = people.with_accounts(tx, [code.person_id])[code.person_id]
        asked_in = next((account for account in accounts if account.id == code.account_id), accounts[0])
        question = linking.ask_back(speaker(person.language), code.code, label(tx, chat.channel, chat.user))
        self.channels.add(posting.post_to(tx, asked_in, question, self._now))
        return me

    def offer(self, effect: say.OfferLink, me: int) -> None:
        """The code connects another account; an earlier one works no longer."""
        codes.withdraw_all(self._tx, me, Purpose.LINK)
        here = people.at(self._tx, self._incoming.channel, self._incoming.address)
        until = self._now + Purpose.LINK.life
        codes.issue(self._tx, Code(effect.code, Purpose.LINK, until, me, account_id=here[1].id if here else None))

    def link(self, effect: say.Link, me: int) -> None:
        """The chat that asked belongs to this person, too; they are written to where they confirmed it."""
        tx = self._tx
        code = codes.by_code(tx, effect.code)
        if code is None or code.chat is None or code.person_id != me or not code.works(self._now):
            return
        other = people.at(tx, code.chat.channel, code.chat.address)
        self._connect(me, code.chat, other[0].id if other else None)
        codes.withdraw(tx, code.code)
        if here := people.at(tx, self._incoming.channel, self._incoming.address):
            people.prefer(tx, me, here[1].id)
        if there := people.at(tx, code.chat.channel, code.chat.address):
            said = linking.connected(speaker(there[0].language))
            self.channels.add(posting.post_to(tx, there[1], said, self._now))

    def refuse(self, effect: say.RefuseLink) -> None:
        """Nothing is connected, and nothing of it is kept; of a chat that is nobody's nothing at all."""
        tx = self._tx
        code = codes.by_code(tx, effect.code)
        if code and code.chat and people.at(tx, code.chat.channel, code.chat.address) is None:
            messages.forget_chat(tx, code.chat.channel, code.chat.address)
            prompts.forget_chat(tx, code.chat.channel, code.chat.address)
        codes.withdraw(tx, effect.code)

    def unlink(self, effect: say.Unlink, me: int) -> bool:
        """The account is not this person's any more. Gives whether it is the one that this message came from."""
        tx = self._tx
        _, accounts = people.with_accounts(tx, [me])[me]
        account = next((one for one in accounts if one.id == effect.account_id), None)
        if account is None or len(accounts) < 2:
            return False
        messages.forget_chat(tx, account.channel, account.address)
        posting.withdraw_chat(tx, account.channel, account.address)
        people.remove_account(tx, account.id)
        if account.preferred:
            people.prefer(tx, me, next(one.id for one in accounts if one.id != account.id))
        return (account.channel, account.address) == (self._incoming.channel, self._incoming.address)

    def _connect(self, person_id: int, chat: Chat, other: int | None) -> None:
        tx, now = self._tx, self._now
        if other == person_id:
            return
        if other is None:
            people.add_account(tx, person_id, chat.channel, chat.address, chat.user, now)
            prompts.belong_to(tx, chat.channel, chat.address, person_id)
        else:
            uniting.unite(tx, person_id, other)
        if chat.consent_version:
            people.consent(tx, chat.channel, chat.address, chat.consent_version, now)
        planning.replan(tx, self._rules, (person_id,), now)


def label(tx: Connection, channel: str, user: str = "") -> str:
    """What people call a chat on this channel: "Telegram"; with the name there, where it says who it is."""
    platform, _ = channels.handles(tx).get(channel, (channel, ""))
    name = platform.title()
    return f"{name} ({user})" if user.startswith("@") else name


def labels(tx: Connection, accounts: list[Account]) -> dict[int, str]:
    """What people call each of these accounts, so that no two are called the same."""
    short = {account.id: label(tx, account.channel) for account in accounts}
    twice = {name for name in short.values() if list(short.values()).count(name) > 1}
    return {
        account.id: f"{short[account.id]} ({account.user})" if short[account.id] in twice else short[account.id]
        for account in accounts
    }
