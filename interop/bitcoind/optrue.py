"""Coins that anyone can spend, P2WSH(OP_TRUE), and segwit transactions that spend them without a signature."""

import hashlib
import struct

WITNESS_SCRIPT = bytes.fromhex("51")
OUTPUT_SCRIPT = b"\x00\x20" + hashlib.sha256(WITNESS_SCRIPT).digest()
COINBASE_MATURITY = 100


def descriptor(node):
    """The descriptor, with the checksum the node wants, for mining to P2WSH(OP_TRUE)."""
    return node.rpc("getdescriptorinfo", f"raw({OUTPUT_SCRIPT.hex()})")["descriptor"]


def coinbase_coin(node, height):
    """(txid, output index, satoshis) of the P2WSH(OP_TRUE) output of a block's coinbase."""
    coinbase = node.rpc("getblock", node.rpc("getblockhash", height), 2)["tx"][0]
    for output in coinbase["vout"]:
        if output["scriptPubKey"]["hex"] == OUTPUT_SCRIPT.hex():
            return coinbase["txid"], output["n"], satoshis(output["value"])
    raise LookupError(f"the coinbase at height {height} pays nothing to P2WSH(OP_TRUE)")


def satoshis(text):
    """An amount of the RPC, such as "50.00000000": never through a binary fraction."""
    whole, _, fraction = text.partition(".")
    return int(whole) * 100_000_000 + int(fraction.ljust(8, "0"))


def spend(coin, outputs, fee):
    """Splits a coin evenly. The transaction in hex, and the new coins."""
    txid, index, value = coin
    each = (value - fee) // outputs
    head = struct.pack("<i", 2)
    inputs = b"\x01" + bytes.fromhex(txid)[::-1] + struct.pack("<I", index) + b"\x00" + struct.pack("<I", 0xFFFFFFFD)
    payments = bytes([outputs]) + (struct.pack("<q", each) + bytes([len(OUTPUT_SCRIPT)]) + OUTPUT_SCRIPT) * outputs
    witness = b"\x01" + bytes([len(WITNESS_SCRIPT)]) + WITNESS_SCRIPT
    lock_time = struct.pack("<I", 0)
    stripped = head + inputs + payments + lock_time
    new_txid = hashlib.sha256(hashlib.sha256(stripped).digest()).digest()[::-1].hex()
    raw = head + b"\x00\x01" + inputs + payments + witness + lock_time
    return raw.hex(), [(new_txid, i, each) for i in range(outputs)]
