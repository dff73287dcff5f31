"""Mistakes that somebody without programming makes in a file, and what she must be told.

Each: the file, what stands there, what she makes of it, the words on the line that the check must name (None: the file
alone), and words of the remedy.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Mistake(NamedTuple):
    """One slip. at: words on the line to be named, as it stands after the slip."""

    name: str
    file: str
    old: str
    new: str
    at: str | None
    said: str


_IRON: Final = "data/faq/iron.yml"
_LABS: Final = "knowledge/labs.yml"
_MEDICINES: Final = "knowledge/medicines.yml"
_FLAGS: Final = "knowledge/red_flags.yml"
_LINES: Final = "knowledge/crisis_lines.yml"
_CHECK: Final = "knowledge/symptom_check.yml"
_CONDITIONS: Final = "knowledge/medicine_conditions.yml"
_PAGE: Final = "knowledge/visit_summary.yml"
_REFERENCES: Final = "knowledge/references.yml"
_FIRST: Final = "Yes. Low iron is one of the most common causes"

MISTAKES: Final = (
    # -- an answer
    Mistake("tab", _IRON, f"      {_FIRST}", f"\t{_FIRST}", _FIRST, "begins with a tab"),
    Mistake(
        "tab_in_list",
        _IRON,
        "    - title: Tell me more",
        "\t- title: Tell me more",
        "Tell me more",
        "begins with a tab",
    ),
    Mistake(
        "colon_missing",
        _IRON,
        "      title: Iron and",
        "      title Iron and",
        "title Iron and",
        "lacks a colon. Write “title:”",
    ),
    Mistake("colon_missing_key", _IRON, "    metadata:\n", "    metadata\n", "    metadata", "lacks a colon"),
    Mistake(
        "no_space", _IRON, "      review: needed", "      review:needed", "review:needed", "no space after “review:”"
    ),
    Mistake(
        "quote_open",
        _IRON,
        '\'/more{{"topic": "iron"}}\'',
        '\'/more{{"topic": "iron"}}',
        "- title: Tell me more|+1",
        "not closed",
    ),
    Mistake(
        "colon_in_text",
        _IRON,
        "title: Tell me more",
        "title: More: tell me",
        "More: tell me",
        "Put quotes around the whole text",
    ),
    Mistake("text_not_indented", _IRON, f"      {_FIRST}", _FIRST, _FIRST, "Give it the same spaces in front"),
    Mistake(
        "indent_odd",
        _IRON,
        "      review: needed",
        "     review: needed",
        "     review: needed",
        "same spaces in front",
    ),
    Mistake(
        "indent_deep",
        _IRON,
        "      review: needed",
        "        review: needed",
        "        review: needed",
        "same spaces in front",
    ),
    Mistake(
        "hyphen_missing",
        _IRON,
        "    - title: Which blood tests?",
        "      title: Which blood tests?",
        "Which blood tests?",
        "stands twice",
    ),
    Mistake("odd_space", _IRON, "      review: needed", "\u00a0     review: needed", "review: needed", "odd space"),
    Mistake(
        "word_dash_in_list",
        _IRON,
        "    - title: Tell me more",
        "    \u2013 title: Tell me more",
        "Tell me more",
        "Type a hyphen and a space",
    ),
    Mistake(
        "word_dash_before_question", _IRON, "    - iron?\n", "    \u2013 iron?\n", "\u2013 iron?", "hyphen and a space"
    ),
    Mistake("question_without_hyphen", _IRON, "    - iron?\n", "    iron?\n", "    iron?", "hyphen and a space"),
    Mistake(
        "curly_quotes", _IRON, "review: needed", "review: \u201cneeded\u201d", "\u201cneeded\u201d", "curly quotes"
    ),
    Mistake("curly_payload", _IRON, '\'/more{{"topic"', '\u2018/more{{"topic"', "\u2018/more", "curly quotes"),
    Mistake("yes_unquoted", _IRON, "review: needed", "review: yes", "review: yes", "Write one of: needed, done"),
    Mistake("title_yes", _IRON, "title: Iron and restless legs", "title: Yes", "title: Yes", "Put quotes around it"),
    Mistake(
        "reference_unknown",
        _IRON,
        "[iron_consensus_2018, allen",
        "[iron_concensus_2018, allen",
        "utter_faq/iron",
        "Do you mean “iron_consensus_2018”?",
    ),
    Mistake(
        "bracket_open",
        _IRON,
        "allen_earley_2007, aasm_2025]",
        "allen_earley_2007, aasm_2025",
        "sources: [iron_consensus_2018, allen",
        "Write ] at the end",
    ),
    Mistake(
        "sources_no_list",
        _IRON,
        "sources: [iron_consensus_2018, allen_earley_2007, aasm_2025]",
        "sources: aasm_2025",
        "sources: aasm_2025",
        "Write [aasm_2025]",
    ),
    Mistake(
        "sources_empty",
        _IRON,
        "sources: [iron_consensus_2018, allen_earley_2007, aasm_2025]",
        "sources: []",
        "utter_faq/iron",
        "cites no source",
    ),
    Mistake(
        "sources_gone",
        _IRON,
        "      sources: [iron_consensus_2018, allen_earley_2007, aasm_2025]\n",
        "",
        "utter_faq/iron|metadata",
        "lacks “sources:”",
    ),
    Mistake("review_gone", _IRON, "      review: needed\n", "", "utter_faq/iron|metadata", "lacks “review:”"),
    Mistake("review_misspelt", _IRON, "review: needed", "reveiw: needed", "reveiw: needed", "Do you mean “review”?"),
    Mistake(
        "follow_up_kind",
        _IRON,
        "        why: mechanism",
        "        wy: mechanism",
        "wy: mechanism",
        "Do you mean “why”?",
    ),
    Mistake("follow_up_topic", _IRON, "why: mechanism", "why: mecanism", "utter_faq/iron", "Do you mean “mechanism”?"),
    Mistake(
        "button_topic",
        _IRON,
        "payload: /faq/iron_treatment",
        "payload: /faq/iron_treatmnet",
        "utter_faq/iron",
        "Do you mean “faq/iron_treatment”?",
    ),
    Mistake(
        "topic_twice",
        _IRON,
        "  utter_more_iron:\n",
        "  utter_faq/iron:\n",
        "  utter_faq/iron:|last",
        "stands twice, the first time in line",
    ),
    Mistake(
        "topic_renamed",
        _IRON,
        "  utter_faq/iron:\n",
        "  utter_faq/irons:\n",
        None,
        "must hold exactly one answer utter_faq/iron",
    ),
    Mistake(
        "too_long",
        _IRON,
        "      If it is low, ask",
        "      " + "It may help to ask. " * 20 + "If it is low, ask",
        "utter_faq/iron",
        "90 is the limit",
    ),
    Mistake(
        "too_hard",
        _IRON,
        _FIRST,
        "Unfortunately insufficient mineralisation exacerbates neurotransmission abnormalities"
        + " characteristically" * 4,
        "utter_faq/iron",
        "shorter sentences, plainer words",
    ),
    Mistake(
        "dose", _IRON, "If it is low, ask", "Take 325 mg of iron. If it is low, ask", "utter_faq/iron", "is a dose"
    ),
    Mistake("text_empty", _IRON, "- text: >-\n      Yes.", "- text:\n    buttons_: Yes.", "- text:", "is empty"),
    Mistake(
        "button_title_long",
        _IRON,
        "title: Tell me more",
        "title: Please tell me a good deal more",
        "utter_faq/iron",
        "must have 1 to 24 characters",
    ),
    Mistake(
        "starts_with_at", _IRON, "title: Tell me more", "title: @clinic says more", "@clinic", "cannot begin with @"
    ),
    Mistake("starts_with_percent", _IRON, "title: Tell me more", "title: %20 more", "%20 more", "cannot begin with %"),
    Mistake(
        "condition_unknown",
        _IRON,
        "      name: circumstance\n      value: pregnancy",
        "      name: circumstances\n      value: pregnancy",
        "name: circumstances",
        "Do you mean “circumstance”?",
    ),
    Mistake(
        "circumstance_unknown",
        _IRON,
        "value: pregnancy",
        "value: pregnant",
        "value: pregnant",
        "Do you mean “pregnancy”?",
    ),
    Mistake("braces", _IRON, "If it is low, ask", "If {iron} is low, ask", "utter_faq/iron", "curly brackets"),
    # -- lab values
    Mistake(
        "lab_comma",
        _LABS,
        "usual: {low: 20, high: 200}",
        "usual: {low: 20, high: 200,5}",
        "200,5",
        "a comma splits a number",
    ),
    Mistake(
        "lab_unit_in_number",
        _LABS,
        "line: {at_most: 75}",
        "line: {at_most: 75 ng/mL}",
        "75 ng/mL",
        "a number with a point, without a unit",
    ),
    Mistake(
        "lab_decimal_comma",
        _LABS,
        "preferred: {low: 50, high: 150}",
        "preferred: {low: '50,5', high: 150}",
        "50,5",
        "a number with a point",
    ),
    Mistake("lab_kind", _LABS, "kind: high, urgent: soon", "kind: hihg, urgent: soon", "hihg", "Do you mean “high”?"),
    Mistake("lab_twice", _LABS, "transferrin_saturation:\n", "ferritin:\n", "ferritin:|last", "stands twice"),
    Mistake(
        "lab_bracket",
        _LABS,
        "usual: {low: 20, high: 200}",
        "usual: {low: 20, high: 200",
        "usual: {low: 20, high: 200",
        "Write } at the end",
    ),
    Mistake(
        "lab_reference",
        _LABS,
        "sources: [clinic_page, aasm_2025]",
        "sources: [clinic_pages, aasm_2025]",
        "clinic_pages",
        "Do you mean “clinic_page”?",
    ),
    Mistake("lab_tab", _LABS, "  unit: ng/mL", "\tunit: ng/mL", "unit: ng/mL", "begins with a tab"),
    Mistake(
        "lab_review",
        _LABS,
        "  sources: [clinic_page, aasm_2025]\n  review: needed\n",
        "  sources: [clinic_page, aasm_2025]\n",
        "ferritin:",
        "lacks “review:”",
    ),
    Mistake(
        "lab_band_unanswered",
        _LABS,
        "    very_high: {above: 1000",
        "    enormous: {above: 5000, kind: high}\n    very_high: {above: 1000",
        None,
        "write utter_lab_ferritin_enormous",
    ),
    # -- medicines
    Mistake(
        "medicine_effect", _MEDICINES, "effect: worsens", "effect: worsen", "effect: worsen", "Do you mean “worsens”?"
    ),
    Mistake(
        "medicine_class",
        _MEDICINES,
        "class: sedating_antihistamine",
        "class: sedating_antihistamin",
        "diphenhydramine:",
        "“sedating_antihistamin”, which is not known",
    ),
    Mistake("medicine_colon", _MEDICINES, "doxylamine:\n", "doxylamine\n", "doxylamine", "lacks a colon"),
    Mistake(
        "medicine_twice", _MEDICINES, "doxylamine:\n", "diphenhydramine:\n", "diphenhydramine:|last", "stands twice"
    ),
    Mistake(
        "medicine_note_colon",
        _MEDICINES,
        "note: Unisom SleepGels hold",
        "note: Beware: Unisom SleepGels hold",
        "note: Beware: Unisom",
        "Put quotes around the whole text",
    ),
    Mistake(
        "medicine_brand_region",
        _MEDICINES,
        "    UK: [Nytol,",
        "    GB: [Nytol,",
        "GB: [Nytol",
        "is no word that is known",
    ),
    Mistake(
        "medicine_brands_open",
        _MEDICINES,
        "Dozile, Restavit]",
        "Dozile, Restavit",
        "Dozile, Restavit",
        "Write ] at the end",
    ),
    Mistake(
        "medicine_evidence_gone",
        _MEDICINES,
        "  evidence: consensus\n",
        "",
        "diphenhydramine:",
        "lacks the line “evidence:”",
    ),
    Mistake(
        "medicine_source",
        _MEDICINES,
        "sources: [silber_2021]",
        "sources: [silber2021]",
        "silber2021",
        "Do you mean “silber_2021”?",
    ),
    # -- dangers
    Mistake(
        "danger_urgency",
        _FLAGS,
        "urgency: same_day",
        "urgency: today",
        "urgency: today",
        "Write one of: emergency, same_day",
    ),
    Mistake(
        "danger_no", _FLAGS, "    well_ends: false", "    well_ends: 'no'", "well_ends: 'no'", "must be true or false"
    ),
    Mistake("danger_group", _FLAGS, "<child> ... munch ...", "<chidl> ... munch ...", "<chidl>", "chidl"),
    Mistake(
        "danger_rule_dash",
        _FLAGS,
        "    - 9 fentanyl patches",
        "    \u2013 9 fentanyl patches",
        "fentanyl patches",
        "hyphen and a space",
    ),
    Mistake("danger_numbers", _FLAGS, "numbers: [crisis]", "numbers: [crises]", "crises", "Do you mean “crisis”?"),
    # -- telephone numbers
    Mistake(
        "number_unquoted",
        _LINES,
        'label: Emergency, numbers: ["911"]',
        "label: Emergency, numbers: [911]",
        "[911]",
        "Put quotes around it",
    ),
    Mistake(
        "number_curly", _LINES, 'numbers: ["911"]', "numbers: [\u201c911\u201d]", "\u201c911\u201d", "curly quotes"
    ),
    Mistake("number_date", _LINES, "checked: 2026-11-21", "checked: 21.11.2026", "21.11.2026", "such as 2026-11-21"),
    Mistake("number_norway", _LINES, "CA:\n", "NO:\n", "NO:", "put quotes around it"),
    Mistake(
        "number_lines_gone",
        _LINES,
        '    poison: [{label: Poison line, numbers: ["1-800-222-1222"]}]\n',
        "",
        "lines:",
        "lacks “poison:”",
    ),
    Mistake(
        "number_label_colon",
        _LINES,
        'label: "Suicide and crisis line, call or text"',
        "label: Suicide and crisis line, call or text",
        "call or text",
        "is no word that is known",
    ),
    # -- references
    Mistake("reference_year", _REFERENCES, "year: 2025", "year: '2025'", "year: '2025'", "a whole number"),
    Mistake(
        "reference_title_colon",
        _REFERENCES,
        'title: "Treatment of restless legs syndrome and periodic limb movement disorder: an American',
        "title: Treatment of restless legs syndrome and periodic limb movement disorder: an American",
        "an American",
        "Put quotes around the whole text",
    ),
    Mistake(
        "reference_doi",
        _REFERENCES,
        "doi: 10.5664",
        "doi: https://doi.org/10.5664",
        "https://doi.org/10.5664",
        "without https://doi.org/",
    ),
    Mistake(
        "reference_plain_gone",
        _REFERENCES,
        "  plain: the 2025 treatment guideline of the American sleep doctors\n",
        "",
        "aasm_2025:",
        "lacks “plain:”",
    ),
    Mistake(
        "reference_id", _REFERENCES, "irlssg_2014:", "IRLSSG 2014:", "IRLSSG 2014", "small letters, digits and _ only"
    ),
    Mistake(
        "reference_latin",
        _REFERENCES,
        "sleep doctors",
        "sleep doctors \u0000",
        "sleep doctors",
        "a sign that no text file has",
    ),
    # -- how answers and conditions are understood
    Mistake(
        "how_soon",
        _CHECK,
        "how_soon: soon, when: {person: [pregnant]}",
        "how_soon: son, when: {person: [pregnant]}",
        "how_soon: son",
        "soon",
    ),
    Mistake(
        "condition_key",
        _CHECK,
        "not_known: [ferritin]}",
        "not_knwon: [ferritin]}",
        "not_knwon",
        "Do you mean “not_known”?",
    ),
    Mistake("question_key", _CHECK, "    fits: [felt]", "    fist: [felt]", "fist: [felt]", "Do you mean “fits”?"),
    Mistake("no_list", _CHECK, "  skip: [skip,", "  skip: skip #[", "skip: skip", "a list"),
    Mistake(
        "condition_reason", _CONDITIONS, "  why: It blocks", "  wy: It blocks", "wy: It blocks", "Do you mean “why”?"
    ),
    Mistake("section", _PAGE, "\ntried:\n", "\ntryed:\n", "tryed:", "Do you mean “tried”?"),
)
