"""A record of the Dutch register in which every question is answered."""

from typing import Any

WHOLE_RECORD: dict[str, Any] = {
    "name": "Vroegsignalering",
    "description_short": "Signaleert schulden.",
    "organization": {"name": "Gemeente Bergen (NH)", "code": "gm0373"},
    "category": ["Wonen", "Ruimte en infrastructuur", "Internationaal", "Verkeer"],
    "status": "Buiten gebruik",
    "begin_date": "2023-01",
    "end_date": "2024-05",
    "contact_email": "algoritmes@bergen.nl",
    "website": "https://bergen.nl/algoritme",
    "publication_category": "Hoog-risico AI-systeem",
    "url": "https://algoritmes.bergen.nl/17",
    "goal": "<p>Doel &amp; reden</p><ul><li>een</li><li>twee</li></ul>",
    "proportionality": "<p>Afweging</p>",
    "human_intervention": "<p>Een mens</p>",
    "risks": "<p>Risico een<br>Risico twee</p>",
    "lawful_basis": "<p>Twee wetten</p>",
    "lawful_basis_grouping": [
        {"title": "AVG", "link": "https://wetten.overheid.nl/BWBR0040940"},
        {"title": "Woo", "link": "https://wetten.overheid.nl/BWBR0045754"},
    ],
    "process_index_url": "https://bergen.nl/verwerkingen/3",
    "impacttoetsen_grouping": [
        {"title": "Pre-scan DPIA", "link": "https://bergen.nl/dpia"},
        {"title": "Impact Assessment Mensenrechten en Algoritmes (IAMA)", "link": None},
    ],
    "impacttoetsen": "<p>Een DEDA is niet gedaan.</p>",
    "source_data": "<p>Achterstanden</p>",
    "source_data_grouping": [
        {"title": "BRP", "link": "https://www.rvig.nl/brp"},
        {"title": "BAG", "link": "https://www.kadaster.nl/bag"},
    ],
    "methods_and_models": "<p>Regels</p>",
    "provider": "Haaks softwarebedrijf",
    "publiccode": "https://github.com/bergen/vroeg",
    "lang": "nld",
    "standard_version": "1.0",
    "source_id": "17",
    "tags": "Schulden, Vroeg",
    "lars": "12345678",
    "publication_dt": "2026-01-01",
}
