/// The elliptic curve behind the handshake: one interface, [org.stratumj.noise.secp256k1.Secp256k1], with a native
/// and a pure Java provider, and the secret keys it works on. What the results mean is not known here.
package org.stratumj.noise.secp256k1;
