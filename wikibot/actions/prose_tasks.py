"""Whether a sentence says that something is to be done, how surely, and in which words.

French only: what people write on the pages of these wikis. Words are compared without accents and
case. Each list is as short as it can be: what it does not know is left to people.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from wikibot.actions.prose_dates import light
from wikibot.language import Text

State = Literal["", "to do", "doing", "done"]


@dataclass(frozen=True)
class Task:
    """What a sentence asks for, in its own words; `doubt`: why it may ask for nothing."""

    summary: str
    doubt: Text | None = None


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


# Adverbs and the like that may stand before what is to be done.
_AHEAD = (
    r"(?:(?:puis|ensuite|enfin|d'abord|egalement|aussi|et|option|optionnel|en option|si possible"
    r"|eventuellement)\b(?: ?[:,])? ?)*"
)
_INFINITIVE_ENDS = (
    r"(?:er|ir|oir|dre|(?:ett|att|ait)re|etre|clure|(?:su|v)ivre|rompre"
    r"|(?:d|l|r|cr|du|tru|fa|pla|circonscr)ire)"
)
_VERB = rf"[a-z-]*{_INFINITIVE_ENDS}\b"
_INFINITIVE = re.compile(rf"{_AHEAD}(?:ne pas |se |s'|le |les )?({_VERB})(?! ?:)")
# Words with the ending of an infinitive that are none.
_NO_INFINITIVE = _words(
    "affaire amer atelier avenir cadre cahier calendrier cancer cendre centimetre chantier cher",
    "cidre cluster cobaye container couloir courrier cuir dernier desir devoir docker dossier",
    "entier espoir evier fer fevrier fichier fier filtre financier flyer foyer gendre hier",
    "hiver janvier kilometre leader leger loisir loyer maire mer metier metre moindre",
    "newsletter noir ordre panier papier particulier piquer plaisir poster poudre pouvoir",
    "premier quartier regulier reservoir savoir sentier singulier soir solidaire souvenir",
    "terroir tiroir trottoir ver voir",
)
# Nouns that name something to do, first in a line.
_DOING_NOUNS = _words(
    "accompagnement achat acquisition actualisation adaptation aide amelioration amenagement",
    "analyse animation appel appui atelier ateliers audit audition bilan campagne",
    "capitalisation cartographie choix clarification cloture collecte communication conception",
    "conference consolidation constitution construction consultation coordination copil",
    "correction creation debat definition deploiement depot developpement diagnostic diffusion",
    "documentation edition elaboration embauche enquete enquetes enrichissement entretien",
    "entretiens envoi essaimage etude etudes evaluation experimentation fabrication",
    "finalisation formalisation formation formations forum hebergement identification",
    "illustration impression inauguration installation integration inventaire invitation",
    "journee journees lancement livraison mise mobilisation montage organisation ouverture",
    "passage pilotage planification plantation plantations preparation presentation production",
    "promotion prototypage publication realisation recensement recherche recrutement redaction",
    "reedition refonte relance relecture relectures releve releves remise rencontre rencontres",
    "reparation reprise reservation restitution reunion reunions revue saisie seminaire",
    "seminaires sensibilisation signature sondage sortie stabilisation structuration suivi",
    "synthese test tests tournage traduction transfert validation verification versement visite",
    "visites webinaire webinaires",
)
_DOING_ENDS = ("tion", "tions", "ment", "ments", "age", "ages", "cture", "ture")
_BEFORE_NOUN = (
    r"(?:(?:l'|le |la |les |un |une |des |\d+ |deux |trois |quatre ))?"
    r"(?:(?:premiere?s?|deuxieme|seconde?|troisieme|nouvelles?|nouveaux?|nouvel|dernieres?|petit"
    r"|grande?) )?"
)
_NOUN = re.compile(rf"{_AHEAD}{_BEFORE_NOUN}([a-z-]+)(?: (de|d'|du|des)\b)?")
# «Guide à relire», «il reste à publier»
_TO_DO = re.compile(rf"\bà ((?:re)?[\w-]*{_INFINITIVE_ENDS}\b)")
_NOT_TO_DO = re.compile(
    r"(?:\b(?:permet\w*|vis\w*|ser[tv]\w*|aid\w+|consist\w+|amen\w+|incit\w+|prêt\w*|destin\w+"
    r"|invit\w+|appr\w+|appel\w+|cherch\w+|commenc\w+|continu\w+|réuss\w+|parv\w+|contribu\w+"
    r"|particip\w+|engag\w+|intéress\w+|suffi\w*|facile\w*|difficile\w*|façon|manière|outil\w*)"
    r"|de nature) à \w"
)
_LED = re.compile(  # what leads to an infinitive: that alone is kept
    r"(?:puis |ensuite,? |enfin,? )?(?:(?:il|elle|nous|on|l'equipe|le collectif|l'association) )?"
    r"(?:allons|va|reste(?:ra)?(?: encore)? a|(?:nous )?(?:reste|restera) a|faut|faudra|devons|doit"
    r"|devra|devrons|prevoit de|prevoyons de|est prevu de|projetons de|comptons|souhaitons"
    r"|proposons de|nous engageons a|allons nous)"
    rf"(?: (?:encore|aussi|ensuite|egalement|donc|enfin))* (?=(?:se |s'|ne pas )?{_VERB})"
)
_WISH = re.compile(
    r"\b(?:souhait\w+|aimeri?\w+|voudr\w+|esper\w+|envisag\w+|reflechi\w+|comptons|projetons"
    r"|proposons de|peut-etre|eventuel\w*|si possible|idealement|sous reserve|a confirmer|options?"
    r"|optionnel\w*|pourrai\w+|serai[ts]|devrai\w+)\b"
)
# The future of verbs that do something; what is, can, allows or helps asks for nothing.
_FUTURE = re.compile(
    r"\b(?!(?:aur|ser|pourr|permettr|devr|rester|saur|viendr|suffir|aider|contribuer|favoriser"
    r"|faciliter|beneficier|verr|faudr|voudr|deviendr|apporter|evoluer|garantir|souhaiter)"
    r"(?:a|ons|ont)\b)"
    r"[a-z]{2,}(?:[ei]r|dr|tr|vr)(?:a|ont|ons)\b"
)
_NO_FUTURE = _words(
    "barons camera chakra citrons electrons environs escadrons extra flora giron infra mantra",
    "opera patrons supra ultra",
)
_PARTICIPLE = r"\w+(?:é|i|u|it|is|ert|eint|oint)e?s?\b"
_BETWEEN = (
    r"(?: (?:déjà|bien|aussi|été|également|ainsi|toutes?|tous|enfin|pu|donc|ensuite|encore))*"
)
_PASSIVE = re.compile(
    rf"\b(?:sera|seront){_BETWEEN} {_PARTICIPLE}"
    r"|\b(?:est|sont)(?: bien)? (?:prévu|programmé|planifié|fixé|attendu)e?s?\b"
)
_HELD = re.compile(
    r"\b(?:(?:a|ont|aura|auront) lieu|se tient|se tiennent|se tiendra|se tiendront|commence\b"
    r"|débute\b|démarre\b|s'achève|sort\b|ouvre\b)"
)
_PAST = re.compile(
    rf"\b(?:a|ont|avons|ai|est|sont|sommes|s'est|se sont){_BETWEEN}"
    r" (?!prévu|programmé|planifié|fixé|attendu|point|ici|aussi\b|parmi|ainsi)"
    rf"{_PARTICIPLE}"
    r"|\b(?:était|étaient|avait|avaient|fut|furent|a été|ont été)\b"
)
_ASIDE_CLAUSE = re.compile(r"\b(?:qui|que|qu'|dont|où)\b[^,.;:]*")
_NEVER = re.compile(r"\b(?:ne |n')\w+ (?:pas|plus|jamais)\b|\b(?:abandonn|annul|suspendu)\w*\b")
_ASKS = re.compile(
    r"(?:comment|pourquoi|quels?|quelles?|qui|combien|ou|quand|est-ce|peut-on|faut-il|doit-on"
    r"|que|qu'|si(?! possible)|lorsque)(?:\b|(?<='))"
)
# What a line is about that asks for nothing, by its first words or those of its heading.
_ASIDE = (
    r"(?:objectifs?|buts?|finalites?|enjeux?|contexte|constats?|pourquoi|resultats?|livrables?"
    r"|contributeurs?|contributrices?|partenaires?|porteurs?|equipe|participants?|beneficiaires?"
    r"|publics?|cibles?|budget|couts?|financements?|depenses|recettes|total|contacts?|liens?|url"
    r"|sources?|references?|bibliographie|crs?|comptes?[ -]rendus?|exemples?|ex|nb|notes?"
    r"|remarques?|besoins?|indicateurs?|risques?|freins?|questions?|photos?|impacts?|pre-?requis"
    r"|lieu|duree|prestations|cursus|descriptif|historique|bilan|points? de vigilance)"
)
_ASIDE_LINE = re.compile(
    rf"{_ASIDE}(?: [^:.;]{{0,60}})? ?:|(?:objectifs?|crs?|comptes?[ -]rendus?|contributeurs?|nb)\b"
)
_ASIDE_HEADING = re.compile(rf"(?:les |nos |le |l')?{_ASIDE}\b(?! a )(?: [^:]{{0,60}})? ?:?\Z")
# «Planter des haies permet de …»: the infinitive is what the sentence is about.
_TELLS = re.compile(
    r"(?<!qui )\b(?:permet\w*|est|sera|serait|reste|restera|constitue\w*|devient|demande\w*"
    r"|suppose\w*|aide\b|contribue\w*|evite\w*|favorise\w*)\b(?! a\b)"
)
_FIGURES = re.compile(
    r"\d ?%|\d ?(?:€|k€)|€|\beuros\b|\bsatisfaits?\b"
    r"|\d (?:participante?s?|personnes|habitante?s?|inscrits?|reponses|repondante?s?|km|visites)\b"
)
_STATES: tuple[tuple[State, str], ...] = (
    (
        "done",
        r"(?:deja )?(?:fait|faite|faits|faites|termine|terminee|termines|terminees|realise|realisee"
        r"|realises|realisees|acheve|achevee|livre|livree|ok|done|effectue|effectuee|finalise"
        r"|finalisee|clos|close|ce qui (?:a ete|est) (?:deja )?fait|etapes realisees"
        r"|actions realisees|realisations?)",
    ),
    (
        "doing",
        r"(?:en cours(?: de (?:realisation|finalisation|preparation))?|engage|engagee|demarre"
        r"|demarree|commence|commencee|in progress|actions en cours|etapes en cours)",
    ),
    (
        "to do",
        r"(?:a faire|todo|to do|a venir|a lancer|reste a faire|(?:les )?prochaines etapes"
        r"|(?:les )?etapes (?:a venir|suivantes)|prevu|prevue|a planifier|ce qui reste a faire"
        r"|actions a (?:mener|venir)|suites?|et apres|la suite)",
    ),
)
_EDGE = re.compile(
    r"(?:^\s*(?:\[(?P<box>[ xX]?)\]|(?P<sign>[✓✔☑✅☐☒]))\s*)"
    r"|(?:\s*[(\[](?P<inside>[^()\[\]]{2,40})[)\]]\s*[.;,]?\s*$)"
    r"|(?:\s+[-–—→:=]\s*(?P<behind>[^:–—()]{2,40}?)\s*[.;,]?\s*$)"
    r"|(?:\s+(?P<last>en cours|(?:termin|achev|finalis|réalis|effectu)ée?s?|faite?s?)\s*[.;,]?\s*$)"
    r"|(?:\s*(?P<end>[✓✔☑✅])\s*$)",
    re.I,
)


def state_of(words: str) -> State:
    """Return the state that words are the name of: «en cours», «Prochaines étapes»; "" for none."""
    bare = light(words).strip(" .:;!✓✔☑✅'\"")
    return next((state for state, known in _STATES if re.fullmatch(known, bare)), "")


def without_state(text: str) -> tuple[str, State]:
    """Return a text without what says its state at one of its ends, and the state."""
    for found in _EDGE.finditer(text):
        box, sign = found["box"], found["sign"] or found["end"]
        words = found["inside"] or found["behind"] or found["last"] or ""
        state: State = state_of(words)
        if box is not None or sign:
            state = "to do" if (box is not None and not box.strip()) or sign == "☐" else "done"
        if state:
            return f"{text[: found.start()]} {text[found.end() :]}".strip(), state
    return text, ""


def is_aside(text: str, *, heading: bool = False) -> bool:
    """Return whether a line, or what stands below such a heading, asks for nothing."""
    return (_ASIDE_HEADING if heading else _ASIDE_LINE).match(light(text)) is not None


def asks_nothing(text: str) -> bool:
    """Return whether a sentence asks, supposes, denies or is about something else altogether."""
    return (
        text.rstrip(" »\"'.").endswith("?")
        or _ASKS.match(light(text)) is not None
        or _NEVER.search(_lower(text)) is not None
        or is_aside(text)
    )


def task_in(text: str, *, line: bool, dated: bool, planned: bool) -> Task | None:
    """Return what a sentence asks for, None where it tells, explains or asks a question.

    `line`: it is an item of a list, or a short line of its own; `dated`: it names a date;
    `planned`: it stands in a phase with a date, or below «à faire».
    """
    folded, lower = light(text), _lower(text)
    if asks_nothing(text):
        return None
    wish = WISH if _WISH.search(folded) else None
    led = _LED.match(folded)
    if led:
        return Task(text[led.end() :], wish)
    first = _INFINITIVE.match(folded)
    if first and first[1] not in _NO_INFINITIVE:
        tells = not line and _TELLS.search(folded, first.end())
        return None if tells else Task(text, wish)
    if _PAST.search(_ASIDE_CLAUSE.sub("", lower)):
        return None
    if line:
        noun = _noun(folded)
        if noun and _FIGURES.search(folded) and not dated:
            return None
        if noun:
            known = noun == "known" and (dated or planned)
            return Task(text, wish or (None if known else UNTOLD))
        to_do = _TO_DO.search(lower)
        told = _NOT_TO_DO.search(lower) or _TELLS.search(folded)
        if to_do and light(to_do[1]) not in _NO_INFINITIVE and not told:
            return Task(text, wish)
    if _future(folded) or _PASSIVE.search(lower):
        ours = re.match(r"(?:.{0,40}[,:] )?(?:nous|on)\b", folded)
        return Task(text, wish or (None if ours or dated else FUTURE))
    if dated and (_HELD.search(lower) or (line and len(text) <= _SHORT_LINE)):
        return None if _FIGURES.search(folded) else Task(text, wish or DATED)
    return None


_SHORT_LINE = 120  # characters


def _lower(text: str) -> str:
    return text.lower().replace("’", "'").replace("\u00a0", " ")


def _noun(folded: str) -> Literal["", "known", "perhaps"]:
    """Return whether a text begins with a noun that names something to do."""
    found = _NOUN.match(folded)
    if found is None:
        return ""
    if found[1] in _DOING_NOUNS:
        return "known"
    return "perhaps" if found[2] and found[1].endswith(_DOING_ENDS) else ""


def _future(folded: str) -> bool:
    return any(found[0] not in _NO_FUTURE for found in _FUTURE.finditer(folded))


WISH = Text("un souhait ou une option", "a wish or an option")
UNTOLD = Text(
    "rien ne dit quand, ni si c'est déjà fait", "nothing tells when, nor whether it is done already"
)
FUTURE = Text("une annonce sans date", "an announcement without a date")
DATED = Text("une date, mais pas de verbe d'action", "a date, but no verb of action")
