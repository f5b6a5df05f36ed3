package org.stratumj.node;

/// Is told of new templates. Calls come one at a time, on a thread of the backend, and hold up the next one: hand
/// over and return.
public interface NodeListener {
    /// The best block changed, or the target of the block after it ([BlockTemplate#nBits], which on test networks
    /// depends on the time), or the watch just began: mine this, drop everything older.
    void tipChanged(BlockTemplate template);

    /// Same best block, more fees: mine this when convenient.
    void feesRose(BlockTemplate template);

    /// The node has stopped answering; the backend keeps trying. Called once per outage.
    default void lost(NodeException why) {}

    /// The node answers again; a template follows if the tip changed meanwhile.
    default void restored() {}
}
