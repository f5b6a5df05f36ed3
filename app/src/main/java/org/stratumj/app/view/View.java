package org.stratumj.app.view;

/// Shows running roles until it is closed.
public interface View extends AutoCloseable {

    /// Begins to show. Once.
    void start();

    /// Shows the last state and stops. Idempotent.
    @Override
    void close();
}
