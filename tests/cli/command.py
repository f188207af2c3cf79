"""The command line as a person or a script uses it, and a small folder of invented pages."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wikibot.cli import main

ROOT = Path(__file__).resolve().parents[2]
ATLAS = "Atlas des haies"
# A page without any finding; « licence » stands between « challenge » and « niveau ».
PAGE = """\
{{Ressource
|shortDescription=Cartes et récits pour planter des haies à plusieurs.
|description=Un atlas que tiennent ses habitants, commune par commune.
|from=Les Berges d'Exemple
|contributeurs=Alix Imaginaire, Robin Maquette
|challenge=4- Modèle économique
|licence=Licence Ouverte 2.0 (Etalab)
|niveau=Idée
|Main_Picture=Haie-en-fleurs.jpg
|Tags=haie, bocage
|referent=Alix Imaginaire
}}

Les cartes se complètent à la main ; voir aussi [[Semences locales]].
"""
# A term misspelt (VOC103, a safe fix) and no image (a rule without a fix).
MISSPELT = """\
{{Ressource
|shortDescription=Recenser les mares d'un plateau et ce qui y vit.
|description=Une méthode de relevé, mare par mare, avec les écoles du plateau.
|from=Les Grenouilles d'Exemple
|contributeurs=Noor Essai
|challenge=4- Modèle économique
|licence=Licence Ouverte 2.0 (Etalab)
|niveau=idée
|Tags=étang, bocage
|referent=Noor Essai
}}
"""


@dataclass(frozen=True)
class Done:
    """How a command ended: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def run(*arguments: str | Path) -> Done:
    """Run a command in this process, where the locale speaks French."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = end.code
    assert isinstance(code, int)
    return Done(code, out.getvalue(), err.getvalue())


def spawn(
    *arguments: str | Path, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> Done:
    """Run a command in a process of its own; `env` is added to ours."""
    done = subprocess.run(
        [sys.executable, "-m", "wikibot", *map(str, arguments)],
        env=environment(env),
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return our environment, in which a subprocess finds this wikibot."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **(more or {})}


def pages_in(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every page file of a folder wiki."""
    return {file.name: file.read_bytes() for file in sorted(folder.glob("*.wikitext"))}


def run_id(done: Done) -> str:
    """Return the id of the run that a command made, from its JSON report."""
    return str(done.json["run_id"])
