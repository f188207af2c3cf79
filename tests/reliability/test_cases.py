"""Every acceptance case has a test that is there; `cases.toml` is the table."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
CASES: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("cases.toml").read_text(encoding="utf-8")
)
# All of them: a case does not go away by being left out of the table.
FAULTS = (
    *(1, 2, 3, 4, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 21, 22, 28, 29, 30, 31, 33, 35, 37, 38),
    *(40, 42, 43, 44, 45, 47, 49, 50, 51, 53, 54, 55, 57, 58, 60, 61, 62, 63, 64, 65, 67, 71),
    *(72, 73, 74, 75, 77, 78, 80, 82, 84, 85, 86, 87, 88, 89, 90, 91, 94, 95, 96, 97, 100, 103),
    *(104, 105, 106, 108, 110, 112),
)
KILLS = (1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 15, 16, 18, 19, 21)
SECURITY = (1, 3, 5, 6, 7, 9, 10)
NUMBERS = (
    *(f"F{n:02}" for n in FAULTS),
    *(f"K{n:02}" for n in KILLS),
    *(f"X{n:02}" for n in SECURITY),
)


@cache
def functions(path: str) -> frozenset[str]:
    """Return the names of the tests of a file, in classes too."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_the_table_has_every_case_and_no_other() -> None:
    assert sorted(CASES) == sorted(NUMBERS)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_case_has_tests_that_are_there(number: str) -> None:
    found = CASES[number]
    assert bool(found.get("tests")) is not ("later" in found), "tests, or a reason for none yet"
    assert found["case"]
    for test in found.get("tests", ()):
        path, _, name = test.partition("::")
        assert (ROOT / path).is_file(), f"{path} is gone"
        assert name in functions(path), f"{test} is gone"


def test_a_test_of_this_folder_bears_the_number_of_its_case() -> None:
    here = "tests/reliability/"
    for number, found in CASES.items():
        for test in found.get("tests", ()):
            path = test.partition("::")[0]
            if path.startswith(here):
                assert number in (ROOT / path).read_text(encoding="utf-8"), test


def test_few_cases_wait_for_a_room_that_is_not_built() -> None:
    assert {number for number, found in CASES.items() if "later" in found} <= {"F97", "K06", "X06"}
