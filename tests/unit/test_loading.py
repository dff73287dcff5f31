"""A quick load is still Rasa's load: the same domain, whatever it holds, and Rasa's own judgement of anything odd."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rasa.shared.utils.io
import rasa.shared.utils.validation
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.domain import Domain
from rasa.shared.exceptions import RasaException

from stillnight.assistant.loading import kept_domain, read_domain_once, unchanged_files
from stillnight.paths import PROJECT

# What one reader of YAML takes for a word and another for something else stands here on purpose.
ODD = """
version: "3.1"
intents: [faq, {out_of_scope: {ignore_entities: [lab]}}, "on"]
entities: [lab, {medicine: {roles: [now, before], groups: ["1"]}}]
slots:
  told: {type: bool, initial_value: null, mappings: [{type: custom}]}
  when: {type: text, initial_value: "12:30", influence_conversation: false, mappings: [{type: custom}]}
  kind:
    type: categorical
    values: ["no", "~", "1e3", other]
    mappings: [{type: from_text, conditions: [{active_loop: report, requested_slot: kind}]}]
  many: {type: float, min_value: 0.5, max_value: 1000, mappings: [{type: custom}]}
forms: {report: {required_slots: [kind]}}
actions: [action_tell, {action_more: {send_domain: true}}]
session_config: {session_expiration_time: 0, carry_over_slots_to_new_session: false}
responses:
  utter_yes: [{text: "Yes", metadata: {title: "No"}}]
  utter_time: [{text: "22:30"}, {text: "0777"}, {text: "2024-02-30"}, {text: "null"}]
  utter_lines:
  - text: "Sleep well 🌙\\n\\n- é\\n- “quoted”: {name}\\n"
    buttons: [{title: "Off", payload: '/faq{{"a": 1}}'}]
  utter_channel: [{channel: whatsapp, text: short}, {text: "y", custom: {a: [1, 2.0, true, null]}}]
"""
ASCII = 'version: "3.1"\nresponses:\n  utter_a: [{text: "Yes \\\\u00e9 back\\\\slash \\U0001F319"}]\n'


def kept_by_rasa(domain: Domain, folder: Path) -> Path:
    folder.mkdir()
    domain.persist(folder / "domain.yml")
    return folder


def same(one: Domain, other: Domain) -> bool:
    dicts = [json.dumps(domain.as_dict()) for domain in (one, other)]
    seen = [(d.fingerprint(), d.input_states, d.action_names_or_texts, d.responses, d.entities) for d in (one, other)]
    slots = [[(slot.persistence_info(), slot.initial_value, slot.mappings) for slot in d.slots] for d in (one, other)]
    return dicts[0] == dicts[1] and seen[0] == seen[1] and slots[0] == slots[1]


@pytest.mark.parametrize("source", [ODD, ASCII, (PROJECT / "domain.yml").read_text(encoding="utf-8")])
def test_domain_is_the_one_that_rasa_reads(source: str, tmp_path: Path) -> None:
    folder = kept_by_rasa(Domain.from_yaml(source), tmp_path / "domain_provider")
    assert same(kept_domain(folder), Domain.from_path(folder))


def test_several_files_are_merged_by_rasa(tmp_path: Path) -> None:
    folder = kept_by_rasa(Domain.from_yaml(ODD), tmp_path / "domain_provider")
    (folder / "more.yml").write_text('version: "3.1"\nintents: [greet]\n', encoding="utf-8")
    assert "greet" in kept_domain(folder).intents
    assert same(kept_domain(folder), Domain.from_path(folder))


@pytest.mark.parametrize("content", ["- a list", ""])
def test_file_that_is_no_domain_is_rasas_to_judge(content: str, tmp_path: Path) -> None:
    (tmp_path / "domain.yml").write_text(content, encoding="utf-8")
    assert same(kept_domain(tmp_path), Domain.from_path(tmp_path))


def test_damaged_file_is_an_error(tmp_path: Path) -> None:
    # Rasa warns and goes on without any answer.
    (tmp_path / "domain.yml").write_text("responses: [", encoding="utf-8")
    with pytest.raises(RasaException):
        kept_domain(tmp_path)


@pytest.fixture
def ours() -> Iterator[None]:
    before = DomainProvider.__dict__["load"]
    read_domain_once()
    yield
    DomainProvider.load = before


@pytest.mark.usefixtures("ours")
def test_provider_reads_the_file_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    storage, resource = LocalModelStorage(tmp_path), Resource("domain_provider")
    with storage.write_to(resource) as folder:
        Domain.from_yaml(ODD).persist(folder / "domain.yml")
    read: list[str] = []
    original = rasa.shared.utils.io.read_yaml

    def counted(content: str, *args: Any, **kwargs: Any) -> Any:
        read.append(content)
        return original(content, *args, **kwargs)

    monkeypatch.setattr(rasa.shared.utils.io, "read_yaml", counted)
    context = ExecutionContext(GraphSchema({}))
    provider = DomainProvider.load({}, storage, resource, context, resource_name="x")
    assert isinstance(provider, DomainProvider)
    assert len(read) == 1
    assert same(provider.provide_inference(), Domain.from_yaml(ODD))


@pytest.mark.usefixtures("ours")
def test_provider_is_loaded_with_what_rasa_hands_over() -> None:
    def rasas_own() -> Any:
        spec = inspect.getfile(DomainProvider)
        scope: dict[str, Any] = {"__name__": "rasas_own_provider"}
        exec(compile(Path(spec).read_text(encoding="utf-8"), spec, "exec"), scope)
        return scope["DomainProvider"].load

    assert list(inspect.signature(DomainProvider.load).parameters) == list(inspect.signature(rasas_own()).parameters)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is nothing to ask")
def test_freed_memory_goes_back_to_the_system() -> None:
    script = """
        import ctypes, pathlib
        from stillnight.assistant.loading import give_back_memory

        def pages() -> int:
            return int(pathlib.Path("/proc/self/statm").read_text().split()[1])

        if not hasattr(ctypes.CDLL(None), "malloc_trim"):
            raise SystemExit(0)
        give_back_memory()
        # Blocks too large for Python's own store, and one behind them that keeps the heap from shrinking by itself.
        blocks = [bytearray(4000) for _ in range(20_000)]
        last = bytearray(4000)
        full = pages()
        del blocks
        give_back_memory()
        raise SystemExit(full - pages() < 15_000)
    """
    assert subprocess.run([sys.executable, "-c", textwrap.dedent(script)], cwd=PROJECT, check=False).returncode == 0


_MAPPINGS = """\
55d000-560000 r--p 00000000 08:01 11                     /lib/constants.so
Size:                 12 kB
Rss:                   8 kB
Anonymous:             0 kB
AnonHugePages:         0 kB
560000-570000 r-xp 00003000 08:01 11                     /lib/with space.so
Rss:                  64 kB
Anonymous:             0 kB
570000-574000 r--p 00013000 08:01 11                     /lib/written-while-loading.so
Rss:                  16 kB
Anonymous:             4 kB
574000-578000 rw-p 00017000 08:01 11                     /lib/variables.so
Anonymous:             0 kB
578000-57c000 r--s 00000000 08:01 12                     /shared.db
Anonymous:             0 kB
57c000-580000 r--p 00000000 00:00 0
Anonymous:             0 kB
580000-584000 r-xp 00000000 00:00 0                      [vdso]
Anonymous:             0 kB
"""


def test_only_what_stands_in_a_file_just_the_same_is_left_to_it(tmp_path: Path) -> None:
    (tmp_path / "smaps").write_text(_MAPPINGS, encoding="utf-8")
    assert unchanged_files(tmp_path / "smaps") == [(0x55D000, 0x560000), (0x560000, 0x570000)]
    assert unchanged_files(tmp_path / "nothing") == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is nothing to ask")
def test_code_that_is_not_used_leaves_memory_and_works_when_it_is() -> None:
    script = """
        import pathlib
        import onnxruntime, numpy
        from stillnight.assistant.loading import give_back_memory

        def of_files() -> int:
            (line,) = [each for each in pathlib.Path("/proc/self/status").read_text().splitlines() if "RssFile" in each]
            return int(line.split()[1])

        numbers = numpy.arange(90_000.0).reshape(300, 300)
        product, full = numbers @ numbers, of_files()
        give_back_memory()
        raise SystemExit(of_files() > full // 2 or not numpy.array_equal(numbers @ numbers, product))
    """
    assert subprocess.run([sys.executable, "-c", textwrap.dedent(script)], cwd=PROJECT, check=False).returncode == 0
