package org.stratumj.node;

/// A watch under way, [NodeBackend#watch].
@FunctionalInterface
public interface Watch extends AutoCloseable {
    /// Ends the watch. A call to the listener that is under way may still finish; no other begins.
    @Override
    void close();
}
