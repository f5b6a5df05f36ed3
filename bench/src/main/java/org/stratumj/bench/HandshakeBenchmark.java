package org.stratumj.bench;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.stratumj.noise.AuthoritySecretKey;
import org.stratumj.noise.Certificate;
import org.stratumj.noise.CertificatePolicy;
import org.stratumj.noise.HandshakeInitiator;
import org.stratumj.noise.HandshakeResponder;
import org.stratumj.noise.StaticKeyPair;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1s;

/// The handshake, with the provider of the curve that this machine would use.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class HandshakeBenchmark {
    private static final Instant NOW = Instant.ofEpochSecond(1_763_600_000L);

    private final SecureRandom random = new SecureRandom();
    private final Secp256k1 curve = Secp256k1s.best(random);
    private final InstantSource clock = InstantSource.fixed(NOW);
    private final AuthoritySecretKey authority = AuthoritySecretKey.generate(curve, random);
    private final StaticKeyPair serverKey = StaticKeyPair.generate(curve, random);
    private final Certificate certificate = Certificate.issue(
            authority, serverKey.publicKey(curve), NOW.minusSeconds(60), NOW.plusSeconds(60), curve, random);
    private final CertificatePolicy policy = CertificatePolicy.trusting(authority.publicKey(curve));
    private final HandshakeResponder responder =
            new HandshakeResponder(serverKey, _ -> certificate, curve, clock, random);
    private final byte[] act1 =
            HandshakeInitiator.start(policy, curve, clock, random).act1();

    /// Both sides, from the first key to the verified certificate.
    @Benchmark
    public HandshakeInitiator.Completed bothSides() {
        var initiator = HandshakeInitiator.start(policy, curve, clock, random);
        return initiator.readAct2(responder.respond(initiator.act1()).act2());
    }

    /// What a server does for each client.
    @Benchmark
    public HandshakeResponder.Completed serverSide() {
        return responder.respond(act1);
    }
}
