"""The examples of `data/` for contenders that are not ours: topics, tasks and other subjects, without dangers."""

from __future__ import annotations

from stillnight.nlu.labels import base, is_near_miss, label_of
from stillnight.paths import DATA


def by_label(retrieval: str = "") -> dict[str, list[str]]:
    """Texts of each label.

    Args:
        retrieval: the intent whose labels keep their second part as Rasa's retrieval intents have it; others become
            plain intents.
    """
    from stillnight.assistant.importer import DataImporter

    found: dict[str, list[str]] = {}
    for message in DataImporter(training_data_paths=[str(DATA)]).get_nlu_data().intent_examples:
        label = label_of(message)
        if base(label) != "red_flag" and not is_near_miss(message):
            kept = label if base(label) == retrieval else label.replace("/", "__")
            found.setdefault(kept, []).append(str(message.get("text")))
    return found
