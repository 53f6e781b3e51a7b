"""Words the way people type them: emoji, contractions, slips of the finger."""

import re

EMOJI = {
    "👍": "xup", "👌": "xup", "🟢": "xgreen", "💚": "xgreen", "🟡": "xyellow", "🟠": "xyellow", "🐌": "xsnail",
    "🐢": "xsnail", "🔴": "xred", "👎": "xdown", "❌": "xcross", "✖": "xcross", "🚫": "xcross", "✅": "xtick",
    "✔": "xtick", "☑": "xtick", "🎉": "xparty", "🥳": "xparty", "🏁": "xparty", "🎊": "xparty", "🙄": "xirony",
    "🤡": "xirony", "😒": "xirony", "🤦": "xirony", "🙃": "xirony", "😏": "xirony", "🤷": "xshrug", "🤔": "xshrug",
    "⏰": "xclock", "⏳": "xclock", "🆘": "xsos", "🆗": "okay", "❗": " ",
}  # fmt: skip
"""Emoji as words of their own, so that phrases can name them."""

_MEANT = {
    "hakt es": "hakts", "klemmt es": "klemmts", "stockt es": "stockts", "passt es": "passts", "dauert es": "dauerts",
    "haengt es": "haengts hangts", "laeuft es": "laeufts laufts leufts", "geht es": "gehts", "klappt es": "klappts",
    "haben es": "habens", "ist es": "ists isses", "habe es": "habs", "hat es": "hats", "wird es": "wirds",
    "war es": "wars", "wenn es": "wenns", "braucht es": "brauchts", "gibt es": "gibts", "schaffen es": "schaffens",
    "tut es": "tuts", "macht es": "machts", "steht es": "stehts", "sieht es": "siehts", "schafft es": "schaffts",
    "ob es": "obs", "weil es": "weils",
    "danke": "thx", "teilweise": "teilw", "zum teil": "zumteil zt", "teil": "tiel tei",
    "okay": "ok okey oki okee oke k", "nein": "nien neni nain neien niein neinn", "anders": "andrs anderst",
    "stopped": "stoped", "ja": "jha jaj jaa", "klar": "klro", "eventuell": "evtl", "hingehauen": "hingehaun",
    "vielleicht": "vllt vlt", "don t": "dont", "can t": "cant", "didn t": "didnt", "isn t": "isnt",
    "couldn t": "couldnt", "it s": "its", "sorry": "sry", "please": "pls plz", "nochmal": "nochmals",
    "erfuellt": "erfuelt erfult",
}  # fmt: skip
"""Contractions, abbreviations and slips that no distance finds, by what is meant."""
SPELLINGS = {slip: meant for meant, slips in _MEANT.items() for slip in slips.split()}

_FORGIVEN = """
    laeuft haengt haengen erledigt fertig geschafft langsam langsamer erfuellt teilweise spaeter abbrechen
    hinfaellig stockt feststeckt abgeschlossen umgesetzt planmaessig schleppend verzoegert verzoegerung
    blockiert festgefahren stillstand sackgasse fortschritte gescheitert geloest einverstanden natuerlich
    groesstenteils verlaengern verlaengerung ueberholt nachrichten einstellungen datenschutz kalender erreicht
    finished completed partially fulfilled stuck slower relevant differently progress voran vorwaerts
    gegenstandslos ueberfluessig hilfe zeitplan zufrieden funktioniert klappt rueckstand termin versprechen
    verschieben uebersicht unterstuetzung ansprechpartner mensch bereich reibungslos hervorragend
    wunderbar verwirklicht realisiert eingehalten eingeloest vollstaendig komplett eigentlich
    einladen erinnern erreichbar abbestellen verteiler selbstverstaendlich problem probleme verspaetung
"""
FORGIVEN = tuple(_FORGIVEN.split())
"""Words that are recognised in spite of a slip: one letter, two in long words, never the first."""

_WITH_UMLAUT = """
    loeschen gruen gruenen zurueck ueberhaupt koennen fuer ueber muehsam zaeh aufhoeren hoeren rueckgaengig
    verspaetet uebernehmen uebergeben gespraech naechste naechsten naechster naechstes uebermorgen praechtig
    groesstenteils ungefaehr haelfte loesung eroeffnet eroeffnung uebernommen zurueckziehen pruefen erfuellen
    veroeffentlichen oeffentlich persoenlich hoechstens spaetestens fuenf zwoelf unterstuetzen verschluesselt
    voellig noetig moeglich unmoeglich maerz laengst duerfen muessen
"""
"""Other words that are understood without their dots, too ("fur", "naechste" as "nachste")."""

SPELLINGS |= {
    word.replace("ae", "a").replace("oe", "o").replace("ue", "u"): word
    for word in (*FORGIVEN, *_WITH_UMLAUT.split())
    if re.search("[aou]e", word)
}

_OTHER_WORDS = """
    abbrennen abgelost abgeschlossenen abgeschossen abstechen abstellen angeschlossen angeschossen aufbrechen
    aufgeschlossen ausbrechen ausgeschlossen blockiere blockieren blockierte compelled compete competed completely
    completes different eigentliche eigentlichen eigentliches einbauen eingebauten eingefallen eingeladen eingelebt
    eingelegt eingeloggt einhalten einjagen einladend einlassen einlegen einreden einsamen einschalten entladen
    entledigt erfuelle erfuellen erfuellst erfuellte erfuellten erfuelltes erhellt erinnere erinnerst erinnert
    erinnerte erinnerten erledige erledigen erledigst erledigte erledigten erlegt erleidet erpicht erreiche
    erreichen erreichst erreichte erreichten erstellt ersticht fertige fertigen fertiger fertigt fertigung finish
    finishes fished fulfill funktioniere funktionierte funktionierten furnished funktionierst geloescht gelost
    geluest geschadet geschaeft geschaefte geschaemt geschaffen geschaut gescheit gescheite gescheiter gescheiterte
    gescheiterten gescheiterter geschenkt geschmiert haelt haenge haenger haengst haengte hangar heilfe helfe hellt
    hervorragende hervorragenden hervorragender hervorragendes hilfen hilfst hilft huelfe kalenders klappe komplette
    kompletten kompletter komplettes komplex komplexe laessig laeufe laeufer laeute laeutet langsame langsamen
    langsames langsamste nachricht natuerliche natuerlichem natuerlichen natuerlicher natuerliches partial partielle
    probiere problems process profess programs progressed prowess realisieren realisierte reicht relevance relevante
    relevanten schaffen schafft schleppe schleppen schleppten shower slowed snuck spaete spaeten spaetere spaetes
    spatter stack staedter steckt stick stillstehen stock stocks stockte struck stucke stueck stuecke
    ueberfluessigen ueberwacht umgesetzte umsetzt unterstuetzen unterstuetzend veraendern veraergern verlaengert
    verlaengerte verlagern verlangen verschicken verschiebe verschiebt verschieden verschiedene verschoben
    verschreiben verschrieben verschwiegen verspaeten versprachen verspreche versprecht versprochen versprochene
    verstreichen verteil verteile verteilen verteilst verteilt verteilte verteilten verweilen verwirklichen
    verzoegern verzoegerte vollstaendige vollstaendigen vollstaendiger vollstaendiges vorab vorsprechen werden
    worden wunderbare wunderbaren wunderbarer wunderbares zufriedener
"""
OTHER_WORDS = frozenset(_OTHER_WORDS.split())
"""Real words that lie a slip away from one of those: of the German words in general use, all that do."""

_ONLY_SOUNDING = """
    waeren wehren waehren riecht blieb blieben bliebe schrieb schrieben stets freien stehlen stehle irren frisst
    reissen weist weisse fielen laedt starrt starrten hacken abhacken abgehackt first lasen lehre faellen zeugen
    naehme wehre fiele bereist felix flasche schaft satte statte beriet beschieden diener fellen flogt fohlen genua
    hafen hallten haeute kleien lieder leibe leiber miene mienen ofen scheiben sohlen stil urzeit vereist vergehst
    ziege ziegen wirte siehst stehst tree size bite past hate begin rent cloud quiet locking locks supper oven tank
    tanks program cheek stoop seien unsre warne sehne diene schone merz legit wiese zeile huete wahren wueste
"""
ONLY_SOUNDING = frozenset(_ONLY_SOUNDING.split())
"""Real words that sound like one of the vocabulary, or have its letters."""
