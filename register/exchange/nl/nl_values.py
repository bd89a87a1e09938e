"""The values of the Dutch register's publication standard, of its first version to its latest."""

from register.exchange.cells.values import ValueMap

PHASE = ValueMap(
    {
        "In ontwikkeling": "in_development",
        "In gebruik": "in_use",
        "Buiten gebruik": "retired",
        "ontwikkeling": "in_development",
        "in_ontwikkeling": "in_development",
        "in_gebruik": "in_use",
        "gebruik": "in_use",
        "buiten_gebruik": "retired",
        "Niet in gebruik": "retired",
    },
    labels=("In ontwikkeling", "In gebruik", "Buiten gebruik"),
    nearest={
        "planned": "In ontwikkeling",
        "pilot": "In gebruik",
        "suspended": "Buiten gebruik",
        "cancelled": "Buiten gebruik",
    },
)
IMPACT_TIER = ValueMap(
    {
        "Hoog-risico AI-systeem": "high",
        "Impactvolle algoritmes": "significant",
        "Overige algoritmes": "limited",
        "Hoog-risico AI-systemen": "high",
        "Hoog risico AI-systeem": "high",
        "hoog_risico_ai_systeem": "high",
        "Impactvol algoritme": "significant",
        "impactvolle_algoritmes": "significant",
        "Overig algoritme": "limited",
        "overige_algoritmes": "limited",
    },
    labels=("Hoog-risico AI-systeem", "Impactvolle algoritmes", "Overige algoritmes"),
)
# "Wonen" shares its option with a wider theme, and a service to the public is not international:
# what these two say is kept among the words to search for, and comes back from there.
_THEMES = {
    "Organisatie en bedrijfsvoering": "internal_operations",
    "Cultuur en recreatie": "recreation_culture_religion",
    "Economie": "economic_affairs",
    "Overheidsfinanciën": "taxation_revenue",
    "Migratie en integratie": "migration_border",
    "Natuur en milieu": "environment",
    "Onderwijs en wetenschap": "education",
    "Openbare orde en veiligheid": "public_order_safety",
    "Recht": "justice",
    "Ruimte en infrastructuur": "housing_community",
    "Sociale zekerheid": "social_protection",
    "Verkeer": "transport",
    "Werk": "employment",
    "Zorg en gezondheid": "health",
}
_NARROW = {"Wonen": "housing_community", "Internationaal": "general_public_services"}
# Themes of version 0.4 that 1.0 does not have.
_FORMER = {
    "Dienstverlening": "general_public_services",
    "Bestuur": "general_public_services",
    "Landbouw": "economic_affairs",
}
_RENAMED = {"Financiën": "Overheidsfinanciën", "Huisvesting": "Wonen"}
THEME = ValueMap(
    {
        **_THEMES,
        **_NARROW,
        **_FORMER,
        "Financiën": "taxation_revenue",
        "Huisvesting": _NARROW["Wonen"],
    },
    labels=tuple(_THEMES),
    same={**{each: each for each in (*_NARROW, *_FORMER)}, **_RENAMED},
    nearest={
        "science_research": "Onderwijs en wetenschap",
        "defence": "Openbare orde en veiligheid",
    },
)
KEPT_THEMES = frozenset({*_NARROW, *_FORMER})
WRITABLE_THEMES = frozenset({*_THEMES, *_NARROW}) - {
    theme for theme, area in _THEMES.items() if area not in _NARROW.values()
}
TYPE = ValueMap(
    {
        "Regelgebaseerd": "rule_based",
        "Zelflerend": "classical_ml",
        "Op regels gebaseerd": "rule_based",
        "Regelgebaseerd algoritme": "rule_based",
        "Niet zelflerend": "rule_based",
        "Niet-zelflerend": "rule_based",
        "Zelflerend algoritme": "classical_ml",
        "Hybride": "rule_based+classical_ml",
        "Regelgebaseerd en zelflerend": "rule_based+classical_ml",
        "Nee": "rule_based",  # to "does it learn?", as version 0.4 asks
        "Ja": "classical_ml",
    }
)
ASSESSMENT = ValueMap(
    {
        "AI Impact Assesment (AIIA)": "algorithmic_impact",
        "Data Protection Impact Assessment (DPIA)": "dpia_pia",
        "De Ethische Bijsluiter": "ethics",
        "De Ethische Data Assistant (DEDA)": "ethics",
        "Fundamentele Rechten en Algoritme Impact Assessment (FRAIA)": "fria",
        "Impact Assessment Mensenrechten en Algoritmes (IAMA)": "human_rights",
        "Pre-scan DPIA": "dpia_pia",
        "Privacy Quickscan": "dpia_pia",
        "Toetsingskader Algemene Rekenkamer": "other",
        "Utrecht Uthiek Assessment": "ethics",
        "Z-Inspection": "ethics",
        "AI Impact Assessment*": "algorithmic_impact",
        "AIIA": "algorithmic_impact",
        "Algoritme-impacttoets": "algorithmic_impact",
        "Data Protection Impact Assessment*": "dpia_pia",
        "DPIA": "dpia_pia",
        "Pre-DPIA": "dpia_pia",
        "PIA": "dpia_pia",
        "GEB": "dpia_pia",
        "Gegevensbeschermingseffectbeoordeling*": "dpia_pia",
        "DEDA": "ethics",
        "Ethische Data Assistent*": "ethics",
        "Ethische toets": "ethics",
        "FRAIA": "fria",
        "Fundamental Rights Impact Assessment*": "fria",
        "Grondrechtentoets": "fria",
        "IAMA": "human_rights",
        "Impact Assessment Mensenrechten*": "human_rights",
        "Mensenrechtentoets": "human_rights",
        "Gelijkebehandelingstoets": "equality",
        "Beveiligingstoets": "security",
        "BIO": "security",
    }
)
# How an assessment of a kind is called where no instrument is named; each is read as that kind.
ASSESSMENT_NAMES = {
    "dpia_pia": "Data Protection Impact Assessment (DPIA)",
    "fria": "Grondrechtentoets",
    "algorithmic_impact": "Algoritme-impacttoets",
    "equality": "Gelijkebehandelingstoets",
    "human_rights": "Mensenrechtentoets",
    "security": "Beveiligingstoets",
    "ethics": "Ethische toets",
    "other": "Andere toets",
}
ASSESSMENT_STATUS = {
    "done": "uitgevoerd",
    "in_progress": "loopt",
    "planned": "gepland",
    "not_done": "niet uitgevoerd",
    "not_required": "niet vereist",
    "waived": "vrijgesteld",
    "not_stated": "niet vermeld",
}
YES_NO_STATUS = ValueMap(
    {"Ja": "done", "Nee": "not_done", "Onbekend": "", "Niet bekend": "", "N.v.t.": ""}
)
# The titles that the standard gives its columns, where they are other words.
HEADINGS = {
    "Naam": "name",
    "Korte omschrijving": "description_short",
    "Organisatienaam": "organization",
    "Organisatie": "organization",
    "Thema": "category",
    "Beleidsterrein": "category",
    "Begindatum": "begin_date",
    "Einddatum": "end_date",
    "Contactgegevens": "contact_email",
    "Link naar publiekspagina": "website",
    "Publicatiecategorie": "publication_category",
    "Link naar bronregistratie": "url",
    "Doel en impact": "goal",
    "Doel": "goal",
    "Afwegingen": "proportionality",
    "Menselijke tussenkomst": "human_intervention",
    "Risicobeheer": "risks",
    "Wettelijke basis": "lawful_basis",
    "Verwijzingen wettelijke basis": "lawful_basis_grouping",
    "Link naar verwerkingsregister": "process_index_url",
    "Toelichting op impacttoetsen": "impacttoetsen",
    "Gegevens": "source_data",
    "Verwijzingen gegevensbronnen": "source_data_grouping",
    "Technische werking": "methods_and_models",
    "Leverancier": "provider",
    "Link naar broncode": "publiccode",
    "Taal": "lang",
    "Bron-ID": "source_id",
    "Zoektermen": "tags",
    "Algoritme-ID": "lars",
}
