package org.stratumj.connection;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.common.SetupConnection;

/// What a server offers in SetupConnection. Spec: 03 §3.6.
///
/// @param supportedFlags for each subprotocol that is served the request bits the server can honour, U32
/// @param extensions     for each subprotocol the extensions that can be used on it; none where it is missing
/// @param versions       of the protocol; the newest that both ends speak is used
public record SetupPolicy(
        Map<Subprotocol, Long> supportedFlags, Map<Subprotocol, ExtensionPolicy> extensions, VersionRange versions) {

    /// Copies the maps.
    public SetupPolicy {
        supportedFlags = Map.copyOf(supportedFlags);
        extensions = Map.copyOf(extensions);
    }

    /// A server of the current version.
    public SetupPolicy(Map<Subprotocol, Long> supportedFlags, Map<Subprotocol, ExtensionPolicy> extensions) {
        this(supportedFlags, extensions, VersionRange.CURRENT);
    }

    /// A server of the current version without extensions.
    public SetupPolicy(Map<Subprotocol, Long> supportedFlags) {
        this(supportedFlags, Map.of());
    }

    /// The extensions that can be used on connections for a subprotocol.
    public ExtensionPolicy extensions(Subprotocol subprotocol) {
        return extensions.getOrDefault(subprotocol, ExtensionPolicy.NONE);
    }

    /// Judges a request: first its subprotocol, then its versions, then its flags. The flags of a refusal are
    /// all bits that are not supported, so that a client can probe with every bit set; for any other cause they
    /// are 0.
    ///
    /// @return acceptance is without server flags
    public SetupVerdict judge(SetupConnection request) {
        Optional<Long> supported = Subprotocol.of(request.protocol()).map(supportedFlags::get);
        if (supported.isEmpty()) {
            return new SetupVerdict.Refuse(ErrorCode.UNSUPPORTED_PROTOCOL, 0);
        }
        OptionalInt version = versions.newestWith(request.minVersion(), request.maxVersion());
        if (version.isEmpty()) {
            return new SetupVerdict.Refuse(ErrorCode.PROTOCOL_VERSION_MISMATCH, 0);
        }
        long unsupported = request.flags() & ~supported.get();
        return unsupported == 0
                ? new SetupVerdict.Accept(version.getAsInt(), 0)
                : new SetupVerdict.Refuse(ErrorCode.UNSUPPORTED_FEATURE_FLAGS, unsupported);
    }
}
