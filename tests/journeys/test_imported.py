"""A record of another government's register, published as it came."""

import csv
import io

from register.services.actor import SYSTEM
from register.services.imports.import_order import Order
from register.services.imports.importing import import_file
from tests.journeys.conftest import Town

ROW = {
    "agency": "DOW",
    "agency_name": "Department of Weather",
    "id": "DOW-1",
    "use_case_name": "Storm forecast",
    "development_stage": "Deployed",
    "is_high_impact": "High-impact",
    "problem_solved": "Storms came unannounced.",
}


def import_row(town: Town, *, is_published: bool) -> str:
    """Import one row for the city; give its reference."""
    written = io.StringIO()
    writer = csv.DictWriter(written, ROW)
    writer.writeheader()
    writer.writerow(ROW)
    with town.app.app_context():
        report = import_file(
            io.BytesIO(written.getvalue().encode()),
            Order(
                file_name="inventory.csv",
                format_name="omb-2025",
                by=SYSTEM,
                reference_prefix="AIR",
                agency="city",
                is_published=is_published,
            ),
        )
    assert report.created == 1, report
    page = town.officer.get("/filing/")
    return next(link for link in page.links("Storm forecast")).rsplit("/", 1)[1]


def test_an_imported_record_says_what_its_source_does_not_state(town: Town) -> None:
    reference = import_row(town, is_published=True)
    town.drain()

    english = town.citizen.get(f"/disclosures/{reference}")
    urdu = town.citizen.get(f"/ur/disclosures/{reference}")
    told = town.citizen.client.get(f"/disclosures/{reference}.json").get_json()

    assert english.answer("Benefits") == "Not stated by the source"
    assert "Storms came unannounced." in english.answer("Purpose")
    assert urdu.status == 200
    assert "Not stated by the source" not in urdu.text  # it says so in Urdu
    assert "benefits" in told["not_stated"]
    assert told["import_provenance"]["source_id"] == "DOW-1"
    assert town.citizen.client.get("/search.json?q=storm").get_json()["total"] == 1


def test_an_imported_draft_is_completed_by_the_agency_like_any_other(town: Town) -> None:
    reference = import_row(town, is_published=False)

    before = town.citizen.get(f"/disclosures/{reference}")
    refused = town.officer.hand_in(reference)

    assert before.status == 404
    assert refused.status == 422
    assert any("Benefits: Answer this question" in alert for alert in refused.alerts)
