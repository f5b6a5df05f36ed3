/// The annotation processor that makes a codec and a layout of each message record.
///
/// The way through: [org.stratumj.codegen.MessageProcessor] finds the records, [org.stratumj.codegen.RecordModel] reads
/// and checks one, [org.stratumj.codegen.WireType] knows the wire types, [org.stratumj.codegen.CodecSource] writes the
/// Java text. Only the compiler runs this; nothing of it is there at run time.
package org.stratumj.codegen;
