# /// script
# requires-python = ">=3.10"
# dependencies = ["pip-audit==2.10.1"]
# ///
"""Asks for known vulnerabilities of everything that is locked for the server: `make audit`.

Those that docs/threat-model.md lists, with why they do not reach us, are left out. pip-audit is locked beside this file
(`audit.py.lock`): it needs a newer `packaging` than Rasa takes.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
LISTED = PROJECT / "docs" / "threat-model.md"
ROW = re.compile(r"^\| ((?:CVE|GHSA|PYSEC)-[A-Za-z0-9-]+) \|", re.MULTILINE)


def known() -> list[str]:
    """Ids of the vulnerabilities that are listed."""
    return ROW.findall(LISTED.read_text(encoding="utf-8"))


def main() -> int:
    """Further arguments go to pip-audit."""
    uv = os.environ.get("UV", "uv")
    with tempfile.TemporaryDirectory() as folder:
        locked = str(Path(folder) / "requirements.txt")
        export = ["export", "--frozen", "--quiet", "--no-dev", "--no-emit-project", "--format", "requirements.txt"]
        subprocess.run([uv, *export, "--output-file", locked], cwd=PROJECT, check=True)
        # Strict: a package of which nothing can be learnt is a failure too.
        command = [sys.executable, "-m", "pip_audit", "--strict", "--require-hashes", "--disable-pip", "-r", locked]
        ignored = [part for each in known() for part in ("--ignore-vuln", each)]
        return subprocess.run([*command, *ignored, *sys.argv[1:]], cwd=PROJECT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
