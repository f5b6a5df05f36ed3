/// Bitcoin's consensus data as values: hashes, headers, targets, merkle trees, transactions, blocks, coinbase
/// parts, addresses, and the codecs between them and their bytes.
///
/// What belongs here is arithmetic and layout that is true of any block. What does not: chain state, a mempool,
/// script execution, keys and signatures, anything that knows a socket or a clock.
package org.stratumj.bitcoin;
