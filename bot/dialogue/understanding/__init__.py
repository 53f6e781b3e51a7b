"""Text, reaction or number -> what somebody means by it.

`understand` is for the questions that every pledge is asked (and for messages that answer no question), `choose` for
menus of any kind, `naming` for whether an outcome may be shown. All are pure. Acting wrongly is worse than asking
again, so whatever is not plain is `unclear`.

How it works: `wording` cuts a message into clauses of folded, spell-checked words; `answers` looks for the phrases of
the context in each clause and weighs them (negation, contrast, condition, question); `labels` forgives one slip in a
short answer; `reading` asks first for what can be said at any time (stop, help, later, cancel) and, where no question
is open, for the commands and for requests (whatever of a message they leave must be words that change nothing, or
give a reason). `speaking` takes off greetings and what is said aloud by those who dictate, `dialect` and `slips` lead
back to the words of the standard language. Last comes the `second_opinion`: what messages that mean the same have in
common, learned from the corpora of the tests. It may keep the bot from acting, and say what is meant where no phrase
is found, but never an outcome, a stop or a deletion.

The vocabulary is data: `checkin_denials`, `checkin_words`, `yesno_words`, `outcome_words`, `anytime_words`,
`command_words`, `request_words` with `pledge_requests` and `personal_requests`, `caution` and `spelling`, written as
`phrases`.
"""

from bot.dialogue.understanding.choosing import choose, number_of
from bot.dialogue.understanding.greetings import is_greeting
from bot.dialogue.understanding.intents import IN_WORDS, Context, Intent, Understood
from bot.dialogue.understanding.naming import naming
from bot.dialogue.understanding.reading import understand

__all__ = ["IN_WORDS", "Context", "Intent", "Understood", "choose", "is_greeting", "naming", "number_of", "understand"]
