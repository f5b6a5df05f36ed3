package org.stratumj.service;

import java.util.function.Consumer;
import org.stratumj.connection.Lane;

/// A link whose events a service takes.
record Subscription<E>(Link<E> link, Consumer<? super E> receiver) {
    void begin(Lane lane) {
        link.receive(lane, receiver);
    }

    void end() {
        link.close();
    }
}
