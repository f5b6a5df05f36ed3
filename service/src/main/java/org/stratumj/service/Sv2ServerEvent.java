package org.stratumj.service;

import java.util.List;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.ConnectionId;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.ToClient;

/// An event of an [Sv2ServerService].
public sealed interface Sv2ServerEvent extends Sv2Event {

    /// `message` as if the client had sent it: it goes to the handler, and the outcome holds what that wanted.
    record IncomingMessage(ConnectionId client, Sv2Message message) implements Sv2ServerEvent {}

    /// Sends messages to one client, in their order.
    record SendMessagesToClient(ConnectionId client, List<? extends ToClient> messages) implements Sv2ServerEvent {
        /// Copies the list.
        public SendMessagesToClient {
            messages = List.copyOf(messages);
        }
    }

    /// Sends messages to many clients; one that is gone does not keep the others from theirs.
    record SendMessagesToClients(List<SendMessagesToClient> clients) implements Sv2ServerEvent {
        /// Copies the list.
        public SendMessagesToClients {
            clients = List.copyOf(clients);
        }
    }

    /// Sends what is queued for a client, then closes its connection.
    record CloseClient(ConnectionId client, CloseReason reason) implements Sv2ServerEvent {}

    /// Has the sibling client service handle `event`; the outcome is the sibling's.
    record SendEventToSiblingClientService(Sv2ClientEvent event) implements Sv2ServerEvent {}

    /// Several events, each after the outcome of the one before.
    record MultipleEvents(List<? extends Sv2ServerEvent> events) implements Sv2ServerEvent {
        /// Flattens what is nested.
        public MultipleEvents {
            events = events.stream()
                    .<Sv2ServerEvent>mapMulti((event, each) -> {
                        if (event instanceof MultipleEvents(var nested)) {
                            nested.forEach(each);
                        } else {
                            each.accept(event);
                        }
                    })
                    .toList();
        }
    }
}
