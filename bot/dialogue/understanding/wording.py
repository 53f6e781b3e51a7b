"""A message as clauses of plain words."""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.dialogue.understanding.anytime_words import ANYTIME
from bot.dialogue.understanding.caution import FILLERS, REPORT
from bot.dialogue.understanding.checkin_words import CHECKIN
from bot.dialogue.understanding.dialect import standard
from bot.dialogue.understanding.outcome_words import OUTCOME
from bot.dialogue.understanding.request_words import ASKING, REQUESTS
from bot.dialogue.understanding.slips import Spellings, vocabulary
from bot.dialogue.understanding.speaking import plainly
from bot.dialogue.understanding.spelling import EMOJI, FORGIVEN, ONLY_SOUNDING, OTHER_WORDS, SPELLINGS
from bot.dialogue.understanding.yesno_words import YESNO
from bot.domain.words import fold


@dataclass(frozen=True, slots=True)
class Clause:
    """A few words without a comma. `contrast`: it follows an "aber"; `open`: it is a question or a condition and so
    states nothing; `now`: it speaks of the present against an earlier time."""

    words: str
    contrast: bool = False
    open: bool = False
    now: bool = False


_IGNORED_IN_EMOJI = re.compile("[\ufe0e\ufe0f\u200d\u2640\u2642\U0001f3fb-\U0001f3ff]")
_EMOJI = re.compile("|".join(sorted(map(re.escape, EMOJI), key=len, reverse=True)))
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}|([aou]e)\2+")
_BUT_INSIDE = re.compile(
    r"(?<=, )(läuft|laeuft|geht|gehen|ist|sind|bin|haben|hat|wird|kommt|kommen|machen|mache|klappt)"
    r"( \w+)? (aber|jedoch|allerdings)\b"
)
"""An "aber" behind the verb, for which the clause must not be cut."""
_APOSTROPHE = re.compile(r"\b([Gg])['’`´](?=[a-zäöü])")
_QUOTED = re.compile(r"„[^“”\"]*[“”\"]|\"[^\"]*\"|»[^«]*«|«[^»]*»|“[^”]*”")
_SENTENCE = re.compile(r"([^.!?\n;…]*)([.!?\n;…]+|$)")
_ABBREVIATION = re.compile(r"\b(z|d|u|o|i|bzw|ca|evtl|ggf|inkl|usw|nr|st)\.\s?(?=\w)", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=\d)[.:](?=\s?\d|\s[A-ZÄÖÜa-z])")
_BREAK = re.compile(
    r"[,:()–—]|\s-+\s|\s/\s|(?<=[a-zäöüß])/(?=[a-zäöüß])"
    r"|\b(?=(?:aber|jedoch|allerdings|sondern|obwohl|weil|denn(?! nicht)|but|however|though|although|because)\b)"
    r"|\b(?=(?:und|and|falls|sobald|sofern|unless)\b)|(?<!auch )(?<!selbst )\b(?=wenn(?! auch)\b)|(?<!even )\b(?=if\b)",
    re.IGNORECASE,
)
_CONTRAST = re.compile(r"^(?:(?:und|and) )?(?:aber|jedoch|allerdings|sondern|nur|leider|doch|but|however|only)\b")
_LINK = re.compile(r"^(?:(?:und|and|aber|jedoch|allerdings|sondern|weil|denn|but|however|because|doch|also|dafuer) )+")
_CONDITION = re.compile(
    r"\b(?:(?<!auch )(?<!selbst )wenn(?! auch)|falls|sofern|sobald|solange?(?!.*\b(?:nicht|nichts|kein\w*)\b)"
    r"|^angenommen|haette\w*|(?<!termin )waere\w*"
    r"|wuerde\w*(?! gerne?(?! (?:sagen|behaupten)))"
    r"|koennte\w*(?! (?:\w+ )?(?:nicht )?(?:besser|schneller|zuegiger|flotter))"
    r"|muesste\w*|(?<!wie wir )(?<!wo wir )(?<!wie ich )sollte\w*|(?<!even )if|unless|once|would|could|should"
    r"|as soon as|ob|bis dass|hoffe|hoffen|hofft|hoffentlich|hope|hopefully|wuensch\w*)\b"
)
_OUT_OF_POLITENESS = re.compile(
    r"wenn (?:(?:es|das|s|ihnen|euch|dir|sie|ihr|du) )*(?:\w+ )?(?:hilft|hilfreich ist|passt|geht|recht ist|genehm ist"
    r"|moeglich ist|nicht stoert|okay ist|moechten|wollt|moegt|willst|wollen|wuenschen|moechtet|noetig|moeglich"
    r"|gewuenscht|keine umstaende (?:macht|bereitet)|erlaubt|sein muss|es sein muss)"
    r"|if (?:that|it) (?:helps|is okay|s okay|suits you)|if you (?:like|want|wish)"
)
"""A condition that is none."""
_INFINITIVE = re.compile(
    r"\b(?:(?:ein|ab|auf|vor|an|um|aus|durch|nach|fest|her|hin|bei|mit|zusammen)zu\w{2,}en|zu (?!ende)\w+en|to \w+)$"
)
_NOW = re.compile(r"\b(?:jetzt|nun|inzwischen|mittlerweile|wieder|endlich|now|meanwhile|again|finally)\b")
_TAIL_QUESTION = re.compile(
    r"^(?:und |and )?(?:bei (?:ihnen|euch|dir)|selbst|wie|was|wann|wo|wer|warum|wieso|kann|koennen|koennt|gibt|darf"
    r"|soll|sollen|how|what|when|where|who|can|could|why)\b"
)


def folded(text: str) -> str:
    """`text` folded, emoji as words, slips in the words that matter corrected."""
    shown = _EMOJI.sub(lambda found: f" {EMOJI[found[0]]} ", _IGNORED_IN_EMOJI.sub("", text)).replace("%", " prozent ")
    shown = _APOSTROPHE.sub(r"\1", shown)
    heard = standard(_DRAWN_OUT.sub(r"\1\2", fold(shown)).split())
    return " ".join(_corrected(word) for word in heard.split())


def clauses(text: str) -> list[Clause]:
    """The clauses of a message, in order; quotations are left out."""
    shown = _EMOJI.sub(lambda found: f" . {EMOJI[found[0]]}. ", _IGNORED_IN_EMOJI.sub("", plainly(text)))
    shown = _BUT_INSIDE.sub(r"\3 \1\2", shown)
    shown = _ORDINAL.sub(" ", _ABBREVIATION.sub(r"\1 ", _QUOTED.sub(" , ", shown)))
    found: list[Clause] = []
    for sentence in _SENTENCE.finditer(shown):
        parts = [folded(part) for part in _BREAK.split(sentence[1])]
        found += _sentence([part for part in parts if part], question="?" in sentence[2])
    return found


def _sentence(parts: list[str], *, question: bool) -> list[Clause]:
    parts = [part for part in parts if not _OUT_OF_POLITENESS.fullmatch(part)] or parts
    opened = {place for place, part in enumerate(parts) if _CONDITION.search(part)}
    for place in list(opened):  # what depends on a condition is open as well
        opened.add(place - 1 if place else 1)
    for place, part in enumerate(parts):
        if REPORT.search(part):
            opened.add(place + 1)
        if place and _INFINITIVE.search(part):  # "geschafft, den Antrag einzureichen" is a part of it only
            opened.add(place - 1)
    if question and len(parts) > 1 and _TAIL_QUESTION.match(parts[-1]):
        opened.add(len(parts) - 1)
    elif question:
        opened.update(range(len(parts)))
    return [
        Clause(
            _LINK.sub("", f"{part} ").strip() or part,
            contrast=bool(_CONTRAST.match(part)),
            open=place in opened,
            now=bool(_NOW.search(part)),
        )
        for place, part in enumerate(parts)
    ]


_SLIPS = Spellings(
    vocabulary(CHECKIN, YESNO, OUTCOME, ANYTIME, REQUESTS) | frozenset(FORGIVEN), FILLERS | ASKING | ONLY_SOUNDING
)


@lru_cache(maxsize=8192)
def _corrected(word: str) -> str:
    if word in SPELLINGS:
        return SPELLINGS[word]
    if meant := _SLIPS.meant(word):
        return meant
    if len(word) < 5 or word in FORGIVEN or word in OTHER_WORDS:
        return word
    for known in FORGIVEN:
        allowed = 1 if len(known) < 8 else 2
        if word[:1] == known[:1] and OSA.distance(word, known, score_cutoff=allowed) <= allowed:
            return known
    return word
