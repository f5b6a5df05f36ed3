package org.stratumj.app.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.stratumj.node.rpc.NodeUrl;
import picocli.CommandLine.TypeConversionException;

/// File names as users write them: `~/` is the home directory, which a shell expands on its command line only.
final class UserPaths {
    private static final Pattern FILE_IN_NODE = Pattern.compile("([?&](?:cookie|password-file|file)=)([^&]+)");

    private UserPaths() {}

    /// @throws TypeConversionException if the system has no such names
    static Path of(String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("an empty text is no file name");
        }
        try {
            return text.equals("~") || text.startsWith("~/")
                    ? Path.of(System.getProperty("user.home"), text.substring(1))
                    : Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + text + "' is not a file name: " + e.getReason());
        }
    }

    /// A node as users write it, with its file names resolved against the folder of the config file.
    ///
    /// @param node one node, not a list
    /// @throws TypeConversionException if the system has no such names
    static String inNode(String node, Path configFile) {
        return FILE_IN_NODE
                .matcher(node)
                .replaceAll(match -> Matcher.quoteReplacement(match.group(1)
                        + NodeUrl.encoded(
                                of(NodeUrl.decoded(match.group(2)), configFile).toString())));
    }

    /// The same for a name in a config file, which counts from the folder of that file.
    static Path of(String text, Path configFile) {
        return configFile.resolveSibling(of(text));
    }
}
