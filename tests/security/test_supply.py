"""What the server is made of: locked with hashes, asked for known vulnerabilities, and written down."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest
from packaging.version import Version

from stillnight.paths import PROJECT
from stillnight.yaml_files import load_yaml

LOCKS: Final = ("uv.lock", "scripts/audit.py.lock")
_PACKAGE: Final = re.compile(
    r'^\[\[package\]\]\nname = "(.+?)"\nversion = "(.+?)"\n(.*?)(?=^\[\[package|\Z)', re.M | re.S
)
_FILE: Final = re.compile(r"\{ url = .*\}")
_ROW: Final = re.compile(r"^\| ((?:CVE|GHSA|PYSEC)-\S+) \| (\S+) (\S+) \| (.+) \|$", re.M)
_NAMED: Final = re.compile(r"\[[^\]]*\]\(([^)#]+)|`([\w./*]+\.py|\.\./[\w./]+/)`")
# Newer than Rasa asks for: older ones have holes. See docs/threat-model.md.
LEAST: Final = {
    "aiohttp": "3.14.5",
    "pydantic": "1.10.27",
    "protobuf": "4.25.9",
    "setuptools": "80.10.2",
    "pymongo": "4.18.3",
    "dnspython": "2.8.0",
    "sentry-sdk": "1.45.1",
    "numpy": "1.26.4",
    "scipy": "1.13.1",
    "scikit-learn": "1.6.1",
    "skops": "0.16.0",
    # The release that mends a path traversal of Sanic, and that of Rasa's remote model.
    "sanic": "21.12.2",
    "rasa": "3.6.21",
}


def locked(name: str) -> dict[str, tuple[str, str]]:
    """Version and entry of each package."""
    text = (PROJECT / name).read_text(encoding="utf-8")
    return {package: (version, rest) for package, version, rest in _PACKAGE.findall(text)}


def threat_model() -> str:
    return (PROJECT / "docs" / "threat-model.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LOCKS)
def test_every_file_that_is_installed_has_a_known_hash(name: str) -> None:
    packages = locked(name)
    assert len(packages) > 20
    for package, (_, entry) in packages.items():
        files = _FILE.findall(entry)
        assert files or 'source = { editable = "." }' in entry, package
        assert all('hash = "sha256:' in file for file in files), package


@pytest.mark.parametrize("package", LEAST)
def test_library_is_new_enough(package: str) -> None:
    assert Version(locked("uv.lock")[package][0]) >= Version(LEAST[package])


def test_every_known_vulnerability_is_of_what_is_locked_and_says_why_it_does_not_reach() -> None:
    rows, packages = _ROW.findall(threat_model()), locked("uv.lock")
    assert rows and len({each[0] for each in rows}) == len(rows)
    for identity, package, version, why in rows:
        # With a newer version the row has to go.
        assert packages[package][0] == version, identity
        assert len(why.split()) > 3, identity


def test_audit_leaves_out_what_the_table_lists_and_nothing_else() -> None:
    code = (PROJECT / "scripts" / "audit.py").read_text(encoding="utf-8")
    names: dict[str, Any] = {"__name__": "audit", "__file__": str(PROJECT / "scripts" / "audit.py")}
    exec(compile(code, "audit.py", "exec"), names)
    assert names["known"]() == [identity for identity, *_ in _ROW.findall(threat_model())]
    assert "--ignore-vuln" not in (PROJECT / "Makefile").read_text(encoding="utf-8")


def test_workflow_audits_with_every_push_and_every_week() -> None:
    workflow = load_yaml(PROJECT / ".github" / "workflows" / "security.yml")
    # YAML 1.1 reads the key `on` as true.
    assert {"push", "pull_request", "schedule"} <= set(workflow.get("on") or workflow[True])
    runs = [step.get("run") for step in workflow["jobs"]["dependencies"]["steps"]]
    assert {"make audit", "make sbom"} <= set(runs)
    assert not any("continue-on-error" in step for job in workflow["jobs"].values() for step in job["steps"])


def test_bill_of_materials_names_every_library_of_the_server() -> None:
    subprocess.run(["make", "--no-print-directory", "sbom"], cwd=PROJECT, check=True, capture_output=True)
    bill = json.loads((PROJECT / "results" / "stillnight.cdx.json").read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    listed = {each["name"]: each["version"] for each in bill["components"]}
    packages = locked("uv.lock")
    assert {"rasa", "sanic", "itsdangerous", "cryptography"} <= set(listed)
    assert all(packages[name][0] == version for name, version in listed.items())
    assert not {"pytest", "atheris", "playwright"} & set(listed)


def test_threat_model_names_tests_that_exist() -> None:
    here = PROJECT / "tests" / "security"
    named = {second for _, second in _NAMED.findall(threat_model()) if second}
    assert len(named) > 10
    for name in named:
        assert list(here.glob(name)) if "*" not in name else list(here.parent.glob(name.removeprefix("../"))), name


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_no_secret_is_in_the_repository() -> None:
    kept = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    odd = [
        name for name in kept if Path(name).suffix in {".pem", ".key", ".p12"} or "/secrets/" in name or ".env" in name
    ]
    assert odd == []
