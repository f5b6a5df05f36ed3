/// The cipher behind the handshake and the transport: one interface, [org.stratumj.noise.aead.Aead], with a native
/// provider and that of the JDK. Which nonce is next is for `CipherState` to know, not for anything here.
package org.stratumj.noise.aead;
