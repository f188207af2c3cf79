"""Starts wikibot in processes of its own, and looks at what they leave."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.cli.command import Done


def start(
    command: Sequence[str], env: Mapping[str, str], cwd: Path | None = None, seconds: float = 120
) -> Done:
    """Run a command to its end, with nothing to read; bytes that are no text show as escapes."""
    done = subprocess.run(
        command,
        env=dict(env),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="backslashreplace",
        check=False,
        timeout=seconds,
    )
    return Done(done.returncode, done.stdout, done.stderr)
