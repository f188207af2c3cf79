"""Several wikis in one `wikibot.toml`: each its own, and nothing that two would write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from wikibot.config import Config, load_config, site_names
from wikibot.config.sites import over
from wikibot.config.tables import Limits
from wikibot.errors import ConfigError

TWO = '[wikis.un]\nfolder = "un"\n[wikis.deux]\nfolder = "deux"\n'
MAIN = '[wiki]\nfolder = "un"\n[wikis.essai]\nfolder = "deux"\n'


def write(folder: Path, text: str) -> Path:
    file = folder / "wikibot.toml"
    file.write_text(text)
    return file


def both(folder: Path, text: str) -> tuple[Config, Config]:
    file = write(folder, TWO + text)
    return load_config(file, "un"), load_config(file, "deux")


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as error:
        load_config(write(folder, text), "un")
    return error.value.message.fr.splitlines()


def test_a_key_that_a_wiki_does_not_have_itself_is_the_common_one(tmp_path: Path) -> None:
    one, two = both(
        tmp_path,
        '[limits]\nedits_per_minute = 3\n[stop]\npage = "Projet:Arrêt"\n'
        "[retention]\nlog_days = 90\n"
        "[wikis.deux.limits]\nedits_per_run = 20\n[wikis.deux.stop]\ntalk = false\n"
        "[wikis.deux.retention]\nundo_days = 30\n",
    )
    assert (one.limits.edits_per_minute, one.limits.edits_per_run) == (3, 500)
    assert (two.limits.edits_per_minute, two.limits.edits_per_run) == (3, 20)
    assert (one.stop.page, one.stop.talk) == ("Projet:Arrêt", True)
    assert (two.stop.page, two.stop.talk) == ("Projet:Arrêt", False)
    assert (one.retention.log_days, one.retention.undo_days) == (90, 180)
    assert (two.retention.log_days, two.retention.undo_days) == (90, 30)


def test_each_has_its_own_night_over_the_common_one(tmp_path: Path) -> None:
    one, two = both(
        tmp_path,
        '[nightly]\nfix = ["VOC103"]\n[nightly.report.webhook]\nurl_file = "salon"\n'
        '[wikis.un.nightly]\noverview = ["un.html"]\n[wikis.un.nightly.report]\nfile = "un.txt"\n'
        '[wikis.deux.nightly]\noverview = ["deux.html"]\nfix = []\n',
    )
    assert (one.nightly.fix, one.nightly.overview) == (("VOC103",), ("un.html",))
    assert (two.nightly.fix, two.nightly.overview) == ((), ("deux.html",))
    assert (one.nightly.report.file, two.nightly.report.file) == ("un.txt", None)
    for each in (one, two):
        assert each.nightly.report.webhook is not None


def test_each_has_its_own_trackers_account_mapping_and_state(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        '[wikis.un]\napi = "https://un.example.org/api.php"\naccount = "Robot un@nuit"\n'
        'mapping = "ici/un"\nstate = "etat/un"\n'
        '[wikis.un.trackers.equipe]\nkind = "workbook"\npath = "un.xlsx"\n'
        '[wikis.deux]\napi = "https://deux.example.org/api.php"\naccount = "Robot deux@nuit"\n'
        'state = "etat/deux"\n'
        '[wikis.deux.trackers.equipe]\nkind = "workbook"\npath = "deux.xlsx"\n',
    )
    one, two = load_config(file, "un"), load_config(file, "deux")
    assert (one.account({}), two.account({})) == ("Robot un@nuit", "Robot deux@nuit")
    assert one.trackers["equipe"].path == "un.xlsx"
    assert two.trackers["equipe"].path == "deux.xlsx"
    assert (one.mapping, two.mapping) == (tmp_path / "ici/un", "resilience")
    assert (one.state, two.state) == (tmp_path / "etat/un", tmp_path / "etat/deux")
    assert site_names(file) == ("un", "deux")


def test_beside_a_wiki_the_common_trackers_and_night_are_of_that_one(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        MAIN + '[trackers.equipe]\nkind = "workbook"\npath = "suivi.xlsx"\n'
        '[nightly]\noverview = ["apercu.html"]\n[limits]\nedits_per_run = 9\n',
    )
    first, trial = load_config(file), load_config(file, "essai")
    assert (list(first.trackers), list(trial.trackers)) == (["equipe"], [])
    assert (first.nightly.overview, trial.nightly.overview) == (("apercu.html",), ())
    assert first.limits.edits_per_run == trial.limits.edits_per_run == 9
    assert site_names(file) == ("", "essai")


def test_the_common_tables_serve_the_only_one_of_several(tmp_path: Path) -> None:
    config = load_config(
        write(
            tmp_path,
            '[wikis.un]\nfolder = "un"\n[trackers.equipe]\nkind = "workbook"\npath = "a.xlsx"\n'
            '[nightly]\ntrackers = ["equipe"]\n',
        )
    )
    assert list(config.trackers) == ["equipe"]
    assert config.nightly.trackers == ("equipe",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            TWO + '[nightly]\noverview = ["apercu.html"]\n',
            ["nightly.overview: « apercu.html » serait à plusieurs wikis (wikis.un, wikis.deux)"],
        ),
        (
            TWO + '[wikis.un.nightly]\noverview = ["a.html"]\n'
            '[wikis.deux.nightly]\noverview = ["sous/../a.html"]\n',
            ["wikis.deux.nightly.overview: « sous/../a.html » serait à plusieurs wikis"],
        ),
        (
            TWO + '[nightly.report]\nfile = "nuit.txt"\nmetrics = "nuit.prom"\n',
            [
                "nightly.report.file: « nuit.txt » serait à plusieurs wikis",
                "nightly.report.metrics: « nuit.prom » serait à plusieurs wikis",
            ],
        ),
        (
            TWO + '[trackers.equipe]\nkind = "workbook"\npath = "suivi.xlsx"\n',
            [
                "trackers.equipe: un suivi n'est qu'à un seul wiki, et il y en a plusieurs (un, "
                "deux). Écrivez [wikis.NOM.trackers.equipe].",
            ],
        ),
        (
            TWO + '[wikis.un.trackers.a]\nkind = "github"\nrepository = "nous/suivi"\n'
            '[wikis.deux.trackers.b]\nkind = "github"\nrepository = "nous/suivi"\n',
            ["wikis.deux.trackers.b: « nous/suivi » serait à plusieurs wikis"],
        ),
        (
            TWO.replace('"un"', '"un"\nstate = "etat"').replace('"deux"', '"deux"\nstate = "etat"'),
            ["wikis.deux.state: « etat » serait à plusieurs wikis (wikis.un, wikis.deux)"],
        ),
        (
            TWO + '[wikis.un.nightly]\ntrackers = ["equipe"]\n[wikis.deux.nightly]\n'
            'jobs = ["check", "check"]\n[wikis.deux.trackers.a]\nkind = "caldav"\n',
            [
                "wikis.un.nightly.trackers: « equipe » n'existe pas",
                "wikis.deux.trackers.a: « caldav » demande la clé url",
                "wikis.deux.nightly.jobs: un travail y est deux fois",
            ],
        ),
        (
            TWO + '[nightly]\njobs = ["report", "check"]\n',
            ["nightly.jobs: « report » vient en dernier"],
        ),
        (TWO + "[wikis.un.limits]\nedits = 3\n", ["wikis.un.limits.edits:"]),
    ],
)
def test_all_that_is_wrong_is_told_at_once_with_its_place(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    told = problems(tmp_path, text)
    assert len(told) == len(expected), told
    for line, beginning in zip(told, expected, strict=True):
        assert line.startswith(f"wikibot.toml: {beginning}"), told


@pytest.mark.parametrize(
    "text",
    [
        # the job that would write the file is not done
        '[nightly]\njobs = ["check"]\noverview = ["a.html"]\n',
        # each wiki has a page of that name
        '[nightly]\npublish = "Projet:Aperçu"\n[nightly.report]\npage = "Projet:Nuit"\n',
        # a report by mail says which wiki it is of
        '[nightly.report.mail]\nto = ["a@example.org"]\nsender = "b@example.org"\nhost = "h"\n',
    ],
)
def test_what_two_may_share_is_no_error(tmp_path: Path, text: str) -> None:
    one, two = both(tmp_path, text)
    assert one.nightly == two.nightly


def test_a_table_over_another_has_its_own_keys_alone() -> None:
    usual: dict[str, Any] = {"edits_per_minute": 3, "allow": ("shrink",)}
    own = over(Limits(**usual), Limits(edits_per_minute=6))  # the default, but said
    assert own == Limits(edits_per_minute=6, allow=("shrink",))
    assert over(Limits(**usual), None) == Limits(**usual)
