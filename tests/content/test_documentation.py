"""The documentation as pages: built by one command, every link checked, nothing fetched from elsewhere."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from stillnight.paths import PROJECT


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages, as `make docs` builds them."""
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run([PROJECT / "scripts/docs", str(folder)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_every_document_is_a_page(site: Path) -> None:
    documents = {path.relative_to(PROJECT / "docs").with_suffix(".html") for path in (PROJECT / "docs").rglob("*.md")}
    assert documents <= {path.relative_to(site) for path in site.rglob("*.html")}


def test_pages_fetch_nothing_from_elsewhere(site: Path) -> None:
    for path in site.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert not re.findall(r'<(?:link|script|img|iframe)[^>]*(?:href|src)="(?:https?:)?//', page), path.name
    for path in site.rglob("*.css"):
        assert not re.findall(r"url\(['\"]?https?:|@import ['\"]https?:", path.read_text(encoding="utf-8")), path.name


def test_links_and_places_within_the_documentation_exist(site: Path) -> None:
    pages = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html") if path.name != "404.html"}
    for path, page in pages.items():
        for link in re.findall(r'<a [^>]*href="((?![a-z]+:)[^"]+)"', page):
            file, _, place = link.partition("#")
            target = (path.parent / file).resolve() if file else path
            assert target.exists(), (path.name, link)
            if place and target in pages:
                assert f'id="{place}"' in pages[target], (path.name, link)


def test_tests_that_the_documentation_names_exist() -> None:
    for path in (PROJECT / "docs").rglob("*.md"):
        for name in re.findall(r"`(tests/[\w/]+\.\w+)`", path.read_text(encoding="utf-8")):
            assert (PROJECT / name).is_file(), (path.name, name)
