"""Verify a bundle with none of the register's code: python3 verify_bundle.py BUNDLE.zip VKEY..."""

import io
import json
import struct
import sys
import zipfile
import zlib
from base64 import b64decode, b64encode
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

sys.excepthook = lambda kind, error, trace: print(f"NOT VERIFIED: {error!r}", file=sys.stderr)
# The ZIP is the only one that its files make: sorted, stored, dated 1980, and nothing besides.
with open(sys.argv[1], "rb") as file, zipfile.ZipFile(file) as bundle:
    files, checks, datas = {name: bundle.read(name) for name in bundle.namelist()}, {}, []
    body, index = bytearray(), bytearray()
    for name, data in sorted(files.items()):
        head = struct.pack("<5H4L", 20, 0, 0, 0, 33, zlib.crc32(data), *[len(data)] * 2, len(name))
        index += b"PK\1\2\x14\0" + head + bytes(10) + struct.pack("<L", len(body)) + name.encode()
        body += b"PK\3\4" + head + name.encode() + data
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, *[len(files)] * 2, len(index), len(body), 0)
    checks["the ZIP"] = file.seek(0) == 0 and file.read() == body + index + end
# The manifest names every file with its hash.
hashes = {name: sha256(data).hexdigest() for name, data in files.items()}
seal = f"register-bundle-1\n{hashes.pop('manifest.json')}\n"
stated = {each["name"]: each["sha256"] for each in json.loads(files["manifest.json"])["files"]}
checks["the files"] = hashes == stated | {"manifest.sig": hashes["manifest.sig"]}
# The entries make one tree (RFC 9162), and none is older than the one before it.
tile = io.BytesIO(b"".join(files[name] for name in sorted(files) if "tile/entries/" in name))
while length := tile.read(2):
    datas.append(tile.read(int.from_bytes(length, "big")))
log, level = [*map(json.loads, datas)], [sha256(b"\0" + data).digest() for data in datas]
while len(level) > 1:
    pairs = zip(level[::2], level[1::2], strict=False)
    level = [sha256(b"\1" + a + b).digest() for a, b in pairs] + level[len(level) & ~1 :]
root = f"{log[0]['origin']}\n{len(log)}\n{b64encode(level[0]).decode()}\n"
checks["the order of entries"] = log == sorted(log, key=lambda entry: entry["logged_at"][:-1])
# Every value that is told is the one that its entry is bound to.
jcs = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
told = files["disclosures.ndjson"] + files["determinations.ndjson"]
for row in map(json.loads, told.splitlines()):
    for name, (salt, value) in row["fields"].items():
        found = sha256(jcs([salt, name, value]).encode()).hexdigest()
        checks[row["seq"], name] = found == log[row["seq"]]["fields"][name]
# Tree and manifest are signed by a key that you brought, and the manifest by no stranger.
keys = {tuple(key.split("+")[:2]): key for key in files["vkeys"].decode().split()}
for note, text in (("checkpoint", root), ("manifest.sig", seal)):
    signers = set()
    for line in files[note].decode().removeprefix(text + "\n").splitlines(keepends=True):
        name, raw = line.split(" ")[1], b64decode(line.split(" ")[2])
        key = line == f"— {name} {b64encode(raw).decode()}\n" and keys.get((name, raw[:4].hex()))
        if key:
            public = Ed25519PublicKey.from_public_bytes(b64decode(key.split("+", 2)[2])[1:])
            public.verify(raw[4:], text.encode())
        signers.add(key)
    checks[note] = signers & {*sys.argv[2:]} and (all(signers) or note == "checkpoint")
wrong = [what for what, is_so in checks.items() if not is_so]
sys.exit(f"NOT VERIFIED: {wrong}" if wrong else print(f"Verified: {len(files)} files.\n{root}"))
