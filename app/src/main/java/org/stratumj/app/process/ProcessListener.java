package org.stratumj.app.process;

import org.stratumj.app.role.RoleStatus;

/// Watches processes come and go. Called on threads of the processes: quick, does not throw.
public interface ProcessListener {

    /// The role serves, for the first time or again; its first report follows.
    default void onUp(String role) {}

    /// The process of the role told of it.
    ///
    /// @param status with its counts over all lives of the process
    default void onReport(RoleStatus status) {}

    /// The process of the role ended and is going to be started again.
    default void onEnded(String role) {}

    /// This listener, then `next`.
    default ProcessListener and(ProcessListener next) {
        ProcessListener first = this;
        return new ProcessListener() {
            @Override
            public void onUp(String role) {
                first.onUp(role);
                next.onUp(role);
            }

            @Override
            public void onReport(RoleStatus status) {
                first.onReport(status);
                next.onReport(status);
            }

            @Override
            public void onEnded(String role) {
                first.onEnded(role);
                next.onEnded(role);
            }
        };
    }
}
