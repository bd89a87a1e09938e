"""What an operator types, what is answered, and with which exit code."""

import json
from pathlib import Path

import pytest

from register import create_app, storage
from register.config import Settings
from register.storage import outbox
from tests.cli.conftest import Run

INVENTORY = (
    "agency,agency_name,id,use_case_name,development_stage,problem_solved\n"
    "DOW,Department of Weather,DOW-1,Storm forecast,Deployed,Storms came unannounced.\n"
    "DOW,Department of Weather,DOW-2,Tide tables,Deployed,Tides came late.\n"
)


@pytest.fixture
def inventory(tmp_path: Path) -> Path:
    path = tmp_path / "inventory.csv"
    path.write_text(INVENTORY, encoding="utf-8")
    return path


def test_init_makes_everything_that_an_instance_needs_and_may_be_repeated(run_anew: Run) -> None:
    first = run_anew("init")
    second = run_anew("init")
    doctor = run_anew("doctor")

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "is ready" in first.stdout
    assert "is up to date" in second.stdout
    assert doctor.exit_code == 0, doctor.stderr


def test_a_command_on_a_register_that_was_not_set_up_says_what_to_do(run_anew: Run) -> None:
    result = run_anew("agency", "list")

    assert result.exit_code == 1
    assert result.stderr == "The database is not ready. Run: ai-register init\n"


def test_a_database_that_cannot_be_reached_is_told_in_a_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REGISTER_DATABASE_URL", f"sqlite:///{tmp_path}/nowhere/register.sqlite")

    result = run("agency", "list")

    assert result.exit_code == 1
    assert "unable to open database file" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_setting_that_does_not_exist_is_told_in_a_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGISTER_WORKERS", "many")

    result = run("agency", "list")

    assert result.exit_code == 1
    assert result.stderr == "REGISTER_WORKERS cannot be read: 'many'\n"


def test_wrong_usage_has_an_exit_code_of_its_own(run: Run, inventory: Path) -> None:
    assert run("import", inventory, "--format", "unheard-of").exit_code == 2
    assert run("import", "nowhere.csv", "--format", "omb-2025").exit_code == 2
    assert run("account", "add", "a@b.example", "--role", "king").exit_code == 2
    assert run("unheard-of").exit_code == 2


def test_an_account_is_made_with_a_password_that_is_asked_for(run: Run) -> None:
    typed = "a long password\na long password\n"

    made = run("account", "add", "a@register.example", "--role", "auditor", typed=typed)
    again = run("account", "add", "A@register.example", "--role", "auditor", typed=typed)

    assert made.exit_code == 0
    assert "a long password" not in made.output
    assert again.exit_code == 1
    assert "email: There is an account of this address already." in again.stderr


def test_a_password_can_come_from_the_standard_input(run: Run) -> None:
    words = ("account", "add", "a@register.example", "--role", "secretariat", "--password-stdin")

    short = run(*words, typed="short\n")
    made = run(*words, typed="a long password\n")
    disabled = run("account", "disable", "a@register.example")
    listed = run("account", "list")

    assert short.exit_code == 1
    assert "password: Use a password of 12 to 128 characters." in short.stderr
    assert (made.exit_code, disabled.exit_code) == (0, 0)
    assert listed.stdout == "a@register.example\tsecretariat\t-\tdisabled\n"
    assert run("account", "disable", "nobody@register.example").exit_code == 1


def test_an_import_is_reported_and_what_it_published_can_be_exported(
    run: Run, inventory: Path, tmp_path: Path
) -> None:
    words = ("import", inventory, "--format", "omb-2025", "--publish", "--report")

    dry = run("import", inventory, "--format", "omb-2025", "--dry-run")
    done = run(*words, tmp_path / "report.json")
    exported = run("export")
    written = run("export", "--out", tmp_path / "all.ndjson")

    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    names = [json.loads(line)["answers"]["name"]["en"] for line in exported.stdout.splitlines()]
    assert dry.exit_code == done.exit_code == written.exit_code == 0
    assert dry.stdout.startswith("Would be done: 2 rows: 2 created, 0 updated")
    assert done.stdout.startswith("2 rows: 2 created, 0 updated, 0 unchanged, 0 rejected.")
    assert (report["rows"], report["created"], report["rejected"]) == (2, 2, 0)
    assert names == ["Storm forecast", "Tide tables"]
    assert (tmp_path / "all.ndjson").read_text("utf-8") == exported.stdout


def test_a_rejected_row_is_told_with_its_number_and_the_others_are_taken_in(
    run: Run, inventory: Path
) -> None:
    inventory.write_text(INVENTORY + "DOW,Department of Weather,,,Deployed,Nothing.\n")

    result = run("import", inventory, "--format", "omb-2025", "--publish")

    assert result.exit_code == 1
    assert "3 rows: 2 created, 0 updated, 0 unchanged, 1 rejected." in result.stdout
    assert result.stderr == "Row 4: The row has neither a name nor an id.\n"


def test_a_smaller_file_is_refused_until_it_is_accepted_and_what_it_lacks_is_told(
    run: Run, inventory: Path, tmp_path: Path
) -> None:
    words = ("import", inventory, "--format", "omb-2025", "--publish")
    run(*words)
    header, _first, second, *_rest = INVENTORY.splitlines()
    likely_double = second.replace("DOW-2", "DOW-9")
    inventory.write_text(f"{header}\n{second}\n")

    refused = run(*words)
    dry = run(*words, "--dry-run")
    accepted = run(*words, "--accept-smaller", "--report", tmp_path / "report.json")
    inventory.write_text(f"{header}\n{second}\n{likely_double}\n")
    near = run(*words)

    (absent,) = json.loads((tmp_path / "report.json").read_text("utf-8"))["absent"]
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "Rows: 1, before: 2." in refused.stderr
    assert "--accept-smaller" in refused.stderr
    assert dry.exit_code == accepted.exit_code == 0
    assert "smaller than inventory.csv: 1 row instead of 2." in dry.stdout
    assert (
        f"1 filing of an earlier file without a row in this one, left as they are: {absent}."
        in (accepted.stdout)
    )
    assert "1 near match to look at; none was merged." in near.stdout
    assert "100% like AIR-" in near.stdout


def test_a_file_of_another_format_is_refused_in_a_sentence(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "shopping.csv"
    path.write_text("apples,pears\n1,2\n")

    result = run("import", path, "--format", "omb-2025")

    assert result.exit_code == 1
    assert result.stderr.startswith("shopping.csv is not in the format omb-2025.")


def test_the_index_follows_the_database(run: Run, inventory: Path) -> None:
    run("index", "rebuild")
    run("import", inventory, "--format", "omb-2025", "--publish")

    behind = run("index", "check")
    drained = run("index", "drain")
    current = run("index", "check")
    rebuilt = run("index", "rebuild")

    assert behind.exit_code == 0
    assert "2 notices waiting for the index: ai-register index drain" in behind.stdout
    assert drained.stdout == "Settled 2 notices.\n"
    assert current.stdout == "The index holds what is published.\n"
    assert rebuilt.stdout == "Indexed 2 disclosures.\n"


def test_what_the_index_never_heard_of_is_named_and_mended(
    run: Run, inventory: Path, settings: Settings
) -> None:
    run("index", "rebuild")
    run("import", inventory, "--format", "omb-2025", "--publish")
    # As after a restored backup: the notices are gone, and the index never heard them.
    with create_app({"instance": settings.instance}).app_context():
        outbox.settle([notice.id for notice in outbox.list_waiting(10)])
        storage.close()

    wrong = run("index", "check")
    ill = run("doctor")
    mended = run("index", "check", "--mend")
    healthy = run("index", "check")

    assert wrong.exit_code == ill.exit_code == 1
    assert "Published, but not in the index, 2: AIR-" in wrong.stderr
    assert "differs from the database in 2 disclosures" in ill.stderr
    assert mended.exit_code == healthy.exit_code == 0
    assert mended.stdout == "Mended 2 disclosures.\n"
    assert healthy.stdout == "The index holds what is published.\n"


def test_the_sample_is_loaded_into_an_empty_register_only(
    run: Run, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setenv("REGISTER_SAMPLE_PASSWORD", "a password for tests")

    loaded = run("sample", "--if-empty")
    again = run("sample", "--if-empty")

    assert loaded.exit_code == again.exit_code == 0
    assert "all with the password a password for tests" in loaded.stdout
    assert again.stdout == "The register is not empty, so the sample was not loaded.\n"
    assert run("index", "check").exit_code == 0


def test_the_standard_can_be_printed_in_each_form(run: Run) -> None:
    forms = {form: run("standard", "print", "--format", form) for form in ("csv", "json-schema")}

    assert run("standard", "print").stdout.startswith("# ")
    assert forms["csv"].exit_code == 0
    assert json.loads(forms["json-schema"].stdout)["$schema"]


def test_the_doctor_names_what_is_wrong_and_how_to_mend_it(run: Run, settings: Settings) -> None:
    run("index", "rebuild")
    healthy = run("doctor")
    (settings.instance / "keys" / "cookie.key").chmod(0o644)
    (settings.instance / "index" / "current").unlink()

    ill = run("doctor")

    assert healthy.exit_code == 0, healthy.stderr
    assert ill.exit_code == 1
    assert "cookie.key can be read by others. Run: chmod go-rwx" in ill.stderr
    assert "The search index is missing or outdated. Run: ai-register index rebuild" in ill.stderr


def test_the_doctor_names_the_line_of_the_synonyms_that_was_skipped(
    run: Run, settings: Settings
) -> None:
    run("index", "rebuild")
    own = settings.instance / "synonyms.txt"
    own.write_text("bench ~ court\nrailway ~\n", encoding="utf-8")

    ill = run("doctor")

    assert ill.exit_code == 1
    assert f"{own}, line 2: Between two ~ stands no word" in ill.stderr
    assert "Take that member out" in ill.stderr
    assert "line 1" not in ill.stderr


def test_the_doctor_finds_no_instance_where_there_is_none(run_anew: Run) -> None:
    result = run_anew("doctor")

    assert result.exit_code == 1
    assert "Run: ai-register init" in result.stderr
