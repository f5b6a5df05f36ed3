package org.stratumj.app.miner;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.cli.Hashrate;
import org.stratumj.app.cli.RoleCommand;
import org.stratumj.app.cli.UsageException;
import org.stratumj.app.role.RoleContext;
import org.stratumj.app.role.RoleStack;
import org.stratumj.connection.Endpoint;
import org.stratumj.miner.MiningRig;
import org.stratumj.protocol.wire.Str0255;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `stratumj miner`.
@Command(
        name = MinerRole.NAME,
        description = {
            "Mine on the processor, for a pool or through a proxy.",
            "",
            "It earns nothing on the main network; it is for test networks, for trying out pools and proxies, and for"
                    + " watching how mining works."
        },
        footer = {
            "",
            "Example: mine for a pool on the same machine with two threads",
            "  stratumj miner --upstream stratum2+tcp://127.0.0.1:34255/KEY --user alice.rig1 --threads 2",
            "",
            "KEY is the public key that the pool's operator tells, as 'stratumj keygen' printed it.",
            "The same settings in a file: docs/config/miner.toml"
        })
public final class MinerCommand extends RoleCommand {
    @Option(
            names = "--upstream",
            paramLabel = "URL",
            split = ",",
            description =
                    "The pool, or a proxy: stratum2+tcp://HOST:PORT/KEY, with the public key from its operator. In"
                            + " place of /KEY, ?any-key trusts whoever answers, and ?plain is for no encryption on this"
                            + " machine; beyond it, that is ?plain=anywhere. ckpool needs /KEY?certificate-version=1. Give"
                            + " several in the order of preference.")
    private List<Endpoint> upstreams = List.of();

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "Whom the server credits with the shares: an account or payout address, as it wants it.")
    private String user = "";

    @Option(
            names = "--channel",
            paramLabel = "KIND",
            description = "Kind of mining channel, standard or extended. Some pools lose the blocks of standard"
                    + " channels: docs/known-faults.md. Default: extended")
    private ChannelKind channel = MinerConfig.DEFAULT_CHANNEL;

    @Option(
            names = "--channels",
            paramLabel = "COUNT",
            description = "Channels to open; each has threads of its own. Default: ${DEFAULT-VALUE}")
    private int channels = 1;

    @Option(
            names = "--threads",
            paramLabel = "COUNT",
            description = "Threads that hash. Default: one less than there are processors")
    private @Nullable Integer threads;

    @Option(
            names = "--hashrate",
            paramLabel = "RATE",
            description = "Hash no quicker than this: 250k, 1M. Default: no limit")
    private @Nullable Hashrate hashrate;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description =
                    "How to hash: vector (with the processor's vectors), digest (with the Java platform's SHA-256),"
                            + " or auto, the quicker of the two here. Default: auto")
    private EngineOption engine = EngineOption.AUTO;

    @Option(
            names = "--version-rolling-mask",
            paramLabel = "HEX",
            converter = VersionMaskConverter.class,
            description = "Bits of the block version to change where the job allows it: 1fffe000 (BIP320, which every"
                    + " server takes), 1fffffe0 (BIP323), 0 for none. Default: ${DEFAULT-VALUE}")
    private VersionMask versionRollingMask = VersionMask.BIP320;

    @Option(
            names = "--shares-per-second-max",
            paramLabel = "NUMBER",
            description = "Tell the server not to make shares so easy that there are more in a second."
                    + " Default: ${DEFAULT-VALUE}")
    private double sharesPerSecondMax = MinerConfig.DEFAULT_SHARES_PER_SECOND_MAX;

    @Option(
            names = "--work-deadline",
            paramLabel = "TIME",
            description = "Leave a server that gives no work for so long, and try the next one. Default: 45s")
    private Duration workDeadline = MinerConfig.DEFAULT_WORK_DEADLINE;

    @Override
    protected void start(RoleContext context, RoleStack roles) {
        roles.start(new MinerRole(config(), context));
    }

    private MinerConfig config() {
        if (upstreams.isEmpty()) {
            throw new UsageException("say for whom to mine, with --upstream stratum2+tcp://HOST:PORT/KEY;"
                    + " 'stratumj demo' mines without a pool");
        } else if (threads != null && (threads < 1 || threads > MiningRig.THREADS_MAX)) {
            throw new UsageException("--threads must be 1.." + MiningRig.THREADS_MAX + ", is " + threads);
        } else if (user.isEmpty()) {
            throw new UsageException("say whom the server is to credit with the shares, with --user NAME");
        }
        try {
            return new MinerConfig(
                    upstreams,
                    userIdentity(),
                    channel,
                    channels,
                    threads == null ? MinerConfig.defaultThreads(channels) : threads,
                    hashrate == null ? Double.POSITIVE_INFINITY : hashrate.hashesPerSecond(),
                    engine,
                    versionRollingMask,
                    sharesPerSecondMax,
                    workDeadline);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private Str0255 userIdentity() {
        try {
            return Str0255.of(user);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--user must be at most " + Str0255.BYTES_MAX + " bytes of UTF-8", e);
        }
    }
}
