"""What is handed out: the wheel, the locks, the licences, and a command line that starts fast."""

from __future__ import annotations

import importlib.metadata
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCKS = sorted(ROOT.glob("requirements*.lock"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(build, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


class TestWheel:
    def test_holds_the_package_and_its_types(self, files: set[str]) -> None:
        assert {"wikibot/__init__.py", "wikibot/py.typed"} <= files

    @pytest.mark.parametrize("folder", ["mappings", "templates"])
    def test_holds_the_data(self, files: set[str], folder: str) -> None:
        here = {
            f"wikibot/{path.relative_to(ROOT).as_posix()}"
            for path in (ROOT / folder).rglob("*")
            if path.is_file()
        }
        assert here, f"{folder}/ is empty"
        assert {name for name in files if name.startswith(f"wikibot/{folder}/")} == here

    def test_holds_nothing_else(self, files: set[str]) -> None:
        assert {name.split("/")[0] for name in files} == {
            "wikibot",
            f"wikibot-{PROJECT['version']}.dist-info",
        }


def locked(lock: Path) -> dict[str, list[str]]:
    """The options (hashes) of each pinned requirement of a lock."""
    text = lock.read_text().replace("\\\n", " ")
    lines = [line.split("#")[0].strip() for line in text.splitlines()]
    return {line.split()[0]: line.split(" --")[1:] for line in lines if line}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
class TestLocks:
    def test_every_requirement_is_pinned_and_hashed(self, lock: Path) -> None:
        requirements = locked(lock)
        assert requirements
        for requirement, options in requirements.items():
            assert re.fullmatch(r"[\w.-]+==[\w.+!]+", requirement)
            assert options, f"{requirement} has no hash"
            for option in options:
                assert re.fullmatch(r"hash=sha256:[0-9a-f]{64}", option.strip())

    def test_no_address_and_no_path(self, lock: Path) -> None:
        assert not re.search(
            r"://|^\s*-[^-]|--(?:index|extra|find|trusted)| @ |[\w.]/", lock.read_text(), re.M
        )


def test_the_locks_hold_the_dependencies_of_the_project() -> None:
    pinned = {canonicalize_name(r.split("==")[0]) for r in locked(ROOT / "requirements.lock")}
    for dependency in map(Requirement, PROJECT["dependencies"]):
        assert canonicalize_name(dependency.name) in pinned


def runtime_distributions() -> Iterator[importlib.metadata.Distribution]:
    for requirement in locked(ROOT / "requirements.lock"):
        try:
            yield importlib.metadata.distribution(requirement.split("==")[0])
        except importlib.metadata.PackageNotFoundError:  # for another platform
            continue


@pytest.mark.parametrize(
    "distribution", list(runtime_distributions()), ids=lambda distribution: distribution.name
)
def test_no_dependency_binds_to_the_gpl(distribution: importlib.metadata.Distribution) -> None:
    metadata = distribution.metadata
    licences = [
        *(metadata.get_all("License-Expression") or []),
        *(c for c in metadata.get_all("Classifier") or [] if c.startswith("License ::")),
    ] or (metadata.get_all("License") or [])
    assert licences, "no licence is stated"
    for licence in licences:
        # The Lesser GPL and the MPL let us stay MIT; the GPL and the AGPL do not.
        assert not re.search(r"(?<!L)\bA?GPL|(?<!Lesser )General Public", licence), licence


def test_help_loads_no_heavy_module() -> None:
    # What it costs to start is what it imports: click is enough to print help.
    heavy = (
        "jinja2 mwclient mwparserfromhell openpyxl pydantic rapidfuzz requests rich sqlite3 "
        "vl_convert"
    )
    script = f"""
import sys
sys.argv = ["wikibot", "--help"]
from wikibot.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
loaded = sorted(set({heavy.split()!r}) & set(sys.modules))
print("loaded:", *loaded, file=sys.stderr)
"""
    start = [sys.executable, "-c", script]
    done = subprocess.run(start, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout
    assert done.stderr.splitlines()[-1:] == ["loaded:"]
