package org.stratumj.connection;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.stratumj.protocol.extension.ExtensionType;
import org.stratumj.protocol.extension.negotiation.NegotiationToClient;
import org.stratumj.protocol.extension.negotiation.RequestExtensions;
import org.stratumj.protocol.extension.negotiation.RequestExtensionsError;
import org.stratumj.protocol.extension.negotiation.RequestExtensionsSuccess;
import org.stratumj.protocol.wire.Range;

/// The extensions that one end can use, Extensions Negotiation aside, which all here do. Spec: extension 0x0001 §4.
///
/// @param supported their numbers, 2..0x7fff; a client asks for all of them
/// @param required  those of them without which it does not go on: a server wants to be asked for them before anything
///     else, a client leaves a server that has not got them
public record ExtensionPolicy(Set<Integer> supported, Set<Integer> required) {
    /// No extension.
    public static final ExtensionPolicy NONE = new ExtensionPolicy(Set.of(), Set.of());

    /// @throws IllegalArgumentException if a number is outside its range, or one is required that is not supported
    public ExtensionPolicy {
        supported = Set.copyOf(supported);
        required = Set.copyOf(required);
        supported.forEach(extension -> Range.u15(extension, "supported"));
        if (supported.contains(ExtensionType.CORE) || supported.contains(ExtensionType.NEGOTIATION)) {
            throw new IllegalArgumentException("the core and Extensions Negotiation are not to be negotiated");
        }
        if (!supported.containsAll(required)) {
            throw new IllegalArgumentException("required are " + required + ", supported only " + supported);
        }
    }

    /// Support for these extensions, of which none is required.
    public static ExtensionPolicy supporting(Integer... extensions) {
        return new ExtensionPolicy(Set.of(extensions), Set.of());
    }

    /// A server's answer to a request: those of the requested extensions that are supported, or an error if there are
    /// none or a required one is missing. A request for nothing is a success, if nothing is required.
    public NegotiationToClient answer(RequestExtensions request) {
        Set<Integer> agreed = new LinkedHashSet<>(request.requestedExtensions());
        agreed.retainAll(supported);
        Set<Integer> unsupported = new LinkedHashSet<>(request.requestedExtensions());
        unsupported.removeAll(supported);
        Set<Integer> missing = new TreeSet<>(required);
        missing.removeAll(agreed);
        boolean none = agreed.isEmpty() && !unsupported.isEmpty();
        return none || !missing.isEmpty()
                ? new RequestExtensionsError(request.requestId(), List.copyOf(unsupported), List.copyOf(missing))
                : new RequestExtensionsSuccess(request.requestId(), List.copyOf(agreed));
    }
}
