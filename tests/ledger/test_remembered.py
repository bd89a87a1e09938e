"""Checkpoints that an auditor remembers cannot be taken back."""

from pathlib import Path

import pytest

from register.ledger import Signer, verify_bundle
from register.ledger.notes import encode_base64
from register.ledger.remembered import BadMemory, Memory, Seen
from tests.ledger.bundles import KEY, NEXT_KEY, Story, small_story, told_otherwise
from tests.ledger.log_in_memory import ORIGIN

EARLIER = "2026-03-01T00:00:00Z"  # than what the bundles say of themselves
SEEN_AT = "2026-03-04T09:00:00Z"


def seen(story: Story, as_of: str = EARLIER) -> Seen:
    log = story.log()
    root = encode_base64(log.root())
    note = log.checkpoint(*story.signers)
    return Seen(size=log.size, root=root, as_of=as_of, seen_at=SEEN_AT, note=note)


def memory(*stories: Story) -> Memory:
    kept = Memory()
    for story in stories:
        kept = kept.with_seen(ORIGIN, story.vkeys, seen(story))
    return kept


def longer() -> Story:
    story = small_story()
    story.publish(3)
    return story


def test_a_log_that_begins_otherwise_was_rewritten(tmp_path: Path) -> None:
    path = told_otherwise().write(tmp_path / "bundle.zip")
    assert verify_bundle(path, [KEY.vkey]).problems == (), "whoever holds the key can do it"

    findings = verify_bundle(path, [KEY.vkey], memory(small_story()))

    assert [problem.sentence for problem in findings.problems] == [
        "The log was rewritten: the checkpoint of size 7 seen on 2026-03-04T09:00:00Z is not a "
        "prefix."
    ]


def test_a_log_that_became_shorter_was_rewritten(tmp_path: Path) -> None:
    path = small_story().write(tmp_path / "bundle.zip")

    findings = verify_bundle(path, [KEY.vkey], memory(longer()))

    assert [problem.sentence for problem in findings.problems] == [
        "The log was rewritten: the checkpoint of size 8 seen on 2026-03-04T09:00:00Z is longer "
        "than the whole log now."
    ]


def test_a_bundle_of_an_earlier_day_may_be_shorter(tmp_path: Path) -> None:
    path = small_story().write(tmp_path / "bundle.zip")
    kept = Memory().with_seen(ORIGIN, (KEY.vkey,), seen(longer(), as_of="2026-03-09T00:00:00Z"))

    findings = verify_bundle(path, [KEY.vkey], kept)

    assert findings.problems == ()
    assert findings.confirmed == 0


def test_a_log_that_grew_begins_with_each_checkpoint_that_was_seen(tmp_path: Path) -> None:
    path = longer().write(tmp_path / "bundle.zip")
    one = Story(entries=small_story().entries[:1])

    findings = verify_bundle(path, [KEY.vkey], memory(one, small_story()))

    assert findings.problems == ()
    assert findings.confirmed == 2


def test_another_log_is_not_compared(tmp_path: Path) -> None:
    path = small_story().write(tmp_path / "bundle.zip")
    kept = Memory().with_seen("elsewhere.example/log", (KEY.vkey,), seen(longer()))

    assert verify_bundle(path, [KEY.vkey], kept).problems == ()


def test_a_key_that_is_remembered_need_not_be_brought_again(tmp_path: Path) -> None:
    path = small_story().write(tmp_path / "bundle.zip")
    stranger = Signer(ORIGIN, bytes(32))

    known = verify_bundle(path, remembered=memory(small_story()))
    other = Memory().with_seen(ORIGIN, (stranger.vkey,), seen(small_story()))
    unknown = verify_bundle(path, remembered=other)

    assert (known.problems, known.is_self_vouched) == ((), False)
    assert {problem.kind.value for problem in unknown.problems} == {"unknown key"}


def test_who_remembers_a_log_follows_it_to_its_next_key(tmp_path: Path) -> None:
    overlap = small_story()
    overlap.rotate(KEY, NEXT_KEY)
    overlap.signers = (KEY, NEXT_KEY)
    first = verify_bundle(overlap.write(tmp_path / "first.zip"), [KEY.vkey])
    kept = Memory().with_seen(ORIGIN, first.vkeys, seen(overlap))
    overlap.rotate(NEXT_KEY)
    overlap.signers = (NEXT_KEY,)

    later = verify_bundle(overlap.write(tmp_path / "later.zip"), remembered=kept)

    assert later.problems == ()
    assert later.signed_by == (NEXT_KEY.vkey,)


def test_what_is_remembered_is_read_as_it_was_written() -> None:
    kept = memory(small_story(), longer())

    assert Memory.parse(kept.text) == kept
    assert kept.with_seen(ORIGIN, (KEY.vkey,), seen(longer())) == kept
    assert [each.size for each in kept.of(ORIGIN).seen] == [7, 8]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": "register-seen-2", "logs": {}}',
        '{"format": "register-seen-1", "logs": []}',
        '{"format": "register-seen-1", "logs": {"a": {}}}',
        '{"format": "register-seen-1", "logs": {"a": {"vkeys": ["x"], "seen": []}}}',
        '{"format": "register-seen-1", "logs": {"a": {"vkeys": [], "seen": [{"size": 1}]}}}',
    ],
)
def test_what_is_no_memory_is_refused(text: str) -> None:
    with pytest.raises(BadMemory):
        Memory.parse(text)
