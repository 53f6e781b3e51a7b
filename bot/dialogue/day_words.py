"""The German and English words that days are named with, reduced to symbols of one small language.

`symbols("nächsten Freitag, spätestens Ende Okt.")` is "NEXT W4, AT END M10d.": the grammar in `dates` is written in
these symbols. They are in upper case (weekday abbreviations that are also other words: `w4`, likewise `m5e`), all other
words stay in lower case.
"""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.dialogue.feasts import FEASTS

_MONTHS = {
    "d": "januar/jaenner februar/feber maerz/mrz - mai juni/juno juli/julei - - oktober/okt - dezember/dez",
    "e": "january february march/mar - may june july - - october/oct - december/dec",
    "b": "jan feb - april/apr - jun jul august/aug september/sept/sep - november/nov -",
}
"""The twelve months as German, English and both write them."""
_WEEKDAYS = [
    "montag monday", "dienstag tuesday", "mittwoch wednesday", "donnerstag thursday", "freitag friday",
    "samstag sonnabend saturday", "sonntag sunday",
]  # fmt: skip
_SHORT_WEEKDAYS = ["mo mon", "di tue tues", "mi wed", "do thu thurs", "fr fri", "sa sat", "so sun"]
_TIMES = """
    abend abends vormittag vormittags nachmittag nachmittags mittag mittags frueh nacht morning afternoon evening night
"""
_NUMBERS = {
    "zwei": 2, "zwo": 2, "two": 2, "drei": 3, "three": 3, "vier": 4, "four": 4, "fuenf": 5, "five": 5, "sechs": 6,
    "six": 6, "sieben": 7, "seven": 7, "acht": 8, "eight": 8, "neun": 9, "nine": 9, "zehn": 10, "ten": 10, "elf": 11,
    "eleven": 11, "zwoelf": 12, "twelve": 12, "vierzehn": 14, "fourteen": 14, "zwanzig": 20, "twenty": 20,
    "dreissig": 30, "thirty": 30, "sechzig": 60, "neunzig": 90, "hundert": 100,
}  # fmt: skip
_UNITS = ["ein", "zwei", "drei", "vier", "fuenf", "sechs", "sieben", "acht", "neun"]
_GERMAN_ORDINALS = [
    *("erst", "zweit", "dritt", "viert", "fuenft", "sechst", "siebt", "acht", "neunt", "zehnt", "elft", "zwoelft"),
    *("dreizehnt", "vierzehnt", "fuenfzehnt", "sechzehnt", "siebzehnt", "achtzehnt", "neunzehnt", "zwanzigst"),
    *(f"{unit}undzwanzigst" for unit in _UNITS),
    *("dreissigst", "einunddreissigst"),
]
"""The stems of the German ordinal numbers from 1 to 31."""
_ENGLISH_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "tenth": 10, "fifteenth": 15}

_SYMBOLS = {
    "NEXT": "naechste naechsten naechster naechstes naechstem naechst nexten nexte next",
    "COMING": "kommende kommenden kommender kommendes kommendem folgende folgenden folgender coming following",
    "AFTERNEXT": "uebernaechste uebernaechsten uebernaechster uebernaechstes uebernaechstem",
    "THIS": "diese diesen dieser dieses diesem laufende laufenden laufender laufendes this current",
    "LAST": "letzte letzten letzter letztes letztem vergangene vergangenen vergangener vergangenes vorige vorigen "
    "voriger voriges vorletzte vorletzten last previous past",
    "EVERY": "juemmer jede jeden jeder jedes jedem immer alle every each",
    "SINCE": "seit since",
    "NOT": "nicht not statt anstatt instead",
    "IN": "in innerhalb binnen within noch fuer for nochmal",
    "ABOUT": "ca etwa ungefaehr circa rund so knapp gut about roughly",
    "AT": "am on im ab gegen spaetestens erst eher wohl wahrscheinlich vermutlich voraussichtlich at beim from",
    "TO": "zum zur",
    "UNTIL": "bis by until till",
    "BEFORE": "vor before",
    "AFTER": "nach after",
    "OR": "oder or und and u",
    "THE": "de der des dem den die das the d vom of von",
    "ONE": "ein eine einem einen einer eines a an one nem ner",
    "HALF": "halb halbe halben halbes half",
    "ONEHALF": "anderthalb eineinhalb",
    "BEGIN": "anfang anf anfangs beginn beginning start early",
    "MID": "mitte middle mid",
    "END": "ende end late",
    "DAY": "tag tage tagen day days",
    "WEEK": "woche wochen week weeks wo",
    "FORTNIGHT": "fortnight fortnights",
    "MONTH": "monat monate monaten monats month months",
    "YEAR": "jahr jahre jahren jahres jahrs year years",
    "QUARTER": "quartal quartals quarter",
    "WEEKNO": "kw kalenderwoche",
    "WEEKEND": "wochenende weekend",
    "TIME": _TIMES,
    "D-2": "vorgestern",
    "D-1": "gestern yesterday",
    "D0": "heute today tonight",
    "D1": "morgen tomorrow tmrw",
    "D2": "uebermorgen",
    "END THIS WEEK": "wochenschluss",
    "MID THIS WEEK": "wochenmitte",
    "END THIS MONTH": "monatsende ultimo",
    "BEGIN NEXT MONTH": "monatsanfang monatsbeginn",
    "END THIS QUARTER": "quartalsende",
    "END THIS YEAR": "jahresende jahreswechsel jahresschluss",
    "MID THIS YEAR": "jahresmitte",
    "HALF YEAR": "halbjahr jahreshaelfte",
    "3 MONTH": "vierteljahr",
    "9 MONTH": "dreivierteljahr",
}
_LEXICON = {
    **{word: symbol for symbol, words in _SYMBOLS.items() for word in words.split()},
    **{word: str(number) for word, number in _NUMBERS.items()},
    **{
        stem + ending: f"{n}." for n, stem in enumerate(_GERMAN_ORDINALS, 1) for ending in ("e", "en", "er", "es", "em")
    },
    **{word: f"{number}." for word, number in _ENGLISH_ORDINALS.items()},
}
for _spelling, _names in _MONTHS.items():
    for _number, _month_names in enumerate(_names.split(), start=1):
        for _name in _month_names.split("/"):
            if _name != "-":
                _LEXICON[_name] = f"{'m' if _name in ('may', 'march', 'mar', 'jan') else 'M'}{_number}{_spelling}"
                _LEXICON[f"{_name}woche"] = f"{_LEXICON[_name]} WEEK"
for _number, (_long, _short) in enumerate(zip(_WEEKDAYS, _SHORT_WEEKDAYS, strict=True)):
    _LEXICON |= dict.fromkeys(_short.split(), f"w{_number}")
    for _name in _long.split():
        _LEXICON[_name] = f"W{_number}"
        _LEXICON |= {f"{_name}{_time}": f"W{_number} TIME" for _time in (*_TIMES.split(), "morgen")}

_FORGIVEN = [
    word
    for word, symbol in _LEXICON.items()
    if len(word) > 5 and not word.endswith("woche") and (symbol[0] in "MWND" or "AFTER" in symbol or "THIS" in symbol)
]
"""The words that are recognised in spite of a slip of the finger."""
_SLIPS = {
    "mitwoch": "mittwoch", "febuar": "februar", "feburar": "februar", "tommorow": "tomorrow",
    "uebermorgn": "uebermorgen", "dingsdag": "dienstag", "eerste": "erste", "samschdag": "samstag",
    "sonndag": "sonntag", "freidag": "freitag", "marz": "maerz", "merz": "maerz", "woch": "woche",
    "naexten": "naechsten", "aprill": "april", "jully": "juli", "heut": "heute", "heit": "heute",
    "moang": "morgen", "morgn": "morgen", "iwermorgen": "uebermorgen",
    "naechschte": "naechste", "naegschte": "naechste", "freidog": "freitag", "mondag": "montag",
    "dinsdag": "dienstag",
    "mittwuch": "mittwoch", "dunnersdag": "donnerstag", "dunnerstag": "donnerstag", "sunndag": "sonntag",
    "samschtag": "samstag", "monet": "monat", "wochn": "wochen", "maerzen": "maerz", "naexte": "naechste",
    "spaetestns": "spaetestens",
}  # fmt: skip
_WITHOUT_UMLAUT = {
    word.replace("ae", "a").replace("oe", "o").replace("ue", "u"): word
    for word in _LEXICON
    if re.search("[aou]e", word) and word != "neue"
}
_NEIGHBOURS = (
    "naechtens naechte naechten morgens dieser diese wiese riese mahlzeit december laufender anfragen frage wochenenden"
)
_OTHER_WORDS = {
    *(f"{word}{ending}" for words in _WEEKDAYS for word in words.split() for ending in ("s", "e", "en")),
    *_NEIGHBOURS.split(),
}
"""Words that lie one slip away from one of ours and mean something else ("freitags": every Friday)."""

_FOLDED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "–": "-", "—": "-", "‑": "-", "−": "-", "’": "'", "´": "'", "`": "'"}
)
_ORDINAL = re.compile(r"(?<=\d)(?:te[nrsm]?)\b")  # "am 20ten"
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_PHRASES = {
    "day after tomorrow": "uebermorgen", "calendar week": "kw", "week after next": "uebernaechste woche",
    "new years": "new year's", "1/2 jahr": "halbes jahr", "1,5 ": "anderthalb ", "from now": "from today",
    "end of the year": "jahresende", "year end": "jahresende", "year-end": "jahresende",
}  # fmt: skip
_NO_DAY = re.compile(
    r"\bdie (?:erste|zweite|dritte|vierte|fuenfte|sechste|letzte)n?\b"
    r"(?! \w*(?:woche|haelfte|wochenende|kw|advent|quartal|jahr))"
    r"|\b(?:naechsten?|kommenden?|next|coming) (?:paar |few )?(?:wochen|tagen?|monaten?|jahren?|weeks|days|months)\b"
)
"""What sounds like a day or a time and is none: "die dritte Gruppe", "in den nächsten Wochen"."""
_FEAST = re.compile("|".join(rf"(?P<F{n}>\b(?:{name})\b(?!-))" for n, name in enumerate(FEASTS)))


def symbols(text: str) -> str:
    """`text` in lower case without umlauts, every word for a day or a number as its symbol, slips corrected.
    Punctuation and figures stay: in dates they have a meaning. Feasts are F and their place in `FEASTS`."""
    lowered = unicodedata.normalize("NFC", text).casefold().translate(_FOLDED)
    if not lowered.isascii():
        lowered = "".join(char for char in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(char))
    lowered = " ".join(lowered.split())
    for phrase, known in _PHRASES.items():
        lowered = lowered.replace(phrase, known)
    lowered = _ORDINAL.sub(".", lowered)
    lowered = _FEAST.sub(lambda found: found.lastgroup or "", lowered)
    return _WORD.sub(lambda found: _symbol(found[0]), _NO_DAY.sub("~", lowered))


@lru_cache(maxsize=4096)
def _symbol(word: str) -> str:
    parts = word.split("-")
    if len(parts) > 1:  # "Oktober-November" names two months, "Mai-Wald" none
        known = [_symbol(part) for part in parts]
        return "-".join(known) if all(symbol[0] in "MWBE" for symbol in known) else word
    word = _SLIPS.get(word) or _WITHOUT_UMLAUT.get(word, word)
    if word in _LEXICON:
        return _LEXICON[word]
    if len(word) > 4 and word not in _OTHER_WORDS:
        for known_word in _FORGIVEN:
            allowed = 1 if len(known_word) < 9 else 2
            if word[0] == known_word[0] and OSA.distance(word, known_word, score_cutoff=allowed) <= allowed:
                return _LEXICON[known_word]
    return word
