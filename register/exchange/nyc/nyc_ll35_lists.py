"""What the lists in New York City's reports mean: kinds of analysis, and what is analysed."""

import re

from register.exchange.cells.agreement import add_words
from register.exchange.cells.transforms import quoted
from register.exchange.cells.values import ValueMap, begins_as_no_answer, one_line
from register.exchange.draft import Cells, Draft

PERSONAL_DATA = ValueMap({"true": "personal", "yes": "personal", "false": "none", "no": "none"})
TECHNIQUES = ValueMap(
    {
        "Predictive modeling": "statistical_model",
        "Predictive modelling": "statistical_model",
        "Forecasting": "statistical_model",
        "Matching": "other",
        "Optimization": "optimisation",
        "Optimisation": "optimisation",
        "Speech and language processing": "nlp+speech_audio",
        "Natural language processing": "nlp",
        "Language processing": "nlp",
        "Speech recognition": "speech_audio",
        "Computer vision": "computer_vision",
        "Image and video analysis": "computer_vision",
        "Machine learning": "classical_ml",
        "Deep learning": "deep_learning",
        "Generative AI": "generative_ai",
        "Rules-based": "rule_based",
        "Recommendation": "recommender",
        "Robotics": "robotics",
        "Biometrics": "biometric",
        "Other": "other",
    }
)
POPULATIONS = ValueMap(
    {
        "Individuals": "general_public",
        "Individual": "general_public",
        "Group, organization, or business": "businesses",
        "Groups, organizations, or businesses": "businesses",
        "Business": "businesses",
        "Property": "",
        "Geographic space": "",
        "Other": "",
    }
)
IS_VENDOR_USED = ValueMap({"no": "in_house", "none": "in_house", "yes": ""})
_OTHER = re.compile(r"(?:^|[;,\n])\s*other\s*[:-]\s*", re.I)


def list_techniques(cells: Cells, draft: Draft) -> None:
    """Choose the techniques, and keep the standard's own values as words to search for."""
    listed, words = _listed(cells.get("analysis_type"))
    found: dict[str, None] = {}
    for value in listed:
        option = TECHNIQUES.find(value)
        if option is not None:
            found.update(dict.fromkeys(option.split("+")))
        elif _is_said(draft, "analysis_type", "techniques", value):
            words = "; ".join(each for each in (value, words) if each)
    if words:
        found["other"] = None
        add_words(draft, "how_it_works", words)
    if found:
        draft.place("techniques", list(found))
    labels = dict.fromkeys(TECHNIQUES.label_of(value) or "" for value in listed)
    if tags := [label for label in labels if label]:
        draft.place("tags", tags)


def list_populations(cells: Cells, draft: Draft) -> None:
    """Choose the groups of people, and name what else the tool is about."""
    listed, words = _listed(cells.get("population_type"))
    groups: dict[str, None] = {}
    others: list[str] = []
    for value in listed:
        option = POPULATIONS.find(value)
        if option:
            groups[option] = None
        elif option == "" or _is_said(draft, "population_type", "affected_groups.groups", value):
            others.append(value)
    if groups:
        draft.place("affected_groups.groups", list(groups))
    add_words(draft, "affected_groups.description", "; ".join([*others, *([words] * bool(words))]))


def _listed(text: str) -> tuple[list[str], str]:
    """Divide a cell into the values it lists, and the words that follow "Other"."""
    before, *rest = _OTHER.split(text, maxsplit=1)
    return [one_line(each) for each in re.split(r"[;\n]", before) if each.strip()], "".join(rest)


def _is_said(draft: Draft, column: str, path: str, value: str) -> bool:
    """Remark on a value that is not known, and tell whether it says anything."""
    draft.unmapped.append((column, value))
    if begins_as_no_answer(value):
        draft.warn(column, path, "no_answer", f"{quoted(value)} is taken for no answer.")
        return False
    message = f"{quoted(value)} is not a value that this format knows; its words are kept."
    draft.warn(column, path, "unknown_value", message)
    return True
