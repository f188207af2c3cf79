"""Pages that try to be misread, and pages as people write them: both from a seed."""

from __future__ import annotations

import random

FRAGMENTS = (
    *("{{", "}}", "{{", "}}", "|", "|", "=", "{{{", "}}}", "[[", "]]", "[", "]", "{", "}"),
    *("{|", "|}", "|-", "||", "-{", "}-", "\n", "\n", "\n==", "== ", "=", "\n=", "\n ", "\t", " "),
    *("<!--", "-->", "<!-- note -->", "\n<!-- ligne -->\n", " <!-- a --> <!-- b --> \n"),
    *(
        "<nowiki>",
        "</nowiki>",
        "<nowiki/>",
        "<ref>",
        "</ref>",
        '<ref name="a">',
        "<ref />",
        "<REF>",
    ),
    *("<pre>", "</pre>", "<includeonly>", "</includeonly>", "<noinclude>", "</noinclude>"),
    *(
        "<onlyinclude>",
        "</onlyinclude>",
        "<gallery>",
        "</gallery>",
        "<math>",
        "<br>",
        "<b>",
        "</b>",
    ),
    *("<", ">", "</", "/>", "<nowiki >", "</nowiki\n>", "<span title='x|y'>", "''", "'''"),
    *("a", "b=", "licence", "défi", "Modèle:X", "#if:", "PAGENAME", "!", "1=", "~~~~", "__TOC__"),
    *("http://x.y/?a=b|c", "[http://x y|z]", "[[Fichier:A.jpg|thumb|x]]", "&#124;", "{{!}}"),
    *("{{Ressource", "{{Ressource\n|licence=", "\n|", "\n}}", "|a=1", "|b = 2 ", "é", "\u00a0"),
)

# Few pieces, so that much is opened and closed again: braces, lines of headings, tags.
_DENSE = (
    (
        *("{{", "}}", "{{{", "}}}", "{{{{", "}}}}", "{{{{{", "[[", "]]", "[[[", "]]]", "-{", "}-"),
        *("-", "{", "}", "|", "=", "\n", "\n=", "\n==", "== ", "x", "{{x|b=", "|c=", "{{x}}"),
        *("[[x|b]]", "[[x=b]]", "\n== h ==\n", "\n= h\n", "-{{{", "-{{", "<ref>", "</ref>"),
        "\n<!-- x -->\n",
    ),
    (
        *("{{x\n|b=", "{{x\n|b=", "}}", "}}", "|", "=", "\n=", "\n==", "\n= x =\n", "|x=y"),
        *("\n== x ==\n", "\n== [[x|b]] ==\n", "\n== {{b}} ==\n", "<!-- c -->", "|z", "c"),
        *("\n<!-- c -->\n", " <!-- c --> ", "\n <!-- c --> <!-- d --> \n", "\n", "\n "),
        *("[[", "]]", "-{", "}-"),
    ),
    (
        *("<ref>", "</ref>", "<REF>", "</Ref>", "<ref name=[[x>b]]>", "<ref", "/>", ">", "<"),
        *("<nowiki>", "</nowiki>", "<nowiki/>", "<includeonly>", "</includeonly>", "<br>"),
        *("<INCLUDEONLY>", "<noinclude>", "<Noinclude>", "<!--", "-->", "<!-->", "--", "\t"),
        *("[[", "]]", "[[x|", "[[x<!-- | -->b]]", "{{", "}}", "{{x|b=", "}}", "|", "\n=", "="),
        *("<ref\n>", "</ref\t>", " ", "\n"),
    ),
)

_PROSE = (
    "le territoire partage ses données avec les habitants ; l'eau, les haies et la mobilité sont "
    "des communs : chacun peut y contribuer, et l'on y documente ce qui marche (ou pas)."
)
_NAMES = (
    "shortDescription description from organisations contributeurs challenge needs competences "
    "licence niveau url Tags commonscategorie Theme candidat referent montant complement"
)
_WORDS, _FIELDS = _PROSE.split(), _NAMES.split()
_PIECES = (
    "[[Autre page|un lien]]",
    "[https://exemple.org/a?b=c un site]",
    "'''important'''",
    "''en italique''",
    "<ref>Voir le rapport, p. 12 | annexe</ref>",
    "<nowiki>{{pas un appel}}</nowiki>",
    "{{Icône|eau}}",
    "<!-- à relire -->",
    "[[Fichier:Carte.png|vignette|La carte]]",
    "1 200 €",
    "{{Citation|texte=Un bien commun|auteur={{PAGENAME}}}}",
)


def hostile(seed: int) -> str:
    """Return a page made of the pieces that mark-up readers stumble over."""
    rng = random.Random(seed)
    return "".join(rng.choices(FRAGMENTS, k=rng.randint(5, 60)))


def dense(seed: int) -> str:
    """Return such a page in which nearly every piece opens, closes or divides something."""
    rng = random.Random(seed)
    soup = "".join(rng.choices(rng.choice(_DENSE), k=rng.randint(3, 45)))
    return soup if rng.random() < 0.7 else f"{{{{R\n|a={soup}\n|b=c\n}}}}"


def realistic(seed: int) -> str:
    """Return a page of a commun in one of the layouts that people and forms leave behind."""
    rng = random.Random(seed)
    bar, equals, end = rng.choice(
        (("\n|", "=", "\n"), ("\n | ", " = ", "\n"), ("|", "=", ""), (" |", "= ", " "))
    )
    name = rng.choice(("Ressource", "ressource", "Modèle:Ressource", "Ressource<!-- fiche -->"))
    parts = []
    for field in rng.sample(_FIELDS, rng.randint(0, len(_FIELDS))):
        words = rng.choices(_WORDS, k=rng.randint(1, 25))
        if field in ("description", "complement"):
            for _ in range(rng.randint(0, 4)):
                words.insert(rng.randrange(len(words)), rng.choice(_PIECES))
            if bar.startswith("\n") and rng.random() < 0.5:
                words += ["\n* un point", "\n* un autre", "\n=== Un titre ===\n", "suite"]
        parts.append(f"{bar}{field}{equals}{' '.join(words)}")
    before = rng.choice(("", "", "__NOTOC__\n", "<noinclude>Aide</noinclude>\n"))
    after = rng.choice(("", "\n", "\n[[Catégorie:Commun]]\n", "\nTexte libre {{Bas}}\n"))
    return f"{before}{{{{{name}{''.join(parts)}{end if parts else ''}}}}}{after}"
