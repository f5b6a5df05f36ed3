package org.stratumj.service;

import java.util.function.Supplier;
import org.stratumj.connection.Connection;
import org.stratumj.protocol.Sv2Message;

/// Turns on the lane itself, for handlers that do not block.
final class LaneTurns<O extends Sv2Message> implements Turns<O> {
    private final Connection connection;
    private final EffectRunner<O> effects;
    private final TurnWatch watch;
    private final OpenTurn<Connection> open;

    LaneTurns(Connection connection, EffectRunner<O> effects, TurnWatch watch) {
        this.connection = connection;
        this.effects = effects;
        this.watch = watch;
        this.open = watch.of(connection.lane());
    }

    @Override
    public void call(Supplier<Effect<O>> turn, Seen<O> seen) {
        long start = connection.lane().nanoTime();
        open.begin(connection, start);
        try {
            Effect<O> effect = turn.get();
            effects.run(effect);
            seen.seen(effect, null);
        } catch (RuntimeException | Error e) {
            effects.fail(e);
            seen.seen(null, e);
        } finally {
            open.end();
        }
        watch.took(connection, connection.lane().nanoTime() - start);
    }

    /// What the peer sent is dealt with as it is read, so there is nothing to overtake.
    @Override
    public void news(Supplier<Effect<O>> turn) {
        call(turn);
    }

    @Override
    public void last(Runnable turn, Runnable then) {
        try {
            turn.run();
        } finally {
            then.run();
        }
    }
}
