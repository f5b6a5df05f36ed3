package org.stratumj.app.cli;

import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.stratumj.connection.Endpoint;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/// Values as people write them on a command line or in a config file. Each method throws
/// [TypeConversionException] with a message that says how to write it.
public final class Converters {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)\\s*(ms|s|m|h|d)");
    private static final Pattern HASHRATE =
            Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)\\s*([kKMGTPE]?)(?:[hH](?:/s)?)?");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d{1,300}(\\.\\d{0,300})?|\\.\\d{1,300})([eE][+-]?\\d{1,3})?");
    private static final Pattern HOST_PORT = Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^:\\[\\]/\\s]+):(\\d{1,5})");

    private Converters() {}

    static void register(CommandLine root) {
        root.registerConverter(Duration.class, Converters::duration);
        root.registerConverter(ListenAddress.class, Converters::address);
        root.registerConverter(MetricsAddress.class, Converters::metricsAddress);
        root.registerConverter(Hashrate.class, Converters::hashrate);
        root.registerConverter(Endpoint.class, Converters::endpoint);
        root.registerConverter(Path.class, UserPaths::of);
        for (Class<Integer> type : List.of(int.class, Integer.class)) {
            root.registerConverter(type, text -> (int) wholeNumber(text, Integer.MIN_VALUE, Integer.MAX_VALUE));
        }
        for (Class<Long> type : List.of(long.class, Long.class)) {
            root.registerConverter(type, text -> wholeNumber(text, Long.MIN_VALUE, Long.MAX_VALUE));
        }
        for (Class<Double> type : List.of(double.class, Double.class)) {
            root.registerConverter(type, Converters::number);
        }
    }

    private static long wholeNumber(String text, long min, long max) {
        try {
            BigInteger number = new BigInteger(text);
            if (number.compareTo(BigInteger.valueOf(min)) < 0 || number.compareTo(BigInteger.valueOf(max)) > 0) {
                throw new TypeConversionException("'" + text + "' is not between " + min + " and " + max);
            }
            return number.longValue();
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a whole number; write digits: 6");
        }
    }

    private static double number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new TypeConversionException("'" + text + "' is not a number; write digits: 6, 0.5");
        }
        return Double.parseDouble(text);
    }

    /// `stratum2+tcp://HOST:PORT/KEY`, `…?plain`, `…?plain=anywhere`, `…?any-key`.
    public static Endpoint endpoint(String text) {
        return checked(text, EndpointUrl::parse);
    }

    /// Parses with a parser whose [IllegalArgumentException] is written for users.
    public static <T> T checked(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /// `250ms`, `5s`, `1.5m`, `1h`, `2d`.
    public static Duration duration(String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is not a duration; write a number and ms, s, m, h or d: 5s");
        }
        long millis = switch (parts.group(2)) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 86_400_000;
        };
        return Duration.ofMillis(Math.round(Double.parseDouble(parts.group(1)) * millis));
    }

    /// `127.0.0.1:3333`, `[::1]:3333`, `0.0.0.0:3333`. Port 0 lets the system choose.
    public static ListenAddress address(String text) {
        Placeholders.in(text).ifPresent(placeholder -> {
            throw new TypeConversionException(
                    "'" + text + "' still has the placeholder " + placeholder + "; write an address: 127.0.0.1:3333");
        });
        Matcher parts = HOST_PORT.matcher(text);
        if (!parts.matches()) {
            throw new TypeConversionException("'" + text + "' is not an address; write HOST:PORT: 127.0.0.1:3333");
        }
        int port = Integer.parseInt(parts.group(2));
        if (port > 65_535) {
            throw new TypeConversionException("'" + text + "' has port " + port + "; ports are 0 to 65535");
        }
        InetSocketAddress address = new InetSocketAddress(parts.group(1).replaceAll("[\\[\\]]", ""), port);
        if (address.isUnresolved()) {
            throw new TypeConversionException("'" + text + "' has a host that is not known here; use an IP address");
        }
        return new ListenAddress(address);
    }

    /// As [#address], or `9100` alone for this port on the loopback address.
    public static MetricsAddress metricsAddress(String text) {
        String full = text.chars().allMatch(Character::isDigit) ? "127.0.0.1:" + text : text;
        return new MetricsAddress(address(full).socketAddress());
    }

    /// `1M`, `1.5 GH/s`, `250000`.
    public static Hashrate hashrate(String text) {
        Matcher parts = HASHRATE.matcher(text.strip());
        if (!parts.matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is not a hashrate; write hashes a second: 250000, 1M, 1.5G");
        }
        int power = "KMGTPE".indexOf(parts.group(2).toUpperCase(Locale.ROOT));
        double unit = parts.group(2).isEmpty() ? 1 : Math.pow(1000, power + 1);
        return new Hashrate(Double.parseDouble(parts.group(1)) * unit);
    }
}
