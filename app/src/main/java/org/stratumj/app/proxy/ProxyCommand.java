package org.stratumj.app.proxy;

import java.time.Duration;
import java.util.List;
import org.stratumj.app.block.BlocksOption;
import org.stratumj.app.cli.Hashrate;
import org.stratumj.app.cli.RoleCommand;
import org.stratumj.app.cli.ServerOptions;
import org.stratumj.app.cli.UsageException;
import org.stratumj.app.mining.MiningOptions;
import org.stratumj.app.mining.MiningTerms;
import org.stratumj.app.role.RoleContext;
import org.stratumj.app.role.RoleStack;
import org.stratumj.connection.Endpoint;
import org.stratumj.protocol.wire.Str0255;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `stratumj proxy`.
@Command(
        name = ProxyRole.NAME,
        description = {
            "Bring many miners to a pool over one connection and one channel.",
            "",
            "Miners get difficulties of their own and stay connected when the pool is lost. To the pool the proxy is one"
                    + " miner, to whom it credits all shares."
        },
        footer = {
            "",
            "Example: a farm at a pool, with a second pool in reserve",
            "  stratumj keygen --out authority.key",
            "  stratumj proxy --authority-key-file authority.key --user farm1 \\",
            "      --upstream stratum2+tcp://pool.example:3333/KEY \\",
            "      --upstream stratum2+tcp://reserve.example:3333/KEY",
            "",
            "The same settings in a file: docs/config/proxy.toml"
        })
public final class ProxyCommand extends RoleCommand {
    private static final int USER_BYTES_MAX = 255;

    @Option(
            names = "--upstream",
            paramLabel = "URL",
            split = ",",
            description = "The pool, or another proxy: stratum2+tcp://HOST:PORT/KEY, with the public key from its"
                    + " operator; in place of /KEY, ?plain is for no encryption on this machine, ?plain=anywhere beyond"
                    + " it. ckpool needs /KEY?certificate-version=1. Give several in the order of preference.")
    private List<Endpoint> upstreams = List.of();

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "Whom the pool credits with all shares: an account or payout address, as the pool wants it.")
    private String user = "";

    @Mixin
    private BlocksOption blocks = new BlocksOption(ProxyRole.NAME);

    @Mixin
    private ServerOptions server = new ServerOptions("0.0.0.0:34255");

    @Mixin
    private MiningOptions mining = new MiningOptions();

    @Option(
            names = "--channels-max",
            paramLabel = "COUNT",
            description = "Channels that all miners may have open together. Default: ${DEFAULT-VALUE}")
    private int channelsMax = ProxyConfig.DEFAULT_CHANNELS_MAX;

    @Option(
            names = "--min-extranonce-size",
            paramLabel = "BYTES",
            description =
                    "Bytes of extranonce to ask the pool for. Two or more of them tell channels apart, the rest is"
                            + " for miners with extended channels. Default: ${DEFAULT-VALUE}")
    private int minExtranonceSize = ProxyConfig.DEFAULT_MIN_EXTRANONCE_SIZE;

    @Option(
            names = "--hashrate-per-channel-max",
            paramLabel = "HASHRATE",
            description = "The highest hash rate that a miner is believed to have. Default: 1E")
    private Hashrate hashratePerChannelMax = new Hashrate(ProxyConfig.DEFAULT_HASHRATE_PER_CHANNEL_MAX);

    @Option(
            names = "--upstream-grace",
            paramLabel = "TIME",
            description = "How long miners are kept when the pool is lost and no other answers. Default: 1m")
    private Duration upstreamGrace = ProxyConfig.DEFAULT_UPSTREAM_GRACE;

    @Option(
            names = "--work-deadline",
            paramLabel = "TIME",
            description = "Leave a pool that gives no work for so long, and try the next one. Default: 15s")
    private Duration workDeadline = ProxyConfig.DEFAULT_WORK_DEADLINE;

    @Override
    protected void start(RoleContext context, RoleStack roles) {
        roles.start(new ProxyRole(config(), context));
    }

    private ProxyConfig config() {
        if (upstreams.isEmpty()) {
            throw new UsageException("say which pool to mine at, with --upstream stratum2+tcp://HOST:PORT/KEY");
        } else if (user.isEmpty()) {
            throw new UsageException("say whom the pool is to credit with the shares, with --user NAME");
        } else if (!upstreamGrace.isPositive() || !workDeadline.isPositive()) {
            throw new UsageException("--upstream-grace and --work-deadline must be longer than nothing");
        } else if (!(hashratePerChannelMax.hashesPerSecond() > 0)) {
            throw new UsageException("--hashrate-per-channel-max must be more than 0");
        }
        MiningTerms terms = ProxyConfig.limited(mining.terms(), hashratePerChannelMax.hashesPerSecond());
        try {
            return new ProxyConfig(
                    server.listen(),
                    server.security(),
                    mining.limits(server.limits()),
                    upstreams,
                    userIdentity(),
                    terms,
                    channelsMax,
                    minExtranonceSize,
                    upstreamGrace,
                    workDeadline,
                    blocks.directory());
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "--channels-max and --min-extranonce-size do not fit together: " + e.getMessage(), e);
        }
    }

    private Str0255 userIdentity() {
        try {
            return Str0255.of(user);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--user must be at most " + USER_BYTES_MAX + " bytes of UTF-8", e);
        }
    }
}
