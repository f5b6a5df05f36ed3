package org.stratumj.connection;

import org.stratumj.protocol.ErrorCode;

/// The answer to a SetupConnection. Spec: 03 §3.6.2, §3.6.3.
public sealed interface SetupVerdict {

    /// The connection is set up: SetupConnection.Success.
    ///
    /// @param version the version used for the life of the connection, U16
    /// @param flags   the server's own bits, not an echo, U32
    record Accept(int version, long flags) implements SetupVerdict {}

    /// The connection is refused: SetupConnection.Error, then it is closed.
    ///
    /// @param flags every requested bit that is not supported; 0 if the cause is another, U32
    record Refuse(ErrorCode errorCode, long flags) implements SetupVerdict {}
}
