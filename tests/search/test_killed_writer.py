"""A writer that is killed at any moment leaves an index that can be read and written."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from register.search import Query, SearchIndex
from tests.search.register_in_memory import RegisterInMemory

ROOT = Path(__file__).parents[2]

WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from register.search import SearchIndex
from register.standard.v1 import V1
from tests.search.register_in_memory import RegisterInMemory
register = RegisterInMemory()
index = SearchIndex(Path(sys.argv[1]), register, V1, languages=("en", "ur"))
index.drain()
print("ready", flush=True)
number = 0
while True:
    number += 1
    register.publish(f"AIR-2026-{{number % 50:05}}", name=f"Words {{number}}")
    index.drain()
"""


def test_a_killed_writer_leaves_a_readable_index(
    tmp_path: Path, register: RegisterInMemory, open_index: Callable[[], SearchIndex]
) -> None:
    register.publish("AIR-2026-00001", name="Words")
    open_index().drain()
    command = [sys.executable, "-c", WRITER.format(root=str(ROOT)), str(tmp_path / "index")]

    for delay in (0.05, 0.21, 0.33):
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"ready\n"
            time.sleep(delay)
            writer.send_signal(signal.SIGKILL)
        reader = open_index()
        assert reader.search(Query("words")).total >= 1
        assert reader.is_ready

    index = open_index()
    register.publish("AIR-2026-00099", name="After the kill")
    assert index.drain() == 1
    assert index.search(Query("kill")).ids == ["AIR-2026-00099"]
