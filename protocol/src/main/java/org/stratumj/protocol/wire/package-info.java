/// The data types of the specification's §3.1 and how they look on the wire.
///
/// Here: the values ([org.stratumj.protocol.wire.U256], [org.stratumj.protocol.wire.Bytes], …), the annotations
/// that give a record component its wire type, and the reader, writer and range checks. Not here: messages and
/// frames.
package org.stratumj.protocol.wire;
