"""German and English day phrases -> days.

A small grammar of our own over the symbols of `day_words`: a table of patterns, tried in order, each of which takes
its words out of the text. What names no day (a time of day, "jeden Freitag") is taken out as well, so that nothing is
invented from its parts. Seasons, events and urgency have no symbols: they name no day. What a match comes to is said
in `day_readers`, and counted in `day_arithmetic`.
"""

import re
from datetime import date, timedelta
from functools import partial

from dateutil.relativedelta import relativedelta

from bot.dialogue import day_readers as read
from bot.dialogue.day_words import symbols


def find_days(text: str, today: date, *, after: date | None = None, language: str = "de") -> tuple[date, ...]:
    """The days that `text` names, ascending; several when it names several or can be read in two ways, none when it
    names none or one that does not exist.

    A day without a year is the next one from `today` on, or the first one after `after` (the day of a workshop, when
    reading an import). `language` decides only what both languages write alike ("Nov 25": a year in German, a day in
    English).
    """
    start = read.Start(after or today, after + timedelta(days=1) if after else today, language.startswith("en"))
    for part in (*reversed(_CORRECTED.split(text)), text):
        if days := _read(symbols(_COUNTED.sub(" ", _WISHED.sub(" ", part))), start):
            return tuple(sorted(days))
    return ()


def _read(rest: str, start: read.Start) -> set[date]:
    """The days that are meant in a text of symbols."""
    days, denied = set[date](), set[date]()
    if not _POSSIBLE.search(rest):
        return days
    for pattern, reader in _GRAMMAR:
        kept, end = [], 0
        for found in pattern.finditer(rest):
            begin, named = found.start(), set(reader(found, start))
            if named and (offset := _OFFSET.search(rest, max(end, begin - _NEAR), begin)):
                begin, named = offset.start(), set(read.beside(offset, partial(reader, found), start))
            before = rest[max(0, begin - _NEAR) : begin]
            if reader is read.weekday:  # "der 20.4., das ist ein Montag"
                named = {day for day in named if all(day.weekday() != other.weekday() for other in days)}
            if _PAST.match(rest, found.end()) or _PAST_BEFORE.search(before):
                named = {_before(day, start.day) for day in named}
            if not (_DISMISSED.search(before) or (_DENIED.match(rest, found.end()) and not _AT_LATEST.search(before))):
                days |= named
            elif found[0].startswith("UNTIL") or _UNTIL.search(before):
                denied |= named
            kept += [rest[end:begin], ";" if reader is read.nothing else "~"]
            end = found.end()
        if kept:
            rest = "".join(kept) + rest[end:]
    return days or denied


def _before(day: date, today: date) -> date:
    """The day of that name that is over."""
    if day <= today:
        return day
    return day - (timedelta(weeks=1) if day - today <= timedelta(weeks=1) else relativedelta(years=1))


_WISHED = re.compile(
    r"\b(?<!in einer )(?:sch(?:ö|oe)ne[nsm]?|gute[nsm]?|frohe[nsm]?|fr(?:ö|oe)hliche|gesegnete[nsm]?|merry|happy|nice)"
    r" (?:(?:rest)?wochenende|feiertage?|weihnacht\w*|ostern|osterfest|pfingsten|advent\w*|neues jahr|neue woche"
    r"|woche|weekend|easter|christmas|new year|\w+tag|mittwoch|\w+day)\b",
    re.IGNORECASE,
)
"""A wish names no day: "Schönes Wochenende", "Frohe Ostern"."""
_COUNTED = re.compile(
    r"\b(?:der|die|das) (?:erste|zweite|dritte|vierte|fünfte|sechste|siebte|achte|neunte|zehnte)"
    r"(?= (?:ist|sind|wird|werden|war|kommt|steht|läuft|folgt|hat)\b)",
    re.IGNORECASE,
)
"""One of several things names no day: "der vierte ist in Arbeit"."""
_CORRECTED = re.compile(
    r"\b(?:jetzt (?:lieber|doch|eher)|doch (?:lieber|eher|besser|erst)|nein|nee|nö|quatsch|sorry|korrektur|sondern"
    r"|stattdessen|vielmehr|richtig (?:ist|wäre)|ach was|unmöglich"
    r"|war (?:ein )?(?:irrtum|scherz|fehler|falsch|versehen)|hatten .{2,40}? (?:gesagt|vereinbart|geplant)"
    r"|neuer termin|(?:verschoben|verlegt) auf|vo[mn] .{2,30}? auf"
    r"|(?:ursprünglich|eigentlich|bisher) .{2,40}? (?:jetzt|nun)"
    r"|(?:besser|genauer) gesagt|ich mein(?:e|te)|meinte|no,? (?:rather|actually)|i mean|correction)\b",
    re.IGNORECASE,
)
"""What somebody says who thinks better of it: only the days behind it are meant, if there are any."""
_PAST = re.compile(
    r" (?:(?:war|waren|wurde|wurden|hatte|hatten|gab es|gabs|fand|lief|liefen|kam|kamen|ging|gingen|were|had)\b"
    r"|was (?=THE\b|our\b|my\b|\w+ed\b)"
    r"|(?:hat|haben|habe|hab)\b(?!.*(?:plant|sehen|setzt|minier|sprochen|sagt|nommen|einbart|schoben|legt))"
    r"[^.;!?~]*\b\w*(?:ge\w+(?:t|en)|iert|(?:be|er|ent|ver|unter|zer)\w{3,}(?:t|en))(?= ?(?:$|[.,;!?)])))"
)
"""What follows a day that is over: "am Samstag war die Einweihung", "am 30. hat der Notar unterschrieben"."""
_PAST_BEFORE = re.compile(r"\b(?:war|waren|wurde|wurden|was|were) (?:(?:AT|THE) )*$")
_NEAR = 100
"""How many characters before a day tell what is said about it."""
_POSSIBLE = re.compile(r"\d|DAY|WEEK|FORTNIGHT|MONTH|YEAR|QUARTER")
_DISMISSED = re.compile(
    r"\b(?:SINCE|LAST|LASTBUTONE|EVERY|NOT|INSTEAD)"
    r"(?: (?:mehr|AT|ABOUT|UNTIL|TO|IN|THE|BEGIN|MID|END|THIS|NEXT))* ?$"
)
"""What stands before a day that is not meant: "seit Montag", "nicht am Freitag, sondern am Montag"."""

_DENIED = re.compile(
    r"(?: (?:THE|(?!frueher|eher|spaeter|wenn|falls|ob)[a-z]+)){0,2} (?:"
    r"NOT\b(?! (?:BEFORE|AT|TO|THE|IN|frueher|spaeter))"
    r"|nichts|nix|keine zeit|keinesfalls|schlecht|verhindert|faellt aus"
    r"|ist (?:gestrichen|abgesagt)|zu (?:ABOUT|frueh|eng))"
)
"""What stands after a day that is not meant: "morgen geht nicht, erst Freitag"."""
_AT_LATEST = re.compile(r"\b(?:spaeter|laenger) als(?: (?:AT|THE|TO|ABOUT))* ?$")
""" "Später als 30.9. wird es nicht" means that day."""
_UNTIL = re.compile(r"\b(?:UNTIL|BEFORE)(?: (?:TO|THE|AT|ABOUT|BEGIN|MID|END|THIS|NEXT|COMING))* ?$")
"""Until then something will not be: "bis Freitag nicht". Such a day is meant where there is no other."""
_OFFSET = re.compile(
    r"\b(?:(?P<number>\d{1,3}½?|ONE|HALF)\.? )?(?:(?P<weekday>W\d)|(?P<unit>DAY|WEEK|MONTH)) (?P<side>BEFORE|AFTER)"
    r"(?: (?:THE|TO))* $"
)
"""What leads from a day to the one that is meant: "am Tag vor Heiligabend", "eine Woche nach dem 1. Mai"."""

_SHORT_YEAR = r"2[4-9]|3\d"
_YEAR = (
    rf"(?:,? ?(?:(?P<year>20\d\d\b|'?\b(?:{_SHORT_YEAR})(?= ?(?:$|[.,;:!?)~]))(?!\. ?(?:\d|[Mm]\d)))"
    r"|(?:THE |IN |AT )?(?P<which_year>THIS|NEXT|COMING) YEAR))?"
)
_BEGINS = r"(?<![\w.,/:§-])"
_ALONE = r"(?:^|(?<=AT )|(?<=ABOUT )|(?<=[Ww]\d )|(?<=[Ww]\d, )|(?<=UNTIL )|(?<=TO )|(?<=THE ))"
_ENDS = r"(?= ?(?:$|[.,;:!?)/~-]|OR\b))"
_NTH = r"[1-5]\.|LAST|LASTBUTONE"
_DAY = r"(?P<day>\d{1,2})"
_DAY_TH = rf"{_DAY}(?:\.|st|nd|rd|th)?"
_OTHER = r"(?P<other>\d{1,2})"
_FIGURE = r"(?P<month>1[0-2]|0?[1-9])"
_MONTH = r"[Mm](?P<month>\d+)[deb]\b\.?"
_PLAIN_MONTH = r"M(?P<month>\d+)[deb]\b\.?"
_WHICH_PART = r"(?P<part>BEGIN|MID|END)"
_PART = rf"{_WHICH_PART}\.?[ -](?:THE\.? )*"
_WHICH = r"(?P<which>THIS|NEXT|COMING|AFTERNEXT) "
_WEEKDAY = r"(?P<weekday>W\d)(?: (?:TIME|D1))?\b"
_ANY_WEEKDAY = r"(?P<weekday>W\d|w[0-4])(?: (?:TIME|D1))?\b"
_AND = r" ?(?:/|-|,|OR|UNTIL|\+|&|to)\.? ?(?:(?:AT|ABOUT|TO|THE) )*"
_PLACE = r"(?:(?:AT|IN|THE|TO|UNTIL|ABOUT) )*"
_COUNT = (
    r"(?:ONE (?=\d|HALF))?(?P<number>\d{1,3}½?|ONE|HALF)(?: (?:ABOUT|GOOD|ONE))? ?"
    r"(?:(?:-|UNTIL|OR|,|to) ?(?P<other>\d{1,3}½?) )? ?"
    r"(?P<unit>DAY|WEEK|FORTNIGHT|MONTH|YEAR)\b"
)

_GOES_ON = (
    "OR|AT|TO|UNTIL|IN|BEFORE|AFTER|ABOUT|TIME|NOT|um|mit|bei|waere?|ist|sind|war|wird|werden|wuerde|geht|ginge|gibt|passt"
    "|mach|mache|setze|klappt|reicht|findet|startet|beginnt|beginnen|kommt|kommen|tagt|steht|bin|hab|habe|haben|macht|machen"
    "|schaffe|schaffen|kann|koennen|koennte|soll|sollen|sollte|muss|muessen|muesste|will|wollen|fertig|bitte|please|is"
    "|ich|wir|es|da|dann|wieder|also|doch|aber|wenn|weil|sonst|falls"
)
"""What may follow "am 30.": anything else is what is counted ("am 2. Standort")."""

_TABLE: list[tuple[str, read.Reader]] = [
    # What only looks like a day
    (r"\b\d{1,2}(?:[:.]\d\d)? ?(?:-|UNTIL) ?\d{1,2}(?:[:.]\d\d)? ?(?:uhr|h)\b", read.nothing),
    (r"\b(?:herrn?|frau|familie|fam\.|firma|fa\.|dr\.?) (?:[Mm]\d+\w|W\d)\b", read.nothing),
    (r"\b\d{1,2}[:.]\d\d ?(?:uhr|h)\b|\b\d{1,2}:\d\d\b|\b\d{1,2} ?(?:uhr|am|pm)\b|\b24/7\b", read.nothing),
    (
        r"§+ ?\d+|\b(?:art|artikel|nr|punkt|top|version|ziffer|din|raum|b|az)\b\.? ?\d+\b(?:\.\d+)*(?!\.? [Mm]\d)",
        read.nothing,
    ),
    (
        r"\bEVERY (?:THE )?(?:\d+\.? |ONE |other )?(?:W\d|M\d+\w|DAY|WEEK|MONTH|YEAR)\b"
        r"(?: (?:AT|IN|THE) (?:THE )?MONTH)?",
        read.nothing,
    ),
    (r"\b(?:TO|BEFORE|AFTER|SINCE)(?: THE)* (?!allem)[a-z-]{4,} (?:AT|IN) M\d+\w\b", read.nothing),
    (rf"\w*(?:strasse|platz|allee) (?:THE )*{_DAY}\. ?{_MONTH}", read.nothing),
    (r"\b\d{1,3} THE \d{1,3}\b(?!\.\d|\. ?[Mm]\d)", read.nothing),  # "vier von vier"
    (rf"{_BEGINS}(?:{_DAY_TH} ?)?{_MONTH} 1[89]\d\d\b", read.nothing),
    # Figures
    (
        r"(?<![\d.-])(?P<year>20\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?P<slash>)(?!\d)",
        read.day_month_year,
    ),
    (rf"{_BEGINS}{_DAY}(?P<slash>[/-])(?P<month>\d{{1,2}})[/-](?P<year>20\d\d)(?!\d)", read.day_month_year),
    (
        rf"{_BEGINS}{_DAY}\.?{_AND}{_OTHER}\. ?(?P<month>\d{{1,2}})\.(?: ?(?P<year>20\d\d|\d\d(?![\d.:]))\b)?",
        read.day_month,
    ),
    (
        rf"{_BEGINS}{_DAY}\. ?(?P<month>\d{{1,2}})\.(?P<slash>)(?: ?(?P<year>20\d\d|(?<=\.)\d\d))(?![\d:]|\.\d)",
        read.day_month_year,
    ),
    (rf"{_BEGINS}{_DAY}\. ?(?P<month>\d{{1,2}})\.(?!\d)", read.day_month),
    (
        rf"(?:{_ALONE}|(?<=~ )|(?<=~, )){_DAY}\.{_FIGURE}(?= ?(?:$|[,;!?)])| (?:{_GOES_ON})\b)",
        read.day_month,
    ),
    (rf"(?<!ABOUT ){_ALONE}{_DAY}/{_FIGURE}{_ENDS}", read.day_month),
    (rf"{_ALONE}{_DAY}(?P<sep>[ ,-]){_FIGURE}(?P=sep)(?P<year>20\d\d|{_SHORT_YEAR}){_ENDS}", read.day_month),
    (rf"{_ALONE}(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d){_ENDS}", read.day_month),
    (rf"{_ALONE}(?P<day>[0-3]\d)(?P<month>0[1-9]|1[0-2])(?P<year>20\d\d){_ENDS}", read.day_month),
    (rf"(?<!WEEKNO ){_BEGINS}{_FIGURE}[./](?P<year>20\d\d)\b(?!-)", read.month),
    # Feasts, around which nothing is certain
    (r"\bzwischen(?: THE)* F\d+ OR(?: THE)* F\d+\b", read.nothing),
    (
        r"(?<!DAY )(?<!\bW\d )(?<!\d WEEK )(?<!ONE WEEK )(?<!MONTH )\b(?:BEFORE|AFTER|um)(?: THE)* F\d+\b",
        read.nothing,
    ),
    (rf"\bF(?P<feast>\d+)\b{_YEAR}", read.feast),
    # Weeks by their number
    (
        rf"\b(?:(?P<weekday>W\d|w[0-5])\.?,? {_PLACE})?(?:{_PART})?{_PLACE}"
        r"(?:WEEKNO\.? ?|WEEK (?=\d))(?P<week>\d{1,2})\b"
        rf"(?: ?(?:/|-|UNTIL|OR) ?(?:WEEKNO )?(?P<other>(?!{_SHORT_YEAR})\d{{1,2}})\b(?!\.))?"
        rf"(?:(?: |/| / )(?P<year>20\d\d|{_SHORT_YEAR})\b)?(?:,? {_PLACE}(?P<later>W\d|BEGIN|MID|END)\b)?",
        read.calendar_week,
    ),
    (
        rf"\b(?:{_WEEKDAY},? {_PLACE})?(?:{_PART})?{_PLACE}(?P<week>\d{{1,2}})"
        r"(?:\.? ?WEEKNO\b|\. ?WEEK\b(?! (?:AT|THE|IN)))(?: (?P<year>20\d\d))?",
        read.calendar_week,
    ),
    (rf"\b{_WHICH}WEEKNO\b(?! ?\d)", read.week),
    (rf"\bWEEK (?:(?:THE|AT) )+{_DAY}\. ?{_MONTH}{_YEAR}", read.week_of),
    (rf"\bWEEK (?:(?:THE|AT) )+{_DAY}\. ?{_FIGURE}\.", read.week_of),
    # Days of a month
    (rf"\b(?P<nth>{_NTH}) (?:WEEKEND {_PLACE}{_MONTH}|M(?P<its_month>\d+)\w WEEKEND){_YEAR}", read.nth_weekend),
    (rf"\b(?P<nth>{_NTH}) (?:(?P<weekday>W\d)|WORKDAY|(?P<kind>WEEK)) {_PLACE}{_MONTH}{_YEAR}", read.nth_of_month),
    (rf"\b(?P<nth>{_NTH}) (?:(?P<weekday>W\d)|WORKDAY) {_PLACE}(?:{_WHICH})?MONTH\b", read.nth_of_this_month),
    (rf"\b(?P<nth>{_NTH}) {_MONTH} (?P<kind>WEEK){_YEAR}", read.nth_of_month),
    (rf"{_BEGINS}{_DAY_TH}{_AND}{_OTHER}(?:\.|st|nd|rd|th)? ?(?:THE )?{_MONTH}{_YEAR}", read.day_month),
    (rf"{_BEGINS}{_DAY_TH} ?(?:DAY )?(?:(?:THE|AT|IN) )*(?:MONTH )?{_MONTH}{_YEAR}", read.day_month),
    (
        rf"\b[Mm](?P<month>\d+)(?P<spelling>[deb])\b\.? (?:THE )?{_DAY}(?P<suffix>\.|st|nd|rd|th)?(?![\w.:]*\d)"
        r"(?:,? (?P<year>20\d\d))?(?= ?(?:$|[.,;:!?)~]|AT\b|OR\b|please|latest))",
        read.month_number,
    ),
    # Months
    (rf"\b(?P<which_year>NEXT|THIS|COMING) YEAR,? {_PLACE}(?:{_PART})?{_MONTH}", read.month),
    (rf"\b(?P<part>BEGIN|MID|END) ?(?:/|-|UNTIL|OR|to) ?(?P<other_part>BEGIN|MID|END) {_MONTH}{_YEAR}", read.month),
    (rf"\b{_PART}(?:(?:THIS |NEXT )?MONTH )?(?:AT )?{_MONTH}{_YEAR}", read.month),
    (rf"\b{_MONTH},? {_WHICH_PART}\b", read.month),
    (rf"\b(?:AT|ABOUT|IN|UNTIL|TO|THIS|NEXT|COMING|OR) {_MONTH}{_YEAR}", read.month),
    (rf"(?:^|(?<=[,;:(/~-])|(?<=[,;:(/~-] )){_MONTH}{_YEAR}{_ENDS}", read.month),
    (rf"\b{_PLAIN_MONTH}(?! ?\d+ [a-z]){_YEAR}(?! ?\d)", read.month),
    (rf"\b{_DAY}\. ?(?:THE )*(?:{_WHICH})?MONTH\b", read.this_month),
    (rf"\b{_PART}(?:{_WHICH})?MONTH\b", read.this_month),
    (rf"\b{_WHICH}MONTH\b|\bim laufe (?:THE )*MONTH\b|\blaufe (?:THE )*MONTH\b", read.this_month),
    # Quarters and years
    (rf"\b(?:{_PART})?(?:q ?|QUARTER )(?P<nth>[1-4])\b(?:(?: |/| / )(?P<year>20\d\d|{_SHORT_YEAR})\b)?", read.quarter),
    (rf"\b(?:{_PART})?(?P<nth>[1-4])(?:\.|st|nd|rd|th)? ?QUARTER\b(?: THE)?{_YEAR}", read.quarter),
    (rf"\b(?:{_PART})?(?P<nth>(?P<half>[12]))\. ?HALF YEAR\b{_YEAR}", read.quarter),
    (rf"\b(?:{_PART})?{_WHICH}QUARTER\b", read.this_quarter),
    (rf"\b{_PART}(?:{_WHICH})?QUARTER\b", read.this_quarter),
    (rf"\b{_PART}(?:(?:THIS |NEXT )?YEAR )?(?P<year>20\d\d\b|'(?:{_SHORT_YEAR})\b)", read.year),
    (rf"\b{_PART}(?:(?P<which_year>NEXT|COMING) |(?:THIS ))?YEAR\b", read.year),
    (r"\bIN (?:IN )?(?P<part>)(?P<which_year>THIS) YEAR\b", read.year),
    # Counted from a day
    (rf"\b(?P<since>D-?\d|W\d|w[0-5]) (?:(?:IN|ueber|ONE|AT|gerechnet) )*{_COUNT}", read.in_a_while),
    (r"\b(?P<number>\d{1,3}|ONE) (?P<unit>WEEK|DAY|MONTH) (?:AT|AFTER) (?P<since>D\d|W\d)\b", read.in_a_while),
    (r"\b(?P<weekday>W\d) WEEK\b", read.week_after_weekday),
    (
        rf"\b(?:IN|THE NEXT|NEXT)(?: (?:ABOUT|GOOD|w6|AT|THE|NEXT|COMING|IN))*\.? {_COUNT}(?! (?:pro|je|EVERY)\b)",
        read.in_a_while,
    ),
    (
        rf"^(?:ABOUT )?{_COUNT}"
        r"(?=[.!]?$| (?:IN|bitte|spaeter(?! als)|later|please|mehr|brauch\w*|dauert\w*|geben)\b|, wie\b"
        r"| (?:AT|AFTER) D0)",
        read.in_a_while,
    ),
    (r"\b(?:IN|NEXT)(?: (?:ABOUT|THE|AT|NEXT))* (?P<number>\d{1,2}) WORKDAY\b", read.in_workdays),
    # Weeks and weekdays
    (
        r"\b(?:AT|ABOUT|UNTIL|TO|THE|(?<=~ )OR|W\d,?|w[0-5][.,]?)(?: (?:TO|THE|AT|ABOUT|NEXT|COMING))* "
        rf"{_DAY}(?:\.|st|nd|rd|th)(?= ?(?:$|[,;:!?)]|(?:{_GOES_ON})\b))",
        read.day_of_month,
    ),
    (r"\bWEEKEND (?:(?:THE|AT|TO) )+(?=~)", read.nothing),
    (rf"\b(?:(?P<side>BEFORE|AFTER) (?:THE )*)?(?:{_WHICH})?WEEKEND\b", read.weekend),
    (rf"\b{_WHICH}WEEK,?(?: (?:ABOUT|(?!w\d)[a-z]+)){{0,3}} {_PLACE}{_ANY_WEEKDAY}", read.week),
    (rf"\b{_ANY_WEEKDAY},? {_PLACE}{_WHICH}WEEK\b", read.week),
    (rf"\b{_PART}(?:{_WHICH})?WEEK\b", read.week),
    (rf"\b{_WHICH}WEEK\b", read.week),
    (r"~ ?[(,]? ?(?:W\d)\b|\b[Ww]\d\.?,? ?(?:THE )*(?=~)", read.nothing),
    (rf"\b{_WEEKDAY} ?(?:UNTIL|-) ?(?P<other>W\d)\b", read.weekdays),
    (rf"\b(?:{_WHICH})?{_WEEKDAY}", read.weekday),
    (rf"\b(?:{_WHICH}|AT |UNTIL )(?P<weekday>w\d)\b\.?", read.weekday),
    (r"^(?P<which>)(?P<weekday>w[0-5])\.?(?=$|,? ?;| TIME| ?(?:OR|/) ?w\d$)", read.weekday),
    (r"(?:(?<=~ OR )(?!w6)|(?<=~/))(?P<which>)(?P<weekday>w\d)$", read.weekday),
    (r"\b(?:GOOD|AT|EVERY|schoenen|THE) D1\b|^D1 (?:zusammen|allerseits|liebe|ihr|herr|frau)\b", read.nothing),
    (r"\bD(?P<near>0) D1\b", read.near),
    (r"\b(?:SINCE )?D(?P<near>-\d)\b", read.near),
    (r"\bD(?P<near>-?\d)\b(?![^.,;!?~]*\bNOT\b)", read.near),
    (
        rf"^{_DAY}(?:\.|st|nd|rd|th)(?=$| (?:OR|TIME|um|waere?|passt|geht|ginge|klappt|reicht|bitte)\b)",
        read.day_of_month,
    ),
]
_GRAMMAR = [(re.compile(pattern), reader) for pattern, reader in _TABLE]
