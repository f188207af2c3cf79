"""Where the secret of an account comes from, and that it goes nowhere else."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from wikibot.config import load_config
from wikibot.errors import ConfigError
from wikibot.redaction import redacted

SECRET = "canari-9f3k-abcdefghijkl"
WORDS = ["canari-consommateur-1", "canari-secret-2", "canari-acces-3", "canari-secret-4"]
API = "https://wiki.example.org/w/api.php"


def password(folder: Path, keys: str, environ: dict[str, str] | None = None) -> str | None:
    """Return the secret that a configuration with these keys leads to."""
    file = folder / "wikibot.toml"
    file.write_text(f'[wiki]\napi = "{API}"\naccount = "Robot@nuit"\n{keys}')
    return load_config(file).password({} if environ is None else environ)


def secret(folder: Path, data: bytes = SECRET.encode(), mode: int = 0o600) -> Path:
    path = folder / "secret.txt"
    path.write_bytes(data)
    path.chmod(mode)
    return path


def test_there_is_none_unless_it_is_given(tmp_path: Path) -> None:
    assert password(tmp_path, "") is None


class TestTheEnvironment:
    def test_has_the_first_word(self, tmp_path: Path) -> None:
        secret(tmp_path, b"autre")
        keys = 'password_file = "secret.txt"'
        assert password(tmp_path, keys, {"WIKIBOT_PASSWORD": SECRET}) == SECRET

    def test_loses_it_so_that_no_command_started_later_inherits_it(self, tmp_path: Path) -> None:
        environ = {"WIKIBOT_PASSWORD": SECRET, "HOME": "/nobody"}
        assert password(tmp_path, "", environ) == SECRET
        assert environ == {"HOME": "/nobody"}

    def test_says_nothing_when_it_is_empty(self, tmp_path: Path) -> None:
        secret(tmp_path)
        keys = 'password_file = "secret.txt"'
        assert password(tmp_path, keys, {"WIKIBOT_PASSWORD": ""}) == SECRET


class TestAFile:
    KEYS = 'password_file = "secret.txt"'

    @pytest.mark.parametrize(
        "data",
        [
            SECRET.encode(),
            f"{SECRET}\n".encode(),
            f"{SECRET}\r\n".encode(),
            f"\ufeff{SECRET}\n".encode(),
            f"{SECRET}\nune note\n".encode(),
        ],
    )
    def test_gives_its_first_line(self, tmp_path: Path, data: bytes) -> None:
        secret(tmp_path, data)
        assert password(tmp_path, self.KEYS) == SECRET

    @pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o601, 0o777])
    def test_open_to_others_is_refused(self, tmp_path: Path, mode: int) -> None:
        path = secret(tmp_path, mode=mode)
        with pytest.raises(ConfigError) as raised:
            password(tmp_path, self.KEYS)
        assert raised.value.advice is not None
        assert raised.value.advice.fr == f"Fermez-le : chmod 600 {path}"

    def test_of_someone_else_is_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = secret(tmp_path)
        monkeypatch.setattr(os, "getuid", lambda: path.stat().st_uid + 1)
        with pytest.raises(ConfigError) as raised:
            password(tmp_path, self.KEYS)
        assert raised.value.message.fr == (
            f"Secret illisible : {path} (il appartient à quelqu'un d'autre)."
        )

    def test_that_is_a_link_is_refused(self, tmp_path: Path) -> None:
        secret(tmp_path)
        (tmp_path / "lien").symlink_to("secret.txt")
        with pytest.raises(ConfigError) as raised:
            password(tmp_path, 'password_file = "lien"')
        assert raised.value.message.fr == (
            f"Secret illisible : {tmp_path / 'lien'} (c'est un lien)."
        )

    @pytest.mark.parametrize(
        "prepare",
        [
            lambda path: path.mkdir(0o700),
            lambda path: os.mkfifo(path, 0o600),
            lambda path: None,
            lambda path: (path.touch(0o600), path.write_bytes(b"")),
            lambda path: (path.touch(0o600), path.write_bytes(b"\n" + SECRET.encode())),
            lambda path: (path.touch(0o600), path.write_bytes(SECRET.encode() + b"\xff")),
        ],
        ids=["a folder", "a pipe", "nothing", "empty", "an empty line", "no text"],
    )
    def test_that_holds_none_is_refused(self, tmp_path: Path, prepare: object) -> None:
        assert callable(prepare)
        prepare(tmp_path / "secret.txt")
        with pytest.raises(ConfigError) as raised:
            password(tmp_path, self.KEYS)
        assert raised.value.message.fr.startswith("Secret illisible : ")
        assert SECRET not in str(vars(raised.value)) + repr(raised.value.__context__)


class TestACommand:
    def test_gives_the_first_line_it_prints(self, tmp_path: Path) -> None:
        command = f'password_command = ["{sys.executable}", "-c", "print(\'{SECRET}\\\\nx\')"]'
        assert password(tmp_path, command) == SECRET

    def test_is_started_by_no_shell(self, tmp_path: Path) -> None:
        script = "import sys; print(sys.argv[1])"
        command = f'password_command = ["{sys.executable}", "-c", "{script}", "$HOME;echo"]'
        assert password(tmp_path, command) == "$HOME;echo"

    @pytest.mark.parametrize(
        ("script", "why"),
        [
            (f"import sys; print('{SECRET}'); sys.exit('{SECRET}')", "code 1"),
            ("pass", "sortie vide"),
            (f"print(); print('{SECRET}')", "sortie vide"),
            ("import sys; sys.stdout.buffer.write(b'\\\\xff')", ""),
        ],
    )
    def test_that_fails_shows_nothing_of_what_it_printed(
        self, tmp_path: Path, script: str, why: str
    ) -> None:
        with pytest.raises(ConfigError) as raised:
            password(tmp_path, f'password_command = ["{sys.executable}", "-c", "{script}"]')
        assert why in raised.value.message.fr
        assert SECRET not in f"{raised.value.message}{raised.value.advice}"

    def test_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match="FileNotFoundError"):
            password(tmp_path, 'password_command = ["nulle-part"]')


class TestACredentialOfSystemd:
    KEYS = 'credential = "wiki"'

    @pytest.fixture
    def environ(self, tmp_path: Path) -> dict[str, str]:
        folder = tmp_path / "credentials"
        folder.mkdir(0o700)
        return {"CREDENTIALS_DIRECTORY": str(folder)}

    def give(self, environ: dict[str, str], mode: int = 0o400) -> Path:
        path = Path(environ["CREDENTIALS_DIRECTORY"], "wiki")
        path.write_text(f"{SECRET}\n")
        path.chmod(mode)
        return path

    # systemd lets a service that is not root's in by an access list: it shows as the group's.
    @pytest.mark.parametrize("mode", [0o400, 0o440])
    def test_is_read_by_its_name(self, tmp_path: Path, environ: dict[str, str], mode: int) -> None:
        self.give(environ, mode)
        assert password(tmp_path, self.KEYS, environ) == SECRET

    def test_open_to_all_is_refused(self, tmp_path: Path, environ: dict[str, str]) -> None:
        self.give(environ, 0o444)
        with pytest.raises(ConfigError, match="open to others"):
            password(tmp_path, self.KEYS, environ)

    def test_that_is_a_link_is_refused(self, tmp_path: Path, environ: dict[str, str]) -> None:
        path = self.give(environ)
        path.rename(path.with_name("autre"))
        path.symlink_to("autre")
        with pytest.raises(ConfigError, match="it is a link"):
            password(tmp_path, self.KEYS, environ)

    def test_without_systemd_says_what_the_service_needs(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError) as raised:
            password(tmp_path, self.KEYS)
        assert raised.value.message.fr == "systemd n'a pas donné le secret « wiki » à wikibot."
        assert raised.value.advice is not None
        assert "LoadCredential=wiki:/" in raised.value.advice.fr

    @pytest.mark.parametrize("name", ["../wiki", "a/b", "..", "."])
    def test_names_no_other_folder(
        self, tmp_path: Path, environ: dict[str, str], name: str
    ) -> None:
        secret(tmp_path)
        (tmp_path / "wiki").write_text(SECRET)
        with pytest.raises(ConfigError, match="systemd has not given"):
            password(tmp_path, f'credential = "{name}"', environ)

    def test_that_was_not_given_is_named(self, tmp_path: Path, environ: dict[str, str]) -> None:
        with pytest.raises(ConfigError, match=r"credentials/wiki"):
            password(tmp_path, self.KEYS, environ)


class Keyring(ModuleType):
    """The package `keyring` as far as wikibot knows it; it holds one secret."""

    def __init__(self, answer: str | Exception | None) -> None:
        super().__init__("keyring")
        self.asked: list[tuple[str, str]] = []
        self.answer = answer

    def get_password(self, service: str, user: str) -> str | None:
        self.asked.append((service, user))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


class TestAKeyring:
    KEYS = "keyring = true"

    def install(self, monkeypatch: pytest.MonkeyPatch, answer: str | Exception | None) -> Keyring:
        package = Keyring(answer)
        monkeypatch.setitem(sys.modules, "keyring", package)
        return package

    def test_knows_the_secret_by_host_and_account(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        package = self.install(monkeypatch, SECRET)
        assert password(tmp_path, self.KEYS) == SECRET
        assert package.asked == [("wiki.example.org", "Robot@nuit")]

    def test_is_not_loaded_unless_it_is_asked_for(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "keyring", None)  # importing it fails
        secret(tmp_path)
        assert password(tmp_path, 'password_file = "secret.txt"') == SECRET

    def test_without_its_package_says_how_to_get_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "keyring", None)
        with pytest.raises(ConfigError) as raised:
            password(tmp_path, self.KEYS)
        assert raised.value.advice is not None
        assert raised.value.advice.fr == "Installez-le : pip install 'wikibot[keyring]'"

    def test_without_the_entry_says_how_to_make_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.install(monkeypatch, None)
        with pytest.raises(ConfigError) as raised:
            password(tmp_path, self.KEYS)
        assert raised.value.advice is not None
        assert raised.value.advice.fr == (
            "Enregistrez-y le secret : keyring set wiki.example.org Robot@nuit"
        )

    @pytest.mark.parametrize(
        "error", [RuntimeError(SECRET), OSError(SECRET), AttributeError(SECRET)]
    )
    def test_that_stays_shut_is_one_line(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
    ) -> None:
        self.install(monkeypatch, error)
        with pytest.raises(ConfigError, match="does not open") as raised:
            password(tmp_path, self.KEYS)
        assert SECRET not in f"{raised.value.message}{raised.value.advice}"
        assert raised.value.__suppress_context__


class TestOAuth:
    @pytest.mark.parametrize(
        "text",
        [
            " ".join(WORDS),
            "\n".join(WORDS),
            "\r\n".join([*WORDS, ""]),
            "\n".join([*WORDS, "une note pour plus tard"]),
            " ".join(WORDS) + "\nune note pour plus tard\n",
        ],
        ids=["one line", "four lines", "of Windows", "four and a note", "one and a note"],
    )
    def test_1_has_four_words_on_one_line_or_on_four(self, tmp_path: Path, text: str) -> None:
        secret(tmp_path, text.encode())
        keys = 'login = "oauth1"\npassword_file = "secret.txt"'
        assert password(tmp_path, keys) == " ".join(WORDS)

    def test_2_has_one_line(self, tmp_path: Path) -> None:
        secret(tmp_path, f"{SECRET}\nune note".encode())
        keys = 'login = "oauth2"\npassword_file = "secret.txt"'
        assert password(tmp_path, keys) == SECRET


class TestHiding:
    """Whatever the source, what was read is shown nowhere any more."""

    @pytest.fixture
    def fresh(self) -> Iterator[str]:
        """A secret that no other test has hidden yet."""
        value = f"canari-{os.urandom(12).hex()}"
        assert redacted(value) == value
        yield value
        assert redacted(f"avant {value} après") == "avant *** après"

    def test_of_the_environment(self, tmp_path: Path, fresh: str) -> None:
        password(tmp_path, "", {"WIKIBOT_PASSWORD": fresh})

    def test_of_a_file(self, tmp_path: Path, fresh: str) -> None:
        secret(tmp_path, fresh.encode())
        password(tmp_path, 'password_file = "secret.txt"')

    def test_of_a_command(self, tmp_path: Path, fresh: str) -> None:
        password(tmp_path, f'password_command = ["echo", "{fresh}"]')

    def test_of_a_credential(self, tmp_path: Path, fresh: str) -> None:
        secret(tmp_path, fresh.encode(), 0o400)
        environ = {"CREDENTIALS_DIRECTORY": str(tmp_path)}
        password(tmp_path, 'credential = "secret.txt"', environ)

    def test_of_a_keyring(
        self, tmp_path: Path, fresh: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        TestAKeyring().install(monkeypatch, fresh)
        password(tmp_path, "keyring = true")

    def test_of_each_word_of_oauth_1(self, tmp_path: Path, fresh: str) -> None:
        secret(tmp_path, f"{WORDS[0]} {WORDS[1]} {fresh} {WORDS[3]}".encode())
        password(tmp_path, 'login = "oauth1"\npassword_file = "secret.txt"')

    def test_but_not_of_the_note_below_it(self, tmp_path: Path, fresh: str) -> None:
        note = f"note-{os.urandom(12).hex()}"
        secret(tmp_path, f"{fresh}\n{note}\n".encode())
        password(tmp_path, 'password_file = "secret.txt"')
        assert redacted(note) == note
