/// The security layer of Stratum V2: the two acts of the Noise NX handshake, the certificate a server proves itself
/// with, the authority keys behind it, and the ciphers that protect the frames afterwards. Spec: 04.
///
/// Bytes go in and bytes come out: no socket, thread, clock or randomness of its own. Frames and their split into
/// header and payload blocks do not belong here; the curve is in `org.stratumj.noise.secp256k1`, the cipher in
/// `org.stratumj.noise.aead`.
package org.stratumj.noise;
