"""A tiny `knowledge/` of our own, so that these tests do not change when the clinical facts do."""

from __future__ import annotations

from pathlib import Path

import pytest


def _medicine(name: str, kind: str, brands: str, stopping: str = "") -> str:
    return (
        f"{name}:\n  class: {kind}\n  brands: {{{brands}}}\n  effect: treats\n  evidence: study\n  sources: [nhs]\n"
        + (f"  stopping: {stopping}\n" if stopping else "")
        + "  review: needed\n"
    )


def _kind(key: str, plural: str, called: str, stopping: str = "") -> str:
    return (
        f"{key}:\n  name: {plural}\n  plural: {plural}\n  called: [{called}]\n  effect: treats\n  evidence: study\n"
        f"  sources: [nhs]\n" + (f"  stopping: {stopping}\n" if stopping else "") + "  review: needed\n"
    )


_FILES = {
    "terms.yml": "set_aside: [ferritin, restless legs syndrome, transferrin saturation]\n",
    "labs.yml": (
        "ferritin:\n  title: ferritin\n  names: [ferritin, feratin, iron stores]\n"
        "transferrin_saturation:\n  title: transferrin saturation\n  names: [transferrin saturation, iron saturation]\n"
        "vitamin_b12:\n  title: vitamin B12\n  names: [vitamin b12, b12]\n"
    ),
    "medicines.yml": (
        _medicine("diphenhydramine", "antihistamine", "US: [Benadryl, Tylenol PM]")
        + _medicine("pramipexole", "dopamine_agonist", "US: [Mirapex]", "dopamine")
        + _medicine("gabapentin", "gabapentinoid", "US: []")
        + _medicine("gabapentin enacarbil", "gabapentinoid", "US: [Horizant]")
        + _medicine("tramadol", "opioid", "US: [Ultram]", "opioid")
    ),
    "medicine_classes.yml": (
        _kind("antihistamine", "antihistamines", "allergy tablet")
        + _kind("dopamine_agonist", "dopamine agonists", "dopamine agonist", "dopamine")
        + _kind("gabapentinoid", "gabapentin and its like", "gabapentinoid")
        + _kind("opioid", "opioids", "opioid", "opioid")
    ),
    "stopping.yml": "".join(
        f"{key}:\n  why: can harm\n  short: harm\n  signs: shaking\n  emergency: a fit\n"
        "  sources: [nhs]\n  review: needed\n"
        for key in ("dopamine", "opioid")
    ),
    "dangerous_pairs.yml": "pairs: []\n",
    "medicine_names.yml": (
        "amounts: [mg]\nregions: {US: the United States}\ntaken_for_one_another: []\neveryday_words: []\n"
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
