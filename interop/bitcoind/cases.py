"""The cases of interop/bitcoind/run, which see. Each returns a line of detail, or raises."""

import glob
import json
import os
import signal
import subprocess
import sys
import threading
import time
import traceback
import xml.etree.ElementTree as ElementTree

import optrue
from node import Node, dies_with_parent
from with_nodes import environment

ROOT = sys.argv[1]
HERE = os.path.dirname(os.path.abspath(__file__))
LOGS = os.path.join(ROOT, "target", "interop-bitcoind")
BITCOIND = os.environ["BITCOIND"]

JAVA_TESTS = "RealNode*IT"
JAVA_TESTS_SECONDS = 600
DEMO_BLOCKS = 20
DEMO_SECONDS = 600  # expected: five seconds a block
FEE = 20_000


def regtest_starts():
    """A regtest node starts, answers RPC, and has segwit from the first block."""
    with Node(BITCOIND, "regtest") as node:
        info = node.rpc("getblockchaininfo")
        expect(info["chain"], "regtest", "chain")
        expect("!segwit" in node.rpc("getblocktemplate", {"rules": ["segwit"]})["rules"], True, "segwit active")
        return node.rpc("getnetworkinfo")["subversion"]


def regtest_takes_open_coins():
    """A coin of P2WSH(OP_TRUE) matures, is spent with a witness, and gets into a block with a commitment."""
    with Node(BITCOIND, "regtest") as node:
        node.rpc("generatetodescriptor", optrue.COINBASE_MATURITY + 1, optrue.descriptor(node))
        raw, coins = optrue.spend(optrue.coinbase_coin(node, 1), 2, FEE)
        expect(node.rpc("sendrawtransaction", raw), coins[0][0], "transaction id")
        node.rpc("generatetodescriptor", 1, optrue.descriptor(node))
        census = Census(node, optrue.COINBASE_MATURITY + 2)
        expect(census.segwit, 1, "segwit transactions")
        return f"height {node.rpc('getblockcount')}"


def signet_takes_prefix():
    """The OP_TRUE signet accepts the mined beginning of a chain that ships beside this file."""
    with Node(BITCOIND, "signet") as node:
        return f"height {load_prefix(node)}"


def java_backend():
    """The node module's own tests against real nodes: none skipped."""
    reports = os.path.join(ROOT, "node", "target", "failsafe-reports")
    for old in glob.glob(os.path.join(reports, "TEST-*.xml")):
        os.remove(old)
    with Node(BITCOIND, "regtest") as regtest, Node(BITCOIND, "signet") as signet:
        execute("java-backend", ["mvn", "-B", "-ntp", "verify", "--projects", "node", "--also-make",
                                 "-Dtest=none", "-Dsurefire.failIfNoSpecifiedTests=false",
                                 f"-Dit.test={JAVA_TESTS}", "-Dfailsafe.failIfNoSpecifiedTests=false"],
                JAVA_TESTS_SECONDS, environment(regtest, signet))
    suites = [ElementTree.parse(report).getroot() for report in glob.glob(os.path.join(reports, "TEST-*.xml"))]
    tests, skipped = (sum(int(suite.get(name)) for suite in suites) for name in ("tests", "skipped"))
    expect(skipped, 0, "skipped tests")
    if tests == 0:
        raise AssertionError(f"module node has no tests named {JAVA_TESTS}")
    return f"{tests} tests"


def demo():
    """Pool and miners of `stratumj demo` extend a real signet chain with blocks full of segwit transactions."""
    # Built beforehand, so that the time limit is the demo's own.
    execute("demo-build", [os.path.join(ROOT, "stratumj"), "--version"], JAVA_TESTS_SECONDS)
    with Node(BITCOIND, "signet") as node:
        start = load_prefix(node)
        with Spender(node, range(1, start - optrue.COINBASE_MATURITY + 1)) as spender:
            output = execute("demo", [os.path.join(ROOT, "stratumj"), "demo", "--blocks", str(DEMO_BLOCKS), "--json",
                                      "--node", node.address], DEMO_SECONDS)
        summary = last_object(output)
        expect(summary["height"], node.rpc("getblockcount"), "height")
        expect(summary["tip"], node.rpc("getbestblockhash"), "tip")
        if summary["height"] < start + DEMO_BLOCKS:
            raise AssertionError(f"height {summary['height']}, expected at least {start + DEMO_BLOCKS}")
        census = Census(node, start + 1)
        waiting = len(node.rpc("getrawmempool"))
        expect(census.segwit + waiting, len(spender.sent), "segwit transactions mined and waiting")
        if census.blocks_with_segwit * 2 < census.blocks:
            raise AssertionError(f"only {census.blocks_with_segwit} of {census.blocks} blocks carry transactions")
        return (f"height {summary['height']}, {census.segwit} segwit transactions in {census.blocks_with_segwit} "
                f"of {census.blocks} blocks, {census.fees} satoshis of fees")


class Spender(threading.Thread):
    """Keeps fee-paying segwit transactions coming: one coin before the start, one after every block."""

    def __init__(self, node, heights):
        super().__init__(daemon=True)
        self.node = node
        self.coins = [optrue.coinbase_coin(node, height) for height in heights]
        self.sent = []
        self.failure = None
        self.stopped = threading.Event()

    def __enter__(self):
        self._spend_one()
        self.start()
        return self

    def __exit__(self, kind, *_):
        self.stopped.set()
        self.join()
        if self.failure is not None and kind is None:
            raise self.failure

    def run(self):
        try:
            height = self.node.rpc("getblockcount")
            while self.coins and not self.stopped.wait(0.02):
                now = self.node.rpc("getblockcount")
                if now != height:
                    height = now
                    self._spend_one()
        except Exception as failure:
            self.failure = failure

    def _spend_one(self):
        raw, change = optrue.spend(self.coins.pop(0), 3, FEE)
        self.sent.append(self.node.rpc("sendrawtransaction", raw))
        raw, _ = optrue.spend(change[0], 1, FEE)
        self.sent.append(self.node.rpc("sendrawtransaction", raw))


class Census:
    """Reads the blocks from a height to the tip, each with a witness commitment and its fees claimed in full."""

    def __init__(self, node, first):
        self.blocks = self.segwit = self.blocks_with_segwit = self.fees = 0
        for height in range(first, node.rpc("getblockcount") + 1):
            coinbase, *others = node.rpc("getblock", node.rpc("getblockhash", height), 2)["tx"]
            outputs = coinbase["vout"]
            if not any(output["scriptPubKey"]["hex"].startswith("6a24aa21a9ed") for output in outputs):
                raise AssertionError(f"block {height} has no witness commitment")
            paid = sum(optrue.satoshis(output["value"]) for output in outputs)
            fees = sum(optrue.satoshis(transaction["fee"]) for transaction in others)
            expect(paid, subsidy(node.chain, height) + fees, f"satoshis paid by the coinbase of block {height}")
            segwit = sum(any("txinwitness" in source for source in transaction["vin"]) for transaction in others)
            self.blocks += 1
            self.segwit += segwit
            self.blocks_with_segwit += segwit > 0
            self.fees += fees


def subsidy(chain, height):
    return 5_000_000_000 >> height // (150 if chain == "regtest" else 210_000)


def load_prefix(node):
    with open(os.path.join(HERE, "signet-prefix.hex")) as blocks:
        for height, block in enumerate(blocks, start=1):
            expect(node.rpc("submitblock", block.strip()), None, f"answer to block {height}")
    expect(node.rpc("getblockcount"), height, "height")
    return height


def execute(name, command, seconds, env=None):
    """Standard output of a command that must succeed in time; what it says is kept in the logs."""
    os.makedirs(LOGS, exist_ok=True)
    log = os.path.join(LOGS, name)
    with open(log + ".out", "w+") as out, open(log + ".err", "w") as err:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                                   preexec_fn=dies_with_parent)
        try:
            status = process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"not done after {seconds} s; see {log}.out and .err") from None
        finally:
            end(process)
        out.seek(0)
        output = out.read()
    if status != 0:
        raise AssertionError(f"exit status {status}; see {log}.out and .err\n{tail(log + '.out')}{tail(log + '.err')}")
    return output


def end(process):
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def tail(path):
    with open(path, errors="replace") as file:
        return "".join(file.readlines()[-25:])


def last_object(output):
    """The last line of the output, a JSON object."""
    lines = output.strip().splitlines()
    if not lines:
        raise AssertionError("no output")
    return json.loads(lines[-1])


def expect(actual, expected, what):
    if actual != expected:
        raise AssertionError(f"{what}: {actual!r}, expected {expected!r}")


CASES = [regtest_starts, regtest_takes_open_coins, signet_takes_prefix, java_backend, demo]


def main():
    began = time.monotonic()
    failed = [case.__name__ for case in CASES if not passes(case)]
    seconds = f"{time.monotonic() - began:.0f} s"
    if failed:
        print(f"bitcoind: FAILED ({', '.join(failed)}), {seconds}")
        return 1
    print(f"bitcoind: ok, {len(CASES)} cases, {seconds}")
    return 0


def passes(case):
    began = time.monotonic()
    try:
        verdict, detail = "ok", case()
    except Exception as problem:
        verdict, detail = "FAILED", str(problem) if isinstance(problem, AssertionError) else traceback.format_exc()
    print(f"  {case.__name__:26} {verdict:7} {time.monotonic() - began:6.1f} s  {detail}", flush=True)
    return verdict == "ok"


if __name__ == "__main__":
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(143))
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
