"""Overviews for the tests of what shows them: every kind of cell, block and chart.

`usual` is one that a person would read, `hostile` has words that mean harm wherever an overview has
words, `large` has as many communs as no wiki of ours has yet. Nobody and nothing in them is real.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

from wikibot.language import Text, same
from wikibot.overviews import (
    Cell,
    Chart,
    Column,
    Figure,
    Figures,
    Overview,
    Section,
    Table,
)

AS_OF = datetime(2026, 1, 31, 13, 5, tzinfo=UTC)
PLACE = "https://wiki.example.org/api.php"
LONG = (
    "Réseau d'entraide intercommunal pour l'adaptation des cœurs de ville, des hameaux et des "
    "berges aux étés brûlants : relevés, récits et savoir-faire mis en commun"
)
DEFIS = (
    "Sobriété des bâtiments",
    "Eau et sols vivants",
    "Mobilités du quotidien",
    "Alimentation locale",
    "Habiter et accueillir",
)
LEVELS = ("Idée", "Prototype", "Déploiement", "Communauté établie")
COMMUNS = (
    "Haies",
    "Atlas des mares",
    "Four banal",
    "L'été à l'ombre",
    LONG,
    "Œuvre d'eau",
    "Banque de graines",
    "Cartes-jeu « Ça chauffe »",
)


def column(column_id: str, fr: str, en: str, kind: str = "text") -> Column:
    return Column(column_id, Text(fr, en), kind)  # type: ignore[arg-type]


def figures() -> Section:
    """Every kind of figure."""
    return Section(
        "summary",
        Text("En bref", "In brief"),
        (
            Figures(
                "figures",
                (
                    Figure("communs", Text("communs", "commons"), 1234),
                    Figure("complete", Text("champs remplis", "fields filled"), 0.625, "share"),
                    Figure(
                        "asked",
                        Text("financement demandé", "funding asked for"),
                        Decimal("1250000.50"),
                        "amount",
                        Text("3 montants illisibles à part", "3 unreadable amounts apart"),
                    ),
                    Figure(
                        "last",
                        Text("dernière page modifiée", "last edit"),
                        date(2026, 1, 30),
                        "date",
                    ),
                    Figure("read", Text("lu le", "read at"), AS_OF, "moment"),
                    Figure("public", Text("tout est lisible", "all is readable"), True, "flag"),
                    Figure("none", Text("actions en retard", "overdue actions"), None),
                ),
            ),
        ),
        Text(
            "Ce que le wiki contient aujourd'hui, en quelques chiffres.",
            "What the wiki holds today, in a few numbers.",
        ),
    )


def glance() -> Section:
    """A table with every kind of column, cells that are unknown, and a total."""
    columns = (
        column("page", "Commun", "Commons", "page"),
        column("summary", "Description", "Description", "text"),
        column("level", "Niveau", "Level", "text"),
        column("challenges", "Défis", "Challenges", "words"),
        column("near", "Communs proches", "Near commons", "pages"),
        column("fields", "Champs remplis", "Fields filled", "number"),
        column("complete", "Complétude", "Completeness", "share"),
        column("asked", "Montant demandé", "Amount asked for", "amount"),
        column("since", "Depuis", "Since", "date"),
        column("edited", "Modifié", "Edited", "moment"),
        column("open", "Ouvert", "Open", "flag"),
        column("place", "Lieu", "Place", "place"),
        column("site", "Site", "Site", "url"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            "Haies",
            "Un guide des haies, commune par commune.",
            Text("Prototype", "Prototype"),
            ("Eau et sols vivants", "Alimentation locale"),
            ("Atlas des mares", "Banque de graines"),
            21,
            0.875,
            Decimal(12500),
            date(2026, 3, 1),
            datetime(2026, 1, 30, 8, 5, tzinfo=UTC),
            True,
            (47.2184, -1.5536),
            "https://haies.example.org/?a=1&b=2",
        ),
        (
            LONG,
            "Première ligne\nSeconde ligne, « à part » | avec une barre ; et {{accolades}}.",
            Text("Communauté établie", "Settled community"),
            DEFIS,
            (),
            0,
            0.0,
            Decimal("-0.5"),
            date(1999, 12, 31),
            datetime(2025, 7, 14, 22, 0, tzinfo=UTC),
            False,
            (-21.1151, 55.5364),
            "javascript:alert(1)",
        ),
        ("Page vide",) + (None,) * 12,
        (
            "=1+1",
            "+33 n'est pas une formule",
            "Idée",
            ("a,b", "c;d", "e|f"),
            ("Catégorie:Commun",),
            1_000_000,
            1.0,
            Decimal("1234567.89"),
            date(2024, 2, 29),
            datetime(2024, 2, 29, 12, 0, tzinfo=UTC),
            True,
            (43.6119, 3.8772),
            "mailto:contact@example.org",
        ),
    ]
    total: tuple[Cell, ...] = (
        same("Total"),
        *(None,) * 4,
        1_000_022,
        0.625,
        Decimal("1247067.39"),
        *(None,) * 5,
    )
    table = Table(
        "glance",
        Text("Les communs en un coup d'œil", "Commons at a glance"),
        columns,
        tuple(rows),
        total,
        Text(
            "La complétude compte les champs attendus seulement.",
            "Completeness counts the expected fields alone.",
        ),
    )
    places = Chart(
        "places_map",
        Text("Où sont les communs", "Where the commons are"),
        "map",
        "glance",
        "page",
        ("place",),
    )
    return Section("glance", Text("Communs", "Commons"), (table, places))


def counted() -> Section:
    """Bars, stacked bars, a grid, a tree, a table that has no row."""
    columns = (
        column("challenge", "Défi", "Challenge"),
        column("count", "Communs", "Commons", "number"),
        column("share", "Part", "Share", "share"),
        column("amount", "Demandé", "Asked for", "amount"),
    )
    numbers = (412, 300, 38, 7, 0)
    rows = tuple(
        (defi, n, n / 757, Decimal(n * 1500) if n else None)
        for defi, n in zip(DEFIS, numbers, strict=True)
    )
    challenges = Table(
        "challenges",
        Text("Communs par défi", "Commons by challenge"),
        columns,
        rows,
        (Text("Total", "Total"), 757, 1.0, Decimal(757 * 1500)),
    )
    crossed = Table(
        "challenge_level",
        Text("Défi × niveau", "Challenge × level"),
        (
            column("challenge", "Défi", "Challenge"),
            *(column(f"level_{n}", level, level, "number") for n, level in enumerate(LEVELS)),
        ),
        tuple(
            (defi, *((7 * place + 3 * level) % 11 for level in range(4)))
            for place, defi in enumerate(DEFIS)
        ),
    )
    themes = Table(
        "themes",
        Text("Thèmes", "Themes"),
        (
            column("theme", "Thème", "Theme"),
            column("depth", "Profondeur", "Depth", "number"),
            column("count", "Communs", "Commons", "number"),
        ),
        (("Eau", 0, 12), ("Sols", 1, 5), ("Sols : haies", 2, 2), ("Énergie", 0, 3)),
        depth="depth",
    )
    many = Table(
        "tags",
        Text("Mots-clés", "Tags"),
        (column("tag", "Mot-clé", "Tag"), column("count", "Communs", "Commons", "number")),
        tuple((f"mot-clé très particulier numéro {n}", 100 - n) for n in range(100)),
    )
    empty = Table(
        "nothing",
        Text("Licences inconnues", "Unknown licences"),
        (column("licence", "Licence", "Licence"), column("count", "Communs", "Commons", "number")),
        (),
        note=Text("Toutes les licences sont connues.", "Every licence is known."),
    )
    title = Text("Les communs par défi", "Commons by challenge")
    return Section(
        "counts",
        Text("Répartition", "Breakdown"),
        (
            Chart("challenges_bars", title, "bars", "challenges", "challenge", ("count",)),
            challenges,
            Chart(
                "shares_bars",
                Text("Part des communs par défi", "Share of the commons by challenge"),
                "bars",
                "challenges",
                "challenge",
                ("share",),
            ),
            Chart(
                "amounts_bars",
                Text("Financement demandé par défi", "Funding asked for by challenge"),
                "bars",
                "challenges",
                "challenge",
                ("amount",),
            ),
            crossed,
            Chart(
                "levels_stacked",
                Text("Où en sont les communs de chaque défi", "How far the commons are"),
                "stacked",
                "challenge_level",
                "challenge",
                tuple(f"level_{n}" for n in range(4)),
            ),
            Chart(
                "levels_grid",
                Text("Défi et niveau croisés", "Challenge and level crossed"),
                "grid",
                "challenge_level",
                "challenge",
                tuple(f"level_{n}" for n in range(4)),
            ),
            themes,
            many,
            Chart(
                "tags_bars",
                Text("Mots-clés les plus fréquents", "Most frequent tags"),
                "bars",
                "tags",
                "tag",
                ("count",),
            ),
            empty,
            Chart(
                "nothing_bars",
                Text("Licences inconnues", "Unknown licences"),
                "bars",
                "nothing",
                "licence",
                ("count",),
            ),
        ),
        Text("Un commun peut relever de plusieurs défis.", "Commons may bear several challenges."),
    )


def board() -> Section:
    """A table whose rows are cards of a board."""
    states = ("À faire", "En cours", "Fait")
    rows: list[tuple[Cell, ...]] = [
        (
            f"Action {n}",
            COMMUNS[n % 4],
            states[n % 3] if n != 5 else None,
            None if n % 2 else date(2026, 2, 1 + n),
            n == 4,
        )
        for n in range(7)
    ]
    rows.append((LONG, "Haies", "En cours", date(2025, 12, 1), True))
    return Section(
        "actions",
        Text("Actions", "Actions"),
        (
            Table(
                "board",
                Text("Tableau des actions", "Board of actions"),
                (
                    column("action", "Action", "Action", "page"),
                    column("commun", "Commun", "Commons", "page"),
                    column("state", "État", "State"),
                    column("due", "Échéance", "Due", "date"),
                    column("late", "En retard", "Overdue", "flag"),
                ),
                tuple(rows),
                cards="state",
            ),
        ),
    )


def over_time() -> Section:
    """Lines, of dates and of words in order."""
    months = [date(2025, 1 + n, 1) for n in range(12)]
    edits = Table(
        "edits",
        Text("Modifications par mois", "Edits by month"),
        (
            column("month", "Mois", "Month", "date"),
            column("edits", "Modifications", "Edits", "number"),
            column("pages", "Pages modifiées", "Pages edited", "number"),
        ),
        tuple((day, 1000 + (n * 37) % 500, (n * 17) % 300) for n, day in enumerate(months)),
    )
    calls = Table(
        "calls",
        Text("Communs par appel", "Commons by call"),
        (column("call", "Appel", "Call"), column("count", "Communs", "Commons", "number")),
        (("Appel de printemps", 12), ("Appel d'été", None), ("Appel d'automne", 31)),
    )
    return Section(
        "activity",
        Text("Au fil du temps", "Over time"),
        (
            edits,
            Chart(
                "edits_lines",
                Text("L'activité du wiki, mois par mois", "Activity, month by month"),
                "lines",
                "edits",
                "month",
                ("edits", "pages"),
            ),
            calls,
            Chart(
                "calls_lines",
                Text("Communs, appel par appel", "Commons, call by call"),
                "lines",
                "calls",
                "call",
                ("count",),
            ),
        ),
    )


def relations() -> Section:
    """A graph of near pages."""
    pairs = [(a, b) for a in range(8) for b in range(a + 1, 8) if (a * b + a + b) % 3 != 1]
    table = Table(
        "near",
        Text("Communs proches", "Near commons"),
        (
            column("page", "Commun", "Commons", "page"),
            column("other", "Autre commun", "Other commons", "page"),
            column("nearness", "Proximité", "Nearness", "share"),
            column("why", "En commun", "In common", "words"),
        ),
        tuple(
            (COMMUNS[a], COMMUNS[b], round(0.9 - 0.03 * n, 2), DEFIS[: 1 + n % 3])
            for n, (a, b) in enumerate(pairs)
        ),
        note=Text("De 0 % (rien en commun) à 100 %.", "From 0% (nothing in common) to 100%."),
    )
    chart = Chart(
        "near_graph",
        Text("Les communs qui se ressemblent", "Commons that resemble each other"),
        "graph",
        "near",
        "page",
        ("nearness",),
        to="other",
    )
    return Section("relations", Text("Relations", "Relations"), (chart, table))


def usual() -> Overview:
    """An overview with every kind of block, chart and cell."""
    return Overview(
        Text("Les communs de la vallée", "The commons of the valley"),
        Text("Wiki de la vallée", "Wiki of the valley"),
        PLACE,
        AS_OF,
        (figures(), glance(), counted(), board(), over_time(), relations()),
    )


def hostile(corpus: Iterable[str]) -> Overview:
    """Return an overview that has each of the corpus wherever an overview has words of somebody."""
    sections = []
    for number, bad in enumerate(corpus):
        words = same(bad)
        table = Table(
            f"table_{number}",
            words,
            (
                Column("page", words, "page"),
                Column("text", words, "text"),
                Column("words", words, "words"),
                Column("pages", words, "pages"),
                Column("url", words, "url"),
                Column("count", words, "number"),
                Column("place", words, "place"),
            ),
            (
                (bad, bad, (bad, bad), (bad,), bad, 3, (45.0, 2.0)),
                (f"{bad} 2", words, (), (), f"https://example.org/{bad}", 1, (46.0, 3.0)),
            ),
            note=words,
            cards="text" if number % 2 else None,
        )
        charts = (
            Chart(f"bars_{number}", words, "bars", table.id, "text", ("count",)),
            Chart(f"stacked_{number}", words, "stacked", table.id, "page", ("count", "count")),
            Chart(f"grid_{number}", words, "grid", table.id, "page", ("count",)),
            Chart(f"lines_{number}", words, "lines", table.id, "page", ("count",)),
            Chart(f"graph_{number}", words, "graph", table.id, "page", ("count",), to="text"),
            Chart(f"map_{number}", words, "map", table.id, "page", ("place",)),
        )
        figure = Figures(f"figures_{number}", (Figure("bad", words, bad, "text", words),))
        drawn = charts[number % 6 : number % 6 + 1]
        sections.append(Section(f"bad_{number}", words, (figure, table, *drawn), words))
    return Overview(same("<b>Titre</b>"), same("<i>wiki</i>"), PLACE, AS_OF, tuple(sections))


def large(rows: int) -> Overview:
    """Return an overview of as many communs, with a chart beside the table of them all."""
    columns = (
        column("page", "Commun", "Commons", "page"),
        column("level", "Niveau", "Level"),
        column("challenges", "Défis", "Challenges", "words"),
        column("tags", "Mots-clés", "Tags", "words"),
        column("referent", "Référent", "Referent"),
        column("fields", "Champs remplis", "Fields filled", "number"),
        column("complete", "Complétude", "Completeness", "share"),
        column("missing", "Ce qui manque", "What is missing", "words"),
        column("asked", "Montant demandé", "Amount asked for", "amount"),
        column("edited", "Modifié", "Edited", "date"),
    )
    table = Table(
        "glance",
        Text("Les communs en un coup d'œil", "Commons at a glance"),
        columns,
        tuple(
            (
                f"{COMMUNS[n % 4]} numéro {n}",
                LEVELS[n % 4],
                (DEFIS[n % 5], DEFIS[(n + 2) % 5]),
                (f"mot {n % 97}", f"sujet {n % 31}", f"lieu {n % 53}"),
                f"Personne {n % 211}",
                n % 25,
                (n % 25) / 25,
                ("Licence", "Description", "Site") if n % 3 else (),
                Decimal(n % 90 * 1000) if n % 2 else None,
                date(2020 + n % 6, 1 + n % 12, 1 + n % 28),
            )
            for n in range(rows)
        ),
    )
    levels = Table(
        "levels",
        Text("Communs par niveau", "Commons by level"),
        (column("level", "Niveau", "Level"), column("count", "Communs", "Commons", "number")),
        tuple(
            (level, sum(n % 4 == place for n in range(rows))) for place, level in enumerate(LEVELS)
        ),
    )
    chart = Chart(
        "levels_bars",
        Text("Communs par niveau", "Commons by level"),
        "bars",
        "levels",
        "level",
        ("count",),
    )
    return Overview(
        Text("Tous les communs", "All the commons"),
        Text("Grand wiki", "Large wiki"),
        PLACE,
        AS_OF,
        (
            Section("counts", Text("Répartition", "Breakdown"), (chart, levels)),
            Section("glance", Text("Communs", "Commons"), (table,)),
        ),
    )
