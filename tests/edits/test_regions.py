"""What the bot keeps between its markers: nothing outside moves, nothing a person wrote is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wikibot.edits import Change, PageEdit, Plan, Rebased, rebase
from wikibot.edits.change import KEPT, REGION
from wikibot.edits.rebase import inverse, stands
from wikibot.edits.regions import DATE_MARK, dated, region_edit, undated
from wikibot.errors import AmbiguousWikitext, InputError, PlanError, SaveError, UnsafeValue
from wikibot.page import Page, Revision, canonical
from wikibot.title import Title
from wikibot.wikitext import FRENCH_WIKI
from wikibot.wikitext.contained import self_contained
from wikibot.wikitext.regions import find_region, put_region, take_region

NAME = "actions"
COMMONS = "{{Ressource\n|licence=MIT\n}}\n\nUn atlas."
LIST = "* [[:Action:1|Relire]]\n* [[:Action:2|Semer]]"
TABLE = '{| class="wikitable"\n! N° !! Action\n|-\n| 1 || Relire\n|}'
DAY = "''Relevé du 3 mars 2026.''"


def page(text: str, revid: int = 7) -> Page:
    return Page(3, Title(0, "Haies"), Revision(revid, 0, datetime(2026, 1, 31, tzinfo=UTC)), text)


def edit(text: str, content: str = LIST, day: str = DAY, name: str = NAME) -> PageEdit | None:
    return region_edit(page(text), "Haies", name, content, day)


def written(text: str, content: str = LIST, day: str = DAY, name: str = NAME) -> str:
    made = edit(text, content, day, name)
    assert made is not None
    return done(text, made).text


def done(text: str, made: PageEdit) -> Rebased:
    return rebase(page(text, 8), made, FRENCH_WIKI)


def taken_back(made: Rebased) -> PageEdit:
    changes = [inverse(step) for steps in reversed(made.made) for step in reversed(steps)]
    return PageEdit("Haies", 3, 8, tuple(changes))


def test_a_first_publication_goes_below_what_people_wrote() -> None:
    digest = written(COMMONS).split("wikibot:actions ")[1][:12]
    assert written(COMMONS) == (
        f"{COMMONS}\n\n"
        f"<!-- wikibot:actions {digest} : ce qui suit est écrit par un robot ; écrivez au-dessus "
        "ou en dessous -->\n"
        f"{LIST}\n\n{DAY}<!-- date -->\n"
        "<!-- /wikibot:actions -->"
    )


def test_a_page_that_is_not_there_is_created_with_the_region() -> None:
    made = region_edit(None, "Suivi", NAME, LIST, DAY, tail="[[Aide:Robot]]")
    assert made is not None and made.text is not None and not made.changes
    assert made.summary == "Nouvelle page ; partie « actions » tenue par le robot ([[Aide:Robot]])"
    found = find_region(made.text, NAME)
    assert found is not None and (found.content, found.trouble) == (dated(LIST, DAY), "")
    assert edit(made.text) is None


def test_another_day_alone_is_no_edit_but_another_line_is() -> None:
    text = written(COMMONS)
    assert edit(text, day="''Relevé du 4 mars 2026.''") is None
    assert edit(text, day="") is None
    assert written(text, LIST + "\n* fin", "le 4") == written(COMMONS, LIST + "\n* fin", "le 4")


@pytest.mark.parametrize(
    "place",
    [
        "<!-- wikibot:actions --><!-- /wikibot:actions -->",
        "<!-- wikibot:actions -->\n<!-- /wikibot:actions -->",
        "<!--wikibot : actions-->\n\n  <!-- / wikibot:actions -->",
        "<!-- wikibot:actions : ici, merci -->\r\n<!-- /wikibot:actions -->",
        "<!-- wikibot:actions 0123456789ab : vidé par quelqu'un -->\n<!-- /wikibot:actions -->",
    ],
)
def test_two_empty_markers_of_a_person_choose_the_place_and_stay(place: str) -> None:
    text = f"Avant\n{place}\nAprès"
    made = edit(text)
    assert made is not None and made.changes[0].after == KEPT
    after = done(text, made)
    assert after.text.startswith("Avant\n<!-- wikibot:actions ")
    assert after.text.endswith("\n<!-- /wikibot:actions -->\nAprès")
    moved_on = f"Plus\n{after.text}"
    back = done(moved_on, taken_back(after))
    assert back.text == ("Plus\nAvant\n<!-- wikibot:actions -->\n<!-- /wikibot:actions -->\nAprès")


def test_a_place_that_is_chosen_after_the_plan_was_made_is_used_and_kept() -> None:
    made = edit("Avant\nAprès")
    assert made is not None
    after = done("Avant\n<!-- wikibot:actions --><!-- /wikibot:actions -->\nAprès", made)
    assert after.text.startswith("Avant\n<!-- wikibot:actions ")
    back = done(after.text, taken_back(after))
    assert back.text == ("Avant\n<!-- wikibot:actions -->\n<!-- /wikibot:actions -->\nAprès")


@pytest.mark.parametrize(
    ("before", "after"), [("{", "{A}}"), ("<!-", "- a -->"), ("[", "[A]]{{B}}")]
)
def test_a_region_between_two_halves_of_a_call_does_not_go(before: str, after: str) -> None:
    text = f"{before}{written('')}{after}"
    if before == "[":  # links are no calls: what stays is what a person wrote
        assert take_region(text, NAME) == before + after
        return
    with pytest.raises(AmbiguousWikitext):
        take_region(text, NAME)


def test_a_region_that_a_person_has_moved_is_kept_where_it_is() -> None:
    region = written("")
    text = f"== Actions ==\n{region}\n\n== Suite ==\nFin"
    assert written(text, "* rien") == f"== Actions ==\n{written('', '* rien')}\n\n== Suite ==\nFin"


def test_several_regions_live_on_one_page() -> None:
    text = written(written(COMMONS), TABLE, name="apercu")
    assert edit(text) is None and edit(text, TABLE, name="apercu") is None
    assert written(text, "", name="actions") == written(COMMONS, TABLE, name="apercu")
    assert written(written(text, "* x"), "* y", name="apercu").startswith(COMMONS)


def test_without_content_the_region_goes_and_its_blank_line_too() -> None:
    assert written(written(COMMONS), "") == COMMONS
    assert edit(COMMONS, "") is None
    assert edit("<!-- wikibot:actions --><!-- /wikibot:actions -->", "") is None


# what a person made of a page with the region R → the code of the refusal
BROKEN: dict[str, tuple[str, str, Callable[[str], str]]] = {
    "a line more": ("A\nB", "altered", lambda r: r.replace("Relire", "Relire tout")),
    "a line above": ("A", "altered", lambda r: r.replace(" -->\n* ", " -->\nMerci !\n* ", 1)),
    "a line below": ("A", "altered", lambda r: r.replace("\n<!-- /", "\nMerci !\n<!-- /")),
    "behind the marker": ("A", "altered", lambda r: r.replace("dessous -->", "dessous -->Ici")),
    "before the marker": ("A", "altered", lambda r: r.replace("<!-- /", "Ici<!-- /")),
    "the date": ("A", "altered", lambda r: r.replace("3 mars", "5 mars")),
    "a signature": ("A", "altered", lambda r: r.replace("Semer", "Semer ([[Utilisateur:Alix]])")),
    "no digest": ("A", "altered", lambda r: r.replace(r.split()[2], "")),
    "another digest": ("A", "altered", lambda r: r.replace(r.split()[2], "0123456789ab")),
    "a copy": ("A", "twice", lambda r: f"{r}\n{r}"),
    "no end": ("A", "unpaired", lambda r: r.replace("<!-- /wikibot:actions -->", "")),
    "no beginning": ("A", "unpaired", lambda r: r.partition("-->")[2]),
    "a beginning that is a note": ("A", "unpaired", lambda r: r.replace("<!-- wik", "<!-- vu wik")),
    "in a comment": ("A", "unpaired", lambda r: f"<!-- plus tard {r} -->"),
    "the other way round": (
        "A",
        "unpaired",
        lambda r: "<!-- /wikibot:actions -->x<!-- wikibot:actions -->",
    ),
    "another in it": (
        "A",
        "nested",
        lambda r: r.replace("Semer", "<!-- wikibot:b --><!-- /wikibot:b -->"),
    ),
    "in another": ("A", "nested", lambda r: f"<!-- wikibot:b -->\n{r}\n<!-- /wikibot:b -->"),
    "in a template": ("A", "inside", lambda r: f"{{{{Boîte|contenu=\n{r}\n}}}}"),
    "across a template": ("A", "inside", lambda r: "{{Boîte|" + r.replace("Semer]]", "Semer]]}}")),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_a_person_made_of_it_is_refused_when_planned_and_when_applied(case: str) -> None:
    before, trouble, meddled = BROKEN[case]
    planned = edit(written(before), "* autre chose")
    text = f"{before}\n\n{meddled(written(''))}"
    with pytest.raises(SaveError) as refused:
        edit(text, "* autre chose")
    assert refused.value.code == f"region-{trouble}"
    assert refused.value.exit_code == 3
    assert planned is not None
    for wanted in (planned, PageEdit("Haies", 3, 7, tuple(map(inverse, planned.changes)))):
        rebased = done(text, wanted)
        assert rebased.text == text
        assert [clash.trouble for clash in rebased.clashes] == [trouble]


NO_MARKERS = (
    "<nowiki><!-- wikibot:actions --></nowiki>",
    "<pre>\n<!-- wikibot:actions -->\nx\n<!-- /wikibot:actions -->\n</pre>",
    "<!-- voir wikibot:actions -->",
    "&lt;!-- wikibot:actions -->",
    "<!-- wikibot:Actions --><!-- /wikibot:Actions -->",
    "<!-- wikibot:actions-2 --><!-- /wikibot:actions-2 -->",
)


@pytest.mark.parametrize("text", NO_MARKERS)
def test_what_only_looks_like_markers_is_left_alone(text: str) -> None:
    assert find_region(text, NAME) is None
    assert written(text).startswith(f"{text}\n\n<!-- wikibot:actions ")


OPEN_PAGES = (
    "== Actions <!-- wikibot:actions --><!-- /wikibot:actions --> ==",
    "<!-- jamais refermé",
    "a <includeonly> b",
    "{{Ressource|a=<!--",
)


@pytest.mark.parametrize("text", OPEN_PAGES)
def test_a_page_that_would_swallow_the_region_is_not_touched(text: str) -> None:
    with pytest.raises(AmbiguousWikitext):
        edit(text)


REACHING = (
    *("{{Modèle", "}}", "{{{a", "[[Lien", "]]", "{|\n| a", "|}", "| a\n|}\n{|"),
    *("<!-- x -->", "<!--", "-->", "<nowiki>", "</nowiki>", "<div>", "</div>", "<ref>a", "<ref"),
    *("<b><i></b></i>", "<pre>\nx", "~~~~", "{{subst:Nom}}", "{{ Subst : Nom}}", "[[Lien|]]"),
    *(
        "[[|Lien]]",
        "<noinclude>x</noinclude>",
        "<includeonly>",
        "</onlyinclude>",
        "a\x00b",
        "a\x7fb",
    ),
    *("<!-- /wikibot:actions -->", '<span title="', "{{#if:a|b", "-{", "{{a|<nowiki>}}</nowiki>"),
)
KEEPING = (
    *(LIST, TABLE, "{{Modèle|a={{b}}|[[c|d]]}}", "<nowiki>{{ [[ {| <b></nowiki>", "a<br>b<br/>"),
    *('<div class="x"><b>a</b></div>', "{{#invoke:Module|f}}", "{|\n|\n{|\n|}\n|}", "3 < 4 > 2"),
    *("== Titre ==", "<ref>a</ref>", "<references />", "l'été", "{{{a|}}}", "}", "{ a }", "| seul"),
)


@pytest.mark.parametrize("content", REACHING)
def test_content_that_reaches_beyond_itself_is_refused(content: str) -> None:
    with pytest.raises(UnsafeValue):
        edit(COMMONS, content)
    if "\n" not in content:
        with pytest.raises(UnsafeValue):
            edit(COMMONS, LIST, content)
    forged = PageEdit("Haies", 3, 7, (Change(REGION, 0, NAME, "", content),))
    with pytest.raises(UnsafeValue):
        done(COMMONS, forged)


@pytest.mark.parametrize("content", KEEPING)
def test_content_that_keeps_to_itself_is_written(content: str) -> None:
    found = find_region(written(COMMONS, content), NAME)
    assert found is not None and undated(found.content) == content


@pytest.mark.parametrize("name", ["", "Actions", "a b", "é", "-a", "a" * 41, "a-->"])
def test_a_region_has_a_plain_name(name: str) -> None:
    with pytest.raises(InputError):
        edit(COMMONS, name=name)


# what stands there when the plan arrives: (text, written, standing, trouble)
MOVED_ON = {
    "outside only": (f"Plus\n{written(COMMONS, 'a')}\n\nFin", 1, 0, ""),
    "the same by another run": (written(COMMONS, "b", "le 9"), 0, 1, ""),
    "another content of the bot": (written(COMMONS, "c"), 0, 0, "later"),
    "no region any more": (COMMONS, 0, 0, "gone"),
    "emptied": (f"{COMMONS}\n<!-- wikibot:actions -->\n<!-- /wikibot:actions -->", 0, 0, "gone"),
}


@pytest.mark.parametrize("case", MOVED_ON)
def test_a_plan_that_has_waited_is_made_done_or_refused(case: str) -> None:
    text, is_written, is_standing, trouble = MOVED_ON[case]
    planned = edit(written(COMMONS, "a"), "b")
    assert planned is not None
    rebased = done(text, planned)
    assert (len(rebased.written), len(rebased.standing)) == (is_written, is_standing)
    assert [clash.trouble for clash in rebased.clashes] == [trouble] * bool(trouble)
    assert (rebased.text != text) == bool(is_written)
    assert stands(page(rebased.text), planned.changes[0], FRENCH_WIKI) == (not trouble)


def test_a_plan_file_carries_it_and_old_files_are_read() -> None:
    made = edit(COMMONS)
    assert made is not None
    plan = Plan("plan-1", "wiki", "2026-01-31T12:00:00Z", (made,))
    assert Plan.from_json(plan.to_json(), "x") == plan
    with pytest.raises(PlanError):
        Plan.from_json(plan.to_json().replace("Semer", "Planter"), "x")
    for bad in ({"parameter": "A b"}, {"index": 1}, {"renamed_from": "x"}):
        fields = {"template": REGION, "index": 0, "parameter": NAME, "old": "a", "new": "b", **bad}
        forged = PageEdit("Haies", 3, 7, (Change(**fields),))  # type: ignore[arg-type]
        with pytest.raises(PlanError):
            Plan.from_json(Plan("p", "w", "", (forged,)).to_json(), "x")


def test_the_summary_says_what_becomes_of_it() -> None:
    text = written(COMMONS)
    summaries = [edit(COMMONS), edit(text, "x"), edit(text, "")]
    assert [made.summary for made in summaries if made] == [
        "partie « actions » ajoutée",
        "partie « actions » mise à jour",
        "partie « actions » retirée",
    ]


# --- any page, any content ---

PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "a",
                "é",
                "e\u0301",
                "\n",
                "\n\n",
                "\r\n",
                " ",
                "\t",
                "|",
                "=",
                "== T ==",
                "* x",
                "'''",
            ),
            *("{{", "}}", "{{Ressource|a=b}}", "[[", "]]", "[[A|b]]", "{|", "|}", "-{", "}-"),
            *("<!--", "-->", "<!-- x -->", "<nowiki>", "</nowiki>", "<nowiki/>", "<pre>", "</pre>"),
            *("<ref>", "</ref>", "<includeonly>", "</includeonly>", "<noinclude>", "<div>", "<br>"),
            *("<!-- wikibot:b --><!-- /wikibot:b -->", "<!-- /wikibot:c -->", "~~~~", "\u200b"),
            *(
                "<!-- date -->",
                "wikibot:actions",
                "{{subst:a}}",
                "{{#invoke:M|f}}",
                "<",
                ">",
                "&amp;",
            ),
        ]
    ),
    max_size=14,
).map("".join)
CONTENTS = st.lists(
    st.sampled_from(
        [
            *("a", "é", "e\u0301", "\n", "\n\n", " ", "|", "=", "== T ==", "* x", "'''", "\u200b"),
            *(
                "{{Ressource|a=b}}",
                "[[A|b]]",
                "{|\n| a\n|}",
                "<nowiki>{{</nowiki>",
                "<br>",
                "3 < 4",
            ),
            *("<ref>a</ref>", "<div>\n</div>", "{{#invoke:M|f}}", "wikibot:actions", "&amp;", "}"),
        ]
    ),
    min_size=1,
    max_size=8,
).map("".join)
INSERTED = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6) | PIECES


def kept(content: str) -> bool:
    try:
        self_contained(canonical(content).strip("\n"))
    except UnsafeValue:
        return False
    return bool(canonical(content).strip("\n"))


@given(PIECES, CONTENTS.filter(kept), CONTENTS.filter(kept))
def test_outside_nothing_changes_and_the_way_back_is_exact(
    text: str, content: str, later: str
) -> None:
    try:
        made = edit(text, content)
    except AmbiguousWikitext:
        return
    assert made is not None
    first = done(text, made)
    found = find_region(first.text, NAME)
    assert found is not None
    start, end = found.span
    core = text.rstrip(" \t\n\r\0\x0b")
    assert first.text[:start] == core + ("\n\n" if core else "")
    assert first.text[end:] == text[len(core) :]
    assert found.content == dated(content, DAY)
    assert done(first.text, taken_back(first)).text == text

    try:
        second = edit(first.text, later)
    except AmbiguousWikitext:  # a tag that the page leaves open meets its end in there
        return
    if second is None:
        assert canonical(later).strip("\n") == canonical(content).strip("\n")
        return
    updated = done(first.text, second)
    assert updated.text.startswith(first.text[:start])
    assert updated.text.endswith(first.text[end:])
    assert edit(updated.text, later, "un autre jour") is None
    assert done(updated.text, taken_back(updated)).text == first.text


@given(CONTENTS.filter(kept), INSERTED, st.data())
def test_whatever_a_person_writes_inside_is_never_written_over(
    content: str, insertion: str, data: st.DataObject
) -> None:
    text = f"Avant\n\n{put_region('', NAME, canonical(content).strip(chr(10)))}\n\nAprès"
    found = find_region(text, NAME)
    assert found is not None and not found.trouble
    first, last = text.index("-->") + 3, text.index("<!-- /wikibot:actions")
    at = data.draw(st.integers(first, last))
    meddled = text[:at] + insertion + text[at:]
    inner = canonical(meddled[first : last + len(insertion)])
    assume(inner != canonical(text[first:last]))  # a blank at the end is nobody's word
    with pytest.raises((SaveError, AmbiguousWikitext)):
        edit(meddled, "* nouveau")
    with pytest.raises((SaveError, AmbiguousWikitext)):
        edit(meddled, "")


@given(PIECES, CONTENTS.filter(kept))
def test_a_region_that_goes_leaves_what_stands_around_it(before: str, content: str) -> None:
    try:
        text = put_region(before, NAME, canonical(content).strip("\n"))
        longer = f"Titre\n{text}\nSuite"
        gone = take_region(longer, NAME)
    except AmbiguousWikitext:
        return
    assert "".join(gone.split()) == "".join(f"Titre{before}Suite".split())
    assert find_region(gone, NAME) is None


def test_line_ends_and_accents_are_no_persons_edit() -> None:
    text = written("Été", "e\u0301te\u0301\nb")
    for same in (text.replace("\n", "\r\n"), f"{text}\n", text.replace("\u00e9", "e\u0301")):
        assert edit(same, "été\nb") is None
    assert DATE_MARK in text
