/// The messages of the Mining Protocol: channels, jobs, shares. Spec: 05.
///
/// Only what is on the wire; the logic of channels is in the `channels` module.
package org.stratumj.protocol.mining;
