"""A doctor looks at this machine: the state folder, the secret's place, folders and exports."""

from __future__ import annotations

import os
import shutil
import stat
from datetime import timedelta
from pathlib import Path

import pytest

import wikibot
from tests.jobs.doctoring import (
    ACCOUNT,
    NOON,
    TRIAL,
    Look,
    folder_with,
    look,
    outcome,
    point,
    stub,
    time,
)
from tests.wiki.exports import export, page, revision
from tests.wiki.stub_api import PASSWORD, StubApi
from wikibot.errors import WikibotError
from wikibot.jobs.doctor.machine import network_file_system
from wikibot.jobs.manners import Manners
from wikibot.jobs.state import account_lock, run_lock
from wikibot.store import Journal

__all__ = ["look", "stub", "time"]  # fixtures


class TestIdentity:
    def test_a_journal_of_another_wiki_fails(self, look: Look, tmp_path: Path) -> None:
        with Journal.open(tmp_path / "state", "autre"):
            pass
        identity = point(look(), "identity")
        assert (identity.outcome, identity.exit_code) == ("failed", 4)
        assert "autre" in identity.found.fr

    def test_its_own_journal_is_well(self, look: Look, tmp_path: Path) -> None:
        with Journal.open(tmp_path / "state", "stub"):
            pass
        found = look()
        assert found.wiki == "stub"
        assert (outcome(found, "identity"), outcome(found, "journal")) == ("ok", "ok")

    def test_a_journal_that_is_none_fails_and_stays_as_it_is(
        self, look: Look, tmp_path: Path
    ) -> None:
        (tmp_path / "state").mkdir(mode=0o700)
        journal = tmp_path / "state" / "journal.sqlite"
        journal.write_bytes(b"no journal at all" * 100)
        assert outcome(look(), "journal") == "failed"
        assert journal.read_bytes() == b"no journal at all" * 100


class TestThisMachine:
    @pytest.mark.parametrize(
        ("hours", "how", "word"),
        [(0, "ok", "heure"), (1, "warning", "avance"), (-1, "warning", "retarde")],
    )
    def test_a_wrong_clock_is_told(self, look: Look, hours: int, how: str, word: str) -> None:
        clock = point(look(clock=NOON + timedelta(hours=hours)), "clock")
        assert (clock.outcome, word in clock.found.fr) == (how, True)

    def test_a_minute_is_no_matter(self, look: Look) -> None:
        assert outcome(look(clock=NOON + timedelta(seconds=59)), "clock") == "ok"

    @pytest.mark.parametrize(
        ("free", "how"), [(2**40, "ok"), (400 * 2**20, "warning"), (2**20, "failed")]
    )
    def test_a_disk_that_is_nearly_full_is_told(
        self, look: Look, monkeypatch: pytest.MonkeyPatch, free: int, how: str
    ) -> None:
        usage = type(shutil.disk_usage("."))(2**41, 0, free)
        monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
        assert outcome(look(), "disk") == how

    def test_a_state_folder_that_is_not_there_is_no_fault_and_stays_so(
        self, look: Look, tmp_path: Path
    ) -> None:
        state = tmp_path / "deep" / "state"
        assert outcome(look(state=state), "state") == "ok"
        assert not state.parent.exists()

    def test_one_that_cannot_be_written_fails(self, look: Look, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        for state in (tmp_path / "file", tmp_path / "file" / "state"):
            found = point(look(state=state), "state")
            assert (found.outcome, found.exit_code) == ("failed", 2)

    def test_nothing_is_left_in_it(self, look: Look, tmp_path: Path) -> None:
        (tmp_path / "state").mkdir(mode=0o700)
        look()
        assert list((tmp_path / "state").iterdir()) == []

    @pytest.mark.skipif(os.name == "nt", reason="no such modes on Windows")
    def test_what_others_may_read_is_named(self, look: Look, tmp_path: Path) -> None:
        with Journal.open(tmp_path / "state", "stub"):
            pass
        assert outcome(look(), "modes") == "ok"
        (tmp_path / "state" / "journal.sqlite").chmod(0o644)
        modes = point(look(), "modes")
        assert (modes.outcome, "journal.sqlite" in modes.found.fr) == ("warning", True)
        (tmp_path / "state" / "journal.sqlite").chmod(0o600)
        (tmp_path / "state").chmod(0o755)
        assert outcome(look(), "modes") == "warning"

    def test_another_run_is_told_and_is_not_disturbed(self, look: Look, tmp_path: Path) -> None:
        state = tmp_path / "state"
        with run_lock(state):
            lock = point(look(), "lock")
            assert lock.outcome == "warning"
            with pytest.raises(WikibotError), run_lock(state):
                pass
        assert outcome(look(), "lock") == "ok"
        with run_lock(state):
            pass

    def test_another_run_of_the_account_elsewhere_on_this_machine_is_told(
        self, look: Look, stub: StubApi
    ) -> None:
        with account_lock(stub.api, ACCOUNT):
            assert outcome(look(), "lock") == "warning"

    def test_a_place_where_locks_do_not_work_fails(
        self, look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import fcntl

        def refuse(*_: object) -> None:
            raise OSError(38, "Function not implemented")

        (tmp_path / "state").mkdir(mode=0o700)
        monkeypatch.setattr(fcntl, "flock", refuse)
        assert outcome(look(), "lock") == "failed"

    @pytest.mark.parametrize(
        ("mounts", "path", "kind"),
        [
            (["/ ext4", "/srv nfs4"], "/srv/state", "nfs4"),
            (["/ ext4", "/srv nfs4"], "/srv2/state", None),
            (["/ nfs", "/srv ext4"], "/srv/state", None),
            (["/ ext4", "/a\\040b cifs"], "/a b", "cifs"),
            (["/ ext4", "/srv ext4", "/srv fuse.sshfs"], "/srv", "fuse.sshfs"),
            (["garbage"], "/srv", None),
        ],
    )
    def test_a_file_system_of_another_machine_is_known_by_its_mount(
        self, tmp_path: Path, mounts: list[str], path: str, kind: str | None
    ) -> None:
        table = tmp_path / "mountinfo"
        lines = [f"1 0 0:1 / {line.split()[0]} rw - {line.split()[-1]} x rw" for line in mounts]
        table.write_text("\n".join(lines))
        assert network_file_system(Path(path), table) == kind
        assert network_file_system(Path(path), tmp_path / "absent") is None

    def test_a_state_folder_on_another_machine_is_worth_a_warning(
        self, look: Look, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert not [one for one in look().points if one.id == "filesystem"]
        monkeypatch.setattr("wikibot.jobs.doctor.machine.network_file_system", lambda path: "nfs4")
        assert outcome(look(), "filesystem") == "warning"


class TestAFolder:
    def test_a_healthy_one_is_all_well_and_untouched(self, tmp_path: Path) -> None:
        folder = folder_with(tmp_path)
        found = wikibot.doctor(
            wikibot.open_wiki(folder),
            wikibot.load_mapping(TRIAL),
            setup=wikibot.Setup(f"{folder}"),
        )
        assert [one.outcome for one in found.points if one.outcome != "ok"] == []
        assert found.exit_code == 0
        assert "1 page" in point(found, "template.Fiche").found.fr
        assert [path.name for path in folder.iterdir()] == ["Une fiche.wikitext"]
        assert {one.group for one in found.points} == {"configuration", "wiki", "pages", "machine"}

    def test_one_that_calls_no_template_of_the_mapping_fails(self, tmp_path: Path) -> None:
        folder = folder_with(tmp_path, "<nowiki>{{Fiche}}</nowiki>")
        found = wikibot.doctor(wikibot.open_wiki(folder), wikibot.load_mapping(TRIAL))
        assert outcome(found, "templates") == "failed"

    def test_one_that_cannot_be_written_fails(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = folder_with(tmp_path)
        real = os.access
        monkeypatch.setattr(
            os, "access", lambda path, mode: real(path, mode) and Path(path) != folder
        )
        found = wikibot.doctor(wikibot.open_wiki(folder), wikibot.load_mapping(TRIAL))
        assert outcome(found, "writable") == "failed"
        assert outcome(found, "state") == "failed"

    def test_its_stop_page_is_read_too(self, tmp_path: Path) -> None:
        folder = folder_with(tmp_path)
        manners, mapping = Manners(stop_page="Arrêt"), wikibot.load_mapping(TRIAL)
        found = wikibot.doctor(wikibot.open_wiki(folder), mapping, manners=manners)
        assert outcome(found, "stop-page") == "failed"
        (folder / "Arrêt.wikitext").write_text("go\n")
        found = wikibot.doctor(wikibot.open_wiki(folder), mapping, manners=manners)
        assert not [one for one in found.points if one.id == "stop-page"]


class TestAnExport:
    def test_it_is_for_reading_and_needs_no_journal(self, tmp_path: Path) -> None:
        file = tmp_path / "export.xml"
        file.write_bytes(export(page("Une fiche", revision(1, "{{Fiche|nom=A}}"))))
        found = wikibot.doctor(wikibot.open_wiki(file), wikibot.load_mapping(TRIAL))
        assert found.exit_code == 0
        assert "1 page" in point(found, "template.Fiche").found.fr
        assert not [one for one in found.points if one.group in ("machine", "account", "stop")]

    def test_one_that_is_cut_short_fails(self, tmp_path: Path) -> None:
        file = tmp_path / "export.xml"
        whole = export(page("Une fiche", revision(1, "{{Fiche|nom=A}}")))
        file.write_bytes(whole[: whole.rindex(b"</page>")])
        found = wikibot.doctor(wikibot.open_wiki(file), wikibot.load_mapping(TRIAL))
        assert outcome(found, "templates") == "failed"
        assert found.exit_code == 2


class TestWhereTheSecretComesFrom:
    @pytest.mark.parametrize(
        ("lines", "environ", "words"),
        [
            ('password_file = "clé.txt"', {}, "clé.txt"),
            ('password_command = ["pass", "show", "wiki"]', {}, "pass"),
            ('credential = "wiki"', {}, "systemd"),
            ("keyring = true", {}, "trousseau"),
            ('password_file = "clé.txt"', {"WIKIBOT_PASSWORD": PASSWORD}, "WIKIBOT_PASSWORD"),
        ],
    )
    def test_its_source_is_named_and_never_the_secret(
        self, tmp_path: Path, lines: str, environ: dict[str, str], words: str
    ) -> None:
        from wikibot.config import load_config

        file = tmp_path / "wikibot.toml"
        api = "https://wiki.example.org/api.php"
        file.write_text(f'[wiki]\napi = "{api}"\naccount = "R@n"\n{lines}\n')
        before = dict(environ)
        setup = wikibot.Setup.of(api, load_config(file), environ, file)
        assert setup.secret is not None
        assert words in setup.secret.fr
        assert PASSWORD not in repr(setup)
        assert environ == before  # it is only looked at

    def test_the_trackers_whose_rows_become_pages_are_known(self, tmp_path: Path) -> None:
        from wikibot.config import load_config

        file = tmp_path / "wikibot.toml"
        api = "https://wiki.example.org/api.php"
        file.write_text(
            f'[wiki]\napi = "{api}"\n'
            '[trackers.equipe]\nkind = "workbook"\npath = "a.xlsx"\ncreate = ["tracker"]\n'
            '[trackers.nuage]\nkind = "workbook"\npath = "b.xlsx"\n'
        )
        assert wikibot.Setup.of(api, load_config(file), {}, file).creating == ("nuage",)

    def test_a_folder_has_no_account(self, tmp_path: Path) -> None:
        environ = {"WIKIBOT_ACCOUNT": "R@n", "WIKIBOT_PASSWORD": PASSWORD}
        assert wikibot.Setup.of("pages", None, environ, None).account is None
        server = wikibot.Setup.of("https://wiki.example.org/api.php", None, environ, None)
        assert server.account == "R@n"


@pytest.mark.skipif(os.name == "nt", reason="no such modes on Windows")
def test_a_configuration_that_others_can_change_is_worth_a_warning(tmp_path: Path) -> None:
    folder, file = folder_with(tmp_path), tmp_path / "wikibot.toml"
    file.write_text("")
    for mode, how in ((0o644, "ok"), (0o666, "warning")):
        file.chmod(mode)
        assert stat.S_IMODE(file.stat().st_mode) == mode
        found = wikibot.doctor(
            wikibot.open_wiki(folder),
            wikibot.load_mapping(TRIAL),
            setup=wikibot.Setup(f"{folder}", file),
        )
        assert outcome(found, "file") == how
