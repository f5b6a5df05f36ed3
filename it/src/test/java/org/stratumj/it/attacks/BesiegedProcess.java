package org.stratumj.it.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A [BesiegedServer] that runs, and can be asked.
final class BesiegedProcess implements AutoCloseable {
    private final Process server;
    private final BufferedReader answers;
    private final PrintStream questions;
    private final InetSocketAddress address;

    private BesiegedProcess(Process server) throws IOException {
        this.server = server;
        answers = server.inputReader(StandardCharsets.UTF_8);
        questions = new PrintStream(server.getOutputStream(), true, StandardCharsets.UTF_8);
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(answers.readLine()));
    }

    /// @param security `plain` or `noise`
    static BesiegedProcess start(String security, int connectionsMax, int frameDeadlineMillis) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // Netty takes direct memory from the JDK then, whose figure is all there is.
        ProcessBuilder builder = new ProcessBuilder(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dio.netty.maxDirectMemory=0",
                        "-XX:+UseSerialGC",
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BesiegedServer.class.getName(),
                        security,
                        String.valueOf(connectionsMax),
                        String.valueOf(frameDeadlineMillis))
                .redirectError(new File("target", "besieged-" + security + ".log"));
        builder.environment().remove("JDK_JAVA_OPTIONS");
        return new BesiegedProcess(builder.start());
    }

    /// How many peers there can be, of so many wanted: the server, in a process like this one, may have as many
    /// descriptors.
    static int peers(int wanted) {
        var system = ManagementFactory.getOperatingSystemMXBean();
        long descriptors = system instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount()
                : wanted + 1_000;
        return (int) Math.min(wanted, descriptors - 500);
    }

    InetSocketAddress address() {
        return address;
    }

    long ask(String question) throws IOException {
        questions.println(question);
        return Long.parseLong(answers.readLine());
    }

    void awaitPeers(int number) throws IOException {
        for (long peers = ask("peers"); peers != number; peers = ask("peers")) {
            assertThat(Thread.currentThread().isInterrupted())
                    .as("%d peers, not %d", peers, number)
                    .isFalse();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    @Override
    public void close() {
        server.destroyForcibly();
    }
}
