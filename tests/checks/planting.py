"""Ways to plant something in a page: another value in a field, none, or several at once.

A planting returns None where no page has room for it any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.checks.planted import Found, Planting, Sheet, World

How = Callable[[World, Sheet, str], str | None]

TEXTS = (
    "commun.description commun.details_financement commun.synthese formation.description "
    "formation.retours experience.recit experience.structurel personne.presentation "
    "organisation.presentation action.details licence.resume"
)
LISTS = (
    "commun.porte_par commun.organisations commun.contributeurs commun.tags "
    "formation.personnes_ressources experience.acteurs experience.temoins formation.communs "
    "action.responsables personne.organisations"
)
NAMES = (
    "commun.porte_par commun.organisations commun.contributeurs formation.personnes_ressources "
    "action.responsables"
)
PEOPLE = "commun.contributeurs formation.personnes_ressources"
SHORT = "commun.description_courte formation.resume experience.resume"
OTHER_LINKS = "formation.communs experience.communs action.pages_liees"
LINKS = f"commun.communs_proches {OTHER_LINKS}"
TERMS = (
    "commun.themes commun.competences commun.richesses commun.categories formation.beneficiaires "
    "formation.media experience.enjeux_lies personne.competences"
)
URLS = "commun.chat formation.adresse personne.site organisation.site licence.adresse"
REQUIRED = (
    "commun.description_courte commun.description commun.contributeurs commun.defis "
    "commun.licence commun.referent formation.resume formation.themes experience.lieu "
    "action.resume action.pages_liees organisation.type_acteur licence.adresse"
)


def rewriting(code: str, places: str, how: How, *, which: str = "") -> tuple[str, Planting]:
    """Return a planting that writes another value into one of some fields.

    `which` says which entries of a board: those "open", those "done", else all.
    """
    by_type: dict[str, list[str]] = {}
    for place in places.split():
        type_id, field_id = place.split(".")
        by_type.setdefault(type_id, []).append(field_id)

    def plant(world: World) -> list[Found] | None:
        for sheet, field_id in _rooms(world, by_type, which):
            new = how(world, sheet, sheet.values.get(field_id, ""))
            if new is not None:
                sheet.put(field_id, new)
                return [(code, sheet.title, field_id)]
        return None

    return code, plant


def _rooms(world: World, by_type: dict[str, list[str]], which: str) -> Iterator[tuple[Sheet, str]]:
    for sheet in world.of(*by_type):
        if which and sheet.done != (which == "done"):
            continue
        field_ids = by_type[sheet.page_type.id]
        for field_id in world.chance.sample(field_ids, len(field_ids)):
            if sheet.is_free(field_id):
                yield sheet, field_id


def each(*items: str) -> How:
    """Return the writing of one of some values."""
    return lambda world, sheet, old: world.chance.choice(items)


def if_filled(made: Callable[[str], str]) -> How:
    """Return the writing of what a filled value becomes."""
    return lambda world, sheet, old: made(old) if old else None


def added(*items: str) -> How:
    """Return the adding of one of some items to a list."""
    return lambda world, sheet, old: ", ".join(filter(None, (old, world.chance.choice(items))))


def behind(*endings: str) -> How:
    """Return the adding of one of some endings to a text."""
    return lambda world, sheet, old: f"{old} {world.chance.choice(endings)}" if old else None


def before(*beginnings: str) -> How:
    """Return the putting of one of some beginnings before a text."""
    return lambda world, sheet, old: f"{world.chance.choice(beginnings)} {old}" if old else None


def removed(code: str, places: str, which: str = "") -> tuple[str, Planting]:
    def plant(world: World) -> list[Found] | None:
        for sheet in world.of(*{place.split(".")[0] for place in places.split()}):
            if which and sheet.done != (which == "done"):
                continue
            for place in world.chance.sample(places.split(), len(places.split())):
                type_id, field_id = place.split(".")
                if sheet.page_type.id == type_id and sheet.is_free(field_id):
                    sheet.taken.add(field_id)
                    if world.chance.random() < 0.5:
                        sheet.values[field_id] = ""
                    else:
                        sheet.values.pop(field_id, None)
                    return [(code, sheet.title, field_id)]
        return None

    return code, plant


def together(
    code: str,
    type_id: str,
    at: str,
    made: Callable[[World, Sheet], dict[str, str] | None],
    which: str = "",
) -> tuple[str, Planting]:
    """Return a planting that writes several fields of a page; the finding is at one of them."""

    def plant(world: World) -> list[Found] | None:
        for sheet in world.of(type_id):
            if which and sheet.done != (which == "done"):
                continue
            values = made(world, sheet)
            if values and sheet.is_free(*values):
                for field_id, value in values.items():
                    sheet.put(field_id, value)
                return [(code, sheet.title, at)]
        return None

    return code, plant
