package org.stratumj.noise;

/// The two ciphers of an established session, one per direction, each with a key and a nonce of its own.
///
/// @param send    seals what this side sends
/// @param receive opens what the peer sends
public record TransportCiphers(CipherState send, CipherState receive) {

    /// Erases both keys.
    public void destroy() {
        send.destroy();
        receive.destroy();
    }
}
