/// The frame around every message. Streams of frames, split anyhow or encrypted, are in the `codec` module.
package org.stratumj.protocol.frame;
