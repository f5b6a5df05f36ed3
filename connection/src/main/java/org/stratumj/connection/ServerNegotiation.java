package org.stratumj.connection;

import java.time.Duration;
import java.util.Set;
import org.stratumj.protocol.extension.negotiation.NegotiationMessage;
import org.stratumj.protocol.extension.negotiation.NegotiationToClient;
import org.stratumj.protocol.extension.negotiation.RequestExtensions;
import org.stratumj.protocol.extension.negotiation.RequestExtensionsSuccess;

/// The server's part: each request is answered, and the last answer counts. Lane only.
final class ServerNegotiation implements Negotiation {
    private final Owner owner;
    private ExtensionPolicy policy = ExtensionPolicy.NONE;
    private Set<Integer> agreed = Set.of();
    private Set<Integer> owed = Set.of();

    ServerNegotiation(Owner owner) {
        this.owner = owner;
    }

    @Override
    public void begin(ExtensionPolicy policy, Duration wait) {
        this.policy = policy;
        owed = policy.required();
        owner.onSettled();
    }

    @Override
    public Set<Integer> agreed() {
        return agreed;
    }

    @Override
    public Set<Integer> owed() {
        return owed;
    }

    @Override
    public void onMessage(NegotiationMessage message) {
        if (message instanceof RequestExtensions request) {
            NegotiationToClient answer = policy.answer(request);
            agreed = answer instanceof RequestExtensionsSuccess success
                    ? Set.copyOf(success.supportedExtensions())
                    : Set.of();
            owed = agreed.containsAll(policy.required()) ? Set.of() : policy.required();
            owner.send(answer);
        }
    }

    /// The client asks again when it learns of it. What it sends until then is not held against it.
    @Override
    public void reset() {
        agreed = Set.of();
    }

    @Override
    public void stop() {}
}
