"""A tiny `knowledge/` of our own, so that these tests do not change when the clinical facts do."""

from __future__ import annotations

from pathlib import Path

import pytest

_FILES = {
    "terms.yml": "set_aside: [ferritin, restless legs syndrome, transferrin saturation]\n",
    "labs.yml": (
        "ferritin:\n  names: [ferritin, feratin, iron stores]\n"
        "transferrin_saturation:\n  names: [transferrin saturation, iron saturation]\n"
        "vitamin_b12:\n  names: [vitamin b12, b12]\n"
    ),
    "medicines.yml": (
        "diphenhydramine:\n  class: antihistamine\n  brands: [Benadryl, Tylenol PM]\n  dangerous_to_stop: false\n"
        "pramipexole:\n  class: dopamine agonist\n  brands: [Mirapex]\n  dangerous_to_stop: true\n"
        "gabapentin:\n  class: alpha-2-delta\n  brands: []\n  dangerous_to_stop: false\n"
        "gabapentin enacarbil:\n  class: alpha-2-delta\n  brands: [Horizant]\n  dangerous_to_stop: false\n"
        "tramadol:\n  class: opioid\n  brands: [Ultram]\n  dangerous_to_stop: true\n"
    ),
    "references.yml": (
        "aasm_2025:\n  title: Treatment guideline\n  journal: J Clin Sleep Med\n  year: 2025\n"
        "  doi: 10.5664/jcsm.11390\n  plain: the 2025 guideline\n"
        "nhs:\n  title: Restless legs\n  journal: nhs.uk\n  year: '2022'\n"
        "  url: https://example.org/rls\n  plain: a page of the NHS\n"
        "book:\n  title: A book\n  journal: none\n  year: 2001\n  plain: a book\n"
    ),
    "spelling.yml": "phone_words:\n  cant: can't\n  hubby: husband\n  alot: a lot\nkeep: [rls, plmd, cpap]\n",
}


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with a few facts of every kind."""
    folder = tmp_path_factory.mktemp("knowledge")
    for name, text in _FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
