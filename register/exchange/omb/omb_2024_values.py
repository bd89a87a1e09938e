"""The values in the columns of the United States inventory of 2024, with the spellings met.

A long answer of the questionnaire is recognised by its beginning.
"""

from register.exchange.cells.values import ValueMap

_NOT_IMPACTING = {"AI is not safety or rights-impacting": ""}
_WAIVED = {"Agency CAIO has waived this minimum practice*": "waived", **_NOT_IMPACTING}
_NOT_APPLICABLE = {"Not Applicable": "not_applicable", "N/A": "not_applicable"}

PHASE = ValueMap(
    {
        "Ideation": "planned",
        "Initiated": "planned",
        "Initiation": "planned",
        "Planned": "planned",
        "Acquisition and/or Development": "in_development",
        "Development and Acquisition": "in_development",
        "Development Stage": "in_development",
        "Implementation": "pilot",
        "Implementation and Assessment": "pilot",
        "In mission": "in_use",
        "In production": "in_use",
        "Operation and Maintenance": "in_use",
        "Retired": "retired",
        "Research or Administrative Action Complete": "cancelled",
    }
)
IMPACT_TIER = ValueMap(
    {
        "Both": "high",
        "Rights-Impacting": "high",
        "Safety-Impacting": "high",
        "Neither": "limited",
        "No, use case is too new to fully assess impacts*": "undetermined",
        "Case-by-case assessment": "undetermined",
    }
)
POLICY_DOMAINS = ValueMap(
    {
        "AI used in Transportation Operations": "transport",
        "Diplomacy & Trade": "general_public_services",
        "Education & Workforce": "education",
        "Emergency Management": "public_order_safety",
        "Energy & the Environment": "environment",
        "Government Services (includes Benefits and Service Delivery)": "general_public_services",
        "Health & Medical": "health",
        "Law & Justice": "justice+public_order_safety",
        "Mission-Enabling": "internal_operations",
        "Mission-Enabling (internal agency support)": "internal_operations",
        "Other": "other",
        "Science & Space": "science_research",
        "Transportation": "transport",
    }
)
DEVELOPMENT_METHOD = ValueMap(
    {
        "Developed with contracting resources": "contracted",
        "Exclusively developed with contract/external resources": "contracted",
        "Developed in-house": "in_house",
        "No contract/external resources used in development": "in_house",
        "Developed with both contracting and in-house resources": "mixed",
        "Developed with a combination of in-house and contract/external resources": "mixed",
    }
)
AUTHORISATION = ValueMap({"Yes": "security_ato", "No": "", "No.*": ""})
PRIVACY_REVIEW = ValueMap({"Yes": "done", "No": "not_done"})
PERSONAL_DATA = ValueMap({"Yes": "personal", "No": "none"})
SENSITIVE_ATTRIBUTES = ValueMap(
    {
        "Race/Ethnicity": "race_ethnicity",
        "Sex/Gender": "sex_gender",
        "Gender/Sex": "sex_gender",
        "Gender": "sex_gender",
        "Sex": "sex_gender",
        "Age": "age",
        "Religious Affiliation": "religion",
        "Socioeconomic Status": "income_socioeconomic",
        "Ability Status": "disability",
        "Disability Status": "disability",
        "Residency Status": "residency_migration_status",
        "Marital Status": "marital_status",
        "Income": "income_socioeconomic",
        "Employment Status": "employment_status",
        "None": "none",
        "Other": "other",
        # A refusal to say, which is not an attribute.
        "Disclosing this information may impede*": "",
    }
)
ASSESSMENT = ValueMap(
    {"Yes": "done", "No": "not_done", "Planned or in-progress": "in_progress", **_WAIVED}
)
TESTING = ValueMap(
    {
        "Yes": "done",
        "Benchmark evaluation*": "done",
        "Performance evaluation in operational environment*": "done",
        "Impact evaluation in operational environment*": "done",
        "No testing*": "not_done",
        "No": "not_done",
        **_WAIVED,
    }
)
REVIEW = ValueMap(
    {
        "Yes - by an agency AI oversight board*": "oversight_board",
        "Yes - by the CAIO": "chief_ai_officer",
        "Yes - by another appropriate agency office*": "other_office",
        "Planned or in-progress": "in_progress",
        "No": "none",
        **_WAIVED,
    }
)
MONITORING = ValueMap(
    {
        "Automated and Regularly Scheduled Updates*": "established",
        "Established Process of Machine Learning Operations*": "established",
        "Intermittent and Manually Updated*": "established",
        "No monitoring protocols have been established*": "none",
        **_WAIVED,
    }
)
OVERSIGHT = ValueMap(
    {
        "No - Some individual decisions or actions require direct human*": "human_in_loop",
        "Yes - All individual decisions or actions are automated*": "none",
        # It names a fail-safe and does not say who oversees.
        "Other - Immediate human intervention is not practicable*": "",
        **_NOT_IMPACTING,
    }
)
DECISION_ROLE = ValueMap(
    {
        "Yes - All individual decisions or actions are automated*": "decides_alone",
    }
)
FAILSAFE = ValueMap({"Other - Immediate human intervention is not practicable*": "yes"})
NOTICE = ValueMap(
    {
        "Email*": "yes",
        "In-person*": "yes",
        "In person*": "yes",
        "Online*": "yes",
        "Telephone*": "yes",
        "None of the above": "no",
        "N/A - individuals are not interacting*": "not_applicable",
        "Other*": "not_stated",
        **_NOT_IMPACTING,
        **_NOT_APPLICABLE,
    }
)
CONSULTATION = ValueMap(
    {
        "Direct user testing": "usability_testing",
        "Direct usability testing": "usability_testing",
        "General solicitations of comments from the public": "public_comment",
        "Post-transaction customer feedback collections": "other",
        "Post transaction customer feedback collections": "other",
        "Public hearings or meetings": "public_meeting",
        "None of the above": "none",
        "Other": "other",
        **_WAIVED,
    }
)
APPEAL = ValueMap(
    {
        "Yes": "established",
        "No - it is not operationally practical*": "none",
        "No - Law, operational limitations, or governmentwide guidance*": "precluded_by_law",
        **_WAIVED,
        **_NOT_APPLICABLE,
    }
)
OPT_OUT = ValueMap(
    {
        "Yes": "yes",
        "No": "no",
        "No - This AI use case is not subject to the opt-out requirement*": "no",
        "Other": "not_stated",
        **_NOT_IMPACTING,
        **_NOT_APPLICABLE,
    }
)
