/// A node behind its JSON-RPC interface, [org.stratumj.node.rpc.RpcNode]: Bitcoin Core, Knots, or whatever speaks
/// BIP22 and BIP23.
///
/// What belongs here is HTTP, JSON, credentials and the meaning of the node's answers. What to do with a template
/// is decided elsewhere.
package org.stratumj.node.rpc;
