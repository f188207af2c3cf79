"""Funding: the amounts that pages ask for, with their options, and what cannot be read of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from wikibot.checks.numbers import read
from wikibot.checks.several_amounts import decimal_sign
from wikibot.language import NO_BREAK, Text, number, same
from wikibot.mapping import Field, Mapping
from wikibot.overviews.cells import amount_of
from wikibot.overviews.collection import Collection, Member
from wikibot.overviews.glance import PAGE
from wikibot.overviews.settings import Shown, shown_types
from wikibot.overviews.tally import NO_VALUE, tally, unit
from wikibot.overviews.values import Block, Chart, Column, Figure, Figures, Section, Table

# A list of amounts. «10 000 à 20 000» and «10 000 ou 20 000» are a range and a choice, no list.
_PARTS = re.compile(r"\s*(?:[;+\n]|,(?=\s)|\b(?:et|puis|and)\b)\s*")
_NOTHING = Decimal(0)

_BASE = Column("base", Text("Montant de base", "Base amount"), "amount")
_OPTIONS = Column("options", Text("Options", "Options"), "amount")
_SUM = Column("sum", Text("Base et options", "Base and options"), "amount")
_WRITTEN = Column("written", Text("Tel qu'écrit", "As written"), "text")

_READING = Text(
    "En euros. D'une suite de montants, comme « 41320, 37500 », le premier est la base et les "
    "autres sont des options.",
    "In euros. Of several amounts, such as “41320, 37500”, the first is the base and the others "
    "are options.",
)
_ADDS_UP = Text(
    "En euros. Une page sans montant lisible n'ajoute rien.",
    "In euros. A page without an amount that can be read adds nothing.",
)
_DOES_NOT = Text(
    "En euros. Une page qui a plusieurs valeurs compte en entier dans chacune : les lignes ne "
    "s'additionnent pas, le total des pages est de {total} (base et options).",
    "In euros. A page with several values counts in full in each of them: the rows do not add up, "
    "all pages together come to {total} (base and options).",
)
_UNREAD = Text(
    "Ces montants ne comptent dans aucun total : une personne doit dire ce qu'ils valent.",
    "These amounts count in no total: somebody has to say what they are.",
)
_LACKING = Text(
    "Ces pages n'indiquent aucun montant ; elles ne comptent dans aucun total.",
    "These pages tell no amount; they count in no total.",
)


@dataclass(frozen=True)
class Asked:
    """What one member asks for, in euros; `base` is None where what is written cannot be read."""

    member: Member
    written: str
    base: Decimal | None
    options: tuple[Decimal, ...] = ()

    @property
    def option(self) -> Decimal:
        """Return the sum of the options."""
        return sum(self.options, _NOTHING)

    @property
    def all(self) -> Decimal:
        """Return base and options together, 0 where they cannot be read."""
        return (self.base or _NOTHING) + self.option


def amounts_in(text: str, mapping: Mapping) -> tuple[Decimal, ...]:
    """Return the amounts of a text, none unless each of them has one sure reading."""
    one = amount_of(text, mapping)
    if one is not None:
        return (one,)
    if read(text, decimal_sign(mapping), money=True).state != "several":
        return ()
    found = [amount_of(part, mapping) for part in _PARTS.split(text) if part]
    amounts = tuple(each for each in found if each is not None)
    return amounts if len(amounts) == len(found) > 1 else ()


def asked(member: Member, field: Field, mapping: Mapping) -> Asked | None:
    """Return what a member asks for, None where nothing stands there."""
    items = member.values.get(field.id, ())
    if not items:
        return None
    of_items = [amounts_in(item, mapping) for item in items]
    written = f"{field.separator.strip()} ".join(items) if len(items) > 1 else items[0]
    if not all(of_items):
        return Asked(member, written, None)
    base, *options = (amount for amounts in of_items for amount in amounts)
    return Asked(member, written, base, tuple(options))


def funding(collection: Collection) -> Section | None:
    """Return the amounts of the field that the mapping names, their totals, what lacks them."""
    blocks: list[Block] = []
    for shown in shown_types(collection):
        if shown.settings.amount is not None:
            blocks += _of_type(shown, shown.field(shown.settings.amount), collection.mapping)
    if not blocks:
        return None
    return Section(
        "funding",
        Text("Financement demandé", "Funding asked for"),
        tuple(blocks),
        Text(
            "Les montants que les pages indiquent, additionnés, et les pages qu'il reste à voir.",
            "The amounts that pages tell, added up, and the pages that are left to be seen.",
        ),
    )


def _of_type(shown: Shown, field: Field, mapping: Mapping) -> Iterator[Block]:
    found = [asked(member, field, mapping) for member in shown.members]
    told = [each for each in found if each is not None]
    if not told:
        return
    right = [each for each in told if each.base is not None]
    unread = [each for each in told if each.base is None]
    lacking = [m for m, each in zip(shown.members, found, strict=True) if each is None]
    base = sum((each.base for each in right if each.base is not None), _NOTHING)
    options = sum((each.option for each in right), _NOTHING)
    type_id, label = shown.page_type.id, _label(shown)
    name = field.label.text
    entries = shown.page_type.repeats
    counting = unit(entries=entries)
    yield Figures(
        f"funding_{type_id}_figures",
        (
            Figure(f"funding_{type_id}_base", _BASE.label, base, "amount", name),
            Figure(f"funding_{type_id}_options", _OPTIONS.label, options, "amount", _READING),
            Figure(f"funding_{type_id}_sum", _SUM.label, base + options, "amount"),
            Figure(
                f"funding_{type_id}_told",
                Text(f"{counting.fr} avec un montant", f"{counting.en} with an amount"),
                len(right),
            ),
            Figure(
                f"funding_{type_id}_unread_pages",
                Text("Montants illisibles", "Amounts that cannot be read"),
                len(unread),
            ),
            Figure(
                f"funding_{type_id}_lacking_pages",
                Text(f"{counting.fr} sans montant", f"{counting.en} without an amount"),
                len(lacking),
            ),
        ),
    )
    if shown.settings.amount_by is not None and right:
        by = shown.field(shown.settings.amount_by)
        yield from _by(shown, by, found, mapping)
    if right:
        yield Table(
            f"funding_{type_id}",
            label,
            (PAGE, _BASE, _OPTIONS, _SUM, _WRITTEN),
            tuple(
                (e.member.title, e.base, e.option if e.options else None, e.all, e.written)
                for e in sorted(right, key=lambda e: (-e.all, e.member.title, e.member.index))
            ),
            total=(same("Total"), base, options, base + options, None),
            note=Text(f"Champ « {name.fr} ». {_READING.fr}", f"Field “{name.en}”. {_READING.en}"),
        )
    if unread:
        yield Table(
            f"funding_{type_id}_unread",
            Text(f"{label.fr} illisibles", f"{label.en} that cannot be read"),
            (PAGE, _WRITTEN),
            tuple((each.member.title, each.written) for each in unread),
            note=_UNREAD,
        )
    if lacking and not entries:
        yield Table(
            f"funding_{type_id}_lacking",
            Text(f"{label.fr} à demander", f"{label.en} to be asked for"),
            (PAGE,),
            tuple((member.title,) for member in lacking),
            note=_LACKING,
        )


def _by(
    shown: Shown,
    by: Field,
    found: list[Asked | None],
    mapping: Mapping,
) -> Iterator[Block]:
    """Yield the totals by the values of another field."""
    right = [each for each in found if each is not None and each.base is not None]
    base = sum((each.base for each in right if each.base is not None), _NOTHING)
    options = sum((each.option for each in right), _NOTHING)
    values = tally(shown.members, by, mapping)
    several = any(len(each) > 1 for each in values.held)
    sums: dict[str | None, list[Decimal]] = {}
    numbers: dict[str | None, int] = {}
    for each, held in zip(found, values.held, strict=True):
        if each is None or each.base is None:
            continue
        for value in held or (None,):
            pair = sums.setdefault(value, [_NOTHING, _NOTHING])
            pair[0] += each.base
            pair[1] += each.option
            numbers[value] = numbers.get(value, 0) + 1
    order = sorted((v for v in values.by_number if v in sums), key=lambda v: -sum(sums[v]))
    rows = [
        (
            NO_VALUE if value is None else values.shown(value),
            numbers[value],
            *sums[value],
            sum(sums[value], _NOTHING),
        )
        for value in (*order, *((None,) if None in sums else ()))
    ]
    table_id = f"funding_{shown.page_type.id}_{by.id}"
    label, name = _label(shown), by.label.text
    title = Text(f"{label.fr}, par « {name.fr} »", f"{label.en}, by “{name.en}”")
    yield Chart(f"{table_id}_stacked", title, "stacked", table_id, "value", ("base", "options"))
    yield Table(
        table_id,
        title,
        (
            Column("value", name, "text"),
            Column("pages", unit(entries=shown.page_type.repeats), "number"),
            _BASE,
            _OPTIONS,
            _SUM,
        ),
        tuple(rows),
        total=None if several else (same("Total"), len(right), base, options, base + options),
        note=_DOES_NOT.format(total=_euros(base + options)) if several else _ADDS_UP,
    )


def _label(shown: Shown) -> Text:
    of_type = shown.page_type.label.text
    return Text(f"{of_type.fr} : montants", f"{of_type.en}: amounts")


def _euros(amount: Decimal) -> Text:
    cents = amount.quantize(Decimal("0.01"))
    whole = number(int(cents)) if cents == int(cents) else number(cents)
    return Text(f"{whole.fr}{NO_BREAK}€", f"€{whole.en}")
