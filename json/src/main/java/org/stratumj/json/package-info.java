/// Frames taken apart by their layouts, and written as JSON and back.
///
/// Everything here is a program over [org.stratumj.protocol.layout.Layout]: it knows the wire types, no
/// message. Not here: where frames come from and how a person is shown them (module `app`), and what messages
/// mean.
package org.stratumj.json;
