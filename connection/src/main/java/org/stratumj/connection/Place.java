package org.stratumj.connection;

/// Where a listener counts a connection. Any thread.
interface Place {
    /// For connections that nobody counts.
    Place NONE = new Place() {
        @Override
        public boolean identify(String deviceId) {
            return true;
        }

        @Override
        public void setUp() {}

        @Override
        public void release() {}
    };

    /// The client says what it is. Once.
    ///
    /// @return false if as many of it are there as may be
    boolean identify(String deviceId);

    /// It is not half open any more.
    void setUp();

    /// It is gone. Idempotent.
    void release();
}
