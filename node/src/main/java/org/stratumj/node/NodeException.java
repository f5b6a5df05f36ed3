package org.stratumj.node;

/// The node did not do its part. The message is one plain line for the operator.
public abstract sealed class NodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private NodeException(String message) {
        super(message);
    }

    /// The node cannot be reached, is starting up, or is busy: the same call may succeed later.
    public static final class Unavailable extends NodeException {
        private static final long serialVersionUID = 1L;

        /// @param message one line: which node, what happened, what to look at
        public Unavailable(String message) {
            super(message);
        }
    }

    /// Wrong credentials, wrong network, a node that cannot do what mining needs: trying again does not help until
    /// somebody changes something.
    public static final class Misconfigured extends NodeException {
        private static final long serialVersionUID = 1L;

        /// @param message one line: what is wrong and what to change
        public Misconfigured(String message) {
            super(message);
        }
    }

    /// The node answered something that cannot be understood or used.
    public static final class BadAnswer extends NodeException {
        private static final long serialVersionUID = 1L;

        /// @param message one line: which call, what is wrong with the answer
        public BadAnswer(String message) {
            super(message);
        }
    }
}
