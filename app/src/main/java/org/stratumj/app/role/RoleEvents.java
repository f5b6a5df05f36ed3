package org.stratumj.app.role;

/// Where roles report what happens. Called from lanes: quick, does not block, does not throw. Any thread.
@FunctionalInterface
public interface RoleEvents {

    void on(RoleEvent event);

    /// This listener, then `next`.
    default RoleEvents and(RoleEvents next) {
        return event -> {
            on(event);
            next.on(event);
        };
    }
}
