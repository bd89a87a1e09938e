"""What is read with a token is as fresh as without one, and waits for nobody."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import event, text

from register import storage
from register.storage import transaction
from register.storage.database import db
from tests.journeys.api.conftest import OFFICER, House
from tests.journeys.programs import Program


def test_reading_with_a_token_waits_for_nobody_who_writes(house: House) -> None:
    program = Program(house.app, OFFICER, "read")
    with house.app.app_context(), transaction() as session:
        session.execute(text("UPDATE counter SET value = value"))

        with ThreadPoolExecutor(1) as other:
            answer = other.submit(program.get, "/agencies").result()

    assert answer.status_code == 200


def test_what_changes_while_a_token_is_looked_up_is_in_the_answer_that_its_mark_names(
    house: House,
) -> None:
    program = Program(house.app, OFFICER, "read")
    with house.app.app_context():
        reference = house.desk.publish()
        engine = db.engine
        storage.forget()

    def withdraw() -> None:
        with house.app.app_context():
            house.desk.withdraw(reference)

    def after(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if "FROM token" in statement and not looked_up:
            looked_up.append(statement)
            with ThreadPoolExecutor(1) as other:
                other.submit(withdraw).result()

    looked_up: list[str] = []
    event.listen(engine, "after_cursor_execute", after)
    answer = program.get(f"/disclosures/{reference}")

    assert answer.get_json()["status"] == "withdrawn"
