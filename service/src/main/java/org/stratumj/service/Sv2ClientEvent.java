package org.stratumj.service;

import java.util.List;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.jobdeclaration.JobDeclarationToServer;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.template.TemplateToServer;

/// An event of an [Sv2ClientService].
public sealed interface Sv2ClientEvent extends Sv2Event {

    /// Dials the upstream of `subprotocol` now, where a pause would come first. Nothing happens if it is
    /// connected.
    record SetupConnectionTrigger(Subprotocol subprotocol) implements Sv2ClientEvent {}

    /// `message` as if the server of `subprotocol` had sent it: it goes to the handler, and the outcome holds
    /// what that wanted.
    record IncomingMessage(Subprotocol subprotocol, Sv2Message message) implements Sv2ClientEvent {}

    /// Sends a message to the mining server.
    record SendMessageToMiningServer(MiningToServer message) implements Sv2ClientEvent {}

    /// Sends a message to the job declarator server.
    record SendMessageToJobDeclarationServer(JobDeclarationToServer message) implements Sv2ClientEvent {}

    /// Sends a message to the template provider.
    record SendMessageToTemplateDistributionServer(TemplateToServer message) implements Sv2ClientEvent {}

    /// Has the sibling server service handle `event`; the outcome is the sibling's.
    record SendEventToSiblingServerService(Sv2ServerEvent event) implements Sv2ClientEvent {}

    /// Several events, each after the outcome of the one before.
    record MultipleEvents(List<? extends Sv2ClientEvent> events) implements Sv2ClientEvent {
        /// Flattens what is nested.
        public MultipleEvents {
            events = events.stream()
                    .<Sv2ClientEvent>mapMulti((event, each) -> {
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
