"""The content lint over files or the whole project."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from stillnight.content.faults import Fault
from stillnight.content.held_out import check_held_out
from stillnight.content.knowledge_lint import (
    check_details,
    check_facts,
    check_lab_answers,
    check_symptom_answers,
    unreadable,
)
from stillnight.content.leads import check_leads
from stillnight.content.lint import check_file, check_project
from stillnight.content.look_alikes import check_openings, comparable, look_alikes
from stillnight.content.responses import ContentFile, Example, answers, examples_of, read_all, read_file
from stillnight.content.schema import check_shape
from stillnight.evaluation.neighbours import vectors_of
from stillnight.nlu.labels import FAQ, base
from stillnight.nlu.weights import Vectors
from stillnight.paths import MODEL, PROJECT
from stillnight.review.desk import Desk
from stillnight.review.record import check_record
from stillnight.yaml_files import load_yaml

# So many new examples are encoded in a moment; more of them take time that is announced.
_AT_ONCE: Final = 200


def _reference_ids(knowledge: Path) -> frozenset[str]:
    return frozenset(load_yaml(knowledge / "references.yml"))


def check_files(files: Sequence[Path], knowledge: Path, project: Path = PROJECT) -> list[Fault]:
    """Faults of the given files, and of their examples beside all others of the project.

    Raises:
        ContentError: for another content file that cannot be read.
    """
    faults = check_alone(files, knowledge, project)
    known = {path.resolve() for path in files}
    content = [path for path in files if knowledge.resolve() not in path.resolve().parents]
    if faults or not content:
        return faults
    others = [file for file in read_all(project / "data") if file.path.resolve() not in known]
    return check_examples([read_file(path) for path in content], others, knowledge, project)


def check_alone(files: Sequence[Path], knowledge: Path, project: Path = PROJECT) -> list[Fault]:
    """Faults of the given files but for likeness of examples, which takes a while.

    Raises:
        ContentError: for another content file that cannot be read.
    """
    misshapen = [fault for path in files for fault in check_shape(path)]
    if misshapen:
        return misshapen
    facts = [path for path in files if knowledge.resolve() in path.resolve().parents]
    # All that is checked below reads the facts.
    broken = list(unreadable(knowledge)) if facts else []
    if broken:
        return broken
    references = _reference_ids(knowledge)
    faults = _check_knowledge(knowledge, read_all(project / "data"), [path.name for path in facts]) if facts else []
    checked = [read_file(path) for path in files if path not in facts]
    if not checked:
        return faults
    known = {path.resolve() for path in files}
    others = [file for file in read_all(project / "data") if file.path.resolve() not in known]
    names = {answer.name for answer in answers((*checked, *others))}
    intents = {intent for file in (*checked, *others) for intent in file.examples}
    return [
        *faults,
        *(fault for file in checked for fault in check_file(file, knowledge, references)),
        *check_leads(answers(tuple(checked)), intents, names),
    ]


def _check_knowledge(knowledge: Path, files: Iterable[ContentFile], only: Sequence[str] = ()) -> list[Fault]:
    """Faults of facts that can be read, of all files or of some."""
    files = list(files)
    names = {answer.name for file in files for answer in file.answers}
    tasks = {base(intent) for file in files for intent in file.examples} - {FAQ}
    return [
        *check_facts(knowledge, _reference_ids(knowledge), only),
        *check_lab_answers(knowledge, names),
        *check_symptom_answers(knowledge, names),
        *check_details(knowledge, names, tasks),
    ]


def check_all(project: Path, data: Path, knowledge: Path) -> list[Fault]:
    """Faults of all content and of how it fits together. Raises ContentError for a file that cannot be read."""
    return _check_content(read_all(data), project, knowledge)


def _check_content(files: tuple[ContentFile, ...], project: Path, knowledge: Path) -> list[Fault]:
    references = _reference_ids(knowledge)
    single = [fault for file in files for fault in check_file(file, knowledge, references)]
    return single + list(check_project(files, project / "domain.yml", knowledge, project / "tests" / "nlu"))


def check_everything(project: Path, data: Path, knowledge: Path) -> list[Fault]:
    """Faults of all content and all facts; of their form alone, where that is wrong."""
    paths = [*sorted(knowledge.rglob("*.yml")), *sorted(data.rglob("*.yml"))]
    misshapen = [fault for path in paths for fault in check_shape(path)]
    if misshapen:
        return misshapen
    broken = list(unreadable(knowledge))
    if broken:
        # The other checks read these files.
        return broken
    files = read_all(data)
    topics = Desk.read(data, knowledge, in_full=False).topics
    return [
        *check_record(knowledge, topics),
        *_check_content(files, project, knowledge),
        *check_examples(files, (), knowledge, project),
        *_check_knowledge(knowledge, files),
    ]


def check_examples(
    checked: Iterable[ContentFile], others: Iterable[ContentFile], knowledge: Path, project: Path
) -> list[Fault]:
    """Faults of the checked files' examples: like another label's, like a test's, too many of one pattern.

    Args:
        checked: the files in question.
        others: the rest of the project's content, to compare with.
        knowledge: folder of the clinical facts.
        project: folder with `tests/` and `models/`.
    """
    checked, others = list(checked), list(others)
    own = comparable(checked)
    faults = [*check_held_out(checked, project / "tests"), *check_openings(checked)]
    if own:
        both = [*own, *comparable(others)]
        everything = examples_of([*checked, *others])
        vectors = _vectors(both, everything, knowledge, project / MODEL.parent.name)
        faults += look_alikes(both, vectors, len(own))
    return faults


def _vectors(examples: Sequence[Example], everything: Iterable[Example], knowledge: Path, folder: Path) -> Vectors:
    """Vectors of the examples, mended by a speller that learned from everything, as in training."""
    # The encoder takes a while to import and to build.
    from stillnight.language.spelling import Speller
    from stillnight.language.text import normalized
    from stillnight.nlu.encoder import SentenceEncoder

    speller = Speller.learn((normalized(example.text) for example in everything), knowledge)
    encoder = SentenceEncoder.built()

    def encode(texts: Sequence[str]) -> Vectors:
        if len(texts) > _AT_ONCE:
            print(
                f"Encoding {len(texts):,} new examples to compare them: a minute or more, once …",
                file=sys.stderr,
                flush=True,
            )
        return encoder.encode(texts)

    return vectors_of(examples, speller.mend, encode, encoder.digest, folder)
