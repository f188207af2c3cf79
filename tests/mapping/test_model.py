from __future__ import annotations

import pytest

from wikibot.mapping import Field, Label, Mapping, PageType, Term, Vocabulary, WikiSettings, fold

NAME = Label(fr="Nom", en="Name")


def field(field_id: str, parameter: str, **more: object) -> Field:
    return Field.model_validate(
        {"id": field_id, "label": NAME, "parameter": parameter, "kind": "text", **more}
    )


def vocabulary(*terms: Term) -> Vocabulary:
    return Vocabulary(id="words", label=NAME, terms=terms)


COLOURS = vocabulary(
    Term(label="Bleu-vert", aliases=("turquoise", "Sarcelle")),
    Term(label="Rouge", aliases=("teinte",), code="R-1.0"),
    Term(label="Rouge vif", aliases=("Teinte !",), code="R-1.0+"),
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Économie  circulaire", "economie circulaire"),
        ("economie-circulaire", "economie circulaire"),
        ("  CC_BY–SA ", "cc by sa"),
        ("l’œuvre", "l oeuvre"),
        ("Preuve Concept & 1er client", "preuve concept 1er client"),
        ("e\u0301tage", "etage"),
        ("GPL-3.0+", "gpl 3 0+"),
        ("eau + sol", "eau sol"),
        ("…", ""),
    ],
)
def test_folding_drops_what_people_vary_and_keeps_what_means(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Bleu-vert", "Bleu-vert"),
        (" bleu vert ", "Bleu-vert"),
        ("TURQUOISE", "Bleu-vert"),
        ("r 1.0", "Rouge"),
        ("R-1.0+", "Rouge vif"),
        ("teinte", "Rouge"),  # written exactly so
        ("Teinte !", "Rouge vif"),
        ("TEINTE", None),  # could be either
        ("bleu", None),
        ("", None),
        ("?", None),
    ],
)
def test_a_term_is_meant_only_where_no_other_can_be(text: str, label: str | None) -> None:
    term = COLOURS.meant_by(text)
    assert (term.label if term else None) == label


def test_only_its_very_label_is_the_term() -> None:
    assert COLOURS.term("Rouge") is COLOURS.terms[1]
    assert COLOURS.term("rouge") is None
    assert COLOURS.term("turquoise") is None


def test_the_nearest_labels_come_first_and_through_aliases_too() -> None:
    assert COLOURS.nearest("Rouje")[0] == "Rouge"
    assert COLOURS.nearest("turquoize") == ("Bleu-vert",)
    assert len(COLOURS.nearest("rouge vife", limit=1)) == 1


def test_a_letter_alone_looks_like_no_term() -> None:
    assert COLOURS.nearest("R") == ()


def test_a_parameter_finds_its_field_by_either_name() -> None:
    page_type = PageType(
        id="page",
        label=NAME,
        template="page_de garde",
        template_aliases=("Couverture",),
        fields=(field("first", "un", parameter_aliases=["one"]), field("second", "deux")),
    )
    assert page_type.templates == ("Page de garde", "Couverture")
    assert page_type.order == ("un", "deux")
    assert page_type.field_of("one") is page_type.field_of("un") is page_type.field("first")
    assert page_type.field_of("first") is None
    mapping = Mapping(
        wiki=WikiSettings(id="small", label=NAME), page_types=(page_type,), vocabularies=()
    )
    assert mapping.type_of("Couverture") is mapping.page_type("page") is page_type
    assert mapping.type_of("Autre") is None
    assert mapping.vocabulary(page_type.fields[0]) is None
