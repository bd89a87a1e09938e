"""The values in the columns of the United States inventory of 2025, with the spellings met.

The long ones are the questionnaire's (sometimes cut to their beginning), the short ones those of
the consolidated file.
"""

from register.exchange.values import ValueMap

_WAIVED = {
    "Agency CAIO has waived this minimum practice*": "waived",
    "CAIO Waived": "waived",
    "waived": "waived",
    "wavied": "waived",
}

PHASE = ValueMap(
    {
        "Pre-deployment*": "in_development",
        "Acquisition and/or Development": "in_development",
        "Pilot": "pilot",
        "Pilot -*": "pilot",
        "Deployed": "in_use",
        "Deployed -*": "in_use",
        "Operation and Maintenance": "in_use",
        "Retired": "retired",
        "Retired -*": "retired",
        # Stages of the year before, and agencies' own words.
        "Initiated": "planned",
        "Initiation": "planned",
        "Planned": "planned",
        "Development": "in_development",
        "In development": "in_development",
        "Under development": "in_development",
        "Implementation and Assessment": "pilot",
        "In mission": "in_use",
        "In production": "in_use",
        "In use": "in_use",
        "Operational": "in_use",
        "Production": "in_use",
        "Decommissioned": "retired",
    }
)
IMPACT_TIER = ValueMap(
    {
        "High-impact": "high",
        "Yes": "high",
        "Presumed high-impact, but not high-impact": "significant",
        "Presumed high-impact*": "significant",
        "Not High-impact": "limited",
        "No": "limited",
        # Answers to the question of the year before, and agencies' own words.
        "Both": "high",
        "High impact": "high",
        "Rights-impacting": "high",
        "Safety-impacting": "high",
        "Low-impact": "limited",
        "Neither": "limited",
        "Not High impact": "limited",
    }
)
PRESUMED = ValueMap(
    {
        "Presumed high-impact, but not high-impact": "yes",
        "Presumed high-impact*": "yes",
        "Not High-impact": "no",
        "No": "no",
        "Not High impact": "no",
        "High impact": "unknown",
        "High-impact": "unknown",
        "Yes": "unknown",
    }
)
WITHHELD_GROUND = ValueMap(
    {
        "No": "",
        "Yes - Disclosure Risk": "other",
        "Yes - agency has determined*": "other",
        "Yes - Prohibited by Law": "prohibited_by_law",
        "Yes - disclosure is prohibited by law": "prohibited_by_law",
        "Other": "other",
    }
)
POLICY_DOMAINS = ValueMap(
    {
        "Admin Functions": "internal_operations",
        "Administrative Functions": "internal_operations",
        "Benefits Processing": "social_protection",
        "Cybersecurity": "internal_operations",
        "Cybersecurity Operations": "internal_operations",
        "Education and Workforce": "education",
        "Emergency Management": "public_order_safety",
        "Emergency Mgmt": "public_order_safety",
        "Energy and Environment": "environment",
        "Energy & the Environment": "environment",
        "Energy and the Environment": "environment",
        "Health and Medical": "health",
        "Health & Medical": "health",
        "Housing": "housing_community",
        "HR": "internal_operations",
        "Human Resources": "internal_operations",
        "Information Technology": "internal_operations",
        "International Affairs": "general_public_services",
        "IT": "internal_operations",
        "Law Enforcement": "public_order_safety",
        "Other": "other",
        "Other (use other text field)": "other",
        "Other - Applied Mathematical Sciences": "science_research",
        "Other - Economic & Financial": "economic_affairs",
        "Procurement and Finance Mgmt": "internal_operations",
        "Procurement and Financial Management": "internal_operations",
        "Procurement & Financial Management": "internal_operations",
        "Science": "science_research",
        "Service Delivery": "general_public_services",
        "Transportation": "transport",
    }
)
TECHNIQUES = ValueMap(
    {
        "Agentic AI*": "agentic_ai",
        "agentic-ai": "agentic_ai",
        "Classical ML": "classical_ml",
        "Classical/Predictive Machine Learning*": "classical_ml",
        "Computer Vision*": "computer_vision",
        "Gen AI": "generative_ai",
        "GenAI": "generative_ai",
        "Generative AI": "generative_ai",
        "Generative AI:*": "generative_ai",
        "Machine Learning": "classical_ml",
        "Machine Learning (Classification/Prediction)": "classical_ml",
        "Natural Language Processing": "nlp",
        "Natural Language Processing (NLP)": "nlp",
        "Natural Language Processing:*": "nlp",
        "NLP": "nlp",
        "Other": "other",
        "Reinforcement Learning*": "reinforcement_learning",
    }
)
DEVELOPMENT_METHOD = ValueMap(
    {
        "Vendor Purchased": "purchased",
        "Purchased from a vendor": "purchased",
        "vendor": "purchased",
        "Developed with contracting resources": "contracted",
        "Exclusively developed with contract/external resources": "contracted",
        "In-house Development": "in_house",
        "Developed in-house": "in_house",
        "Developed in house": "in_house",
        "in house": "in_house",
        "in-house": "in_house",
        "No contract/external resources used in development": "in_house",
        "Contracting and In House": "mixed",
        "Developed with both contracting and in-house resources": "mixed",
        "Developed with a combination of in-house and contract/external resources": "mixed",
        "in house and contractor": "mixed",
        "in house & contractor": "mixed",
        "Both, the AI was developed by a vendor*": "mixed",
    }
)
AUTHORISATION = ValueMap(
    {
        "Yes": "security_ato",
        "true": "security_ato",
        "Use vendor's ATO or FedRAMP authorization": "security_ato",
        "No": "",
        "false": "",
        "In-progress*": "",
    }
)
PERSONAL_DATA = ValueMap(
    {
        "Yes": "personal",
        "Yes -*": "personal",
        "Yes (*": "personal",
        "true": "personal",
        "No": "none",
        "No -*": "none",
        "false": "none",
    }
)
SENSITIVE_ATTRIBUTES = ValueMap(
    {
        "Race/Ethnicity": "race_ethnicity",
        "race / ethnicity": "race_ethnicity",
        "race": "race_ethnicity",
        "ethnicity": "race_ethnicity",
        "Sex": "sex_gender",
        "Gender": "sex_gender",
        "Sex/Gender": "sex_gender",
        "Gender/Sex": "sex_gender",
        "Age": "age",
        "Religious Affiliation": "religion",
        "Socioeconomic Status": "income_socioeconomic",
        "Ability Status": "disability",
        "Residency Status": "residency_migration_status",
        "Marital Status": "marital_status",
        "Income": "income_socioeconomic",
        "Employment Status": "employment_status",
        "None of the above": "none",
        "None": "none",
        "na": "none",
        "n/a": "none",
        "not applicable": "none",
        "Other": "other",
    }
)
TESTING = ValueMap({"Yes": "done", "In-progress": "in_progress", "No": "not_done", **_WAIVED})
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
    }
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
    }
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
    }
)
FAILSAFE = ValueMap(
    {
        "Yes": "yes",
        "In-progress": "in_progress",
        "Not Applicable": "not_applicable",
        "n/a": "not_applicable",
        "NA": "not_applicable",
        **_WAIVED,
    }
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
    }
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
    }
)
