package org.stratumj.connection;

import java.util.Optional;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.common.SetupConnectionSuccess;

/// What a client asks for in SetupConnection, and what it can live with. Spec: 03 §3.6.
///
/// @param request             the first message of the connection
/// @param acceptedServerFlags the bits of SetupConnection.Success that the client can honour, U32
public record SetupOffer(SetupConnection request, long acceptedServerFlags) {

    /// Checks an acceptance.
    ///
    /// @return why the client has to leave; empty if it stays
    Optional<CloseReason> objection(SetupConnectionSuccess answer) {
        int version = answer.usedVersion();
        if (version < request.minVersion() || version > request.maxVersion()) {
            return Optional.of(new CloseReason.ProtocolViolation("the server chose version " + version
                    + ", offered were " + request.minVersion() + " to " + request.maxVersion()));
        }
        long unknown = answer.flags() & ~acceptedServerFlags;
        return unknown == 0
                ? Optional.empty()
                : Optional.of(new CloseReason.SetupRefused(ErrorCode.UNSUPPORTED_FEATURE_FLAGS.code(), unknown));
    }
}
