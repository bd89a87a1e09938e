"""What is said of how far a format reaches is read off its mapping."""

from dataclasses import replace

from register.exchange.canada_2025 import CANADA_2025
from register.exchange.cells.values import ValueMap
from register.exchange.mapping import Link
from register.exchange.reach import Reach, reach_of
from register.standard import CURRENT


def reach(*links: Link) -> dict[str, Reach]:
    return reach_of(CURRENT, replace(CANADA_2025, links=links, writing=None))


def test_every_public_question_is_judged_and_none_that_is_not() -> None:
    assert list(reach()) == [field.name for field in CURRENT.asked_fields if field.public]
    assert set(reach().values()) == {Reach.NONE}


def test_a_text_that_has_a_column_is_carried_whole() -> None:
    assert reach(Link(column="a", path="purpose"))["purpose"] is Reach.WHOLE


def test_a_group_is_whole_only_with_all_its_parts() -> None:
    status, text = Link(column="a", path="failsafe.status"), Link(column="b", path="failsafe.text")

    assert reach(status)["failsafe"] is Reach.PART
    assert reach(status, text)["failsafe"] is Reach.WHOLE
    assert reach(Link(column="a", path="risks.0.description"))["risks"] is Reach.PART


def test_a_choice_is_whole_only_if_each_of_its_answers_has_a_value() -> None:
    options = [option.value for option in CURRENT.field("phase").options]
    some, every = (ValueMap({value: value for value in each}) for each in (options[1:], options))

    assert reach(Link(column="a", path="phase", values=some))["phase"] is Reach.PART
    assert reach(Link(column="a", path="phase", values=every))["phase"] is Reach.WHOLE


def test_one_way_of_reaching_somebody_is_a_part_of_the_contact() -> None:
    link = Link(column="a", path="contact_point", transform="contact")

    assert reach(link)["contact_point"] is Reach.PART
