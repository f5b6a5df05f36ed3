/// A Bitcoin chain inside this process, [org.stratumj.node.embedded.EmbeddedNode], that follows the consensus
/// rules of a test network so closely that a real node accepts every block of it.
///
/// What belongs here is what blocks need: headers, coinbases, commitments, coins. What does not: networking,
/// storage, a script interpreter. The only coins that can be spent are those anybody may spend, which need no
/// signature.
package org.stratumj.node.embedded;
