"""For any page and any change: applied twice is applied once, undone is as it was before."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import wikibot
from tests.jobs.wikis import MAPPING
from wikibot.errors import WikibotError
from wikibot.wiki.folder import FolderWiki

COMMUN = MAPPING.page_type("commun")
assert COMMUN is not None
FIELDS = [field for field in COMMUN.fields if not field.computed]

BLANKS = st.sampled_from(["", "", " ", "\n", "\r\n", "  \n ", "\t"])
# What values are made of on real pages, and what makes them hard.
PIECES = st.sampled_from(
    [
        *("haie", "mare", "talus, haie", "Idée", "une phrase", "Régénération/Innovation") * 3,
        *("Idée", "idée", "4- Modèles économiques", "CC BY-SA 4.0", "É", "e\u0301", "…"),
        *(",", ", ", ";", "=", "|", "{{!}}", "'", "''", "&amp;", "&", "-", "* ", "\n", "\r\n"),
        *("[[lien|texte]]", "{{Autre|x=1}}", "<!-- vu -->", "<nowiki>|</nowiki>", "<ref>a</ref>"),
        *("{{", "}}", "[[", "]]", "<!--", "<nowiki>", "{{{1|}}}", "~~~~", "🌍", "\u00a0", "\ufeff"),
    ]
)
VALUES = st.lists(PIECES, max_size=5).map("".join)
PARAMETERS = st.sampled_from(
    [name for field in FIELDS for name in field.parameters] + ["inconnu", "1", "licence", "Tags"]
)


@st.composite
def calls(draw: st.DrawFn) -> str:
    name = draw(st.sampled_from(["Ressource", "Commun", "Modèle:ressource", "Ressource "]))
    parts = draw(st.lists(st.tuples(PARAMETERS, VALUES, BLANKS, BLANKS), max_size=6))
    body = "".join(f"|{left}{key}{right}={value}" for key, value, left, right in parts)
    return "{{" + name + draw(BLANKS) + body + draw(BLANKS) + "}}"


FREE = st.lists(PIECES, max_size=4).map("".join)
TEXTS = st.tuples(st.sampled_from(["", "\ufeff", "\r\n"]), FREE, calls(), FREE).map("".join)
ASSIGNMENTS = st.lists(
    st.builds(
        wikibot.Assignment,
        st.sampled_from([field.id for field in FIELDS]),
        st.sampled_from(["=", "=", "+=", "-="]),
        st.one_of(VALUES, st.sampled_from(["", "haie", "CC0", "2026-01-31", "43.6, 3.9"])),
    ),
    min_size=1,
    max_size=3,
)


def round_trip(folder: Path, plan: wikibot.Plan, data: bytes) -> None:
    """Apply, apply again, undo, undo again: once is enough, and nothing is left of it."""
    file, wiki = folder / "Haies.wikitext", FolderWiki.open(folder)
    run = wikibot.apply(plan, wiki)
    (item,) = run.items
    after = file.read_bytes()
    assert run.exit_code == 0, item
    if item.state == "noop":  # a change that only the end of the page would show
        assert after == data
        return
    assert (item.state, item.verified) == ("done", True)
    record = wikibot.records_on(wiki.page("Haies"), MAPPING, wiki)[0]
    for change in plan.edits[0].changes:
        found = record.call.parameters.get(change.parameter)
        assert (found.value if found else "") != change.old or change.old == change.new
    again = wikibot.apply(plan, wiki)
    assert (again.items[0].state, file.read_bytes()) == ("noop", after)
    undone = wikibot.undo(run.id, wiki)
    assert (undone.exit_code, undone.items[0].verified) == (0, True)
    assert file.read_bytes() == data
    assert wikibot.undo(run.id, wiki).items == ()
    assert file.read_bytes() == data


@settings(max_examples=300)
@given(text=TEXTS, assignments=ASSIGNMENTS)
def test_setting_fields(text: str, assignments: list[wikibot.Assignment]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, data = Path(name), text.encode()
        (folder / "Haies.wikitext").write_bytes(data)
        wiki = FolderWiki.open(folder)
        try:
            plan = wikibot.set_fields([wiki.page("Haies")], assignments, MAPPING, wiki)
        except WikibotError as error:  # refused in words, and nothing written
            assert error.exit_code in (2, 3)
            assert error.message.fr
            assert [file.name for file in folder.iterdir()] == ["Haies.wikitext"]
            return
        if plan.edits:
            round_trip(folder, plan, data)


@settings(max_examples=200)
@given(text=TEXTS, unsafe=st.booleans())
def test_fixing(text: str, unsafe: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, data = Path(name), text.encode()
        (folder / "Haies.wikitext").write_bytes(data)
        wiki = FolderWiki.open(folder)
        page = wiki.page("Haies")
        plan = wikibot.fix([page], MAPPING, wiki, unsafe=unsafe)
        if plan.edits:
            round_trip(folder, plan, data)
            # what was taken back is not made again, but by a person's word
            anew = wikibot.fix([page], MAPPING, wiki, unsafe=unsafe)
            assert wikibot.apply(anew, wiki).counts["done"] == 0
            wikibot.apply(
                wikibot.fix([page], MAPPING, wiki, unsafe=unsafe),
                wiki,
                manners=wikibot.Manners(allow=frozenset({"reverted"})),
            )
            left = wikibot.fix([wiki.page("Haies")], MAPPING, wiki, unsafe=unsafe)
            assert left.edits == ()
