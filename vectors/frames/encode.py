#!/usr/bin/env python3
"""Encodes the values of golden-frames.json and compares them with the frames there; --write puts the frames in.

An encoder of its own: it knows the type names of the specification and shares nothing with the Java code.
"""
import json
import pathlib
import re
import struct
import sys

FILE = pathlib.Path(__file__).with_name("golden-frames.json")
NUMBERS = {"U8": 1, "U16": 2, "U24": 3, "U32": 4, "U64": 8}
PREFIXES = {"STR0_255": (1, 255), "B0_32": (1, 32), "B0_255": (1, 255), "B0_64K": (2, 0xFFFF), "B0_16M": (3, 0xFFFFFF)}
COUNTS = {"OPTION": (1, 1), "SEQ0_255": (1, 255), "SEQ0_64K": (2, 0xFFFF)}


def number(value, size):
    return int(value).to_bytes(size, "little")


def prefixed(content, size, most, count):
    assert count <= most, (count, most)
    return number(count, size) + content


def encoded(kind, value):
    if kind in NUMBERS:
        return number(value, NUMBERS[kind])
    if kind == "BOOL":
        return number(value, 1)
    if kind == "F32":
        assert struct.unpack("<f", struct.pack("<f", value))[0] == value, value
        return struct.pack("<f", value)
    if kind == "U256":
        assert len(value) == 64, value
        return bytes.fromhex(value)
    if kind in PREFIXES:
        content = value.encode() if kind == "STR0_255" else bytes.fromhex(value)
        return prefixed(content, *PREFIXES[kind], len(content))
    container, element = re.fullmatch(r"(\w+)\[(\w+)\]", kind).groups()
    values = value if isinstance(value, list) else [] if value is None else [value]
    return prefixed(b"".join(encoded(element, v) for v in values), *COUNTS[container], len(values))


def tlv(field):
    value = bytes.fromhex(field["value"])
    return number(field["extension_type"], 2) + number(field["field_type"], 1) + number(len(value), 2) + value


def frame(entry):
    payload = b"".join(encoded(field["type"], field["value"]) for field in entry["fields"])
    payload += b"".join(tlv(field) for field in entry.get("tlvs", []))
    extension = entry["extension_type"] | (0x8000 if entry["channel_msg"] else 0)
    return number(extension, 2) + number(entry["message_type"], 1) + number(len(payload), 3) + payload


def main():
    text = FILE.read_text()
    entries = json.loads(text)["frames"]
    frames = [frame(entry).hex() for entry in entries]
    if "--write" in sys.argv[1:]:
        following = iter(frames)
        FILE.write_text(re.sub(r'"frame": "\w*"', lambda _: f'"frame": "{next(following)}"', text))
        return
    wrong = [entry["message"] for entry, hex in zip(entries, frames) if entry["frame"] != hex]
    print(f"{len(entries)} frames, {len(wrong)} differ {wrong}")
    sys.exit(bool(wrong))


main()
