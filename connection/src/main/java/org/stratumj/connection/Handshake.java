package org.stratumj.connection;

import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.stratumj.noise.HandshakeInitiator;
import org.stratumj.noise.HandshakeResponder;
import org.stratumj.noise.TransportCiphers;
import org.stratumj.protocol.wire.Bytes;

/// One Noise handshake on a pipe: what this side sends first, the act that it gathers from the peer on the
/// lane, and the curve operations that a worker does with it. Spec: 04 §4.5.
///
/// ```text
/// client:  act 1 ─▶ ... act 2 gathered ─▶ checked by a worker ─▶ ciphers
/// server:  ... act 1 gathered ─▶ answered by a worker ─▶ act 2 ─▶ ciphers
/// ```
final class Handshake {
    /// The most bytes that may follow an act before it is answered: what one read can hold.
    static final int EARLY_BYTES_MAX = 64 << 10;

    private final Bytes opening;
    private final Side side;
    private final Runnable eraser;
    private final byte[] act;
    private int gathered;
    private byte[] early = {};
    private volatile boolean abandoned;

    private Handshake(Bytes opening, int actBytes, Side side, Runnable eraser) {
        this.opening = opening;
        this.side = side;
        this.eraser = eraser;
        this.act = new byte[actBytes];
    }

    /// The client's side.
    static Handshake of(HandshakeInitiator initiator) {
        return new Handshake(
                Bytes.of(initiator.act1()),
                HandshakeInitiator.ACT2_BYTES,
                act2 -> new Answer(Bytes.EMPTY, initiator.readAct2(act2).ciphers()),
                initiator::destroy);
    }

    /// The server's side.
    static Handshake of(HandshakeResponder responder) {
        return new Handshake(Bytes.EMPTY, HandshakeInitiator.ACT1_BYTES, act1 -> answer(responder, act1), () -> {});
    }

    private static Answer answer(HandshakeResponder responder, byte[] act1) {
        HandshakeResponder.Completed completed = responder.respond(act1);
        return new Answer(Bytes.of(completed.act2()), completed.ciphers());
    }

    /// What a worker does with the peer's act.
    private interface Side {
        Answer answer(byte[] act);
    }

    /// @param last the act that ends the handshake, if it is ours
    record Answer(Bytes last, TransportCiphers ciphers) {}

    /// How it ends; called on the lane, once.
    interface Outcome {
        /// There is a session.
        ///
        /// @param early bytes that came after the act of the peer
        void succeeded(TransportCiphers ciphers, byte[] early);

        void failed(Throwable cause);
    }

    /// Sends the first act, if it is ours.
    void begin(Pipe pipe) {
        send(pipe, opening);
    }

    /// Erases the key of a handshake that will not be finished. One whose act has been gathered erases it by
    /// itself. If no worker has begun, none will: connections that end at once would fill their queue.
    void abandon() {
        abandoned = true;
        if (gathered < act.length) {
            eraser.run();
        }
    }

    /// Takes bytes of the peer. When its act is complete, `outcome` follows.
    ///
    /// @throws PeerViolationException if more than [#EARLY_BYTES_MAX] come before the answer
    void onBytes(byte[] bytes, int offset, int length, Pipe pipe, Executor workers, Outcome outcome) {
        int part = Math.min(length, act.length - gathered);
        System.arraycopy(bytes, offset, act, gathered, part);
        gathered += part;
        keep(bytes, offset + part, length - part);
        if (part > 0 && gathered == act.length) {
            pipe.readable(false);
            answer(pipe, workers, outcome);
        }
    }

    private void keep(byte[] bytes, int offset, int length) {
        int before = early.length;
        if (before + length > EARLY_BYTES_MAX) {
            throw new PeerViolationException("more than " + EARLY_BYTES_MAX + " bytes before the handshake was done");
        }
        early = Arrays.copyOf(early, before + length);
        System.arraycopy(bytes, offset, early, before, length);
    }

    private void answer(Pipe pipe, Executor workers, Outcome outcome) {
        try {
            workers.execute(() -> compute(pipe, outcome));
        } catch (RejectedExecutionException e) { // the network is being closed
            outcome.failed(e);
        }
    }

    /// A connection that ended while it waited for a worker costs no curve operation.
    private void compute(Pipe pipe, Outcome outcome) {
        if (abandoned) {
            eraser.run();
            return;
        }
        try {
            Answer answer = side.answer(act);
            pipe.lane().execute(() -> finish(answer, pipe, outcome));
        } catch (RuntimeException | Error e) {
            pipe.lane().execute(() -> outcome.failed(e));
        }
    }

    private void finish(Answer answer, Pipe pipe, Outcome outcome) {
        send(pipe, answer.last);
        pipe.readable(true);
        outcome.succeeded(answer.ciphers, early);
    }

    private static void send(Pipe pipe, Bytes act) {
        if (act.size() > 0) {
            pipe.write(act.bytes(), 0, act.size());
            pipe.flush();
        }
    }
}
