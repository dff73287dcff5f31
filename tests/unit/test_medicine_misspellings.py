"""Medicine names as people misspell them, names that look alike, and words that are no medicine."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillnight.clinical.medicines.finder import medicine_finder
from stillnight.clinical.medicines.nearest import Nearest
from stillnight.clinical.medicines.register import register
from stillnight.language.spelling import english_words

FINDER = medicine_finder()
MISSPELT = """
sertraline: sertralin, setraline, sertaline, zolof, zoloff
gabapentin: gabapentine, gabapentan, gabapenton, gabbapentin, gabapentn, neurotin, nuerontin, neurontine
pregabalin: lirica, lyrika, pregabaline, pregablin, pregabalen
pramipexole: mirapexx, miripex, pramapexole, pramipexol, premipexole, pramiprexole
ropinirole: ropinerole, ropinirol, ropinorole, ropinerol
rotigotine: rotigotin, nupro
levodopa: levadopa, sinimet, sinemat
diphenhydramine: difenhydramine, diphenhydramin, dyphenhydramine, nitol, zzquil
doxylamine: doxilamine, nyquill, unisome
chlorphenamine: chlorphenamin, clorpheniramine, piritin
promethazine: promethazin, phenargan, fenergan
metoclopramide: metaclopramide, metoclopromide, reglin
prochlorperazine: prochlorperizine, stemitil
mirtazapine: mirtazipine, mirtazepine, mertazapine, mirtazapin, remron
fluoxetine: fluoxitine, floxetine, prozak
citalopram: citalapram, citolopram, celexia
escitalopram: escitalapram, lexipro
venlafaxine: venlafaxin, velafaxine, effexer, efexor
duloxetine: duloxitine, cymbolta, cimbalta
amitriptyline: amitriptiline, amitryptiline, amitriptylene
trazodone: trazadone, trazedone
tramadol: tramadal, tramodol, tramidol
quetiapine: quetiapin, quitiapine, seroquil, serequel
olanzapine: olanzipine, olanzapin, zyprexia
risperidone: risperidon, resperidone, respiridone
aripiprazole: aripiprazol, abillify
lithium: lithum, litium
topiramate: topamx, topirimate
propranolol: propanolol, propranalol
metoprolol: metropolol, metoprolal
clonazepam: clonazapam, klonazepam, clonopin, klonipin, rivotrill
diazepam: diazapam, dizepam, valum
lorazepam: lorazapam, atavan
zopiclone: zopiclon, zoplicone
oxycodone: oxycodon, oxicodone, oxycotin
codeine: codiene, codine
methadone: methodone
levothyroxine: levothyroxin, levothroxine
omeprazole: omeprazol, omeprozole
atorvastatin: atorvastin, atorvastatine
paracetamol: paracetomol, parasetamol, acetominophen
ibuprofen: ibuprofin, ibuprophen
bupropion: buproprion, welbutrin
cetirizine: cetrizine, cetirazine, zyrtek
loratadine: loratidine, claratin"""


def listed(lines: str) -> list[tuple[str, str]]:
    rows = [row.partition(": ") for row in lines.strip().splitlines()]
    return [(typed, name) for name, _, all_typed in rows for typed in all_typed.split(", ")]


@pytest.mark.parametrize(("typed", "name"), listed(MISSPELT))
def test_misspelt_name_is_mended(typed: str, name: str) -> None:
    (mention,) = FINDER.find(f"does {typed} make legs worse")
    # What a product holds beside it comes behind.
    assert (mention.typed, mention.medicines[0], mention.sure) == (typed, name, True)
    assert len(mention.medicines) == 1 or mention.together


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("prednisilone", {"prednisolone", "prednisone"}),
        ("prednisalone", {"prednisolone", "prednisone"}),
        ("prednisolne", {"prednisolone", "prednisone"}),
        ("prednisione", {"prednisolone", "prednisone"}),
        ("prednolone", {"prednisolone", "prednisone"}),
        ("hydroxazine", {"hydroxyzine", "hydralazine"}),
        ("hydroxalazine", {"hydroxyzine", "hydralazine"}),
        ("hydralyzine", {"hydroxyzine", "hydralazine"}),
        ("hydroxaline", {"hydroxyzine", "hydralazine"}),
        ("clonadine", {"clonidine", "clozapine"}),
        ("clonazpam", {"clonazepam", "clobazam"}),
        ("oxcarbamazepine", {"oxcarbazepine", "carbamazepine"}),
        ("ecitalopram", {"escitalopram", "citalopram"}),
    ],
)
def test_spelling_between_two_names_is_asked_about(typed: str, names: set[str]) -> None:
    (mention,) = FINDER.find(typed)
    assert not mention.sure
    assert set(mention.medicines) == names


@pytest.mark.parametrize(
    "name",
    [
        *(
            "prednisone",
            "prednisolone",
            "clonidine",
            "clonazepam",
            "clozapine",
            "clobazam",
            "hydroxyzine",
            "hydralazine",
        ),
        *("lamotrigine", "lamivudine", "bupropion", "buspirone", "tramadol", "trazodone", "citalopram", "escitalopram"),
    ],
)
def test_name_that_is_spelt_right_is_never_asked_about(name: str) -> None:
    (mention,) = FINDER.find(f"my {name}")
    assert (mention.medicines, mention.sure) == ((name,), True)


@pytest.mark.parametrize("typed", ["tylonol pm", "advill pm", "panadole night", "unisom sleep gels"])
def test_misspelt_night_medicine_is_not_taken_for_its_daytime_brand(typed: str) -> None:
    assert "diphenhydramine" in {name for mention in FINDER.find(typed) for name in mention.medicines}


@pytest.mark.parametrize(
    "text",
    [
        "i request a serious answer about the lyrics of that song",
        "the concert was brilliant, my sister has valid concerns",
        "neural pathways in the brain and peripheral neuropathy",
        "it is hard to remain still in the elevator",
        "my ferritin is 12 and transferrin saturation 15%, hemoglobin 8.5, TSH 2.5, creatinine 80",
        "restless legs syndrome, periodic limb movement disorder, augmentation, polysomnography",
        "serotonin, dopamine, histamine, adrenaline, estrogen, glucose 5.4, cholesterol 6",
        "my husband Martin, Maria, Olivia, Valeria, Dr Silva and Alexandra came",
        "compression stockings, a weighted blanket, acupuncture, massage and yoga",
        "iron rich food, iron deficiency anaemia, is my iron low",
        "gonna try whatsapp tonite, thx, pls, dunno, tmrw",
        "good morning, thank you very much, merci, danke, hola",
        "symtoms, tabelts, presciption, insomina, feritin, hemaglobin, tommorow, definately",
    ],
)
def test_everyday_words_are_no_medicines(text: str) -> None:
    assert FINDER.find(text) == ()


@pytest.mark.parametrize(
    "word",
    [
        *("stoppin", "sleepin", "wakin", "restles", "syndrom", "diabetis", "migrane", "thyriod", "medicin", "medcine"),
        *("becuase", "improvment", "controled", "alergic", "creatinin", "augmentaton", "dopamene", "sleepyness"),
        *(
            "instagram",
            "longterm",
            "español",
            "trafic",
            "aproval",
            "progres",
            "acident",
            "seprate",
            "presing",
            "droping",
        ),
        *("stillnight", "always", "havent", "prepair", "cyclest", "magazin", "midnite", "marvellous", "haverin"),
    ],
)
def test_misspelt_everyday_word_is_no_medicine(word: str) -> None:
    assert FINDER.find(f"is it {word}") == ()


@pytest.mark.parametrize("name", ["cisplatin", "dapoxetine", "loxapine", "promazine", "nivolumab", "propofol"])
def test_medicine_is_not_taken_for_another_that_is_near(name: str) -> None:
    assert [mention.medicines for mention in FINDER.find(f"since {name} my legs jump")] in ([], [(name,)])


LONG_NAMES = [name for name in register().medicines if name.isalpha() and len(name) >= 9]


@settings(derandomize=True, deadline=None, database=None, max_examples=500)
@given(st.sampled_from(LONG_NAMES), st.integers(1, 30), st.sampled_from(["left out", "twice", "swapped"]))
def test_one_slip_in_a_long_name_never_loses_it(name: str, place: int, slip: str) -> None:
    at = place % (len(name) - 1) + 1
    behind = name[at + 1 :]
    typed = name[:at] + {"left out": behind, "twice": name[at] * 2 + behind}.get(
        slip, behind[:1] + name[at] + behind[1:]
    )
    if typed not in english_words():
        assert name in FINDER.find(typed)[0].medicines


NEAREST = Nearest(
    ["prednisone", "prednisolone", "sertraline", "cetirizine", "zoloft"], {"prednisone": {"prednisolone"}}
)


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("zoloft", ["zoloft"]),
        ("zolof", ["zoloft"]),
        ("zolo", []),
        ("prednisne", ["prednisone"]),
        ("prednisione", ["prednisone", "prednisolone"]),
        ("xyz", []),
        ("", []),
    ],
)
def test_nearest_name_and_its_friend_are_meant(word: str, names: list[str]) -> None:
    assert NEAREST.to(word) == names


def test_sound_counts_beside_the_letters() -> None:
    assert Nearest(["phenergan"], {}).to("fenergan") == ["phenergan"]
