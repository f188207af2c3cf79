"""Certificates for servers on loopback, vouched for by nobody but themselves."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest


def self_signed(path: Path, days: int) -> None:
    """Write a certificate for 127.0.0.1 and its key to `path`, valid for so many days."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not on this machine: no certificate can be made")
    folder = path.parent
    command = f"{openssl} req -x509 -newkey rsa:2048 -nodes -days {days} -subj /CN=127.0.0.1"
    names = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "cert.pem"]
    subprocess.run([*command.split(), *names], cwd=folder, check=True, capture_output=True)
    path.write_text((folder / "cert.pem").read_text() + (folder / "key.pem").read_text())
