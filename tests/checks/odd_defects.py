"""Defects that take more than another value in one field; see `defects` for the others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.checks.collection import TODAY
from tests.checks.planted import Found, Planting, Sheet, World, terms, vocabulary
from wikibot.checks.cards import Improper
from wikibot.mapping import fold


def one_word_changed(world: World, sheet: Sheet, old: str) -> str | None:
    """Return the first item of a list twice, the second time with another accent."""
    first = old.split(",", maxsplit=1)[0].replace("É", "é")
    return f"{old}, {first.replace('é', 'e')}" if "é" in first else None


def another_spelling(world: World, sheet: Sheet, old: str) -> str | None:
    first, comma, rest = old.partition(", ")
    return first.upper() + comma + rest if first.upper() != first else None


def _titled(world: World, sheet: Sheet, old: str, titles: list[str]) -> str:
    """Return the list with one more title, or that title where one alone is expected."""
    return ", ".join(filter(None, (old, world.chance.choice(titles))))


def redirects(world: World, sheet: Sheet, old: str) -> str | None:
    """Return the list with the last title by its former name, where it has one."""
    rest, comma, last = old.rpartition(", ")
    led = f"#REDIRECTION [[{last}]]"
    former = next((title for title, text in world.others.items() if text == led), None)
    return former and rest + comma + former


def persons(world: World, sheet: Sheet, old: str) -> str | None:
    return _titled(world, sheet, old, [p.title for p in world.of("personne")])


def itself(world: World, sheet: Sheet, old: str) -> str | None:
    return f"{old}, {sheet.title}"


def gone(world: World, sheet: Sheet, old: str) -> str | None:
    return world.chance.choice(("Sacha Partie", "Noor Partie", "Camille Exemple", "Lou Absent"))


def long(world: World, sheet: Sheet, old: str) -> str | None:
    return f"{old[:-1]} {world.sentence(45).lower()}"


def missing(world: World, sheet: Sheet, old: str) -> str | None:
    return f"{old}, Page {world.word()} de {world.word()}"


def is_called(world: World) -> list[Found] | None:
    """Show a page under the title of another."""
    for sheet in world.of("commun"):
        for other in world.of("commun"):
            if sheet is not other and sheet.is_free("titre") and other.is_free("titre"):
                sheet.put("titre", other.title)
                other.taken.add("titre")
                return [("COL104", sheet.title, "titre")]
    return None


def alike(world: World) -> list[Found] | None:
    """Write one short description, or one address, on two pages."""
    field_id = world.chance.choice(("description_courte", "compte"))
    type_id = "commun" if field_id == "description_courte" else "personne"
    free = [s for s in world.of(type_id) if s.is_free(field_id)][:2]
    if len(free) < 2:
        return None
    said = world.sentence(13) if type_id == "commun" else f"Utilisateur:{world.word()}"
    for sheet in free:
        sheet.put(field_id, said)
    return [("COL101", sheet.title, field_id) for sheet in free]


def not_in_return(world: World) -> list[Found] | None:
    """Let a page name another one that does not name it."""
    for sheet in world.of("commun"):
        for other in world.of("commun"):
            names = sheet.title in other.values["communs_proches"]
            if sheet is other or names or not sheet.is_free("communs_proches"):
                continue
            if other.is_free("communs_proches"):
                sheet.put("communs_proches", f"{sheet.values['communs_proches']}, {other.title}")
                other.taken.add("communs_proches")
                return [("PAI102", other.title, "communs_proches")]
    return None


def stale(world: World) -> list[Found] | None:
    for sheet in world.of("commun"):
        if sheet.edited == TODAY and sheet.is_free():
            sheet.edited = date(2023, world.chance.randint(1, 11), 15)
            return [("COL102", sheet.title, "")]
    return None


def unreadable(world: World) -> list[Found] | None:
    """Make a page that two readers read in two ways, one of them with a text cut off."""
    for sheet in world.of("commun", "organisation"):
        field_id = {"commun": "description"}.get(sheet.page_type.id, "presentation")
        if sheet.is_free(field_id):
            sheet.put(field_id, "<b title='a|b'>Un atlas</b> des haies.")
            return [("PAG101", sheet.title, ""), ("PAR103", sheet.title, field_id)]
    return None


def twice_called(world: World) -> list[Found] | None:
    for sheet in world.of("commun", "formation", "personne", "organisation"):
        if "*" in sheet.taken or "{{" in sheet.below or sheet.last:
            continue
        wanted = [f.id for f in sheet.page_type.fields if f.required]
        if sheet.is_free(*wanted):
            values = {f: v for f, v in sheet.values.items() if f in wanted}
            sheet.below += f"\n\n{sheet.call(values)}\n}}}}\n"
            return [("PAG102", sheet.title, "")]
    return None


def extra(code: str, named: Callable[[World], tuple[str, str]]) -> tuple[str, Planting]:
    def plant(world: World) -> list[Found] | None:
        for sheet in world.of("commun", "formation", "experience", "personne", "action"):
            if "*" not in sheet.taken and len(sheet.extra) < 2:
                name, value = named(world)
                sheet.extra.append((name, value))
                return [(code, sheet.title, name)]
        return None

    return code, plant


def twice_given(world: World) -> list[Found] | None:
    for sheet in world.of("commun", "formation", "experience"):
        field_id = world.chance.choice(list(sheet.values))
        if sheet.is_free(field_id):
            sheet.taken.add(field_id)
            known = next(f for f in sheet.page_type.fields if f.id == field_id)
            sheet.extra.append((known.parameter, world.chance.choice(("", world.word()))))
            return [("PAR102", sheet.title, field_id)]
    return None


def old_name(world: World) -> list[Found] | None:
    for sheet in world.of("commun"):
        if sheet.is_free("licence") and "{{" not in sheet.below:
            sheet.taken.add("licence")
            sheet.written_as["licence"] = world.chance.choice(("license", "Licence", "Licences"))
            return [("PAR104", sheet.title, "licence")]
    return None


def closed_early(world: World) -> list[Found] | None:
    for sheet in world.of("commun", "formation", "experience"):
        last = {"commun": "realisation", "formation": "retours", "experience": "sources"}
        field_id = last[sheet.page_type.id]
        if sheet.is_free(field_id) and not sheet.below:
            sheet.values.pop(field_id, None)
            sheet.taken.add(field_id)
            known = next(f for f in sheet.page_type.fields if f.id == field_id)
            sheet.last = f"\n|{known.parameter}={world.sentence()} }}}} {world.sentence()}"
            sheet.below = "\n"
            return [("PAR105", sheet.title, field_id)]
    return None


def waiver(code: str, *waivers: str) -> tuple[str, Planting]:
    def plant(world: World) -> list[Found] | None:
        for sheet in world.of("commun", "formation", "experience", "action", "organisation"):
            if not sheet.below and "*" not in sheet.taken:
                sheet.below = f"\n<!-- wikibot: {world.chance.choice(waivers)} -->"
                return [(code, sheet.title, "")]
        return None

    return code, plant


def repeated(world: World, sheet: Sheet) -> dict[str, str]:
    short = sheet.values.get("description_courte", "")
    lead = world.chance.choice(("", f"'''{sheet.title}''' : "))
    return {"description_courte": short, "description": f"{lead}{short} {world.text()}"}


def copied(world: World, sheet: Sheet) -> dict[str, str]:
    of_themes = ("Modèles", "Approches", "Enjeux", "Domaines")
    items = [f"Général/{theme}" for theme in of_themes]
    items += ["Vulnérabilités/Concept", "Vulnérabilités/Sociale"]
    return {"themes": ", ".join(items), "competences": ", ".join(reversed(items))}


def keyword_again(world: World, sheet: Sheet) -> dict[str, str]:
    category = sheet.values.get("categories", "")
    return {"categories": category, "tags": f"{sheet.values.get('tags')}, {category.lower()}"}


def done_and_open(world: World, sheet: Sheet) -> dict[str, str]:
    return {"etiquettes": "Label:Fait", "statut": "Open"}


def contradicting(world: World, sheet: Sheet) -> dict[str, str]:
    other = world.chance.choice(("Oui", ""))
    return {"candidat": "sélectionné", "candidature": other}


def two_of(world: World, old: str) -> str | None:
    for id_ in ("formation_sources", "formation_durees", "formation_natures", "niveaux"):
        known = terms(id_)
        if old in known:
            return f"{old} / {next(label for label in known if label != old)}"
    return None


def alias(world: World, sheet: Sheet, old: str) -> str | None:
    """Return the first item of a field by another name of it."""
    first, comma, rest = old.partition(", ")
    for id_ in ("licences", "richesses", "categories"):
        term = vocabulary(id_).term(first)
        if term:
            names = [a for a in term.aliases if fold(a) != fold(first) and "," not in a]
            return world.chance.choice(names) + comma + rest if names else None
    return None


def terms_joined(world: World, sheet: Sheet, old: str) -> str | None:
    return old.replace(", ", "; ") if ", " in old else None


def without_sheet(world: World) -> list[Found]:
    """Add a page to the category or namespace of a type, with nothing but text."""
    shelf = world.chance.choice(("Commun", "Category:Expérience", "Formation", ""))
    if not shelf:
        title = f"Action:{len(world.others) + 1000}"
        world.others[title] = world.text()
    else:
        title = f"Page {world.word()} de {world.word()}"
        name = shelf if ":" in shelf else f"Catégorie:{shelf}"
        world.others[title] = f"{world.text()}\n[[{name}]]"
    return [("PAG103", title, "")]


def not_read_by_the_wiki(world: World) -> list[Found] | None:
    """Let Semantic MediaWiki say of a value that it could not read it, in one of its ways."""
    for sheet in world.of("experience", "organisation", "formation", "personne"):
        fields = sheet.page_type.fields
        for known in world.chance.sample(fields, len(fields)):
            value = sheet.values.get(known.id)
            if known.property and value and sheet.is_free(known.id):
                sheet.taken.add(known.id)
                told = world.chance.choice((value, "", f"« {value} » n'est pas de ce type."))
                found = Improper(known.property, told)
                world.improper.setdefault(sheet.title, []).append(found)
                return [("SMW101", sheet.title, known.id)]
    return None
