"""Who has filed and who has not: every duty of every public body, counted in public."""

from dataclasses import dataclass

from flask import Blueprint, Response, render_template

from register.services.directory import directory
from register.services.duties import obligations
from register.services.duties.obligations import Coverage
from register.services.past import AsOf
from register.standard import CURRENT
from register.standard.bodies import LEVELS
from register.web.answering import as_response
from register.web.as_of import as_of_asked
from register.web.guard import EVERYBODY, audience
from register.web.parameters import check_names, values_asked
from register.web.public import coverage_data, coverage_page
from register.web.showing import duties

blueprint = Blueprint("coverage", __name__)


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a day, and the levels and sectors to keep; none means all."""

    as_of: AsOf
    levels: tuple[str, ...]
    sectors: tuple[str, ...]

    def find(self) -> Coverage:
        """Count the duties as they stood on the day."""
        return obligations.coverage(
            duties.rules(),
            as_of=self.as_of,
            levels=self.levels,
            sectors=self.sectors,
            may_be_old=True,
        )


@blueprint.get("/coverage")
@audience(EVERYBODY)
def page() -> str:
    """Who has filed, who has not, and how that is counted."""
    asked = _asked("page")
    view = coverage_page.page_view(asked.find(), asked.levels, asked.sectors)
    return render_template("coverage/page.html", **view)


@blueprint.get("/coverage.json")
@audience(EVERYBODY)
def page_json() -> Response:
    """The same, as data."""
    return as_response(coverage_data.as_data(_asked().find()))


@blueprint.get("/coverage.csv")
@audience(EVERYBODY)
def page_csv() -> Response:
    """One row for each public body."""
    asked = _asked()
    response = Response(coverage_data.as_csv(asked.find()), content_type="text/csv; charset=utf-8")
    name = f"coverage-{asked.as_of.file_text}.csv"
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


def _asked(*more: str) -> Asked:
    check_names({"as_of", "level", "sector", *more})
    as_of = as_of_asked()
    known = {option.value for option in CURRENT.field("policy_domains").options}
    return Asked(
        as_of=as_of,
        levels=values_asked("level", {option.value for option in LEVELS}),
        sectors=values_asked("sector", known | directory.sectors(as_of)),
    )
