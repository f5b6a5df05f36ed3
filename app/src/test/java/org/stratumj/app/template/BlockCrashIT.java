package org.stratumj.app.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratumj.app.ChildProcess;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Network;
import org.stratumj.connection.netty.NettyNetwork;
import org.stratumj.node.embedded.ChainProfile;
import org.stratumj.node.embedded.EmbeddedNode;
import org.stratumj.node.embedded.EmbeddedOptions;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.SetNewPrevHash;
import org.stratumj.protocol.template.SubmitSolution;
import org.stratumj.service.Sv2ServiceException;

/// A template provider that is killed between a found block and the node's verdict.
class BlockCrashIT {
    @TempDir
    private Path directory;

    @Test
    void theNextProcessBringsTheBlockIntoTheChain() throws IOException, InterruptedException, Sv2ServiceException {
        Path stall = Files.createFile(directory.resolve("stall"));
        SubmitSolution found;
        try (ChildProcess provider = start();
                Network network = NettyNetwork.open();
                TemplateClient client = new TemplateClient(network, endpoint(provider), 100)) {
            NewTemplate template = client.next(NewTemplate.class);
            found = MinedCoinbase.solve(template, client.next(SetNewPrevHash.class), true);
            client.send(found);
            provider.awaitLine("submitting");
            provider.signal("KILL");
            assertThat(provider.exitCode()).isEqualTo(137);
        }
        String pending = onlyFile();
        assertThat(pending).startsWith("regtest-").endsWith(".block");

        Files.delete(stall);
        String hash = List.of(pending.split("-", -1)).get(2);
        try (ChildProcess provider = start()) {
            assertThat(provider.awaitLine("block accepted at height ")).endsWith(": " + hash);
            provider.signal("KILL");
            provider.exitCode();
        }
        assertThat(onlyFile()).isEqualTo(pending + ".accepted");
        EmbeddedOptions options = EmbeddedOptions.of(ChainProfile.REGTEST).withFile(directory.resolve("chain"));
        try (EmbeddedNode chain = EmbeddedNode.start(options)) {
            assertThat(chain.tip().hash().toString()).isEqualTo(hash);
        }
    }

    private String onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("blocks"))) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            assertThat(names).hasSize(1);
            return names.getFirst();
        }
    }

    private ChildProcess start() throws IOException {
        return ChildProcess.start(directory, StallingProvider.class, directory.toString());
    }

    private static Endpoint endpoint(ChildProcess provider) throws IOException {
        int port = Integer.parseInt(provider.awaitLine("port ").substring("port ".length()));
        return new Endpoint("127.0.0.1", port, new ClientSecurity.Plain());
    }
}
