package org.stratumj.app.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratumj.app.ChildProcess;
import org.stratumj.app.Eventually;
import org.stratumj.app.Main;
import org.stratumj.app.mining.Mined.Share;
import org.stratumj.app.mining.ScriptedMiner;
import org.stratumj.bitcoin.Target;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.noise.AuthoritySecretKey;
import org.stratumj.noise.secp256k1.Secp256k1s;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.service.Sv2ServiceException;

class PoolIT extends PoolContract {
    @Override
    TestBed openBed() {
        return TestBed.sockets();
    }

    /// The pool saves a block, cannot submit it and ends; the next one does, though the provider is a new one too.
    @Test
    void theNextPoolSubmitsABlockWithoutVerdict(@TempDir Path directory) throws Sv2ServiceException {
        restartWithBlocksIn(directory);
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        miner.workOn(TIP_1);
        stopProvider();
        Share block = block(miner);
        miner.submit(block);
        Eventually.holds(() -> files(directory).size() == 1);
        assertThat(files(directory).getFirst())
                .startsWith("regtest-501-" + block.hash() + "-")
                .endsWith(".solution");

        restartWithBlocksIn(directory);
        provider.forget();
        provider.start();
        bed.await(() -> provider.knownSolutions().size() == 1);
        assertThat(provider.header(provider.knownSolutions().getFirst()).hash()).isEqualTo(block.hash());
        tip(block.hash());
        Eventually.holds(() -> files(directory).getFirst().endsWith(".solution.accepted"));
        assertThat(pool.status().blocksAccepted()).isEqualTo(1);
        assertThat(events.texts())
                .contains("block " + block.hash() + " of height 501 was found before this start and is submitted again;"
                        + " it takes a template provider that still has its template");
    }

    private void restartWithBlocksIn(Path directory) {
        bed.await(pool.shutdown());
        pool.close();
        pool = pool(config().withBlocksDirectory(directory));
        pool.start();
    }

    private static List<String> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// `stratumj decode --between` sits on the line of a miner, with a key of its own.
    @Test
    void canBeWatchedThroughARelay(@TempDir Path directory)
            throws IOException, InterruptedException, Sv2ServiceException {
        var random = new SecureRandom();
        var curve = Secp256k1s.best(random);
        var secret = AuthoritySecretKey.generate(curve, random);
        var key = Files.writeString(directory.resolve("own.key"), secret.secretText());
        var trusted = ((ClientSecurity.Noise) authority.client()).authority();
        tip(TIP_1);
        try (ChildProcess decode = ChildProcess.start(
                directory,
                Main.class,
                "decode",
                "--between",
                "127.0.0.1:0",
                "stratum2+tcp://127.0.0.1:" + poolPort() + "/" + trusted,
                "--authority-key-file",
                key.toString(),
                "--json")) {
            decode.awaitError("Ctrl-C ends it");
            int port = Integer.parseInt(decode.errors().replaceAll("(?s).*listening on [0-9.]+:([0-9]+) .*", "$1"));
            var endpoint = new Endpoint("127.0.0.1", port, new ClientSecurity.Noise(secret.publicKey(curve)));
            var miner = new ScriptedMiner(bed, endpoint, "bob", 0).awaitUp();
            miner.openExtended(Target.MAX);
            miner.workOn(TIP_1);
            for (int i = 0; i < BATCH; i++) {
                miner.submit(share(miner, (long) i << 16));
            }
            miner.await(SubmitSharesSuccess.class, any -> true);
            miner.service().shutdown(Duration.ofSeconds(1));
            bed.await(miner.service().whenTerminated());
            decode.awaitLine("{\"stream\":\"#1\",\"offset\":0,\"note\":\"connected");
            for (var message : List.of("SetupConnection", "SetupConnection.Success", "OpenExtendedMiningChannel")) {
                assertThat(decode.awaitLine("{\"time\":")).contains("{\"message\":\"" + message + "\"");
            }
            assertThat(decode.awaitLine("{\"stream\":\"#1\"")).contains("ended at the client: closed by the peer");
            decode.signal("TERM");
            assertThat(decode.exitCode()).isEqualTo(143);
        }
    }
}
