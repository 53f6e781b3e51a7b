"""What became of a pledge, in words; denials and particular phrases first."""

from bot.dialogue.understanding.intents import Intent
from bot.dialogue.understanding.phrases import phrases, words

_KEPT = words(
    "erfuellt geschafft eingehalten gehalten umgesetzt eingeloest erreicht abgeschlossen vollbracht fertig erledigt "
    "gepackt gestemmt geliefert gemeistert gewuppt geklappt gelungen hinbekommen hingekriegt realisiert verwirklicht "
    "funktioniert hingehauen vollendet fertiggestellt"
)
_KEEP = words("erfuellen schaffen einhalten halten umsetzen einloesen erreichen realisieren verwirklichen leisten")
_KEPT_EN = words("kept done achieved met fulfilled managed completed finished accomplished delivered")
_NEEDED = words(
    "relevant noetig notwendig aktuell gebraucht gewuenscht gefragt erforderlich sinnvoll benoetigt zeitgemaess"
)
_DONE_SOMEHOW = words(
    "geloest gemacht umgesetzt hinbekommen geregelt erfuellt gekommen geschafft gelaufen erreicht realisiert "
    "organisiert hingekriegt verwirklicht angegangen ausgegangen geworden"
)

OUTCOME = (
    phrases(
        Intent.ONGOING,
        """
        noch (lange )?nicht (ganz )?(abgeschlossen|beendet|zu ende|am ende|vorbei|durch)
        (arbeiten|arbeite|sind|bin|bleiben) (\\w+ )?noch (daran|dran|dabei|mitten drin|mittendrin)
        (wird|werden) (\\w+ ){0,2}erst (\\w+ ){0,4}({kept}|soweit|so weit|was|eroeffnet|gebaut|kommen)
        erst (\\w+ ){1,3}({kept}|soweit|so weit)
        (sind|ist|bin) (\\w+ ){0,2}noch nicht (ganz )?(so weit|soweit|am ziel|durch|da)
        (ist|sind|bin) … (noch )?(nicht vorbei|auf dem weg|mitten drin|mittendrin|voll dabei|in der mache)
        noch nicht (ganz )?{kept} … (weiter|dran|dabei|mehr zeit|dauert|laeuft|bis|kommt)
        (brauchen|braucht|brauche) (noch |etwas |ein |ein bisschen |bisschen |wohl |leider )*(mehr |etwas )?(zeit|
        laenger)
        """,
        kept=_KEPT,
    ),
    phrases(
        None,
        """
        (noch|lange) (lange )?nicht (ganz |mehr )?{kept}
        (not|hasn t been|haven t) (quite |yet |been )?{kept_en} yet
        (not yet|noch nicht)
        nicht (so )?ganz$
        """,
        kept=_KEPT,
        kept_en=_KEPT_EN,
    ),
    phrases(
        Intent.UNCLEAR,
        """
        hat sich (?!von )(\\w+ )?(erledigt|zerschlagen)
        nicht (mal|einmal) (\\w+ )?(zum teil|teilweise|ansatzweise|halb|die haelfte)
        nicht (hinfaellig|gescheitert|gebrochen|anders|obsolet|aufgegeben)
        (fast|beinahe|nahezu|so gut wie|praktisch|bald|demnaechst|almost|nearly|soon|knapp) (\\w+ )?({kept}|
        {kept_en})
        wird … {kept}
        {kept} (sein |werden )*wird
        {kept} (im|bis|ende|anfang|mitte|erst|voraussichtlich|by|next|until|naechste*) \\w+
        (was|waere|war|hatte|hatten|had) … ({kept}|{kept_en})
        {kept} (war|waere|ist was)
        (bin|voellig|total) (\\w+ )?(geschafft|erledigt|fertig)
        erfuellt (mich|uns|ihn|sie)
        nicht (wirklich|unbedingt)$
        (xup|xdown|xcross)
        will be {kept_en}
        """,
        kept=_KEPT,
        kept_en=_KEPT_EN,
    ),
    phrases(
        Intent.PARTLY,
        """
        ein (\\w+ )?teil (steht|fehlt|ist (\\w+ )?(da|offen|fertig|geschafft))( noch| schon)?
        (die |eine |gut die )?haelfte (steht|fehlt|ist da|ist fertig|haben wir)( noch| schon)?
        (zum teil|teils) … (zum teil|teils) (\\w+ )?nicht( {kept})?
        (zum|zu einem|in|nur zum|ein|einen|einiges|manches|vieles) (grossen |groessten |guten |kleinen |gewissen |
        ueberwiegenden )?teil*( {kept})?
        (teilweise|teils teils|teils|groesstenteils|weitgehend|ueberwiegend|teilerfolg|mehrheitlich|ansatzweise|
        bruchteil)
        (ein stueck weit|in teilen|im wesentlichen|im grossen und ganzen)
        (ein )?(bisschen|wenig|klein bisschen) (was|davon)( (ein bisschen|haben|wir|ist|wurde|was))*( {kept})?$
        nicht (ganz )?(zu )?(100|hundert)( prozent)?( {kept})?
        nicht (zu )?hundertprozentig( {kept})?
        in ansaetzen
        (immerhin|wenigstens|zumindest) (ein teil|teilweise|etwas|einiges|die haelfte)( \\w+)?( {kept})?
        (eine|erste) haelfte … (andere|zweite) (haelfte )?(nicht|nein)
        (einiges|manches|vieles|teile|das eine) … (anderes|manches|der rest|das andere) (\\w+ )?nicht
        auf halber strecke( \\w+ \\w+)?
        (nur |erst |zur |zu |die |etwa |gut |knapp |ungefaehr |rund )*haelfte
        nicht (alles|alle|vollstaendig|komplett|vollumfaenglich|in gaenze|ganz {kept}|in vollem umfang)( {kept})?
        halb {kept}
        (so |nur |erst )?halb$
        halbwegs( {kept})?
        (einiges|manches|vieles|das meiste|etwas|ein paar dinge|ein paar punkte) (davon )?{kept}
        (das meiste|der groesste teil|ein grosser teil|ein guter teil|einiges davon|manches davon|nur einen teil|
        einen teil)
        bis auf (\\w+ ){1,4}{kept}
        (eine?[rns]?|zwei|drei|vier|fuenf|sechs|sieben|acht|neun|\\d+) von (\\w+ )?(zwei|drei|vier|fuenf|sechs|
        sieben|acht|neun|zehn|zwoelf|\\d+)( \\w+)? (stehen|steht|sind da|laufen|haben wir|wurden gebaut|sind gebaut|
        sind offen|eroeffnet|sind eroeffnet|gepflanzt|wurden gepflanzt|haben geklappt)
        (angefangen|begonnen|gestartet) … (nicht|nie) (\\w+ )?(fertig|zu ende|abgeschlossen|beendet)\\w*
        nicht in vollem umfang
        (dreiviertel|drei viertel|zwei drittel|ein drittel|ein viertel|viertel|drittel)( davon)?( {kept})?
        (ein |kleines |gutes )*stueck(chen)? weit( {kept})?
        (halbe halbe|fifty fifty|halb und halb|halb halb)
        (nur |immerhin )?(eine?[rns]?|zwei|drei|vier|fuenf|sechs|\\d+|one|two|three|four) (von|of|
        out of) (\\w+ )?(zwei|drei|vier|fuenf|sechs|acht|zehn|\\d+|two|three|four|five)( \\w+)?( {kept}| {kept_en})?
        (mit abstrichen|mit einschraenkungen|eingeschraenkt|bedingt)
        (partly|partially|in part|half|halfway|half of it|some of it|mostly|for the most part|to some extent)
        not (all|everything|fully|entirely|completely|quite everything)
        (zu )?(etwa |rund |ca )?\\d\\d (prozent|percent)
        """,
        kept=_KEPT,
        kept_en=_KEPT_EN,
    ),
    phrases(
        Intent.DIFFERENTLY,
        """
        (ganz |etwas |doch |dann |jetzt |nur |am ende )*anders (als (\\w+ )?(geplant|gedacht|versprochen|vorgesehen|
        angekuendigt) )?(\\w+ )?{somehow}( als (geplant|gedacht|versprochen))?
        (ganz )?anders als (\\w+ )?(geplant|gedacht|versprochen|vorgesehen)
        {somehow} (\\w+ )?anders
        auf (eine )?(andere|anderem|andre) (weise|art|art und weise|weg*)
        (andere|anderen|anderer|anderes|alternative|neue|bessere) (loesung|weg|wege|form|variante|moeglichkeit|
        route)\\w*
        stattdessen( \\w+){1,6}
        (statt|anstatt|anstelle|an stelle) (?!nur|zu)(\\w+ ){1,4}(haben wir|gibt es|gab es|steht|machen wir) (jetzt|
        nun|dafuer)( (?!nur|leider)\\w+){1,6}
        (alternativloesung|ersatzloesung|ersatz gefunden|umweg|stattdessen)
        (was|etwas) (ganz |voellig |komplett )?anderes( draus| daraus)?( (geworden|herausgekommen|entstanden|gemacht|
        {somehow}))?
        (plan b|anderweitig|in (einer )?(anderer|anderen|veraenderter) (form|gestalt|weise)|umgeschwenkt|umdisponiert)
        einen anderen weg (gegangen|eingeschlagen|gewaehlt|gefunden)
        not (the way|how|as|what) (we |i |it was )?(planned|promised|expected|intended)
        (differently|another way|in another way|a different (solution|way)|alternative|an alternative|instead|
        other means)
        """,
        somehow=_DONE_SOMEHOW,
    ),
    phrases(
        Intent.MOOT,
        """
        (hinfaellig|obsolet|weggefallen|gegenstandslos|ueberfluessig|eruebrigt|entfaellt|entfallen|unnoetig)( geworden)?
        hat sich (\\w+ )?(eruebrigt|ueberholt)
        (ist |wurde |sind )?ueberholt( worden)?
        (nicht|nie) (mehr|laenger) (\\w+ )?{needed}
        kein* (\\w+ )?bedarf( mehr)?
        (gibt es|existiert) nicht mehr
        bedarf (besteht|gibt es) nicht( mehr)?
        (braucht|will|benoetigt|brauchen) (niemand|keiner|man|kein mensch) (nicht )?mehr
        (grundlage|bedarf|anlass|grund) (\\w+ )?(ist |sind )?(\\w+ )?(weggefallen|entfallen|weg)
        (gibt es|ist) (\\w+ )?(keinen|kein) (anlass|grund|bedarf|sinn) mehr
        (macht|ergibt|hat) keinen sinn mehr
        (braucht|brauchen|brauche|benoetigen) … nicht mehr
        vom tisch
        (hat )?sich (\\w+ )?von (selbst|selber|allein) {kept}
        (no longer|not … any ?more|not) (\\w+ )?(relevant|needed|necessary|applicable|applies|required|
        wanted)( any ?more)?
        (moot|obsolete|superfluous|redundant|pointless now|irrelevant)
        don t need … any ?more
        """,
        needed=_NEEDED,
        kept=_KEPT,
    ),
    phrases(
        Intent.ONGOING,
        """
        (noch |immer |weiter )*in (der )?(arbeit|umsetzung|bearbeitung|vorbereitung|mache)
        laeuft (\\w+ )?(noch weiter|weiter|noch)
        (geht|machen|gehen|arbeiten|bleiben|mache|bleibe|arbeite) (\\w+ ){0,3}(weiter|dran)
        weiter (geht( es)?|dran|dabei)
        (frist|termin) (bitte )?(verlaengern|verschieben|aufschieben)
        (weiter laeuft|weiterlauf*|weitermachen|weiterfuehren|fortsetz*|fortgesetzt|fortgefuehrt|wird fortgefuehrt)
        (noch|immer noch) (dran|in arbeit|am laufen|dabei|mittendrin|nicht abgeschlossen|nicht zu ende|
        nicht am ende|mitten drin|im gange|unterwegs)
        neue[nrs]? (termin|frist|datum)\\w*
        (verlaenger*|aufschub|fristverlaengerung|terminverlaengerung)
        (braucht|brauchen|brauche|benoetigen|benoetige) … (zeit|laenger|monate?|wochen?)
        (braucht|brauchen|brauche) (\\w+ )?(noch )?bis \\w+( \\w+)?
        dauert (noch|laenger)
        ^(das |es )?kommt noch$
        (ongoing|in progress|carries on|carry on|keep going|extension|extend*|continu*|new date|new deadline)
        still (going|running|working|ongoing|in progress|on it|at it)( on it)?
        needs? (\\w+ ){0,2}(more time|longer|time|months?|weeks?)
        """,
    ),
    phrases(
        Intent.NOT_KEPT,
        """
        (leider |gar |ueberhaupt |doch |so )*nicht (\\w+ ){0,2}({kept}|zustande gekommen|gelaufen)
        (nicht|kein*) (\\w+ ){0,2}{keep}( koennen)?
        (gescheitert|scheiterte|misslungen|fehlgeschlagen|gebrochen|geplatzt|aufgegeben|gestorben|missglueckt|
        schiefgegangen)
        (nichts|leider nichts) (daraus |draus )?geworden
        (daraus|draus|es) … nichts geworden
        wurde (\\w+ )?nichts( draus| daraus)?
        (leider|unfortunately|sadly) (nicht|not|no|nein|nein nicht)$
        nicht (ganz )?gereicht
        ^(kein stueck|kein bisschen|nullkommanichts|nada|nicht die bohne|nicht im geringsten|satz mit x|
        war ein satz mit x)$
        ^(das |es |da |leider |tja |hat )*(war|wird|wurde|ist|is) (\\w+ )?nichts( geworden| worre| worden)?$
        (in die hose|daneben|den bach runter|nach hinten los|schief) (gegangen|gelaufen)
        (ging|ist) (\\w+ )?(in die hose|daneben|den bach runter|nach hinten los|schief)( gegangen)?
        (ziel|versprechen|vorhaben) (\\w+ )?(verfehlt|verpasst|nicht gepackt)
        (gar )?nichts (davon|dergleichen) (\\w+ ){0,2}({kept}|passiert|geschehen|geworden)
        nein (\\w+ ){0,3}nicht (\\w+ )?({kept}|klappt)
        (aus der sache|aus dem projekt|aus dem vorhaben|daraus) … nichts (mehr )?(geworden)?
        (eine )?(nullnummer|bauchlandung|pleite|fehlschlag)
        (konnte|konnten) (\\w+ ){0,4}nicht (\\w+ )?({kept}|{keep}|realisiert|durchgefuehrt|eingehalten)( werden)?
        (hat|ist|war) (\\w+ )?nicht (sein sollen|sollen sein|drin|moeglich|machbar|zu machen)( gewesen)?
        (haben|hat) (\\w+ )?versagt
        (musste|mussten) … (aufgeben|abbrechen|einstellen|passen)
        fehlanzeige
        (versemmelt|vergeigt|verbockt|vermasselt|in den sand gesetzt|verkackt)
        hat (\\w+ )?nicht klappt
        (ist|hat sich) (\\w+ )?nichts (passiert|geschehen|getan|bewegt)
        (nicht|nie) (\\w+ )?(durchgekommen|durchgebracht|erfolgreich|stattgefunden)
        (ins wasser gefallen|im sande verlaufen|auf der strecke geblieben|liegen geblieben|erfolglos|ohne erfolg)
        (failed|gave up|given up|broken|unfulfilled|fell through|broke it)
        (not|never) (\\w+ )?({kept_en}|made it|worked out)
        (didn t|did not|couldn t|could not|wasn t able to|weren t able to|haven t|have not|
        hasn t) (\\w+ ){0,2}(work|manage|make|keep|happen|do|succeed|deliver|kept|managed|achieved|fulfilled|
        succeeded|work out)( it| out| our| the| my| promise| pledge)*
        """,
        kept=_KEPT,
        keep=_KEEP,
        kept_en=_KEPT_EN,
    ),
    phrases(
        Intent.KEPT,
        """
        geschafft ist geschafft
        {kept}
        hat klappt
        (alles |das |genau |so )*gemacht (so )?wie (versprochen|zugesagt|angekuendigt|geplant|vereinbart|ausgemacht)
        (alles|genau|haargenau|eins zu eins) (so )?wie (versprochen|zugesagt|angekuendigt|vereinbart|geplant)( {kept})?
        as promised
        (alles|genau|ist) (\\w+ ){0,3}(so )?(\\w+ )?wie (wir |ich )?(es |das )?(versprochen|zugesagt|angekuendigt|
        vorgenommen|
        vereinbart)( (haben|hatten|habe|hatte|war))?
        alles {kept} was … (vorgenommen|versprochen|zugesagt|angekuendigt)( (haben|hatten|habe|hatte))?
        (abgeliefert|haken dran|unter dach fach|in trockenen tuechern|mission accomplished|vollzug|abgehakt|
        done and dusted)
        (voller|ein voller|grosser|ein grosser) erfolg
        ^(zu )?100 prozent( {kept})?$
        wort gehalten
        ^(vollstaendig|komplett|vollumfaenglich|voll und ganz)$
        (haben|habe|hat) (wir |das |alles |es )*gemacht
        (konnte|konnten) (\\w+ ){0,2}{keep}
        (uebererfuellt|uebertroffen)
        ({kept_en}|made it|did it)
        (xtick|xparty)
        """,
        kept=_KEPT,
        keep=_KEEP,
        kept_en=_KEPT_EN,
    ),
    phrases(Intent.DIFFERENTLY, "anders {somehow}\nanders loesen", somehow=_DONE_SOMEHOW),
)
