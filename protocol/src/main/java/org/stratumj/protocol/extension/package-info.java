/// The extensions of the protocol, a package each. Spec: 03 §3.4 and 09.
package org.stratumj.protocol.extension;
