package org.stratumj.connection;

/// Where a listener counts a connection. Any thread.
interface Place {
    /// For connections that nobody counts.
    Place NONE = new Place() {
        @Override
        public void setUp() {}

        @Override
        public void release() {}
    };

    /// It is not half open any more.
    void setUp();

    /// It is gone. Idempotent.
    void release();
}
