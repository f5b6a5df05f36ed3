package org.stratumj.connection;

import java.util.Objects;
import org.stratumj.noise.HandshakeException;
import org.stratumj.noise.TransportException;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.wire.DecodeException;

/// Puts failures into words that tell an operator what to look at.
final class Advice {
    private static final String NO_COMMON_LANGUAGE =
            "the peer may not speak Stratum V2 here, or only one of the two sides encrypts";

    private Advice() {}

    static CloseReason onHandshake(Throwable cause) {
        return cause instanceof HandshakeException e
                ? new CloseReason.HandshakeFailed(e.getMessage() + "; " + advice(e.fault()))
                : new CloseReason.HandlerFailed(cause);
    }

    /// @param understood whether a frame of the peer was understood before
    static CloseReason onUndecodable(DecodeException failure, boolean understood) {
        String text = Objects.requireNonNullElse(failure.getMessage(), "malformed frame");
        return new CloseReason.ProtocolViolation(understood ? text : text + "; " + NO_COMMON_LANGUAGE);
    }

    /// @param understood whether a frame of the peer was understood before
    static CloseReason onForged(TransportException failure, boolean understood) {
        return understood
                ? new CloseReason.ProtocolViolation("a frame was altered on the way: " + failure.getMessage())
                : new CloseReason.HandshakeFailed("the first frame cannot be decrypted; " + NO_COMMON_LANGUAGE);
    }

    static CloseReason endedInHandshake(Role role) {
        return switch (role) {
            case Role.Server server -> new CloseReason.Remote();
            case Role.Client client ->
                new CloseReason.HandshakeFailed("the server closed during the Noise handshake; " + NO_COMMON_LANGUAGE);
        };
    }

    static CloseReason endedInSetup(Role role) {
        return switch (role) {
            case Role.Server server -> new CloseReason.Remote();
            case Role.Client client ->
                new CloseReason.ProtocolViolation("the server closed instead of answering SetupConnection; "
                        + anotherPort(client.offer().subprotocol()));
        };
    }

    static CloseReason onSetupRefused(Subprotocol asked, String errorCode, long flags) {
        boolean elsewhere = errorCode.equals(ErrorCode.UNSUPPORTED_PROTOCOL.code());
        return new CloseReason.SetupRefused(errorCode, flags, elsewhere ? anotherPort(asked) : "");
    }

    /// The mistake behind a refusal, mostly: the roles of a stack listen on ports of their own.
    private static String anotherPort(Subprotocol asked) {
        return switch (asked) {
            case MINING -> "this port may not be for miners: use that of a pool or proxy, not of a template provider";
            case TEMPLATE_DISTRIBUTION ->
                "this port may not be for templates: use that of a template provider, not of a pool or proxy";
            case JOB_DECLARATION -> "this port may not be for job declaration: use that of a job declarator server";
        };
    }

    static CloseReason endedInNegotiation() {
        return new CloseReason.ExtensionsRefused("the server closed instead of answering RequestExtensions");
    }

    private static String advice(HandshakeException.Fault fault) {
        return switch (fault) {
            case WRONG_AUTHORITY -> "ask the operator of the server for its authority key, and configure that one";
            case CERTIFICATE_EXPIRED, CERTIFICATE_NOT_YET_VALID ->
                "compare the clocks, and tell the operator of the server if this one is right";
            case CERTIFICATE_VERSION ->
                "to accept it, end the server's URL with ?certificate-version= and that number; ckpool needs"
                        + " ?certificate-version=1";
            case BAD_TAG, WRONG_LENGTH -> NO_COMMON_LANGUAGE;
        };
    }
}
