"""What keeps a message from being taken at its word."""

from bot.dialogue.understanding.intents import Intent
from bot.dialogue.understanding.phrases import one_of

NOT = one_of("(nicht|nichts|nie|niemals|kaum|kein*|not|no|never|ohne|weder|nirgends|\\w+n t|without)")
"""A word that denies the rest of its clause."""

NEGATED = {Intent.ON_TRACK: Intent.STUCK, Intent.YES: Intent.NO, Intent.PARTLY: Intent.PARTLY}
"""What the denial of a general word means; `unclear` where nothing is listed."""

FIRM = {
    Intent.DONE,
    Intent.KEPT,
    Intent.PARTLY,
    Intent.DIFFERENTLY,
    Intent.NOT_KEPT,
    Intent.ONGOING,
    Intent.MOOT,
}
"""What is believed only where the clause speaks of the whole pledge."""

_FILLERS = """
    all we week last problem klar eindeutig richtig sich about roughly etwa ungefaehr rund ca ham mir mer frist
    wiederstand widerstand rat knapp spaet spaeter verspaetung dran daran muehe folgt rest laengst geloest gemacht
    thema anliegen zusage only need new date deadline more it working everything ever entirely wirklichkeit tat
    weise art inhaltlich formal letztlich letztendlich schlussendlich unterm strich kurz gesagt fazit 100 hundert
    prozent brauchen braucht brauche neuen neuer termin bestens voller vorgaben erwartet angekuendigt erhofft
    umfassend restlos punkt auf sehr mehr abspringen hier dank vielen herzlichen gruss schoen heute jahr alle allen
    bisher bislang umsetzung fristgemaess umfang vollen vollem kommt gekommen so ende tolles toll stolz froh
    gluecklich leute partnern hilfe unterstuetzung begleitung dankeschoen hurraa jippie yippie mannschaft denn wir
    ich man es ist das dies dieses alles bin sind sein hab habe haben hat hatten hatte jetzt nun endlich schon
    gestern seit bereits inzwischen mittlerweile projekt projekts vorhaben versprechen versprechens sache aufgabe
    ganze ganzen ganz komplett voll vollstaendig vollumfaenglich gut wie geplant gedacht gehofft versprochen und
    auch damit unser unsere unserem unseren unseres mein meine meinem dem der die den des wurde wurden worden wird
    werden erfolgreich fristgerecht puenktlich rechtzeitig super hurra juhu yeah ja jo jap tatsaechlich wirklich
    echt leider doch dann eben halt eigentlich mal nur noch immer fuer uns mich aber also hallo moin guten guter tag
    morgen liebe liebes gruesse danke zu zum am im vom mit in an von bei etwas ein eine einen einem einer na tja
    schade endgueltig konnte konnten koennen letzte letzter letzten woche monat montag dienstag mittwoch donnerstag
    freitag samstag sonntag januar februar maerz april mai juni juli august september oktober november dezember
    fruehjahr sommer herbst winter anfang mitte team gemeinsam zusammen bisschen geworden ab hinter als bis sie
    werkstatt trotz allem allerdings bitte gern gerne wuerde wuerden moechten moechte wollen wollten nicht gefunden
    gegangen gab gibt um melde gehorsamst sagen kann denke davon daraus dafuer ergebnis fall sinne ziel ziele yep
    yup jep jup yes yo jawoll moment drueckern druecker sekunde mission massnahme massnahmen zwischenzeitlich
    massnahmenpaket initiative aktion pflicht punktlandung termingerecht planmaessig jawohl oha boom tada hey
    hallihallo supi geil mega nice cool vorgestern neulich kuerzlich letztes vergangene vergangenen diese dieser
    naechste naechsten naechster feier einweihung eroeffnung seitdem abgeschlossen zufrieden zwar wort gegebenes
    wieder weil da daher deshalb deswegen somit tut leid soweit insgesamt gesamt zwei drei vier fuenf sechs monate
    monaten wochen tage laenger einfach uebrigens verkuenden freuen juchhu juchu hipp xparty xtick xup i is s the
    our my this that has have had been was were just now finally already promise pledge project thing very fully
    completely sadly unfortunately really and of to by on time ve re well ended up end a solved found fix way did
    will be for until till what set out do said would as planned at good us me goal
"""
FILLERS = frozenset(_FILLERS.split())
"""Words that leave a statement about the whole pledge what it is."""

REMAINS = one_of(
    """
    (fehlt|fehlen|fehlte|offene\\w*|aussteh*|missing|remains|remaining|left to do)
    steht … aus
    (noch|steht|stehen|bleibt|bleiben|rest|punkt*|frage*|teil*|einiges|manches|vieles|etwas|eins|eines) … offen
    bis auf (?!weiteres)\\w+
    (muss|muessen) … noch
    noch (zu|was|etwas|einiges|viel)
    """
)
"""Something is still to be done: nobody is quite finished who says so."""

_WAS = "lief|liefen|war|waren|ging|gingen|kam|kamen|was|were|went|had|hatte|hatten|gelaufen"
PAST = one_of(f"({_WAS})")
TURNED = one_of(
    """
    {was} … (bis|until|till|dann|but|aber|doch|nur|leider|then)
    {was} … noch
    (anfangs|anfaenglich|zunaechst|zuerst|am anfang|zu beginn|at first|initially|in the beginning)
    (bis|until|till|before|vor) … {was}
    """,
    was=_WAS,
)
"""How it was, before something happened."""

PARTS = one_of(
    """
    (erste*|zweite*|dritte*|naechste*|first|second|next|1|2|3) (\\w+ )?(schritt*|phase|teil|etappe|abschnitt|
    haelfte|step|stage|part)
    (schritt|phase|etappe|abschnitt|step|stage|nerven|nachbar*)
    """
)
"""A part of a pledge rather than the whole."""

OTHERS = one_of(
    """
    (nachbar*|kolleg*|angeblich|laut (\\w+)|heisst es|neighbou?r*|apparently|allegedly|anderswo|woanders|elsewhere)
    (bei|in) (den |der )?(anderen|andern|nachbar*)
    die (anderen|andern) \\w+
    (?<!nicht )(?<!nichts )(?<!nix )(sagt|sagte|meint|meinte|findet|says?|said)
    (hat|haben|hatte) … gesagt
    (teil|nr|nummer|projekt|versprechen|(?!von|bei|bis|ist|hat|mit|und|nur|the|are|for)[a-z]{3}) \\d+
    """
)
"""Somebody else's pledge, or hearsay."""

CONCEDED = one_of("^(auch wenn|obwohl|obgleich|selbst wenn|even (though|if)|although|though)")
"""How a clause begins that holds against another, and loses: "läuft gut, obwohl der Bauhof fehlt"."""

OURS = one_of("(aber |doch |und )*(wir|ich|bei uns|unser\\w*) (aber |jedoch |hier |noch )?(nicht|schon)")
"""A clause that sets one's own case apart from what the message says otherwise."""

REPORT = one_of(
    """
    (sagt|sagte|sagten|sagen|meint|meinte|meinten|meinen|behauptet|behaupten|erzaehlt|schreibt|glaubt|findet|fragt|
    says?|said|thinks?|claims?|told me)( mir| uns| immer| dass)?$
    """
)
"""What follows is what others say; matched at the end of a clause."""

IRONY = one_of(
    """
    xirony
    wie (eine |ne |die )?(schnecke|schildkroete|lahme ente|oma|eiszeit|gletscher|titanic)\\w*
    (rueckwaerts|berlin\\w* flughafen|ber reloaded|stuttgart 21)
    (na|ja) (toll|super|prima|klasse|bravo|wunderbar|herrlich)
    laeuft bei (euch|dir|ihnen|denen)
    (von wegen|ironie|haha*|hihi|lol|rofl|wers glaubt|wer s glaubt|as if|yeah right)
    schoen waer*
    leider rueckwaerts
    rede? du nur
    (traeum*|traum) weiter
    """
)
DOUBT = one_of(
    """
    (weiss|wissen|wusste) … nicht(s)?(?! (mehr )?weiter)( genau| recht| so recht)?
    nicht (ganz |so |wirklich |recht |100 |hundertprozentig )?sicher
    (keine|null) (ahnung|idee|plan)
    (vielleicht|eventuell|moeglicherweise|womoeglich|unsicher|jein|jain|angeblich|sozusagen|schaetze|vermutlich|
    wahrscheinlich)
    mal (sehen|schauen|gucken|abwarten)
    (kommt|kommts) … (an|auf an)
    kann (ich |man |wir )?… (nicht|schlecht|noch nicht|schwer) (sagen|beurteilen|einschaetzen)
    schwer zu sagen
    muss … (nachfragen|klaeren|schauen|fragen|ueberlegen|nachdenken|abstimmen)
    ja (und |oder |aber )?nein
    (dachte|glaubte|meinte) (ich|wir)
    (?<!als )(ich|wir) (dachten?|glaubten?)
    nicht (nicht|un(er|ge|be)\\w+)
    weder (?!vor\\b)\\w+ … noch
    nein (und |oder |aber )?ja
    entweder … oder
    oder (doch|nicht|etwa)
    (maybe|perhaps|possibly|not sure|unsure|dunno|no idea|hard to say|it depends|depends|i guess|probably|
    yes and no|yes no|no clue)
    (don t|do not|can t|cannot) (know|say|tell|remember)
    fix und fertig
    (xshrug|^hm+$|^aehm$|^oehm$|tja weiss)
    """
)
