package org.stratumj.app.template;

import java.time.Duration;
import java.util.List;
import org.stratumj.app.block.BlocksOption;
import org.stratumj.app.cli.RoleCommand;
import org.stratumj.app.cli.ServerOptions;
import org.stratumj.app.cli.UsageException;
import org.stratumj.app.node.NodeRole;
import org.stratumj.app.node.NodeSpec;
import org.stratumj.app.node.NodeSpecConverter;
import org.stratumj.app.role.RoleContext;
import org.stratumj.app.role.RoleStack;
import org.stratumj.node.WatchPolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `stratumj template-provider`.
@Command(
        name = TemplateProviderRole.NAME,
        description = {
            "Hand out block templates of a Bitcoin node, and submit the blocks that are found on them.",
            "",
            "Pools and job declarator clients connect to it. It needs nothing of the node but JSON-RPC."
        },
        footer = {
            "",
            "Example: serve the templates of a node on the same machine",
            "  stratumj keygen --out authority.key",
            "  stratumj template-provider --authority-key-file authority.key \\",
            "      --node 'rpc:http://127.0.0.1:8332?cookie=/var/lib/bitcoind/.cookie'",
            "",
            "The same settings in a file: docs/config/template-provider.toml"
        })
public final class TemplateProviderCommand extends RoleCommand {
    @Option(
            names = "--node",
            paramLabel = "NODE",
            split = ",",
            converter = NodeSpecConverter.class,
            description = "Where templates come from and blocks go to; of several, templates come from the first and"
                    + " blocks go to all:%n"
                    + "'rpc:http://HOST:PORT?cookie=PATH'%n"
                    + "'rpc:http://HOST:PORT?user=NAME&password-file=PATH'%n"
                    + "embedded, embedded:regtest (a chain of its own in this process, for trying out; ?file=PATH"
                    + " after it keeps the blocks)")
    private List<NodeSpec> nodes = List.of();

    @Mixin
    private ServerOptions server = new ServerOptions("127.0.0.1:8442");

    @Option(
            names = "--fee-delta",
            paramLabel = "SATOSHIS",
            description = "Send a new template on the same tip once fees have risen by this. Default: ${DEFAULT-VALUE}")
    private long feeDelta = WatchPolicy.DEFAULT.feeDelta();

    @Option(
            names = "--fee-interval",
            paramLabel = "TIME",
            description = "Time between two looks at the fees. A new tip never waits. Default: 5s")
    private Duration feeInterval = WatchPolicy.DEFAULT.feeInterval();

    @Option(
            names = "--coinbase-witness",
            description = "Send NewTemplate with the field coinbase_witness, as a draft of the specification has it,"
                    + " to clients that require it. Others cannot read such templates.")
    private boolean coinbaseWitness;

    @Mixin
    private BlocksOption blocks = new BlocksOption(TemplateProviderRole.NAME);

    @Override
    protected void start(RoleContext context, RoleStack roles) {
        if (nodes.isEmpty()) {
            throw new UsageException("say which node gives the templates: --node"
                    + " 'rpc:http://HOST:PORT?cookie=PATH' for Bitcoin Core or Knots, or --node embedded for a"
                    + " try-out chain");
        }
        TemplateProviderConfig config = new TemplateProviderConfig(
                server.listen(), server.security(), server.limits(), watch(), blocks.directory(), coinbaseWitness);
        NodeRole first = roles.start(NodeRole.of(nodes.getFirst(), context));
        TemplateProviderRole.start(config, first, nodes.subList(1, nodes.size()), context, roles);
    }

    private WatchPolicy watch() {
        if (feeDelta < 1) {
            throw new UsageException("--fee-delta must be at least 1 satoshi, is " + feeDelta);
        } else if (!feeInterval.isPositive()) {
            throw new UsageException("--fee-interval must be longer than nothing");
        }
        return new WatchPolicy(feeInterval, feeDelta);
    }
}
