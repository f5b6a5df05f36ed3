package org.stratumj.app.decode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.cli.BasicOptions;
import org.stratumj.app.cli.Commands;
import org.stratumj.app.cli.SecurityOptions;
import org.stratumj.app.cli.UsageException;
import org.stratumj.app.role.RoleException;
import org.stratumj.protocol.MessageRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `stratumj decode`: shows the messages in bytes, and makes bytes of messages.
@Command(
        name = "decode",
        description = {
            "Show the messages in bytes: every field with its offset in the payload, its type and its value.",
            "",
            "The bytes are given as hexadecimal digits, or come from a file or standard input: frames as they are,"
                    + " hexadecimal digits, or a capture (pcap, pcapng) of streams without encryption. What is wrong with"
                    + " them is said with the byte, and the next frame is looked for; the exit code is then 1."
        },
        footer = {
            "",
            "Example: one frame",
            "  stratumj decode 000001060000020000000000",
            "Example: what went over port 3333, as JSON",
            "  stratumj decode --file mining.pcap --ports 3333 --json",
            "Example: what a miner and a pool say to each other",
            "  stratumj decode --between 127.0.0.1:3334 stratum2+tcp://pool.example:3333/KEY \\",
            "    --authority-key-file own.key",
            "Example: JSON back into bytes",
            "  stratumj decode --json 000001060000020000000000 | stratumj decode --from-json"
        })
public final class DecodeCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "HEX", description = "Frames as hexadecimal digits.")
    private List<String> hex = List.of();

    @Option(names = "--file", paramLabel = "FILE", description = "Read this file. Default: standard input")
    private @Nullable Path file;

    @Option(
            names = "--ports",
            paramLabel = "PORT",
            split = ",",
            description = "Of a capture, look at TCP streams from or to these ports only.")
    private List<Integer> ports = List.of();

    @Option(names = "--json", description = "Print one JSON object on each line, values in full.")
    private boolean json;

    @Option(
            names = "--from-json",
            description = "Read what --json prints, or its frame objects alone, one on each line, and print each frame"
                    + " in hexadecimal.")
    private boolean fromJson;

    @Option(
            names = "--between",
            arity = "2",
            paramLabel = "HOST:PORT URL",
            hideParamSyntax = true,
            description =
                    "Listen there, pass everything on to the server at stratum2+tcp://HOST:PORT/KEY, and show what"
                            + " goes by in both directions. Clients are met with the key of --authority-key-file, which they"
                            + " have to be told, or with --no-encryption.")
    private List<String> between = List.of();

    @Mixin
    private SecurityOptions security = new SecurityOptions();

    @Mixin
    final BasicOptions basic = new BasicOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call()
    private CommandSpec spec;

    private final InputStream standardInput;

    /// Reads standard input where no other input is given.
    public DecodeCommand() {
        this(System.in);
    }

    DecodeCommand(InputStream standardInput) {
        this.standardInput = standardInput;
    }

    @Override
    public Integer call() {
        if (!hex.isEmpty() && file != null) {
            throw new UsageException("give either hexadecimal digits or --file, not both");
        } else if (fromJson && (json || !ports.isEmpty() || !hex.isEmpty())) {
            throw new UsageException("--from-json reads JSON from --file or standard input, and nothing else");
        } else if (!between.isEmpty() && (fromJson || file != null || !ports.isEmpty() || !hex.isEmpty())) {
            throw new UsageException("--between shows what goes by, and reads no other input");
        }
        if (!between.isEmpty()) {
            return relay();
        }
        try (Source source = source()) {
            return fromJson ? encode(source) : decode(source);
        } catch (IOException e) {
            throw new RoleException("cannot read " + (file == null ? "standard input" : file) + ": " + e, e);
        }
    }

    private Source source() throws IOException {
        if (!hex.isEmpty()) {
            return Source.ofHex(hex);
        }
        return file == null ? Source.of(standardInput) : Source.ofFile(file);
    }

    private Report report(PrintWriter out) {
        MessageRegistry registry = MessageRegistry.core();
        return new Report(registry, json ? new JsonOutput(out, registry) : new TextOutput(out, registry));
    }

    private int relay() {
        var commandLine = spec.commandLine();
        PrintWriter out = commandLine.getOut();
        Between.run(between, security, report(out), out, commandLine.getErr());
        return Commands.OK;
    }

    private int decode(Source source) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Report report = report(out);
        source.read(ports, report);
        out.flush();
        return report.problems() == 0 ? Commands.OK : Commands.FAILED;
    }

    private int encode(Source source) throws IOException {
        var commandLine = spec.commandLine();
        var lines = new BufferedReader(new InputStreamReader(source.in(), StandardCharsets.UTF_8));
        long failed = new FromJson(commandLine.getOut(), commandLine.getErr()).read(lines);
        return failed == 0 ? Commands.OK : Commands.FAILED;
    }
}
