"""The content lint: every fault is reported, and good content passes."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from stillnight.commands.check import check_all, check_files
from stillnight.content.lint import check_file, check_project
from stillnight.content.responses import ContentError, read_all, read_file

Content = dict[str, Any]
Change = Callable[[Content], object]

KINDS = ("help", "out_of_scope/violence")
REFERENCES = frozenset({"aasm_2025", "nhs"})
WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def examples(about: str, count: int = 40) -> str:
    return "".join(f"- {WORDS[i % 10]} {WORDS[i // 10]} {about}\n" for i in range(count))


def topic(slug: str) -> Content:
    """A topic file without a fault."""
    return {
        "nlu": [{"intent": f"faq/{slug}", "examples": examples(slug)}],
        "responses": {
            f"utter_faq/{slug}": [
                {
                    "text": "Yes. It can play a part. A blood test can show it. Ask your doctor for one.",
                    "buttons": [
                        {"title": "Tell me more", "payload": f'/more{{{{"topic": "{slug}"}}}}'},
                        {"title": "What else can you do?", "payload": "/help"},
                    ],
                    "metadata": {
                        "title": f"About {slug}",
                        "sources": ["aasm_2025"],
                        "review": "needed",
                        "follow_up": {"why": "more"},
                    },
                }
            ],
            f"utter_more_{slug}": [
                {
                    "text": "The blood test takes a short time. You can ask for it.",
                    "buttons": [{"title": "Help", "payload": "/help"}],
                    "metadata": {"sources": ["nhs"], "review": "done"},
                }
            ],
        },
    }


def tasks() -> Content:
    """The intents that topics lead to."""
    return {
        "nlu": [{"intent": "help", "examples": examples("help")}, {"intent": "more", "examples": examples("more")}],
        "responses": {"utter_help": [{"text": "I can help.", "metadata": {"review": "done", "sources": []}}]},
    }


def main(content: Content, slug: str = "iron") -> Content:
    answer: Content = content["responses"][f"utter_faq/{slug}"][0]
    return answer


def written(path: Path, content: Content) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, allow_unicode=True, width=1000), encoding="utf-8")
    return path


def faults(tmp_path: Path, knowledge: Path, content: Content, name: str = "faq/iron.yml") -> list[str]:
    return [str(fault) for fault in check_file(read_file(written(tmp_path / name, content)), knowledge, REFERENCES)]


def set_text(text: str) -> Change:
    return lambda content: main(content).update(text=text)


def set_metadata(**changes: Any) -> Change:
    return lambda content: main(content)["metadata"].update(changes)


def set_buttons(*buttons: tuple[str, str]) -> Change:
    return lambda content: main(content).update(buttons=[{"title": title, "payload": to} for title, to in buttons])


def set_examples(text: str) -> Change:
    return lambda content: content["nlu"][0].update(examples=text)


def test_good_topic_passes(tmp_path: Path, knowledge: Path) -> None:
    assert faults(tmp_path, knowledge, topic("iron")) == []


def test_answer_in_another_language_is_not_measured(tmp_path: Path, knowledge: Path) -> None:
    content = topic("iron")
    main(content).update(text=LONG_WORDS)
    main(content)["metadata"]["language"] = "de"
    assert faults(tmp_path, knowledge, content) == []


def test_every_line_of_several_languages_names_its_own(tmp_path: Path, knowledge: Path) -> None:
    content = topic("iron")
    main(content)["metadata"]["languages"] = ["en", "de"]
    (fault,) = faults(tmp_path, knowledge, content)
    assert "names 2 `languages` for 1 lines" in str(fault)


MORE = ("More", '/more{{"topic": "iron"}}')
HELP = ("Help", "/help")
LONG_WORDS = (
    "Considerable pathophysiological heterogeneity characterises individual presentations internationally. " * 2
)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (set_text(""), "utter_faq/iron: has no text"),
        (set_text("It can be so. " * 23), "utter_faq/iron: has 92 words; 90 is the limit"),
        (set_text(LONG_WORDS), "6.5 is the limit: shorter sentences, plainer words"),
        (set_text("Some have 325 mg of it."), "“325 mg” is a dose"),
        (set_text("Pramipexole can help you."), "names Pramipexole but does not say"),
        (set_text("If it is bad, call 911 now."), "writes an emergency number"),
        (set_metadata(review=None), "needs `review: needed` or `review: done`"),
        (set_metadata(review="maybe"), "needs `review: needed` or `review: done`"),
        (set_metadata(sources=["aasm_2025", "my_blog"]), "cites “my_blog”, which is not in knowledge/references.yml"),
        (set_metadata(sources=[]), "utter_faq/iron: cites no source"),
        (set_metadata(title=""), "needs a `title` of 1 to 40 characters"),
        (set_metadata(title="x" * 41), "needs a `title` of 1 to 40 characters"),
        (set_metadata(follow_up={"how_much": "more"}), "follow_up “how_much” is not one of how_checked, how_long"),
        (set_buttons(MORE), "has 1 buttons; two or three are wanted"),
        (set_buttons(MORE, HELP, HELP, HELP), "has 4 buttons; two or three are wanted"),
        (set_buttons(MORE, ("x" * 25, "/help")), f"button “{'x' * 25}” must have 1 to 24 characters"),
        (set_buttons(MORE, ("", "/help")), "button “” must have 1 to 24 characters"),
        (set_buttons(MORE, ("Help", "/he lp")), "button “Help” has a payload that cannot be read: /he lp"),
        (set_buttons(("More", '/more{"topic": "iron"}'), HELP), "has a payload that cannot be read"),
        (set_buttons(HELP, ("Heart", "/faq/heart")), 'no “Tell me more” button (`/more{{"topic": "iron"}}`)'),
        (set_buttons(HELP, ("More", '/more{{"topic": "heart"}}')), "no “Tell me more” button"),
        (set_buttons(MORE, ("Iron", "/faq/iron")), "has a button that leads to itself"),
        (set_examples(examples("iron") + "- One One IRON\n"), "has the example “one one iron” 2 times"),
        (
            set_examples(examples("iron") + "- what's iron\n- Whats iron??\n"),
            "has “what's iron”, “Whats iron??”, which differ in case and punctuation alone: keep one of them",
        ),
        (set_examples(examples("iron") + "- low [iron](topic)\n"), "has square brackets in “low [iron](topic)”"),
        (set_examples(examples("iron") + "- low iron]\n"), "has square brackets in “low iron]”"),
        (lambda c: c["responses"].pop("utter_more_iron"), "offers more, but utter_more_iron is missing"),
        (lambda c: c["responses"].pop("utter_faq/iron"), "must hold exactly one answer utter_faq/iron"),
        (lambda c: c["responses"]["utter_faq/iron"].append(main(c)), "must hold exactly one answer utter_faq/iron"),
        (
            lambda c: c["responses"].update(utter_more_heart=c["responses"]["utter_more_iron"]),
            "utter_more_heart, which",
        ),
        (lambda c: c["nlu"][0].update(intent="faq/heart"), "must hold examples for faq/iron and nothing else"),
        (lambda c: c["nlu"].append({"intent": "greet", "examples": examples("hi")}), "for faq/iron and nothing else"),
        (lambda c: c.pop("nlu"), "must hold examples for faq/iron and nothing else"),
        (
            lambda c: c["responses"]["utter_more_iron"][0]["metadata"].update(sources=[]),
            "utter_more_iron: cites no source",
        ),
        (
            lambda c: c["responses"]["utter_more_iron"][0].update(text="**Bold** it is."),
            "utter_more_iron: “**” is markup",
        ),
    ],
)
def test_fault_of_a_topic_is_reported_once(tmp_path: Path, knowledge: Path, change: Change, fault: str) -> None:
    content = topic("iron")
    change(content)
    found = faults(tmp_path, knowledge, content)
    assert sum(fault in line for line in found) == 1, found
    assert all("faq/iron.yml" in line.split(":")[0] for line in found)


@pytest.mark.parametrize(
    "change",
    [
        set_text("It can be so. " * 22 + "Yes so."),  # 90 words
        set_metadata(title="x" * 40),
        set_metadata(follow_up=None),
        set_metadata(sources=["nhs", "aasm_2025"]),
        set_buttons(MORE, ("x" * 24, "/help"), ("Heart", "/faq/heart")),
        set_examples(examples("iron", 41)),
        set_examples(examples("iron") + '- iron 1.5\n- iron 15\n- "??"\n- "!"\n- 🦶\n- 🌀\n'),
    ],
)
def test_content_just_within_the_limits_passes(tmp_path: Path, knowledge: Path, change: Change) -> None:
    content = topic("iron")
    change(content)
    assert faults(tmp_path, knowledge, content) == []


def test_topic_without_second_part_and_without_its_button_passes(tmp_path: Path, knowledge: Path) -> None:
    content = topic("iron")
    del content["responses"]["utter_more_iron"]
    set_buttons(HELP, ("Heart", "/faq/heart"))(content)
    assert faults(tmp_path, knowledge, content) == []


def test_file_beside_the_topics_needs_no_topic_answer(tmp_path: Path, knowledge: Path) -> None:
    assert faults(tmp_path, knowledge, tasks(), "help.yml") == []


def test_emergency_numbers_may_stand_where_they_are_examples(tmp_path: Path, knowledge: Path) -> None:
    content = tasks()
    content["responses"]["utter_change_country"] = content["responses"].pop("utter_help")
    content["responses"]["utter_change_country"][0]["text"] = "Such as 112 or 911 here."
    assert faults(tmp_path, knowledge, content, "help.yml") == []


# “…/data/faq/iron.yml, line 86, utter_faq/iron: ”
PLACE = re.compile(r"^\S*/data/(?:\w+/)?(\w+\.yml)(?:, line \d+)?(?:, (\S+))?: ")


class Project:
    """A small project without a fault."""

    def __init__(self, folder: Path, knowledge: Path) -> None:
        self.folder = folder
        self.knowledge = knowledge
        self.contents: dict[str, Content] = {
            "faq/iron.yml": topic("iron"),
            "faq/heart.yml": topic("heart"),
            "tasks.yml": tasks(),
        }
        self.intents: list[Any] = ["faq", "help", {"more": {"use_entities": ["topic"]}}]
        self.tested = ["iron", "heart"]

    def write(self) -> Path:
        for name, content in self.contents.items():
            written(self.folder / "data" / name, copy.deepcopy(content))
        written(self.folder / "domain.yml", {"intents": self.intents})
        tests = self.folder / "tests" / "nlu"
        tests.mkdir(parents=True, exist_ok=True)
        lines = [json.dumps({"text": "?", "topic": slug}) for slug in self.tested]
        (tests / "held_out.jsonl").write_text("\n".join(lines), encoding="utf-8")
        return self.folder

    def faults(self) -> list[str]:
        folder = self.write()
        files = read_all(folder / "data")
        tests = folder / "tests" / "nlu"
        found = check_project(files, folder / "domain.yml", self.knowledge, tests)
        return [PLACE.sub(lambda place: f"{place[2] or place[1]}: ", str(fault)) for fault in found]


@pytest.fixture
def project(tmp_path: Path, knowledge: Path) -> Project:
    return Project(tmp_path, knowledge)


def test_good_project_passes(project: Project) -> None:
    assert project.faults() == []


def test_intent_missing_in_the_domain_is_reported(project: Project) -> None:
    project.intents.remove("help")
    assert project.faults() == ["domain.yml: does not list the intent help, which has examples"]


def test_intent_without_examples_is_reported(project: Project) -> None:
    project.intents.append("greet")
    assert project.faults() == ["domain.yml: lists the intent greet, which has no examples"]


def test_topic_intent_without_answer_is_reported(project: Project) -> None:
    project.contents["tasks.yml"]["nlu"].append({"intent": "faq/mood", "examples": examples("mood")})
    project.tested.append("mood")
    assert project.faults() == ["data: the intent faq/mood has no answer utter_faq/mood"]


def test_too_few_examples_in_all_files_together_are_reported(project: Project) -> None:
    lines = project.contents["faq/iron.yml"]["nlu"][0]["examples"].splitlines()
    project.contents["faq/iron.yml"]["nlu"][0]["examples"] = "\n".join(lines[:39])
    assert project.faults() == ["faq/iron: has 39 examples; at least 40 are wanted"]
    project.contents["tasks.yml"]["nlu"].append({"intent": "faq/iron", "examples": lines[39]})
    assert project.faults() == []


@pytest.mark.parametrize("kind", ["out_of_scope/violence", "help"])
def test_too_few_examples_of_a_task_or_of_another_subject_are_reported(project: Project, kind: str) -> None:
    content = project.contents["tasks.yml"]
    content["nlu"] = [{"intent": "more", "examples": examples("more")}]
    content["nlu"] += [{"intent": each, "examples": examples(each, 39 if each == kind else 40)} for each in KINDS]
    content["responses"]["utter_out_of_scope/violence"] = content["responses"]["utter_help"]
    project.intents.append("out_of_scope")
    assert project.faults() == [f"{kind}: has 39 examples; at least 40 are wanted"]


def test_answer_to_what_was_never_learned_is_reported(project: Project) -> None:
    answers = project.contents["tasks.yml"]["responses"]
    answers["utter_out_of_scope/violence"] = answers["utter_out_of_scope/too_long"] = answers["utter_help"]
    # A long text is told by its length.
    assert project.faults() == ["out_of_scope/violence: has 0 examples; at least 40 are wanted"]


def test_button_that_is_typed_leads_anywhere(project: Project) -> None:
    set_buttons(MORE, ("Safe", "I am safe now"))(project.contents["faq/iron.yml"])
    assert project.faults() == []


def test_dead_button_is_reported(project: Project) -> None:
    set_buttons(MORE, ("Sleep", "/faq/sleep"))(project.contents["faq/iron.yml"])
    assert project.faults() == ["utter_faq/iron: button “Sleep” leads to faq/sleep, which does not exist"]


@pytest.mark.parametrize("payload", ['/more{{"topic": "sleep"}}', "/more"])
def test_button_to_a_second_part_that_is_missing_is_reported(project: Project, payload: str) -> None:
    set_buttons(MORE, ("More", payload))(project.contents["faq/iron.yml"])
    assert project.faults() == ["utter_faq/iron: button “More” leads to a second part that does not exist"]


@pytest.mark.parametrize("target", ["sleep", "iron", "faq/heart"])
def test_follow_up_that_leads_nowhere_is_reported(project: Project, target: str) -> None:
    set_metadata(follow_up={"why": target})(project.contents["faq/iron.yml"])
    (fault,) = project.faults()
    assert fault.startswith(f"utter_faq/iron: follow_up why: {target} leads nowhere")


def test_follow_up_to_a_second_part_that_is_missing_is_reported(project: Project) -> None:
    content = project.contents["faq/iron.yml"]
    del content["responses"]["utter_more_iron"]
    set_buttons(HELP, ("Heart", "/faq/heart"))(content)
    assert project.faults() == ["utter_faq/iron: follow_up why: more leads nowhere"]


def test_follow_up_to_another_topic_passes(project: Project) -> None:
    set_metadata(follow_up={"why": "heart", "how_long": "more"})(project.contents["faq/iron.yml"])
    assert project.faults() == []


def test_example_of_two_intents_is_reported(project: Project) -> None:
    project.contents["faq/heart.yml"]["nlu"][0]["examples"] += "- Does  it hurt\n"
    project.contents["faq/iron.yml"]["nlu"][0]["examples"] += "- does it HURT\n"
    assert project.faults() == ["iron.yml: “does it HURT” stands in faq/heart as well"]


def test_example_of_two_intents_that_differs_in_punctuation_is_reported(project: Project) -> None:
    project.contents["faq/heart.yml"]["nlu"][0]["examples"] += "- what's it\n"
    project.contents["faq/iron.yml"]["nlu"][0]["examples"] += "- Whats it?\n"
    assert project.faults() == ["iron.yml: “Whats it?” stands in faq/heart as well"]


def test_example_of_one_intent_in_two_files_is_reported(project: Project) -> None:
    project.contents["near_misses/heart.yml"] = {"nlu": [{"intent": "help", "examples": "- One one, help!\n"}]}
    assert project.faults() == ["tasks.yml: “one one help” stands in near_misses/heart.yml as well"]


def test_topic_without_held_out_question_is_reported(project: Project) -> None:
    project.tested.remove("heart")
    assert project.faults() == ["tests/nlu: no held-out question for faq/heart"]


def test_answers_that_are_hard_on_the_whole_are_reported(project: Project) -> None:
    # About grade 6: each passes by itself, all together do not.
    harder = "Several different reasons can explain why your legs jump about so often during a whole night."
    for slug in ("iron", "heart"):
        content = project.contents[f"faq/{slug}.yml"]
        for answer in content["responses"].values():
            answer[0]["text"] = harder
    (fault,) = project.faults()
    assert fault.startswith("data/faq: median reading grade is ")
    assert fault.endswith("; 5.0 is the limit")


def test_whole_project_is_checked_file_by_file_and_together(project: Project) -> None:
    set_text("Some have 325 mg of it.")(project.contents["faq/iron.yml"])
    project.tested.remove("heart")
    folder = project.write()
    file = folder / "data/faq/iron.yml"
    line = 1 + next(n for n, text in enumerate(file.read_text(encoding="utf-8").splitlines()) if "325 mg" in text)
    found = check_all(folder, folder / "data", project.knowledge)
    assert [fault.message for fault in found] == [
        "“325 mg” is a dose; say whom to ask instead",
        "no held-out question for faq/heart",
    ]
    where, number = re.fullmatch(r"(.*), line (\d+), utter_faq/iron", found[0].where).groups()  # type: ignore[union-attr]
    assert (where, found[1].where) == (str(file), "tests/nlu")
    assert int(number) <= line <= int(number) + 20


def test_single_files_are_checked_by_themselves(project: Project) -> None:
    set_metadata(review="no")(project.contents["faq/iron.yml"])
    folder = project.write()
    heart, iron = folder / "data/faq/heart.yml", folder / "data/faq/iron.yml"
    faults = check_files([heart, iron], project.knowledge, folder)
    assert [(fault.where.split(",")[0], fault.message) for fault in faults] == [
        (str(iron), "“utter_faq/iron” “review” is “no”. Write one of: needed, done")
    ]


def test_broken_file_stops_the_check_with_its_name_and_line(project: Project) -> None:
    folder = project.write()
    (folder / "data/faq/heart.yml").write_text("responses:\n  utter_x:\n  - text: Yes: so\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"heart\.yml, line 3"):
        check_all(folder, folder / "data", project.knowledge)
