package org.stratumj.testkit.faults;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.Lane;
import org.stratumj.connection.Pipe;
import org.stratumj.connection.PipeHandler;

/// A pipe of a [FaultyNetwork]: the pipe of the network below, and what goes wrong with it. A test may add to its plan
/// by hand.
///
/// Faults begin, act and end on the pipe's lane. [#inject], [#cut], [#stall] and [#resume] may be called from any
/// thread; what they ask for is done in a task of its own.
///
/// ```text
/// owner ── write, flush ──▶ outgoing flow ──▶ pipe below
///       ◀── onBytes ─────── incoming flow ◀──
/// ```
///
/// Once a fault has ended the pipe, neither flow takes bytes; the owner is told in a task of its own, never inside its
/// own call.
public final class FaultyPipe implements Pipe {
    /// Bytes that wait in the incoming flow at which the pipe below is no longer read.
    static final int WAITING_BYTES_MAX = 256 << 10;

    /// Bytes that wait in the outgoing flow at which the pipe is not writable any more.
    static final int HIGH_WATER_BYTES = 256 << 10;

    /// Bytes that wait in the outgoing flow at which it is writable again.
    static final int LOW_WATER_BYTES = 64 << 10;

    private static final Duration CLOSE_FLUSH_MAX = Duration.ofSeconds(5);

    private final Pipe below;
    private final PipeOrigin origin;
    private final FaultyNetwork network;
    private final FaultyFlow incoming;
    private final FaultyFlow outgoing;
    private final Schedule schedule;
    private @Nullable PipeHandler handler;
    private Lane.@Nullable Scheduled endTimer;
    private @Nullable Throwable failure;
    private boolean wanted = true;
    private boolean reads = true;
    private boolean full;
    private boolean closing;
    private boolean cut;
    private boolean halfClosed;
    private boolean belowClosed;
    private boolean told;

    FaultyPipe(Pipe below, PipeOrigin origin, FaultPlan plan, FaultyNetwork network) {
        this.below = below;
        this.origin = origin;
        this.network = network;
        var random = new SplittableRandom(plan.seed());
        this.incoming = new FaultyFlow(below.lane(), random, new ToOwner());
        this.outgoing = new FaultyFlow(below.lane(), random, new ToPeer());
        this.schedule = new Schedule(plan, below.lane(), this::beginPlanned);
    }

    /// Takes the owner's handler, on the lane.
    ///
    /// @return the handler of the pipe below
    PipeHandler attach(Function<Pipe, PipeHandler> factory) {
        handler = factory.apply(this);
        if (closing) { // who never was told anything need not be told the end
            network.forget(this);
        } else {
            schedule.start();
        }
        return new FromBelow();
    }

    /// Where the pipe comes from. Any thread.
    public PipeOrigin origin() {
        return origin;
    }

    /// Lets a fault begin, whether or not the network has its faults on.
    public void inject(Fault fault) {
        lane().execute(() -> begin(fault));
    }

    /// Breaks the connection.
    public void cut() {
        inject(new Fault.Cut());
    }

    /// Lets nothing pass, either way, until [#resume].
    public void stall() {
        inject(new Fault.Stall(Flow.INCOMING));
        inject(new Fault.Stall(Flow.OUTGOING));
    }

    /// Ends what stalls, delays and splits.
    public void resume() {
        lane().execute(() -> {
            incoming.resume();
            outgoing.resume();
        });
    }

    @Override
    public Lane lane() {
        return below.lane();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return below.remoteAddress();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (isUsable()) {
            outgoing.take(bytes, offset, length);
            full |= outgoing.waitingBytes() >= HIGH_WATER_BYTES;
        }
    }

    @Override
    public void flush() {
        if (isUsable()) {
            outgoing.flush();
            below.flush();
        }
    }

    @Override
    public long queuedBytes() {
        return below.queuedBytes() + outgoing.waitingBytes();
    }

    @Override
    public long takenBytes() {
        return below.takenBytes();
    }

    @Override
    public int queuedWrites() {
        return below.queuedWrites() + outgoing.waitingPieces();
    }

    @Override
    public boolean isWritable() {
        return below.isWritable() && !full;
    }

    @Override
    public void readable(boolean on) {
        wanted = on;
        settleReading();
        if (on) {
            incoming.pumpSoon();
        }
    }

    @Override
    public void close(boolean flush) {
        if (lane().isCurrent()) {
            closeOnLane(flush);
        } else {
            lane().execute(() -> closeOnLane(flush));
        }
    }

    @Override
    public String toString() {
        return origin.toString();
    }

    /// Ends all that goes wrong; what cannot be mended is ended. Any thread.
    void heal() {
        lane().execute(() -> {
            incoming.resume();
            outgoing.resume();
            if (halfClosed) {
                notice();
            } else if (incoming.isLosing() || outgoing.isLosing()) {
                reset("bytes were lost");
            }
        });
    }

    private boolean isUsable() {
        return !closing && !cut && !halfClosed && !told;
    }

    private void beginPlanned(Fault fault) {
        if (network.isOn()) {
            begin(fault);
        }
    }

    private void begin(Fault fault) {
        if (!isUsable()) {
            return;
        }
        switch (fault) {
            case Fault.Delay delay -> flow(delay.flow()).begin(delay);
            case Fault.Split split -> flow(split.flow()).begin(split);
            case Fault.Corrupt corrupt -> flow(corrupt.flow()).begin(corrupt);
            case Fault.Drop drop -> flow(drop.flow()).begin(drop);
            case Fault.Stall stall -> flow(stall.flow()).begin(stall);
            case Fault.HalfClose halfClose -> halfClose(halfClose);
            case Fault.Cut _ -> {
                network.injected(origin, fault);
                reset("connection reset by a fault");
            }
        }
    }

    private FaultyFlow flow(Flow flow) {
        return flow == Flow.INCOMING ? incoming : outgoing;
    }

    /// What has passed already is on its way; what waits here is lost.
    private void reset(String why) {
        cut = true;
        failure = new IOException(why);
        incoming.close();
        outgoing.close();
        if (!belowClosed) {
            below.flush();
        }
        lane().execute(this::closeBelow);
    }

    private void halfClose(Fault.HalfClose fault) {
        network.injected(origin, fault);
        halfClosed = true;
        flow(fault.flow()).cease();
        flow(fault.flow() == Flow.INCOMING ? Flow.OUTGOING : Flow.INCOMING).close();
        lane().execute(flow(fault.flow())::flush);
        endTimer = lane().schedule(this::notice, fault.noticed());
    }

    /// The other end of a half close learns of it.
    private void notice() {
        if (failure == null) {
            failure = new IOException("connection lost, half closed before");
        }
        closeBelow();
    }

    private void closeBelow() {
        if (belowClosed) {
            tell(closing ? null : failure);
        } else {
            below.close(false);
        }
    }

    private void closeOnLane(boolean flush) {
        if (told || (flush && closing)) {
            return;
        }
        closing = true;
        incoming.close();
        if (flush && !belowClosed) {
            outgoing.end();
            endTimer = lane().schedule(() -> below.close(false), CLOSE_FLUSH_MAX);
        } else {
            outgoing.close();
            lane().execute(this::closeBelow);
        }
    }

    /// Tells the owner that it is over, once.
    private void tell(@Nullable Throwable cause) {
        if (told) {
            return;
        }
        told = true;
        incoming.close();
        outgoing.close();
        schedule.stop();
        network.forget(this);
        if (handler != null) {
            handler.onClosed(cause);
        }
    }

    private void settleReading() {
        boolean read = wanted && !incoming.isStalled() && incoming.waitingBytes() < WAITING_BYTES_MAX;
        if (read != reads && !belowClosed) {
            reads = read;
            below.readable(read);
        }
    }

    private void settleWriting() {
        announceTaken();
        if (full && outgoing.waitingBytes() <= LOW_WATER_BYTES) {
            full = false;
            lane().execute(this::announceWritable);
        }
    }

    private void announceTaken() {
        if (handler != null && isUsable()) {
            handler.onTaken();
        }
    }

    private void announceWritable() {
        if (handler != null && isUsable() && isWritable()) {
            handler.onWritable();
        }
    }

    /// What happens below.
    private final class FromBelow implements PipeHandler {
        @Override
        public void onBytes(byte[] bytes, int offset, int length) {
            if (isUsable()) {
                incoming.take(bytes, offset, length);
                incoming.flush();
                settleReading();
            }
        }

        @Override
        public void onReadComplete() {
            if (handler != null && isUsable() && !incoming.isHolding()) {
                handler.onReadComplete();
            }
        }

        @Override
        public void onTaken() {
            announceTaken();
        }

        @Override
        public void onWritable() {
            announceWritable();
        }

        @Override
        public void onClosed(@Nullable Throwable cause) {
            belowClosed = true;
            outgoing.close();
            if (closing || cut || network.isClosed()) {
                tell(closing ? null : failure);
            } else if (!halfClosed) {
                failure = cause;
                incoming.end();
            } else if (failure != null) { // noticed
                tell(failure);
            }
            if (endTimer != null && (told || !halfClosed)) {
                endTimer.cancel();
            }
        }
    }

    private final class ToOwner implements FaultyFlow.Sink {
        @Override
        public long begin(long position) {
            return schedule.begin(Flow.INCOMING, position);
        }

        @Override
        public void onInjected(Fault fault) {
            network.injected(origin, fault);
        }

        @Override
        public void pass(byte[] bytes, int offset, int length) {
            if (handler != null && isUsable()) {
                handler.onBytes(bytes, offset, length);
            }
        }

        @Override
        public boolean isOpen() {
            return wanted;
        }

        @Override
        public void deliver(byte[] bytes, int offset, int length) {
            pass(bytes, offset, length);
            if (handler != null && isUsable()) {
                handler.onReadComplete();
            }
        }

        @Override
        public void end() {
            tell(failure);
        }

        @Override
        public void onChange() {
            settleReading();
        }
    }

    private final class ToPeer implements FaultyFlow.Sink {
        @Override
        public long begin(long position) {
            return schedule.begin(Flow.OUTGOING, position);
        }

        @Override
        public void onInjected(Fault fault) {
            network.injected(origin, fault);
        }

        @Override
        public void pass(byte[] bytes, int offset, int length) {
            below.write(bytes, offset, length);
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void deliver(byte[] bytes, int offset, int length) {
            below.write(bytes, offset, length);
            below.flush();
        }

        @Override
        public void end() {
            below.close(true);
        }

        @Override
        public void onChange() {
            settleWriting();
        }
    }
}
