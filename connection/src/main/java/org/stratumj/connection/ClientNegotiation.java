package org.stratumj.connection;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.stratumj.protocol.extension.negotiation.NegotiationMessage;
import org.stratumj.protocol.extension.negotiation.RequestExtensions;
import org.stratumj.protocol.extension.negotiation.RequestExtensionsError;
import org.stratumj.protocol.extension.negotiation.RequestExtensionsSuccess;

/// The client's part: it asks for all that it can use, and leaves if what one of the two ends requires is not to be
/// had. A client that can use nothing asks nothing. Lane only.
///
/// ```text
///           ┌─ an error that leaves something to ask for, once ─┐
/// SETTLED ──┴─▶ ASKING ─────────────────────────────────────────┘
///    ▲            ├── what is required is agreed on, or the server is silent and nothing is required ──▶ SETTLED
///    └─ reset     └── otherwise ──▶ the connection is closed
/// ```
///
/// Answers are told apart by their request id (extension 0x0001 §2): one that does not belong to the open request, or
/// comes when none is open, is ignored.
final class ClientNegotiation implements Negotiation {
    private static final Logger LOG = System.getLogger("org.stratumj.connection");
    private static final int REQUEST_ID_MAX = 0xffff;

    private final Lane lane;
    private final Owner owner;
    private ExtensionPolicy policy = ExtensionPolicy.NONE;
    private Duration wait = Duration.ZERO;
    private Set<Integer> agreed = Set.of();
    private Set<Integer> asked = Set.of();
    private int requestId;
    private boolean askedTwice;
    /// Runs while a request is open.
    private Lane.@Nullable Scheduled timer;

    ClientNegotiation(Lane lane, Owner owner) {
        this.lane = lane;
        this.owner = owner;
    }

    @Override
    public void begin(ExtensionPolicy policy, Duration wait) {
        this.policy = policy;
        this.wait = wait;
        begin();
    }

    @Override
    public Set<Integer> agreed() {
        return agreed;
    }

    @Override
    public Set<Integer> owed() {
        return Set.of();
    }

    @Override
    public void onMessage(NegotiationMessage message) {
        switch (message) {
            case RequestExtensionsSuccess(int id, var supported) when isOpen(id) -> accepted(Set.copyOf(supported));
            case RequestExtensionsError(int id, var unsupported, var required)
            when isOpen(id) -> refused(Set.copyOf(unsupported), Set.copyOf(required));
            default -> LOG.log(Level.DEBUG, () -> "ignored " + Names.of(message) + ", which answers no open request");
        }
    }

    /// The answer to a request that is open was sent later, so it is about the new endpoint.
    @Override
    public void reset() {
        agreed = Set.of();
        if (timer == null) {
            begin();
        }
    }

    @Override
    public void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void begin() {
        askedTwice = false;
        if (policy.supported().isEmpty()) {
            owner.onSettled();
        } else {
            ask(policy.supported());
        }
    }

    private void ask(Set<Integer> extensions) {
        asked = extensions;
        requestId = requestId == REQUEST_ID_MAX ? 1 : requestId + 1;
        timer = lane.schedule(this::unanswered, wait);
        owner.send(new RequestExtensions(requestId, List.copyOf(new TreeSet<>(extensions))));
    }

    private boolean isOpen(int id) {
        return timer != null && id == requestId;
    }

    private void accepted(Set<Integer> supported) {
        stop();
        Set<Integer> foreign = minus(supported, asked);
        if (foreign.isEmpty()) {
            settle(supported);
        } else {
            owner.close(new CloseReason.ProtocolViolation(
                    "RequestExtensions.Success names extensions that were not asked for: "
                            + Negotiation.text(foreign)));
        }
    }

    private void refused(Set<Integer> unsupported, Set<Integer> required) {
        stop();
        Set<Integer> foreign = minus(required, policy.supported());
        if (!foreign.isEmpty()) {
            leave("the server requires extensions that are not supported here: " + Negotiation.text(foreign));
            return;
        }
        Set<Integer> left = minus(asked, unsupported);
        left.addAll(required);
        Set<Integer> missing = minus(policy.required(), left);
        if (!missing.isEmpty()) {
            leaveWithout(missing);
        } else if (!left.isEmpty() && !askedTwice) {
            askedTwice = true;
            ask(left);
        } else if (!required.isEmpty()) {
            leave("the server requires extensions, and refuses the request for them: " + Negotiation.text(required));
        } else {
            settle(Set.of());
        }
    }

    /// A server without Extensions Negotiation ignores the request. Spec: extension 0x0001 §4.
    private void unanswered() {
        timer = null;
        if (policy.required().isEmpty()) {
            LOG.log(
                    Level.INFO,
                    () -> "no answer to RequestExtensions within " + wait.toMillis()
                            + " ms; going on without extensions");
            settle(Set.of());
        } else {
            leave("the server did not answer RequestExtensions within " + wait.toMillis()
                    + " ms, and these extensions are required here: " + Negotiation.text(policy.required()));
        }
    }

    private void settle(Set<Integer> agreed) {
        Set<Integer> missing = minus(policy.required(), agreed);
        if (missing.isEmpty()) {
            this.agreed = agreed;
            owner.onSettled();
        } else {
            leaveWithout(missing);
        }
    }

    private void leaveWithout(Set<Integer> missing) {
        leave("the server does not support extensions that are required here: " + Negotiation.text(missing));
    }

    private void leave(String text) {
        owner.close(new CloseReason.ExtensionsRefused(text));
    }

    private static Set<Integer> minus(Set<Integer> all, Set<Integer> without) {
        Set<Integer> rest = new TreeSet<>(all);
        rest.removeAll(without);
        return rest;
    }
}
