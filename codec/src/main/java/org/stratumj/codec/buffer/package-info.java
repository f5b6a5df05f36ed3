/// Memory for bytes that are held for a while: a bounded pool that is used over and over, instead of a fresh array
/// each time.
///
/// The streams of `org.stratumj.codec` do not use it: they hand out payloads in place, so they hold nothing. It is for
/// a program that keeps frames of some kilobytes, or may not burden the garbage collector. Not here: what the bytes
/// mean, and any thread.
package org.stratumj.codec.buffer;
