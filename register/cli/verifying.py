"""Checking a bundle on any machine: without an instance, a database or a network."""

from pathlib import Path

import click

from register import clock
from register.cli.speaking import complain, counted, say, write_whole
from register.ledger import Findings, Tampering, verify_bundle
from register.ledger.notes import encode_base64
from register.ledger.remembered import Memory, Seen

MOST = 20  # problems that are named

UNVOUCHED = (
    "You brought no key along, so the bundle vouches for itself only. Compare its keys with those "
    "that the register has published elsewhere, and give them with --vkey:"
)
PROOF = (
    "holds the checkpoint that was signed before. Keep it and the bundle: together they prove that "
    "the log was rewritten."
)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--vkey", "vkeys", multiple=True, help="A key of the log that you trust.")
@click.option(
    "--remember",
    "memory_file",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Compare with the checkpoints kept in this file, and keep this one too.",
)
@click.pass_context
def verify(
    ctx: click.Context, file: Path, vkeys: tuple[str, ...], memory_file: Path | None
) -> None:
    """Check an auditors' bundle: that nothing in it was changed, added, dropped or taken back.

    Needs neither a database nor a network. Whoever has the register's own key could sign another
    history; keep what you have seen with --remember, and it cannot be taken back.
    """
    memory = _recalled(memory_file)
    findings = verify_bundle(file, vkeys, memory)
    if findings.problems:
        _complain(file, findings)
        if any(problem.kind is Tampering.REWRITTEN for problem in findings.problems):
            complain(f"{memory_file} {PROOF}")
        ctx.exit(1)
    _say(file, findings)
    if memory_file is not None and not findings.is_self_vouched:
        write_whole(memory_file, lambda out: out.write(_with(memory, findings).text))
    elif memory_file is not None:
        complain(f"{memory_file} is left as it was: nobody vouches for the key yet.")


def _recalled(memory_file: Path | None) -> Memory:
    if memory_file is None or not memory_file.exists():
        return Memory()
    try:
        return Memory.parse(memory_file.read_text("utf-8"))
    except ValueError as error:
        raise ValueError(f"{memory_file}: {error}") from error


def _with(memory: Memory, findings: Findings) -> Memory:
    checkpoint = findings.checkpoint
    seen = Seen(
        size=checkpoint.size,
        root=encode_base64(checkpoint.root),
        as_of=findings.as_of,
        seen_at=clock.stamp(clock.now()),
        note=findings.note,
    )
    return memory.with_seen(checkpoint.origin, findings.vkeys, seen)


def _say(file: Path, findings: Findings) -> None:
    checkpoint, values = findings.checkpoint, findings.values
    events = ", ".join(f"{number:,} {event}" for event, number in findings.events.items())
    say(f"{file} is as the register made it.")
    say(f"Log         {checkpoint.origin}, as of {findings.as_of}")
    say(f"Entries     {checkpoint.size:,}: {events}")
    say(f"Root        {encode_base64(checkpoint.root)}")
    say(f"Signed by   {', '.join(findings.signed_by)}")
    say(
        f"Values      {values.told:,} told, each as the log is bound to it; {values.closed:,} not "
        f"for this reader; {values.erased:,} erased, as the log says"
    )
    say(f"Files       {findings.files:,}, each with the hash that is sealed")
    say(f"Remembered  {counted(findings.confirmed, 'checkpoint')}, each a beginning of this log")
    if findings.is_self_vouched:
        complain(UNVOUCHED)
        for vkey in findings.vkeys:
            complain(f"  {vkey}")


def _complain(file: Path, findings: Findings) -> None:
    problems = findings.problems
    for problem in problems[:MOST]:
        complain(f"{problem.kind.value}: {problem.sentence}")
    if len(problems) > MOST:
        complain(f"… and {counted(len(problems) - MOST, 'problem')} more.")
    complain(f"{file} is not to be trusted: {counted(len(problems), 'problem')}.")
