"""A real bitcoind for the length of a `with` block: temporary data directory, ephemeral port, always stopped."""

import base64
import ctypes
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

READY_SECONDS = 300
STOP_SECONDS = 120
BIND_ATTEMPTS = 5

ARGUMENTS = {
    "regtest": ["-regtest"],
    # A signet whose challenge is OP_TRUE: blocks need work, about 4.8 million hashes each, and no signature.
    "signet": ["-signet", "-signetchallenge=51"],
}
ALONE = ["-conf=/dev/null", "-listen=0", "-connect=0", "-dnsseed=0", "-natpmp=0", "-disablewallet=1", "-txindex=1",
         "-rpcbind=127.0.0.1", "-rpcallowip=127.0.0.1", "-printtoconsole=0", "-maxtipage=10000000000"]


def dies_with_parent():
    """Called in a child before its program starts: on Linux the child is killed when this process ends, however it ends."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)


class RpcError(Exception):
    """The node's own answer that a call failed: its code and its words."""

    def __init__(self, method, error):
        super().__init__(f"{method}: {error['message']} ({error['code']})")
        self.code = error["code"]


class Node:
    def __init__(self, bitcoind, chain):
        self.bitcoind = bitcoind
        self.chain = chain
        self.process = None

    @property
    def cookie(self):
        """The file with the node's RPC user and password."""
        return os.path.join(self.directory, self.chain, ".cookie")

    @property
    def address(self):
        """What stratumj's `--node` takes."""
        return f"rpc:http://127.0.0.1:{self.port}?cookie={self.cookie}"

    def __enter__(self):
        for attempt in range(BIND_ATTEMPTS):
            self.directory = tempfile.mkdtemp(prefix=f"stratumj-{self.chain}-")
            try:
                self._start()
                return self
            except PortTaken:
                self._stop()
            except BaseException:
                self._stop()
                raise
        raise RuntimeError(f"bitcoind found no free port in {BIND_ATTEMPTS} attempts")

    def __exit__(self, *_):
        self._stop()

    def rpc(self, method, *params):
        """The result of one JSON-RPC call. Long calls (mining) may take ten minutes."""
        with open(self.cookie, "rb") as file:
            authorization = "Basic " + base64.b64encode(file.read()).decode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        try:
            connection.request("POST", "/", json.dumps({"id": 1, "method": method, "params": params}),
                               {"Authorization": authorization})
            body = connection.getresponse().read()
        finally:
            connection.close()
        answer = json.loads(body, parse_float=str)
        if answer["error"] is not None:
            raise RpcError(method, answer["error"])
        return answer["result"]

    def _start(self):
        self.port = free_port()
        self.output = os.path.join(self.directory, "output")
        with open(self.output, "wb") as output:
            self.process = subprocess.Popen(
                [self.bitcoind, f"-datadir={self.directory}", f"-rpcport={self.port}", *ARGUMENTS[self.chain], *ALONE],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, preexec_fn=dies_with_parent)
        deadline = time.monotonic() + READY_SECONDS
        while not self._ready():
            if self.process.poll() is not None:
                raise self._start_failure()
            if time.monotonic() > deadline:
                raise RuntimeError(f"bitcoind does not answer RPC after {READY_SECONDS} s")
            time.sleep(0.05)

    def _ready(self):
        try:
            self.rpc("getblockcount")
            return True
        except (OSError, RpcError, ValueError, http.client.HTTPException):
            return False  # no cookie yet, no socket yet, or "in warm-up"

    def _start_failure(self):
        with open(self.output, errors="replace") as output:
            said = output.read().strip()
        if "Unable to bind" in said:
            return PortTaken()
        return RuntimeError(f"bitcoind ended with status {self.process.returncode}: {said[-2000:]}")

    def _stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.directory, ignore_errors=True)


class PortTaken(Exception):
    """Somebody else was faster between choosing the port and binding it."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
