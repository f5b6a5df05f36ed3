package org.stratumj.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Target;
import org.stratumj.miner.HashEngine;
import org.stratumj.miner.HashEngineKind;

/// Hashes per second of CPU time on one core: each engine here and, if given, a C program that does the same as the
/// vector engine, turn by turn in one run. `bench/hashrate/run` compiles that program and starts this.
public final class HashrateMain {
    private static final BlockHeader HEADER =
            new BlockHeader(0x20000000, Hash256.ZERO, Hash256.ZERO, 1_700_000_000L, 0x1d00ffff, 0);
    private static final long SLICE = 1 << 16;

    /// Long enough for the last compiler to have had every method.
    private static final double WARM_UP_SECONDS = 3;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final double seconds;

    private HashrateMain(double seconds) {
        this.seconds = seconds;
    }

    /// Prints a table.
    ///
    /// @param arguments rounds, seconds for each engine in a round, and the path of the C program, if there is one
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = Integer.parseInt(arguments[0]);
        HashrateMain main = new HashrateMain(Double.parseDouble(arguments[1]));
        Optional<String> program = Arrays.stream(arguments).skip(2).findFirst();
        main.run(rounds, program);
    }

    private void run(int rounds, Optional<String> program) throws IOException, InterruptedException {
        List<Double> c = new ArrayList<>();
        List<Double> vector = new ArrayList<>();
        List<Double> digest = new ArrayList<>();
        Optional<HashEngine> vectorEngine = HashEngineKind.VECTOR.obstacle().isEmpty()
                ? Optional.of(HashEngineKind.VECTOR.newEngine())
                : Optional.empty();
        HashEngine digestEngine = HashEngineKind.DIGEST.newEngine();
        vectorEngine.ifPresent(engine -> rate(engine, WARM_UP_SECONDS));
        rate(digestEngine, WARM_UP_SECONDS);
        for (int round = 0; round < rounds; round++) {
            if (program.isPresent()) {
                c.add(rate(program.get()));
            }
            vectorEngine.ifPresent(engine -> vector.add(rate(engine, seconds)));
            digest.add(rate(digestEngine, seconds));
        }
        System.out.printf(Locale.ROOT, "%-22s %8s %8s %8s   MH/s of CPU time, one core%n", "", "min", "median", "max");
        print("C, vector extensions", c);
        print("Java, vector", vector);
        print("Java, digest", digest);
        print("Java vector / C", ratios(vector, c));
        print("Java vector / digest", ratios(vector, digest));
    }

    private double rate(HashEngine engine, double forSeconds) {
        long began = threads.getCurrentThreadCpuTime();
        long hashes = 0;
        long elapsed = 0;
        while (elapsed < forSeconds * 1e9) {
            hashes += engine.scan(HEADER, Target.ZERO, hashes & 0x7fffffffL, SLICE, nonce -> true);
            elapsed = threads.getCurrentThreadCpuTime() - began;
        }
        return hashes * 1e3 / elapsed;
    }

    private double rate(String program) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(program, String.valueOf(seconds))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        if (process.waitFor() != 0) {
            throw new IOException(program + " failed with status " + process.exitValue());
        }
        return Double.parseDouble(output.strip().split(" ", -1)[1]) / 1e6;
    }

    private static List<Double> ratios(List<Double> of, List<Double> to) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(of.size(), to.size()); i++) {
            ratios.add(of.get(i) / to.get(i));
        }
        return ratios;
    }

    private static void print(String name, List<Double> values) {
        if (values.isEmpty()) {
            System.out.printf(Locale.ROOT, "%-22s UNAVAILABLE%n", name);
            return;
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%-22s %8.2f %8.2f %8.2f%n",
                name,
                sorted[0],
                sorted[sorted.length / 2],
                sorted[sorted.length - 1]);
    }
}
