package org.stratumj.app.demo;

import java.time.Duration;
import java.util.OptionalDouble;
import org.stratumj.app.miner.ChannelKind;
import org.stratumj.app.miner.EngineOption;
import org.stratumj.app.miner.MinerConfig;
import org.stratumj.app.node.NodeSpec;
import org.stratumj.connection.Endpoint;

/// What a demo needs to know.
///
/// @param node            the chain to mine on
/// @param blocks          accepted blocks after which it ends, 0 for no such end
/// @param duration        time after which it ends, zero for no such end
/// @param hashesPerSecond limit of the miner, 0 for none; empty for one that suits the chain
/// @param threads         that hash, at least 1
/// @param channel         the miner's
record DemoConfig(
        NodeSpec node,
        int blocks,
        Duration duration,
        OptionalDouble hashesPerSecond,
        int threads,
        ChannelKind channel) {

    /// The miner of this demo.
    MinerConfig miner(Endpoint upstream, DemoPace pace) {
        return MinerConfig.of(upstream)
                .withChannels(channel, 1)
                .withHashing(threads, pace.hashesPerSecondMax(), EngineOption.AUTO);
    }
}
