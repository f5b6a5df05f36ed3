"""The body of with-nodes, which says what it does."""

import os
import signal
import subprocess
import sys

from node import Node


def environment(regtest, signet):
    return {**os.environ, "STRATUMJ_BITCOIND": regtest.bitcoind,
            "STRATUMJ_REGTEST_RPC": regtest.address, "STRATUMJ_SIGNET_RPC": signet.address}


def main():
    bitcoind = os.environ["BITCOIND"]
    with Node(bitcoind, "regtest") as regtest, Node(bitcoind, "signet") as signet:
        return subprocess.call(sys.argv[1:], env=environment(regtest, signet))


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGHUP, lambda *_: sys.exit(129))
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
    except FileNotFoundError as missing:
        sys.exit(f"with-nodes: {missing}")
