"""The United States inventory of 2023, under Executive Order 13960: ten columns of free words."""

from register.exchange.cells.values import ValueMap, is_blank, one_line
from register.exchange.draft import Cells, Draft
from register.exchange.mapping import Constant, Format, Link
from register.exchange.result import AgencyHint, Loss
from register.standard.marking import _

PHASE = ValueMap(
    {
        "Initiation": "planned",
        "Planned*": "planned",
        "Development and Acquisition": "in_development",
        "Development (*": "in_development",
        "Initial development": "in_development",
        "Currently under development": "in_development",
        "User Acceptance Testing*": "in_development",
        "Implementation": "pilot",
        "Pilot*": "pilot",
        "This is a pilot*": "pilot",
        "Proof of concept*": "pilot",
        "Proof-of-concept*": "pilot",
        "Deployment": "in_use",
        "Deployed": "in_use",
        "In mission": "in_use",
        "In production*": "in_use",
        "In-use": "in_use",
        "In use": "in_use",
        "Operation and Maintenance": "in_use",
        "Operation and Management": "in_use",
        "Retired*": "retired",
        "Disposition": "retired",
    }
)
TECHNIQUES = ValueMap(
    {
        # Words that name no technique.
        "AI": "",
        "Artificial Intelligence": "",
        "Artificial Intelligence Unknown": "",
        "Big Data": "",
        "Visualization": "",
        "Bagged trees*": "classical_ml",
        "Classification*": "classical_ml",
        "Clustering*": "classical_ml",
        "Ensemble Learning": "classical_ml",
        "Extreme gradient*": "classical_ml",
        "Gradient boosting*": "classical_ml",
        "Hierarchical Clustering": "classical_ml",
        "Logistic Regression*": "classical_ml",
        "Machine Learning*": "classical_ml",
        "ML": "classical_ml",
        "Random forest*": "classical_ml",
        "Regression*": "classical_ml",
        "Supervised Machine Learning*": "classical_ml",
        "Support Vector Machine*": "classical_ml",
        "XGBoost*": "classical_ml",
        "Time Series*": "statistical_model",
        "Artificial neural network*": "deep_learning",
        "Convolutional neural network*": "deep_learning",
        "Deep*": "deep_learning",
        "Graph neural network*": "deep_learning",
        "Graphical Neural Network*": "deep_learning",
        "Long-Short Term Memory*": "deep_learning",
        "Mask R-CNN": "deep_learning",
        "MobileNet": "deep_learning",
        "Multi-layer perceptron": "deep_learning",
        "Neural network*": "deep_learning",
        "ResNet": "deep_learning",
        "RetinaNet": "deep_learning",
        "UNet": "deep_learning",
        "Computer vision*": "computer_vision",
        "Image*": "computer_vision",
        "Machine Vision*": "computer_vision",
        "Object Detection*": "computer_vision",
        "Optical Character Recognition*": "computer_vision",
        "BERT*": "nlp",
        "Latent Dirichlet Allocation": "nlp",
        "Natural Language*": "nlp",
        "Natural Langauge*": "nlp",
        "NLP*": "nlp",
        "Cloud based commercial-off-the-shelf pre-trained NLP*": "nlp",
        "ChatGPT*": "generative_ai",
        "GANs": "generative_ai",
        "Generative*": "generative_ai",
        "Large language*": "generative_ai",
        "LLM*": "generative_ai",
        "Speech*": "speech_audio",
        "Voice*": "speech_audio",
        "Reinforcement Learning*": "reinforcement_learning",
        "Recommend*": "recommender",
        "Optimization*": "optimisation",
        "Automation & Robotics": "robotics",
        "Robotics": "robotics",
        "Other": "other",
    }
)
LINKS = (
    Link(column="Use_Case_ID", path="external_ids.0.id", transform="line"),
    Link(column="Department", path="agency", transform="special"),
    Link(column="Department_Code", path="agency", transform="special"),
    Link(column="Agency", path="unit", transform="title"),
    Link(column="Office", path="unit", transform="special"),
    Link(column="Title", path="name", transform="title"),
    Link(column="Summary", path="summary"),
    Link(column="Development_Stage", path="phase", transform="choice", values=PHASE),
    Link(
        column="Techniques",
        path="techniques",
        transform="choices",
        values=TECHNIQUES,
        otherwise="other",
    ),
    Link(column="Source_Code", path="source_code_url", transform="url"),
)


def _agency(cells: Cells) -> AgencyHint:
    name = one_line(cells.get("Department"))
    return AgencyHint({"en": name} if name else {}, one_line(cells.get("Department_Code")) or None)


def _complete(cells: Cells, draft: Draft) -> None:
    """Put the office beside the agency inside the department, which both are units of it."""
    units = [one_line(cells.get(name)) for name in ("Agency", "Office")]
    said = [unit for unit in dict.fromkeys(units) if not is_blank(unit)]
    if said:
        draft.place("unit.en", ", ".join(said))


EO13960_2023 = Format(
    name="eo13960-2023",
    title=_("United States, federal AI use case inventory 2023"),
    languages=("en",),
    links=LINKS,
    constants=(Constant("external_ids.0.scheme", "eo13960-2023", given="external_ids.0.id"),),
    losses=(
        Loss("Techniques", "techniques", _("Techniques in free words are another technique.")),
    ),
    required=("Title", "Department", "Development_Stage"),
    identifier="Use_Case_ID",
    headings={"Use Case ID": "Use_Case_ID", "Department Code": "Department_Code"},
    agency=_agency,
    complete=_complete,
    notes=(
        _("The agency and its office are units of the department, which is the body that filed."),
    ),
    source="https://github.com/ombegov/2024-Federal-AI-Use-Case-Inventory",
)
