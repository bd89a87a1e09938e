"""The headings of the United States inventory of 2024: its questions, in full and in short."""

NAME = "Use Case Name"
STAGE = "Stage of Development"
AGENCY, ABBREVIATION = "Agency", "Agency Abbreviation"
TIER = "Is the AI use case rights-impacting, safety-impacting, both, or neither?"
PURPOSE = "What is the intended purpose and expected benefits of the AI?"
IMPLEMENTED, RETIRED = "Date Implemented", "Date Retired"
DOCUMENTATION = (
    "Is there available documentation for the model training and evaluation data that demonstrates "
    "the degree to which it is appropriate to be used in analysis or for making predictions?"
)
TESTING = (
    "Has the AI use case been tested in operational or real-world environments to understand the "
    "performance and impact it may have on affected individuals or communities?"
)
MONITORING = (
    "Is there a process to monitor performance of the AI system’s functionality and changes to its "
    "impact on rights or safety as part of the post-deployment plan for the AI use case?"
)
AUTONOMY = (
    "For this particular use case, can the AI carry out a decision or action without direct human "
    "involvement that could result in a significant impact on rights or safety?"
)
NOTICE = (
    "How is the agency providing reasonable and timely notice regarding the use of AI when people "
    "interact with an AI-enabled service as a result of this AI use case?"
)
DISPARITIES = (
    "What steps has the agency taken to detect and mitigate significant disparities in the model’s "
    "performance across demographic groups for this AI use case?"
)
CONSULTATION = (
    "What steps has the agency taken to consult and incorporate feedback from groups affected by "
    "this AI use case?"
)
APPEAL = (
    "Is there an established fallback and escalation process for this AI use case in the event "
    "that an impacted individual or group would like to appeal or contest the AI system’s outcome?"
)
OPT_OUT = (
    "Where practicable and consistent with applicable law and governmentwide policy, is there an "
    "established mechanism for individuals to opt-out from the AI functionality in favor of a "
    "human alternative?"
)
METHOD = (
    "Was the AI system involved in this use case developed (or is it to be developed) under "
    "contract(s) or in-house?"
)
PERSONAL_DATA = (
    "Does this AI use case involve personally identifiable information (PII) that is "
    "maintained by the agency?"
)
PRIVACY_REVIEW = (
    "Has the Senior Agency Official for Privacy (SAOP) assessed the privacy risks associated "
    "with this AI use case?"
)
DATA = (
    "Describe any agency-owned data used to train, fine-tune, and/or evaluate "
    "performance of the model(s) used in this use case."
)
FEATURES = (
    "Which, if any, demographic variables does the AI use case explicitly use as model features?"
)
CODE = "If the code is open-source, provide the link for the publicly available source code."
AUTHORISATION = (
    "Does this AI use case have an associated Authority to Operate (ATO) for an AI system?"
)
ASSESSMENT = "Has an AI impact assessment been conducted for this AI use case?"
RISKS = (
    "What are the key risks from using the AI for this particular use case and how "
    "were they identified?"
)
REVIEW = "Has an independent evaluation of the AI use case been conducted?"
OTHER = "If Other, please explain."
OTHER_AUTONOMY, OTHER_NOTICE, OTHER_CONSULTATION, OTHER_OPT_OUT = 6, 7, 8, 9

# The first consolidated file had short names; what its "question_type" columns hold is not text.
HEADINGS = {
    "2_use_case_name": NAME,
    "3_agency": AGENCY,
    "3_abr": ABBREVIATION,
    "4_bureau": "Bureau",
    "8_topic_area": "Use Case Topic Area",
    "11_purpose_benefits": PURPOSE,
    "12_outputs": "Describe the AI system’s outputs.",
    "16_dev_stage": STAGE,
    "17_impact_type": TIER,
    "18_date_initiated": "Date Initiated",
    "19_date_acq_dev_began": "Date when Acquisition and/or Development began",
    "20_date_implemented": IMPLEMENTED,
    "21_date_retired": RETIRED,
    "22_dev_method": METHOD,
    "29_contains_pii": PERSONAL_DATA,
    "30_saop_review": PRIVACY_REVIEW,
    "33_agency_data": DATA,
    "34_data_docs": DOCUMENTATION,
    "35_demo_features": FEATURES,
    "39_code_link": CODE,
    "40_has_ato": AUTHORISATION,
    "41_system_name": "System Name",
    "52_impact_assessment": ASSESSMENT,
    "53_real_world_testing": TESTING,
    "54_key_risks": RISKS,
    "55_independent_eval": REVIEW,
    "56_monitor_postdeploy": MONITORING,
    "57_autonomous_impact": AUTONOMY,
    "59_ai_notice": NOTICE,
    "62_disparity_mitigation": DISPARITIES,
    "63_stakeholder_consult": CONSULTATION,
    "65_appeal_process": APPEAL,
    "67_opt_out": OPT_OUT,
}
