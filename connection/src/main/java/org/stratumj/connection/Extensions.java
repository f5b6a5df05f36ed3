package org.stratumj.connection;

import java.util.List;
import org.stratumj.protocol.extension.negotiation.NegotiationToClient;
import org.stratumj.protocol.extension.negotiation.RequestExtensions;
import org.stratumj.protocol.extension.negotiation.RequestExtensionsError;
import org.stratumj.protocol.extension.negotiation.RequestExtensionsSuccess;

/// Extension negotiation of a server that supports none and requires none. Spec: extension 0x0001.
final class Extensions {
    private Extensions() {}

    /// Every request is answered: with all that was asked for as unsupported, or success if nothing was.
    static NegotiationToClient answer(RequestExtensions request) {
        List<Integer> requested = request.requestedExtensions();
        return requested.isEmpty()
                ? new RequestExtensionsSuccess(request.requestId(), List.of())
                : new RequestExtensionsError(request.requestId(), requested, List.of());
    }
}
