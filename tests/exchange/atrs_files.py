"""Records in the United Kingdom's template, made up from the list of its fields, and files of them.

``FULL`` answers every field, several suppliers and models among them; ``HARD`` does it with texts
that look like the marks which the format itself sets; ``SHELF`` is a bought tool as teams describe
it, with the fields on models and development left out.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence

from register.exchange.atrs.atrs_headings import COLUMNS

_LIST = "The tool:\n\n1. reads a form;\n2. sorts it.\n\n• It never decides.\n- It is checked."
_MOVED_IN = _LIST.replace("\n", "\n ")
FULL = {column: f"About {column}: a plain text.\nIts second line." for column in COLUMNS} | {
    "Title": "Sorting of claims",
    "Organisation name": "Department of Sorting",
    "Phase": "Public beta",
    "Region": "England and Wales; Scotland",
    "Function": "Health; Recreation, culture and religion",
    "One sentence description": "It sorts claims.",
    "1.1 Name": "Sorting of claims",
    "1.2 Description": f"Why and how.\n\n{_LIST}",
    "1.3 Website URL": "https://sorting.gov.uk/tool",
    "1.4 Contact email": "ai-team@sorting.gov.uk",
    "2.1.1 Organisation or department": "Department of Sorting",
    "2.1.2 Team": "Claims Directorate",
    "2.1.3 Senior responsible owner (role title)": "Director of Claims",
    "2.1.4 Third party involvement (Yes/No)": "Yes",
    "2.1.4.1 Third party": "1. Acme Ltd\n2. Beta plc\n3. Gamma, Delta & Co",
    "2.1.4.2 Companies House Number": "1. 02070588\n3. SC123456",
    "2.1.4.3 Third party role": "1. Built it\n2. Hosts it\n3. Labelled the data",
    "2.1.4.4 Procurement procedure type": "2. Call-off from a framework",
    "2.1.4.5 Third party data access terms": f"1. None.\n3. {_MOVED_IN}",
    "2.4.1.5 Models": "Sorter; Reader",
    "2.4.2.1 Model name": "1. Sorter\n2. Reader",
    "2.4.2.2 Model version": "1. 2.0\n2. gpt-4o-2024-08-06",
    "2.4.2.3 Model task": "1. Sorts\n2. Reads",
    "2.4.2.4 Model input": "1. A form\n2. A scan",
    "2.4.2.5 Model output": "1. A score\n2. A text",
    "2.4.2.6 Model architecture": "1. Random forest\n2. Transformer",
    "2.4.2.7 Model performance": "1. F1 of 0.9\n2. Error of 3 %\nMeasured on: Scans of 2024",
    "2.4.2.8 Datasets and their purposes": "1. Claims: training\n2. None",
    "2.4.3.1 Development data description": "1. Claims: those of 2020\n2. Letters: a sample",
    "2.4.3.2 Data modality": "1. Tables and forms\n2. Text; Images",
    "2.4.3.3 Data quantities": "1. 40,000 rows",
    "2.4.3.4 Sensitive attributes": "2. Age and gender of the senders",
    "2.4.3.5 Data completeness and representativeness": "1. Complete\n2. Few from Wales",
    "2.4.3.6 Data cleaning": "1. Doubles left out",
    "2.4.3.7 Data collection": "1. To pay claims\n2. To answer them",
    "2.4.4.1 Data sources": "1. Claims as they come in\n2. Postcodes: the public list",
    "2.4.4.2 Sensitive attributes": "Age; Gender; Nationality",
    "2.5.1 Impact assessments": "1. DPIA, done in May 2024.\n2. Equality impact assessment\n"
    "Status: Under way\nLink: https://sorting.gov.uk/eia",
    "2.5.2 Risks and mitigations": "1. Risk: wrong order.\nMitigation: a person looks.\n2. Bias.",
}
HARD = {
    **FULL,
    "Title": "«ترتیب» <b>1.1 Name</b>",
    "1.1 Name": "«ترتیب» <b>1.1 Name</b>",
    "Phase": "Retired",
    "Region": "Leeds; the whole of Wales",
    "1.2 Description": '=HYPERLINK("http://x")\n1.3 Website URL',
    "2.1.4.1 Third party": "Acme Ltd",
    "2.1.4.2 Companies House Number": "",
    "2.1.4.3 Third party role": "1. Builds it 2. Hosts it",
    "2.1.4.4 Procurement procedure type": "1. Open",
    "2.1.4.5 Third party data access terms": "1. None\n2. All\n4. Some",
    "2.2.3 Previous process": "Previous process: by hand\n Previous process: by post",
    "2.2.4 Alternatives considered": "None.\nPrevious process: see above\nMitigation: none",
    "2.3.2 Human review": "Level: high\nA person looks.\nLevel: Spot checks",
    "2.3.3 Frequency and scale of usage": "Count: many\nPer: Year",
    "2.3.5 Appeals and review": "Link: on the letter\nTime limit: 30 days\n\nIn writing.",
    "2.4.1.1 System architecture": "Models: two\nhttps://sorting.gov.uk/a.svg\nModels: three",
    "2.4.1.5 Models": "The tool has two models: one sorts, one reads. Both are public.",
    "2.4.2.1 Model name": "Sorter",
    "2.4.2.2 Model version": "1.0",
    "2.4.2.3 Model task": "1. sort 2. read",
    "2.4.2.4 Model input": "1. a form\n2. a scan",
    "2.4.2.6 Model architecture": "",
    "2.4.2.7 Model performance": "Metrics:\n1. F1\n2. AUC\nDate: soon",
    "2.4.3.1 Development data description": "The following: a, b.\n1. a\n2. b",
    "2.4.3.2 Data modality": "Mostly text",
    "2.4.3.3 Data quantities": "1. one\n2. two".replace("\n", " "),
    "2.4.3.4 Sensitive attributes": "Age; Disability",
    "2.4.3.5 Data completeness and representativeness": "Data cleaning: none\nIt is complete.",
    "2.4.4.1 Data sources": "2. first\n1. second",
    "2.4.4.2 Sensitive attributes": "Age; Disability",
    "2.4.4.4 Data access and storage": "On servers.\nRetention: one year\nDevelopment data: same",
    "2.5.1 Impact assessments": "None was made, since 1. it is small\n2. it is old",
    "2.5.2 Risks and mitigations": "1. a\n1. b\nKind of risk: Privacy\nMitigation: x\n"
    "Kind of risk: y",
}
SHELF = dict.fromkeys(COLUMNS, "") | {
    "Title": "Assistant",
    "Organisation name": "Borough of Sorting",
    "Phase": "Production",
    "1.1 Name": "Assistant",
    "1.2 Description": "Drafts replies.\n\nSince 2024.",
    "2.1.1 Organisation or department": "Borough of Sorting",
    "2.1.4 Third party involvement (Yes/No)": "No",
    "2.3.4 Required training": "N/A",
    "2.4.1.5 Models": "GPT-4o; Whisper large",
    "2.4.4.2 Sensitive attributes": "Age; Sex or gender",
    "2.5.2 Risks and mitigations": "It may be wrong.",
}
RECORDS = {"full": FULL, "hard": HARD, "shelf": SHELF}


def csv_of(rows: Iterable[Mapping[str, str]], columns: Sequence[str] = COLUMNS) -> bytes:
    """Give rows as comma separated values."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def lines_of(*lines: Sequence[str]) -> bytes:
    """Give cells, line by line, as comma separated values."""
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue().encode()


def json_rows_of(objects: Iterable[Mapping[str, object]]) -> bytes:
    """Give objects as the table that is made of them: a list is a cell with its JSON text."""
    rows = [
        {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in each.items()
        }
        for each in objects
    ]
    return csv_of(rows, list(dict.fromkeys(name for row in rows for name in row)))
