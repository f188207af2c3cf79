"""What a waiver lets pass: on a page, of a file, until a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checks.support import findings, page, trial_mapping
from wikibot.checks.baseline import baseline_of
from wikibot.checks.finding import Finding
from wikibot.checks.selection import parse_selection
from wikibot.checks.sifting import Sifted, Wishes, sift
from wikibot.checks.waivers import OnPage, Waiver, waivers_on
from wikibot.language import Text
from wikibot.mapping import RuleSettings
from wikibot.title import FRENCH, Title
from wikibot.wikitext import FRENCH_WIKI

WAIVER = "<!-- wikibot: ignorer {} : c'est voulu -->"


def on(text: str) -> tuple[Waiver, ...]:
    return waivers_on(page(text), trial_mapping(), FRENCH_WIKI).waivers


def told(text: str) -> list[tuple[str, str]]:
    """Return rule and field of what counts on a page, required fields aside."""
    return [(f.field, f.rule) for f in findings(text) if f.rule != "REQ101"]


def test_without_a_waiver_both_fields_are_told() -> None:
    assert told("{{Fiche|licence=MIT|court=une phrase de plus de quatre mots..}}") == [
        ("court", "TXT104"),
        ("court", "TXT105"),
        ("licence", "VOC102"),
    ]


@pytest.mark.parametrize(
    ("rules", "left"),
    [
        ("VOC102", ["TXT104", "TXT105"]),
        ("term-alias", ["TXT104", "TXT105"]),
        ("TXT", ["VOC102"]),
        ("TXT104, voc102", ["TXT105"]),
        ("TXT104 et VOC102", ["TXT105"]),
        ("TXT104 TXT105,VOC", []),
        ("LST", ["TXT104", "TXT105", "VOC102"]),
    ],
)
@pytest.mark.parametrize("text", ["{}{{{{Fiche{}}}}}", "{{{{Fiche{1}}}}}\n\n* {0}\n"])
def test_outside_of_any_value_it_holds_for_the_page(text: str, rules: str, left: list[str]) -> None:
    written = text.format(
        WAIVER.format(rules), "|licence=MIT|court=une phrase de plus de quatre mots.."
    )
    assert [rule for _, rule in told(written)] == left


@pytest.mark.parametrize(
    "text",
    [
        "{{{{Fiche|court=une phrase de plus de quatre mots..{}|licence=MIT}}}}",
        "{{{{Fiche|court={}une phrase de plus de quatre mots..|licence=MIT}}}}",
        "{{{{Fiche\n|court=une phrase de plus de quatre mots..\n{}\n|licence=MIT\n}}}}",
        "{{{{Fiche\n|licence=MIT\n|court=une phrase de plus de quatre mots..\n{}\n}}}}",
    ],
)
def test_inside_a_value_it_holds_for_that_field_alone(text: str) -> None:
    written = text.format(WAIVER.format("TXT, VOC"))
    assert told(written) == [("licence", "VOC102")]


def test_behind_an_old_name_of_a_parameter_it_holds_for_the_field() -> None:
    field = next(f for f in trial_mapping().page_types[0].fields if f.parameter_aliases)
    written = f"{{{{Fiche|{field.parameter_aliases[0]}=x {WAIVER.format('PAR104')}}}}}"
    assert [w.field for w in on(written)] == [field.id]


def test_behind_an_unknown_parameter_it_holds_for_that_parameter() -> None:
    assert told(f"{{{{Fiche|inconnu=x {WAIVER.format('PAR101')}|autre=y}}}}") == [
        ("autre", "PAR101")
    ]


def test_of_two_sheets_one_within_the_other_the_inner_field_counts() -> None:
    inner = f"{{{{Fiche|tags=a {WAIVER.format('VOC')}}}}}"
    assert [w.field for w in on(f"{{{{Fiche|court=x {inner}}}}}")] == ["tags"]


@pytest.mark.parametrize(
    ("comment", "until", "reason"),
    [
        ("wikibot: ignorer VOC102 : c'est voulu", None, "c'est voulu"),
        ("wikibot : Ignorer VOC102: voir : plus bas", None, "voir : plus bas"),
        ("wikibot:ignore VOC102 until 2027-01-31:wanted", date(2027, 1, 31), "wanted"),
        ("wikibot: ignorer VOC102 jusqu'au 2027-01-31 : ok", date(2027, 1, 31), "ok"),
        ("wikibot: ignorer VOC102 jusqu’au 31 janvier 2027 : ok", date(2027, 1, 31), "ok"),
        ("wikibot: ignorer VOC102 jusqu'au 31/01/2027 : ok", date(2027, 1, 31), "ok"),
        ("\n wikibot: ignorez VOC102,\n jusqu'au 2027-01-31 :\n  une\n  raison\n",
         date(2027, 1, 31), "une raison"),
    ],
)  # fmt: skip
def test_it_is_read_as_people_write_it(comment: str, until: date | None, reason: str) -> None:
    (waiver,) = on(f"<!--{comment}-->{{{{Fiche}}}}")
    assert (waiver.codes, waiver.until, waiver.reason) == (frozenset({"VOC102"}), until, reason)


@pytest.mark.parametrize(
    "text",
    [
        "<nowiki><!-- wikibot: ignorer VOC102 : non --></nowiki>{{Fiche}}",
        "<pre><!-- wikibot: ignorer VOC102 : non --></pre>{{Fiche}}",
        "wikibot: ignorer VOC102 : non {{Fiche}}",
        "{{Fiche}}<!-- wikibot: ignorer VOC102 : non",
        "<!-- wikibot: relu ; ignorer VOC102 : non -->{{Fiche}}",
    ],
)
def test_what_is_no_live_comment_to_the_bot_is_no_waiver(text: str) -> None:
    assert on(text) == ()


@given(
    st.lists(
        st.sampled_from(
            [
                *("VOC102", "XXX", "31 janvier 2027", "2027-01-31", "2027-02-30", "raison"),
                *("jusqu'au", "until", "et", *",:-|é \n\x00", "{{", "}}", "<!--"),
            ]
        )
        | st.text(max_size=5),
        max_size=12,
    ).map("".join)
)
def test_whatever_stands_behind_the_verb_it_holds_or_is_told(body: str) -> None:
    body = body.replace("-->", "")
    here = waivers_on(
        page(f"{{{{Fiche|licence=MIT <!-- wikibot: ignorer {body}-->}}}}"),
        trial_mapping(),
        FRENCH_WIKI,
    )
    assert len(here.waivers) + len(here.malformed) == 1
    for waiver in here.waivers:
        assert waiver.codes
        assert waiver.reason.strip()


MARES, HAIES = Title(0, "Mares"), Title(0, "Haies")
IDS = {MARES: 1, HAIES: 2}
DAY = date(2026, 6, 15)


def finding(rule: str, title: Title = MARES, field: str = "licence") -> Finding:
    return Finding(rule, "warning", title, field, "x", Text("a.", "a."))


def of_file(
    *codes: str, until: date | None = None, field: str = "", title: Title | None = None
) -> Waiver:
    return Waiver(frozenset(codes), "voulu", until, field, title)


def parted(
    *found: Finding, on_pages: dict[Title, OnPage] | None = None, **wishes: object
) -> Sifted:
    return sift(found, IDS, on_pages or {}, Wishes(DAY, **wishes))  # type: ignore[arg-type]


def codes(found: tuple[Finding, ...]) -> list[str]:
    return [f.rule for f in found]


def test_a_waiver_of_a_file_holds_for_its_page_and_field() -> None:
    found = [
        finding("VOC102"),
        finding("VOC102", field="autre"),
        finding("VOC103"),
        finding("VOC102", HAIES),
    ]
    assert len(parted(*found, waivers=(of_file("VOC102"),)).waived) == 3
    assert len(parted(*found, waivers=(of_file("VOC102", title=MARES),)).waived) == 2
    one = parted(*found, waivers=(of_file("VOC102", title=MARES, field="licence"),))
    assert [f for f, _ in one.waived] == found[:1]
    assert one.findings == tuple(found[1:])


def test_an_expired_waiver_of_a_file_is_told_once_on_the_first_page_that_misses_it() -> None:
    over = of_file("VOC102", until=date(2026, 6, 14))
    sifted = parted(
        finding("LST101"), finding("VOC102", HAIES), finding("VOC102", HAIES), waivers=(over,)
    )
    assert [(f.rule, f.title) for f in sifted.findings] == [
        ("LST101", MARES),
        ("VOC102", HAIES),
        ("VOC102", HAIES),
        ("WAI101", HAIES),
    ]
    assert parted(finding("LST101"), waivers=(over,)).findings == (finding("LST101"),)
    assert "2026-06-14" in sifted.findings[-1].message.fr


def test_another_waiver_may_still_hold_where_one_has_expired() -> None:
    waivers = (of_file("VOC102", until=date(2026, 6, 14)), of_file("VOC102"))
    sifted = parted(finding("VOC102"), waivers=waivers)
    assert codes(sifted.findings) == ["WAI101"]
    assert [waiver.until for _, waiver in sifted.waived] == [None]


def test_what_is_waived_is_no_part_of_a_threshold() -> None:
    settings = {"VOC102": RuleSettings(warn_above=1)}
    two = (finding("VOC102"), finding("VOC102", HAIES))
    waived = parted(*two, settings=settings, waivers=(of_file("VOC102", title=HAIES),))
    assert [f.severity for f in waived.findings] == ["info"]
    assert [f.severity for f in parted(*two, settings=settings).findings] == ["warning"] * 2


def test_each_finding_is_left_out_for_one_reason() -> None:
    found = (finding("VOC102"), finding("LST101"), finding("REQ101"), finding("TXT101"))
    sifted = parted(
        *found,
        waivers=(of_file("VOC102"),),
        baseline=baseline_of(found[:2], IDS),
        selection=parse_selection(["TXT,VOC,LST"]),
    )
    assert sifted.left_out == {"waiver": 1, "baseline": 1, "selection": 1}
    assert codes(sifted.findings) == ["TXT101"]
    assert sifted.resolved == 0  # what is waived now was not mended


def test_a_severity_is_selected_as_the_thresholds_leave_it() -> None:
    settings = {"VOC102": RuleSettings(warn_above=1)}
    sifted = parted(finding("VOC102"), settings=settings, selection=parse_selection([], ["info"]))
    assert (sifted.findings, sifted.left_out["selection"]) == ((), 1)


def test_resolved_is_what_the_baseline_knew_of_pages_that_were_read() -> None:
    gone = Title(0, "Gué")
    known = baseline_of(
        [finding("VOC102"), finding("LST101"), finding("REQ101", gone)], {**IDS, gone: 3}
    )
    assert parted(finding("VOC102"), baseline=known).resolved == 2
    some = parted(finding("VOC102"), baseline=known, whole=False)
    assert some.resolved == 1
    assert sum(some.not_looked_for.values()) == 1


def test_what_an_unreadable_page_or_a_rule_that_is_off_no_longer_says_is_not_resolved() -> None:
    known = baseline_of([finding("VOC102"), finding("LST101", HAIES)], IDS)
    unreadable = finding("PAG101", field="")
    off = {"LST101": RuleSettings(enabled=False)}
    assert parted(unreadable, baseline=known).resolved == 1
    assert parted(unreadable, baseline=known, settings=off).resolved == 0


def test_titles_of_another_namespace_are_other_pages() -> None:
    action = FRENCH.parse("Action:Mares")
    sifted = parted(finding("VOC102", action), waivers=(of_file("VOC102", title=MARES),))
    assert not sifted.waived
