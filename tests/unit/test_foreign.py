"""Which language a message is in: foreign ones are known, and English in any spelling stays English."""

from __future__ import annotations

import subprocess
import sys
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from stillnight.content.responses import read_all
from stillnight.language import likeness as likeness_module
from stillnight.language.foreign import foreign_language
from stillnight.language.languages import languages
from stillnight.language.likeness import likeness
from stillnight.language.spelling import names_in
from stillnight.nlu.language_routing import OTHER_LANGUAGE
from stillnight.paths import DATA, KNOWLEDGE, PROJECT
from stillnight.yaml_files import load_yaml

# None of these stands among the examples.
SAID: Final = {
    "es": [
        "hola",
        "por las noches siento como bichitos caminando en las piernas",
        "ME LEVANTO DIEZ VECES CADA NOCHE",
        "esto se hereda?",
        "llevo tres meses con insomnio",
        "¿quién eres?",
    ],
    "pt": ["meu médico receitou pramipexol e fiquei enjoado", "isso é hereditário?", "onde encontro um neurologista"],
    "fr": [
        "ça me prend dès que je m’assois",
        "puis-je boire du café le soir",
        "combien ça coûte",
        "mon medecin m'a prescrit du sifrol et ca ne va pas mieux",
    ],
    "de": ["ich wache jede stunde auf", "ist das vererbbar", "was kann man dagegen machen", "ich verstehe nicht"],
    "it": ["mi sveglio ogni ora", "le gambe mi formicolano in aereo", "posso bere il caffè la sera?"],
    "nl": ["ik word elk uur wakker", "kunt u mij helpen alstublieft", "het kriebelt in mijn kuiten"],
    "pl": ["budzę się co godzinę", "dziękuję bardzo za odpowiedź", "nie moge spac"],
    "ro": ["mă trezesc în fiecare oră", "pot să beau cafea seara", "cât durează tratamentul"],
    "tr": ["baldırlarım kaşınıyor", "hangi ilaçlar kötüleştirir", "yardım edin dayanamıyorum"],
    "tl": ["nagigising ako kada oras", "anim na buwan na akong buntis", "salamat po"],
    "vi": ["bệnh này có di truyền không", "tôi mang thai sáu tháng", "bac si oi toi khong ngu duoc"],
    "hi": [
        "धन्यवाद",
        "मुझे नींद नहीं आती",
        "mujhe neend nahi aati",
        "kya ye khandani hai",
        "mera pair raat ko bahut dard karta hai",
    ],
    "ru": ["привет", "сколько стоит приём", "можно ли pramipexole с кофе"],
    "uk": ["дякую, але чи передається це у спадок", "скільки коштує прийом"],
    "el": ["ευχαριστώ", "πόσο κοστίζει"],
    "ar": ["شكرا", "هل هذا وراثي", "وصف لي الطبيب gabapentin"],
    "he": ["תודה", "אני לא ישן בלילה", "האם אפשר לקחת pramipexole עם קפה"],
    "ur": ["شکریہ", "علاج کیا ہے", "مجھے نیند نہیں آتی"],
    "bn": ["ধন্যবাদ", "পা ব্যথা করে"],
    "zh": ["谢谢", "我在吃 pramipexole 可以喝酒吗"],
    "ja": ["ありがとう", "薬を飲んでも眠れない"],
    "ko": ["감사합니다", "다리가 아파요"],
}
ENGLISH: Final = [
    "\u00b5g/l",
    "in \u03bcmol/L i think",
    "",
    "😀 ???",
    "my legs wont rest at night",
    "ah cannae sleep fer ma legs, gaun aff ma heid",
    "nae bother, de nicht wis bad",
    "mi foot dem a jump up all nite",
    "abeg wetin dey cause this leg wahala",
    "dis thing dey worry me die, my leg no gree rest",
    "mai legs is so pane at nite",
    "restles leg syndrom",
    "cant sleep, legz r jumpin, wat do",
    "plz hlp",
    "wat is dat",
    "ferritin 12 ng/ml tsat 9%",
    "Ferritina 12",
    "Eisen 20",
    "ferritin 18 µg/l",
    "what are α2δ ligands",
    "Sjögren and Ménière plus restless legs",
    "I'm from São Paulo, my legs hurt",
    "can i have a café latte at night, or is it passé",
    "my abuela swears by a bar of soap",
    "my doctor said 'ist das normal' lol",
    "gracias, that helped a lot",
    "hola can you help with my legs",
    "namaste, lgs hrt bdly",
    "doctor said low iron hai",
    "is 不宁腿 the same as restless legs",
    "do you speak Русский or only English",
    "oma has it and opa too",
    "c'est la vie but my legs still hurt",
]
# In languages that we have no answer in, beside their neighbours that we have one in.
OTHERS: Final = [
    "vad är rastlösa ben",
    "jag kan inte sova på natten",
    "hvad koster en billet til København",
    "kaki saya gelisah terus setiap malam",
    "чи съм болен, краката ме болят",
    "سلام، نمی توانم بخوابم",
    "मला झोप येत नाही",
    "தூக்கம் வரவில்லை",
    "ქართული არ ვიცი",
]
_SMALL_TALK: Final = ("greet", "goodbye", "thanks", "affirm", "deny")


def test_every_language_is_tried() -> None:
    assert set(SAID) == set(languages().languages)


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in SAID.items() for text in texts])
def test_language_is_known(code: str, text: str) -> None:
    assert foreign_language(text) == code


@pytest.mark.parametrize("text", [*ENGLISH, *OTHERS])
def test_english_and_languages_without_an_answer_are_not(text: str) -> None:
    assert foreign_language(text) is None


@pytest.fixture(scope="module")
def examples() -> list[tuple[str, str]]:
    """Every example of `data/` with its label."""
    return [(label, line) for file in read_all(DATA) for label, lines in file.examples.items() for line in lines]


def test_examples_in_other_languages_are_known(examples: list[tuple[str, str]]) -> None:
    foreign = [foreign_language(line) for label, line in examples if label == OTHER_LANGUAGE]
    # The others are in languages without an answer: Swedish, Indonesian, Tamil, Arabic in Latin letters.
    assert sum(code is not None for code in foreign) >= 0.9 * len(foreign)


def test_english_examples_stay_english(examples: list[tuple[str, str]]) -> None:
    ours = [line for label, line in examples if label not in (OTHER_LANGUAGE, *_SMALL_TALK)]
    mixed = [line for line in ours if foreign_language(line)]
    # Lines that are mostly in another language: “j'ai les jambes sans repos, no mal in chest”.
    assert len(mixed) <= 6, mixed


@pytest.mark.parametrize("pattern", ["{}", "{} 12", "{}?", "can i take {}", "{} and {}"])
def test_names_of_medicines_and_tests_tell_no_language(pattern: str) -> None:
    assert [name for name in sorted(names_in(KNOWLEDGE)) if foreign_language(pattern.format(name, name))] == []


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert foreign_language(text) in {None, *languages().languages}


def test_model_is_left_alone_where_words_decide() -> None:
    likeness_module._identifier.cache_clear()
    for text in ("my legs wont rest", "cant sleep, legz r jumpin", "hola", "ich kann nicht schlafen", "다리가 아파요"):
        foreign_language(text)
    assert likeness_module._identifier.cache_info().currsize == 0


def test_model_is_loaded_once() -> None:
    likeness_module._identifier.cache_clear()
    for text in ("esto se hereda?", "chi sei", "谢谢"):
        assert foreign_language(text)
    assert likeness_module._identifier.cache_info().misses == 1


def test_model_is_kept_small() -> None:
    # Of its own memory; the pages of a mapped file are the system's to drop.
    measured = subprocess.run(
        [sys.executable, "-c", _MEASURE], cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout
    assert int(measured) < 15_000


_MEASURE = """
import numpy
from stillnight.language.likeness import likeness
from stillnight.language.languages import languages
def kilobytes():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("RssAnon"))
before = kilobytes()
likeness("esto se hereda?", languages().codes)
print(kilobytes() - before)
"""


def test_small_model_says_what_the_whole_one_says() -> None:
    known = languages().codes | {"en"}
    whole = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    whole.set_languages(sorted(known))
    for texts in SAID.values():
        for text in texts:
            assert likeness(text, known) == pytest.approx(dict(whole.rank(text)))


def test_word_that_tells_a_language_tells_no_other() -> None:
    words = languages().words
    assert [word for word, spoken in words.items() if len(spoken) > 1 and any(spoken.values())] == []


def test_every_language_has_a_review_mark() -> None:
    facts = load_yaml(KNOWLEDGE / "languages.yml")["languages"]
    assert [code for code, each in facts.items() if each["review"] not in {"needed", "done"}] == []
