package org.stratumj.connection;

import java.util.Optional;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.common.SetupConnectionSuccess;

/// What a client asks for in SetupConnection, and what it can live with. Spec: 03 §3.6.
///
/// @param request             the first message of the connection
/// @param acceptedServerFlags the bits of SetupConnection.Success that the client can honour, U32
/// @param extensions          what the client asks for next; nothing is sent for [ExtensionPolicy#NONE]
public record SetupOffer(SetupConnection request, long acceptedServerFlags, ExtensionPolicy extensions) {

    /// @throws IllegalArgumentException if the request is for a subprotocol that does not exist, or its versions are
    ///     upside down
    public SetupOffer {
        if (Subprotocol.of(request.protocol()).isEmpty()) {
            throw new IllegalArgumentException("there is no subprotocol " + request.protocol());
        }
        versions(request);
    }

    /// An offer of a client without extensions.
    public SetupOffer(SetupConnection request, long acceptedServerFlags) {
        this(request, acceptedServerFlags, ExtensionPolicy.NONE);
    }

    Subprotocol subprotocol() {
        return Subprotocol.of(request.protocol()).orElseThrow();
    }

    /// The server's own bits in its answer. Some deployed servers repeat the client's bits there: such a bit is left
    /// out, unless it also stands for something that servers ask for and this client can honour. Spec: 03 §3.6.2.
    long serverFlags(SetupConnectionSuccess answer) {
        long echo = request.flags() & ~(definedServerFlags(subprotocol()) & honoured());
        return answer.flags() & ~echo;
    }

    /// Checks an acceptance.
    ///
    /// @return why the client has to leave; empty if it stays
    Optional<CloseReason> objection(SetupConnectionSuccess answer) {
        VersionRange offered = versions(request);
        if (!offered.contains(answer.usedVersion())) {
            return Optional.of(new CloseReason.ProtocolViolation(
                    "the server chose version " + answer.usedVersion() + ", offered were " + offered));
        }
        long unknown = serverFlags(answer) & ~honoured();
        return unknown == 0
                ? Optional.empty()
                : Optional.of(new CloseReason.SetupRefused(ErrorCode.UNSUPPORTED_FEATURE_FLAGS.code(), unknown));
    }

    /// A client that requires version rolling cannot honour a fixed version, whatever else it accepts. Spec: 05 §5.3.1.
    private long honoured() {
        boolean rolling = subprotocol() == Subprotocol.MINING
                && (request.flags() & SetupConnection.MINING_REQUIRES_VERSION_ROLLING) != 0;
        return rolling
                ? acceptedServerFlags & ~SetupConnectionSuccess.MINING_REQUIRES_FIXED_VERSION
                : acceptedServerFlags;
    }

    private static VersionRange versions(SetupConnection request) {
        return new VersionRange(request.minVersion(), request.maxVersion());
    }

    private static long definedServerFlags(Subprotocol subprotocol) {
        return switch (subprotocol) {
            case MINING ->
                SetupConnectionSuccess.MINING_REQUIRES_FIXED_VERSION
                        | SetupConnectionSuccess.MINING_REQUIRES_EXTENDED_CHANNELS;
            case JOB_DECLARATION, TEMPLATE_DISTRIBUTION -> 0;
        };
    }
}
