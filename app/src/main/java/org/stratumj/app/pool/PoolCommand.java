package org.stratumj.app.pool;

import java.util.List;
import org.stratumj.app.block.BlocksOption;
import org.stratumj.app.cli.RoleCommand;
import org.stratumj.app.cli.ServerOptions;
import org.stratumj.app.cli.UsageException;
import org.stratumj.app.mining.MiningOptions;
import org.stratumj.app.node.NodeSpec;
import org.stratumj.app.node.NodeSpecConverter;
import org.stratumj.app.role.RoleContext;
import org.stratumj.app.role.RoleStack;
import org.stratumj.channels.job.PoolTag;
import org.stratumj.connection.Endpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `stratumj pool`.
@Command(
        name = PoolRole.NAME,
        description = {
            "Give work to miners, check and count their shares, and bring their blocks to the network.",
            "",
            "Templates come from a template provider, or from a node on which the pool runs one of its own. All"
                    + " rewards go to one address; shares are counted, not paid."
        },
        footer = {
            "",
            "Example: a pool on a node on the same machine",
            "  stratumj keygen --out authority.key",
            "  stratumj pool --authority-key-file authority.key --payout-address bc1q... \\",
            "      --node 'rpc:http://127.0.0.1:8332?cookie=/var/lib/bitcoind/.cookie'",
            "",
            "Example: on a template provider that runs elsewhere",
            "  stratumj pool --authority-key-file authority.key --payout-address bc1q... \\",
            "      --template-provider stratum2+tcp://10.0.0.5:8442/9b...",
            "",
            "The same settings in a file: docs/config/pool.toml"
        })
public final class PoolCommand extends RoleCommand {
    @Option(
            names = "--template-provider",
            paramLabel = "URL",
            split = ",",
            description = "Where templates come from and blocks go to: stratum2+tcp://HOST:PORT/KEY, with the"
                    + " provider's public key. Give several in the order of preference.")
    private List<Endpoint> templateProviders = List.of();

    @Option(
            names = "--node",
            paramLabel = "NODE",
            split = ",",
            converter = NodeSpecConverter.class,
            description = "Instead of a template provider, the node itself; of several, templates come from the first"
                    + " and blocks go to all:%n"
                    + "'rpc:http://HOST:PORT?cookie=PATH'%n"
                    + "'rpc:http://HOST:PORT?user=NAME&password-file=PATH'%n"
                    + "embedded, embedded:regtest (a chain of its own in this process, for trying out; ?file=PATH"
                    + " after it keeps the blocks)")
    private List<NodeSpec> nodes = List.of();

    @Mixin
    private PayoutOptions payout = new PayoutOptions();

    @Option(
            names = "--pool-tag",
            paramLabel = "TEXT",
            description = "Name in the coinbase of each block. Default: ${DEFAULT-VALUE}")
    private String poolTag = PoolConfig.DEFAULT_TAG;

    @Option(
            names = "--server-id",
            paramLabel = "NUMBER",
            description = "0 to 255. Servers of one pool with the same payout each need their own, or their miners do"
                    + " the same work. Default: ${DEFAULT-VALUE}")
    private int serverId;

    @Mixin
    private BlocksOption blocks = new BlocksOption(PoolRole.NAME);

    @Mixin
    private ServerOptions server = new ServerOptions("0.0.0.0:3333");

    @Mixin
    private MiningOptions mining = new MiningOptions();

    @Override
    protected void start(RoleContext context, RoleStack roles) {
        PoolConfig config = config(context, roles);
        roles.start(new PoolRole(config, context));
    }

    /// Everything is checked before a node is opened.
    private PoolConfig config(RoleContext context, RoleStack roles) {
        if (nodes.isEmpty() && templateProviders.isEmpty()) {
            throw new UsageException("say where templates come from: --template-provider stratum2+tcp://HOST:PORT/KEY,"
                    + " or --node 'rpc:http://HOST:PORT?cookie=PATH' for Bitcoin Core or Knots, or --node embedded for a"
                    + " try-out chain");
        } else if (!nodes.isEmpty() && !templateProviders.isEmpty()) {
            throw new UsageException("--template-provider and --node contradict each other; drop one");
        } else if (serverId < 0 || serverId > PoolConfig.SERVER_ID_MAX) {
            throw new UsageException("--server-id must be 0 to " + PoolConfig.SERVER_ID_MAX + ", is " + serverId);
        }
        var paid = payout.payout();
        var tag = tag();
        var terms = mining.terms();
        var limits = mining.limits(server.limits());
        var security = server.security();
        List<Endpoint> providers = nodes.isEmpty()
                ? templateProviders
                : List.of(LocalProvider.start(nodes, payout.network(), blocks.directory(), context, roles));
        return new PoolConfig(
                server.listen(),
                security,
                limits,
                providers,
                paid,
                tag,
                terms,
                serverId,
                payout.network(),
                blocks.directory());
    }

    private PoolTag tag() {
        try {
            return PoolTag.of(poolTag);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--pool-tag: " + e.getMessage() + "; shorten it", e);
        }
    }
}
