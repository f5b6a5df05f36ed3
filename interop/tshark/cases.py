"""The cases of interop/tshark/run, which see. Each returns a line of detail, or raises.

A capture is read by tshark with docs/wireshark/sv2.lua, and by `stratumj decode --json`. The frames have to be the same,
in the same order, with the same fields, and in every field the same bytes and the same number.
"""

import json
import os
import struct
import subprocess
import sys
import traceback

from capture import Connection

ROOT = sys.argv[1]
HERE = os.path.dirname(os.path.abspath(__file__))
LOGS = os.path.join(ROOT, "target", "interop-tshark")
TSHARK = os.environ["TSHARK"]
STRATUMJ = os.path.join(ROOT, "stratumj")
SCRIPT = os.path.join(ROOT, "docs", "wireshark", "sv2.lua")
VECTORS = os.path.join(ROOT, "vectors", "frames")
SECONDS_MAX = 300
SEED, ROUNDS = 20_261_120, 3
HEADER_BYTES = 6


def golden_frames():
    """The golden frames, a segment for each, at the values that are written beside them."""
    frames = json.load(open(os.path.join(VECTORS, "golden-frames.json")))["frames"]
    connection = Connection()
    for frame in frames:
        connection.send("server", bytes.fromhex(frame["frame"]), 60_000)
    seen = compare("golden", connection)["server"]
    for frame, dissected in zip(frames, seen, strict=True):
        expect(dissected.name, frame["message"], "message")
        for field in frame["fields"]:
            ours, theirs = dissected.ours["fields"][field["name"]], json_form(field)
            if field["type"] == "F32":
                ours, theirs = bits_of(ours), bits_of(theirs)
            expect(ours, theirs, f"{frame['case']}: {field['name']}")
    return f"{len(frames)} frames"


def random_frames():
    """Random frames of every message, shortest and longest among them, a frame in as many segments as it needs."""
    connection = Connection()
    frames = made_frames()
    for side, frame in frames:
        connection.send(side, frame)
    compare("random", connection)
    return f"{len(frames)} frames, {len({(f[:2], f[2]) for _, f in frames})} messages, seed {SEED}"


def split_segments():
    """Frames cut into segments of 1 to 50 bytes, headers too."""
    connection = Connection()
    frames = [(side, frame) for side, frame in made_frames() if len(frame) < 3000]
    for number, (side, frame) in enumerate(frames):
        connection.send(side, frame, 1 if number % 40 == 0 else number % 50 + 1)
    compare("split", connection)
    return f"{len(frames)} frames in {len(connection.packets)} packets"


def coalesced_segments():
    """Many frames in each segment, and segments that end anywhere in one."""
    connection = Connection()
    frames = [(side, frame) for side, frame in made_frames() if len(frame) < 3000]
    for side in ("client", "server"):
        connection.send(side, b"".join(frame for of, frame in frames if of == side))
    compare("coalesced", connection)
    return f"{len(frames)} frames in {len(connection.packets)} packets"


def tails():
    """TLV fields, bytes that are none, unknown messages, a wrong channel bit."""
    connection = Connection()
    base = bytes.fromhex("01000000" + "02000000" + "03000000")
    tlvs = bytes.fromhex("0200" "01" "0500" "416c696365" "0140" "ff" "0000")
    frames = [frame_of(0x8000, 0x1C, base + b"\x07" * 8 + tail)
              for tail in (tlvs, tlvs + b"\0", bytes.fromhex("008001" "0000"), b"\1")]
    frames += [frame_of(0x4ABC, 9, b"payload"), frame_of(0xFFFF, 0, b""), frame_of(0x8000, 1, b"\2\0\5\0\0\0")]
    for frame in frames:
        connection.send("server", frame)
    seen = compare("tails", connection)["server"]
    expect([frame.experts for frame in seen],
           [set(), {"sv2.not_tlv"}, {"sv2.not_tlv"}, {"sv2.not_tlv"}, {"sv2.unknown"}, {"sv2.unknown"},
            {"sv2.wrong_channel_msg"}], "expert information")
    return f"{len(frames)} frames"


def malformed_frames():
    """Frames that break their layout are marked, and the next frame is found."""
    good = bytes.fromhex("000001060000" "020005000000")
    bad = [bytes.fromhex(frame["frame"]) for frame in json.load(open(os.path.join(VECTORS, "odd-frames.json")))["frames"]]
    bad = [frame for frame in bad if len(frame) == HEADER_BYTES + int.from_bytes(frame[3:6], "little")]
    for _, frame in made_frames():
        if 12 < len(frame) < 3000:
            bad.append(frame[:3] + (len(frame) - 9).to_bytes(3, "little") + frame[HEADER_BYTES:-3])
    connection = Connection()
    for frame in bad:
        connection.send("server", frame)
        connection.send("server", good)
    seen = compare("malformed", connection)["server"]
    expect(len(seen), 2 * len(bad), "frames")
    for dissected in seen[1::2]:
        expect((dissected.name, dissected.experts), ("SetupConnection.Success", set()), "the frame after")
    marked = sum("sv2.malformed" in dissected.experts for dissected in seen)
    refused = sum("fields" not in dissected.ours for dissected in seen)
    expect(marked, refused, "frames that are marked malformed")
    if not marked:
        raise AssertionError("nothing was malformed")
    return f"{marked} of {len(bad)} odd frames marked"


def recognised_streams():
    """Without being told the port, a stream that begins with SetupConnection is taken for what it is."""
    connection = Connection()
    connection.send("client", next(frame for _, frame in made_frames() if frame[:3] == b"\0\0\0"))
    path = written("heuristic", connection)
    named = tshark(path, "-T", "fields", "-e", "sv2.message")
    expect(named.split(), ["SetupConnection"], "messages")
    other = Connection()
    other.send("client", b"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n")
    expect(tshark(written("http", other), "-Y", "sv2"), "", "Stratum V2 in HTTP")
    return "SetupConnection yes, HTTP no"


CASES = [golden_frames, random_frames, split_segments, coalesced_segments, tails, malformed_frames, recognised_streams]


class Tree(list):
    """A JSON object as its pairs, in order: tshark names the same field again and again."""

    def all(self, wanted):
        return [value for key, value in self if key == wanted]

    def only(self, wanted):
        return self.all(wanted)[0]

    def walk(self):
        """Every pair, and those of the trees below."""
        for key, below in self:
            yield key, below
            if isinstance(below, Tree):
                yield from below.walk()


class Dissected:
    """A frame as tshark shows it, beside what we say of it."""

    def __init__(self, layer, ours):
        self.ours = ours
        self.name = value(layer, "sv2.message")
        self.experts = keys(layer) & {"sv2.malformed", "sv2.unknown", "sv2.wrong_channel_msg", "sv2.not_tlv"}


def compare(name, connection):
    """Holds both readings of a capture against each other; the frames of each side, in order."""
    path = written(name, connection)
    ours = {"client": [], "server": []}
    for line in decode(path):
        if "frame" not in line:
            raise AssertionError(f"decode: {line}")
        ours["client" if line["stream"].startswith("10.0.0.1:") else "server"].append(line["frame"])
    theirs = {"client": [], "server": []}
    for packet in json.loads(tshark(path, "-d", "tcp.port==3333,sv2", "-T", "json", "-x", "-J", "ip sv2"),
                             object_pairs_hook=Tree):
        layers = packet.only("_source").only("layers")
        side = "client" if layers.only("ip").only("ip.src") == "10.0.0.1" else "server"
        theirs[side] += [layer for layer in layers.all("sv2") if isinstance(layer, Tree)]
    seen = {}
    for side in ours:
        expect(len(theirs[side]), len(ours[side]), f"frames of the {side}")
        for number, (layer, frame) in enumerate(zip(theirs[side], ours[side])):
            same_frame(f"{name}: {side}'s frame {number}, {frame.get('message')}", layer, frame)
        seen[side] = [Dissected(*pair) for pair in zip(theirs[side], ours[side])]
    return seen


def same_frame(where, layer, frame):
    expect(value(layer, "sv2.message"), frame.get("message"), f"{where}: message")
    expect(int(value(layer, "sv2.extension_type"), 16) & 0x7FFF, frame["extension_type"], f"{where}: extension_type")
    expect(int(value(layer, "sv2.msg_type"), 16), frame["msg_type"], f"{where}: msg_type")
    expect(value(layer, "sv2.channel_msg") in ("1", "True"), frame["channel_msg"], f"{where}: channel_msg")
    if "fields" not in frame:
        if "message" not in frame:
            expect("".join(raw(layer, "sv2.payload")), frame["payload"], f"{where}: payload")
        return
    prefix = {key.rsplit(f".{frame['message']}.", 1)[0] + f".{frame['message']}."
              for key in keys(layer) if f".{frame['message']}." in key}
    if len(prefix) > 1:
        raise AssertionError(f"{where}: filter names {prefix}")
    types = {row["field"]: row["type"] for row in frame["wire"]}
    for field, ours in frame["fields"].items():
        key = (next(iter(prefix)) if prefix else "") + field
        same_field(f"{where}: {field}", layer, key, types[field], ours)
    tlvs = frame.get("tlvs", [])
    expect([int(shown, 16) for shown in values(layer, "sv2.tlv.extension_type")],
           [tlv["extension_type"] for tlv in tlvs], f"{where}: TLV extension types")
    expect([int(shown, 16) for shown in values(layer, "sv2.tlv.field_type")],
           [tlv["field_type"] for tlv in tlvs], f"{where}: TLV field types")
    expect([shown.replace(":", "") for shown in values(layer, "sv2.tlv.value")],
           [tlv["value"] for tlv in tlvs], f"{where}: TLV values")
    expect("".join(raw(layer, "sv2.trailing")), frame.get("trailing", ""), f"{where}: trailing")


def same_field(where, layer, key, wire_type, ours):
    """The bytes say what was dissected, the shown value whether it was understood."""
    scalar = wire_type[wire_type.index("[") + 1:-1] if "[" in wire_type else wire_type
    expected = ours if isinstance(ours, list) else [] if ours is None and "OPTION" in wire_type else [ours]
    shown_values, found = values(layer, key), raw(layer, key)
    if scalar in ("STR0_255", "B0_32", "B0_255", "B0_64K", "B0_16M"):
        expect(len(shown_values), len(expected), f"{where}: values")
        empty = [text_bytes(one) == "" if scalar == "STR0_255" else one == "" for one in expected]
        expect([shown for shown, none in zip(shown_values, empty) if none], [""] * sum(empty), f"{where}: empty values")
        shown_values = [shown for shown, none in zip(shown_values, empty) if not none]
        expected = [one for one, none in zip(expected, empty) if not none]
    expect((len(shown_values), len(found)), (len(expected), len(expected)), f"{where}: values")
    for bytes_found, shown, ours_one in zip(found, shown_values, expected):
        if scalar in ("U8", "U16", "U24", "U32", "U64"):
            expect(int.from_bytes(bytes.fromhex(bytes_found), "little"), int(ours_one), where)
            expect(int(shown), int(ours_one), f"{where}, shown")
        elif scalar == "BOOL":
            expect(bool(int(bytes_found, 16) & 1), ours_one, where)
            expect(shown in ("1", "True"), ours_one, f"{where}, shown")
        elif scalar == "F32":
            bits = int(ours_one, 16) if isinstance(ours_one, str) else bits_of(ours_one)
            expect(int.from_bytes(bytes.fromhex(bytes_found), "little"), bits, where)
            if not isinstance(ours_one, str):
                expect(abs(float(shown) - ours_one) <= 1e-5 * abs(ours_one), True, f"{where}, shown as {shown}")
        elif scalar == "STR0_255":
            expect(bytes_found, text_bytes(ours_one), where)
            if isinstance(ours_one, str) and ours_one.isascii() and ours_one.isprintable():
                expect(shown, ours_one, f"{where}, shown")
        else:
            expect(bytes_found, ours_one, where)
            expect(shown.replace(":", ""), ours_one, f"{where}, shown")


def json_form(field):
    """A value of the golden frames as our JSON view writes it."""
    value_of = field["value"]
    if field["type"] == "U64":
        return str(value_of)
    return value_of


def text_bytes(text):
    return text["hex"] if isinstance(text, dict) else text.encode().hex()


def bits_of(number):
    return struct.unpack("<I", struct.pack("<f", number))[0]


def keys(layer):
    return {key for key, _ in layer.walk()}


def values(layer, wanted):
    return [shown for key, shown in layer.walk() if key == wanted and isinstance(shown, str)]


def value(layer, wanted):
    return next(iter(values(layer, wanted)), None)


def raw(layer, wanted):
    """The bytes of each occurrence in hexadecimal; of an empty one tshark writes none."""
    return [row[0] for key, row in layer.walk() if key == wanted + "_raw"]


def made_frames(cache=[]):
    if not cache:
        run_logged("build", [STRATUMJ, "--version"])
        java = os.path.join(os.environ["JAVA_HOME"], "bin", "java")
        target = os.path.join(ROOT, "protocol", "target", "classes")
        made = run_logged("frames", [java, "-cp", target, os.path.join(HERE, "RandomFrames.java"), str(ROUNDS), str(SEED)])
        for line in made.splitlines():
            direction, _, frame = line.split("\t")
            cache.append(("client" if direction == "TO_SERVER" else "server", bytes.fromhex(frame)))
    return cache


def frame_of(extension_and_bit, message_type, payload):
    return struct.pack("<HB", extension_and_bit, message_type) + len(payload).to_bytes(3, "little") + payload


def written(name, connection):
    path = os.path.join(LOGS, name + ".pcap")
    connection.pcap(path)
    return path


def decode(path):
    made_frames()
    answer = run_logged("decode", [STRATUMJ, "decode", "--file", path, "--ports", "3333", "--json"], (0, 1))
    return [json.loads(line) for line in answer.splitlines()]


def tshark(path, *options):
    return run_logged("tshark", [*AS_NOBODY, TSHARK, "-X", f"lua_script:{SCRIPT}", "-r", path, *options])


def as_nobody():
    """Wireshark loads no Lua script for root: what root has to put before the command to be somebody else."""
    if os.geteuid() != 0:
        return []
    for prefix in (["unshare", "--user", "--map-user=1000", "--map-group=1000"],
                   ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]):
        try:
            subprocess.run([*prefix, TSHARK, "--version"], capture_output=True, timeout=SECONDS_MAX, check=True)
            return prefix
        except (OSError, subprocess.SubprocessError):
            continue
    return []


def run_logged(name, command, statuses=(0,)):
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS_MAX, check=False)
    with open(os.path.join(LOGS, name + ".log"), "w", encoding="utf-8") as log:
        log.write(done.stderr)
    if done.returncode not in statuses:
        raise AssertionError(f"{name} ended with {done.returncode}: {done.stderr.strip()[-400:]}")
    if "lua" in done.stderr.lower() and "error" in done.stderr.lower():
        raise AssertionError(f"{name}: {done.stderr.strip()[-400:]}")
    return done.stdout


def expect(found_value, expected, what):
    if found_value != expected:
        raise AssertionError(f"{what}: found {str(found_value)[:200]}, expected {str(expected)[:200]}")


AS_NOBODY = as_nobody()


def main():
    os.makedirs(LOGS, exist_ok=True)
    failed = []
    for case in CASES:
        try:
            print(f"  {case.__name__:<20} {case()}", flush=True)
        except Exception as problem:  # every case is to be seen
            failed.append(case.__name__)
            print(f"  {case.__name__:<20} FAILED: {problem}", flush=True)
            if not isinstance(problem, AssertionError):
                traceback.print_exc(file=sys.stdout)
    if failed:
        print(f"tshark: FAILED ({', '.join(failed)})")
        return 1
    print(f"tshark: ok, {len(CASES)} cases")
    return 0


sys.exit(main())
