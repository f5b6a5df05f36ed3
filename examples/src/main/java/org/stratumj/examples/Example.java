package org.stratumj.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.stratumj.bitcoin.Address;
import org.stratumj.bitcoin.BitcoinFormatException;
import org.stratumj.bitcoin.Script;
import org.stratumj.channels.job.Payout;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Network;
import org.stratumj.connection.PeerInfo;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.connection.netty.NettyNetwork;
import org.stratumj.noise.AuthorityPublicKey;
import org.stratumj.noise.AuthoritySecretKey;
import org.stratumj.noise.secp256k1.Secp256k1s;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.service.ServiceListener;

/// What the examples share: options with defaults, keys, a line for each thing that happens, and an orderly end.
final class Example implements ServiceListener {
    /// A pair of keys that everybody knows: the one that the Rust reference implementation comes with. It lets the
    /// examples find each other without a word; on any network but loopback, servers need a key of their own.
    static final String PUBLIC_KEY = "9auqWEzQDVyd2oe1JVGFLMLHZtCo2FFqZwtKA5gd9xbuEu7PH72";

    private static final String SECRET_KEY = "mkDLTBBRxdBv998612qipDYoTK3YUrqLe8uWw7gu3iXbSrn2n";
    private static final Duration CERTIFICATE_VALIDITY = Duration.ofHours(1);

    private final Network network;
    private final Map<String, String> options;
    private final Consumer<String> lines;
    private final CompletableFuture<Integer> finished = new CompletableFuture<>();

    /// @param options by name
    /// @param lines   takes what the example says
    Example(Network network, Map<String, String> options, Consumer<String> lines) {
        this.network = network;
        this.options = Map.copyOf(options);
        this.lines = lines;
    }

    /// The body of an example.
    interface Body {
        /// Starts what the example shows, and returns how it is stopped.
        ///
        /// @throws IllegalArgumentException if an option is wrong
        Running start(Example example) throws Exception;
    }

    /// What was started.
    interface Running extends AutoCloseable {
        @Override
        void close();
    }

    /// Options with what they are by default: `name=value name=value`. One that is `false` is a flag.
    static Map<String, String> options(String defaults) {
        var options = new TreeMap<String, String>();
        for (String option : defaults.split(" ", -1)) {
            int equals = option.indexOf('=');
            options.put(option.substring(0, equals), option.substring(equals + 1));
        }
        return Map.copyOf(options);
    }

    /// Runs an example until it has finished or Ctrl-C is pressed, and ends the process: with 0, with 1 if it did not
    /// work, with 2 if the arguments are wrong.
    ///
    /// @param defaults every option, see [#options]
    static void main(String[] arguments, Map<String, String> defaults, Body body) {
        var stop = new CompletableFuture<Integer>();
        var done = new CountDownLatch(1);
        var hook = new Thread(() -> {
            stop.complete(0);
            await(done);
        });
        Runtime.getRuntime().addShutdownHook(hook);
        int status = run(arguments, defaults, body, stop, System.err);
        done.countDown();
        if (!stop.isDone()) {
            System.exit(status);
        }
    }

    static int run(
            String[] arguments,
            Map<String, String> defaults,
            Body body,
            CompletableFuture<Integer> stop,
            PrintStream errors) {
        try (Network network = NettyNetwork.open()) {
            var example = new Example(network, parse(arguments, defaults), System.out::println);
            try (Running _ = body.start(example)) {
                return (int) CompletableFuture.anyOf(stop, example.finished).join();
            }
        } catch (IllegalArgumentException e) {
            errors.println("wrong arguments: " + e.getMessage());
            return 2;
        } catch (Exception e) {
            errors.println("cannot start: " + e.getMessage());
            return 1;
        }
    }

    /// The options in `--name value` and `--flag`, and the defaults of the others.
    static Map<String, String> parse(String[] arguments, Map<String, String> defaults) {
        var options = new HashMap<>(defaults);
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i].replaceFirst("^--", "");
            String standard = defaults.get(name);
            if (standard == null || name.equals(arguments[i])) {
                throw new IllegalArgumentException(arguments[i] + "; there are " + usage(defaults));
            }
            boolean flag = standard.equals("false");
            if (!flag && i + 1 == arguments.length) {
                throw new IllegalArgumentException("--" + name + " needs a value");
            }
            options.put(name, flag ? "true" : arguments[++i]);
        }
        return options;
    }

    private static String usage(Map<String, String> defaults) {
        var text = new StringBuilder();
        new TreeMap<>(defaults)
                .forEach((name, value) ->
                        text.append(" --").append(name).append(value.equals("false") ? "" : " " + value));
        return text.toString().strip();
    }

    Network network() {
        return network;
    }

    String text(String option) {
        return options.getOrDefault(option, "");
    }

    boolean flag(String option) {
        return text(option).equals("true");
    }

    /// @throws IllegalArgumentException if it is no number, or less than 0
    long number(String option) {
        String text = text(option);
        if (!text.matches("\\d{1,18}")) {
            throw new IllegalArgumentException("--" + option + " is a number, not " + text);
        }
        return Long.parseLong(text);
    }

    /// One of `all`, by its name in small letters.
    ///
    /// @throws IllegalArgumentException if it is none of them
    <E extends Enum<E>> E choice(String option, E[] all) {
        return Arrays.stream(all)
                .filter(each -> name(each).equals(text(option)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--" + option + " is one of "
                        + Arrays.stream(all).map(Example::name).toList() + ", not " + text(option)));
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /// The address in the option `listen`; port 0 lets the system choose.
    InetSocketAddress listen() {
        HostAndPort at = HostAndPort.of("listen", text("listen"));
        return new InetSocketAddress(at.host(), at.port());
    }

    /// The server in the option `to`: `host:port`, or `host:port/KEY` with its public authority key.
    Endpoint server() {
        String[] parts = text("to").split("/", 2);
        HostAndPort at = HostAndPort.of("to", parts[0]);
        var key = AuthorityPublicKey.parse(parts.length == 2 ? parts[1] : PUBLIC_KEY);
        ClientSecurity security = flag("plain") ? new ClientSecurity.Plain() : new ClientSecurity.Noise(key);
        return new Endpoint(at.host(), at.port(), security);
    }

    /// How a server of this example protects its connections: with the key in the file of the option `key-file`.
    ServerSecurity security() throws Exception {
        if (flag("plain")) {
            return new ServerSecurity.Plain();
        }
        String file = text("key-file");
        String secret = file.isEmpty() ? SECRET_KEY : read(file);
        var key = AuthoritySecretKey.parse(secret, Secp256k1s.best(network.random()));
        return new ServerSecurity.Noise(key, CERTIFICATE_VALIDITY);
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "--key-file " + file + " cannot be read; ./stratumj keygen --out " + file + " makes one", e);
        }
    }

    /// Whom the options `address` and `network` have the reward paid to; without an address, whoever comes first.
    Payout payout() throws BitcoinFormatException {
        var chain = choice("network", org.stratumj.bitcoin.Network.values());
        String address = text("address");
        return Payout.to(address.isEmpty() ? Script.P2WSH_OP_TRUE : Address.parse(address, chain));
    }

    /// What an example does besides.
    interface Task {
        void run() throws IOException;
    }

    /// Runs `task` on a thread of its own; if it fails, the example has not worked.
    void inBackground(Task task) {
        Thread.ofVirtual().start(() -> {
            try {
                task.run();
            } catch (IOException | RuntimeException e) {
                say(e.toString());
                finish(false);
            }
        });
    }

    /// Says where a server of this example listens, as `--to` of others takes it.
    void listening(InetSocketAddress address) {
        say("listening on " + text(address));
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /// Prints a line. Any thread.
    void say(String line) {
        lines.accept(line);
    }

    /// The example has shown what it should. Any thread.
    void finish(boolean worked) {
        finished.complete(worked ? 0 : 1);
    }

    /// It has shown what it should if `count` has reached the number in `option`, 0 for never. Any thread.
    void finishAfter(String option, long count) {
        long enough = number(option);
        if (enough > 0 && count >= enough) {
            finish(true);
        }
    }

    CompletableFuture<Integer> finished() {
        return finished;
    }

    @Override
    public void onConnected(PeerInfo peer) {
        say("connected with " + text(peer.remoteAddress()) + " for "
                + peer.setup().subprotocol());
    }

    @Override
    public void onDisconnected(PeerInfo peer, CloseReason reason) {
        say("disconnected from " + text(peer.remoteAddress()) + ": " + reason.text());
    }

    @Override
    public void onRefused(InetSocketAddress remote, CloseReason reason) {
        say("turned " + text(remote) + " away: " + reason.text());
    }

    @Override
    public void onUpstreamDown(Subprotocol subprotocol, Endpoint endpoint, CloseReason reason, Duration retryIn) {
        say("no server at " + endpoint + ": " + reason.text() + "; next try in " + retryIn.toMillis() + " ms");
    }

    private record HostAndPort(String host, int port) {
        static HostAndPort of(String option, String text) {
            int colon = text.lastIndexOf(':');
            String port = text.substring(colon + 1);
            if (colon < 1 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
                throw new IllegalArgumentException("--" + option + " is HOST:PORT, not " + text);
            }
            return new HostAndPort(text.substring(0, colon), Integer.parseInt(port));
        }
    }

    private static void await(CountDownLatch done) {
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
