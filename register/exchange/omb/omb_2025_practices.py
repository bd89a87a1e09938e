"""The values for the minimum practices of high-impact systems in the inventory of 2025.

A practice that the agency's Chief AI Officer waived is "waived" in every column.
"""

from register.exchange.cells.values import ValueMap

_WAIVED = {
    "Agency CAIO has waived this minimum practice*": "waived",
    "CAIO Waived": "waived",
    "waived": "waived",
    "wavied": "waived",
}

TESTING = ValueMap(
    {"Yes": "done", "In-progress": "in_progress", "No": "not_done", **_WAIVED},
    labels=("Yes", "In-progress", "No", "CAIO Waived"),
)
REVIEW = ValueMap(
    {
        "Internal Independent Review": "other_office",
        "Yes - by another appropriate agency office*": "other_office",
        "Oversight Board Review": "oversight_board",
        "Yes - by an agency AI oversight board*": "oversight_board",
        "CAIO Review": "chief_ai_officer",
        "Yes - by the CAIO": "chief_ai_officer",
        "In-progress": "in_progress",
        **_WAIVED,
    },
    labels=(
        "Internal Independent Review",
        "Oversight Board Review",
        "CAIO Review",
        "In-progress",
        "CAIO Waived",
    ),
)
MONITORING = ValueMap(
    {
        "Yes": "established",
        "Yes - Monitoring Established": "established",
        "Yes, sufficient monitoring protocols have been established": "established",
        "In-progress": "in_progress",
        "Development of monitoring protocols is in-progress": "in_progress",
        "Development of monitoring protocols is in-progess": "in_progress",
        **_WAIVED,
    },
    labels=("Yes - Monitoring Established", "In-progress", "CAIO Waived"),
)
TRAINING = ValueMap(
    {
        "Yes": "established",
        "Training Established": "established",
        "Yes, sufficient and periodic training has been established": "established",
        "In-progress": "in_progress",
        "Training In-progress": "in_progress",
        "Establishment of sufficient and periodic training is in-progress": "in_progress",
        **_WAIVED,
    },
    labels=("Training Established", "Training In-progress", "CAIO Waived"),
)
FAILSAFE = ValueMap(
    {
        "Yes": "yes",
        "In-progress": "in_progress",
        "Not Applicable": "not_applicable",
        "n/a": "not_applicable",
        "NA": "not_applicable",
        **_WAIVED,
    },
    labels=("Yes", "In-progress", "Not Applicable", "CAIO Waived"),
)
APPEAL = ValueMap(
    {
        "Yes": "established",
        "Appeal Process Established": "established",
        "Yes, an appropriate appeal process has been established": "established",
        "In-progress": "in_progress",
        "Appeal Process In-progress": "in_progress",
        "Establishment of an appropriate appeal process is in-progress": "in_progress",
        "Not Applicable": "not_applicable",
        "n/a": "not_applicable",
        "NA": "not_applicable",
        "Appeal Precluded by Law": "precluded_by_law",
        "Law, operational limitations, or governmentwide guidance precludes*": "precluded_by_law",
        "precluded": "precluded_by_law",
        **_WAIVED,
    },
    labels=(
        "Appeal Process Established",
        "Appeal Process In-progress",
        "Not Applicable",
        "Appeal Precluded by Law",
        "CAIO Waived",
    ),
)
CONSULTATION = ValueMap(
    {
        "Direct usability testing": "usability_testing",
        "Usability Testing": "usability_testing",
        "General solicitations of comments from the public": "public_comment",
        "General solicitations of feedback and comments from the public": "public_comment",
        "Public Feedback Solicitations": "public_comment",
        "Public hearings or meetings": "public_meeting",
        "Other": "other",
        "In-progress": "in_progress",
        # Answers to other questions that stand in this column.
        "Establishment of an appropriate appeal process*": "",
        "DOL will promptly remove any PII*": "",
        **_WAIVED,
    },
    labels=(
        "Usability Testing",
        "General solicitations of comments from the public",
        "Public hearings or meetings",
        "Other",
        "In-progress",
        "CAIO Waived",
    ),
    nearest=dict.fromkeys(("affected_groups", "civil_society", "staff_or_unions"), "Other"),
)
