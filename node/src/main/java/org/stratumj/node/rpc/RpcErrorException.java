package org.stratumj.node.rpc;

/// The error with which a node answered a call. Stays in this package, whose callers know what the codes mean.
final class RpcErrorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// The transaction or block is not known, or an argument is no good.
    static final int NOT_FOUND = -5;

    /// The node has no peers, or is behind them.
    static final int NOT_CONNECTED = -9;

    static final int INITIAL_DOWNLOAD = -10;

    /// The bytes cannot be decoded.
    static final int UNDECODABLE = -22;

    /// The node is starting up.
    static final int IN_WARMUP = -28;

    static final int METHOD_NOT_FOUND = -32601;

    private final int code;

    /// @param message in the node's words, already safe to show
    RpcErrorException(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }

    String words() {
        return String.valueOf(getMessage());
    }
}
