package org.stratumj.app.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.TypeConversionException;

/// File names as users write them: `~/` is the home directory, which a shell expands on its command line only.
final class UserPaths {
    private UserPaths() {}

    /// @throws TypeConversionException if the system has no such names
    static Path of(String text) {
        try {
            return text.equals("~") || text.startsWith("~/")
                    ? Path.of(System.getProperty("user.home"), text.substring(1))
                    : Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + text + "' is not a file name: " + e.getReason());
        }
    }

    /// The same for a name in a config file, which counts from the folder of that file.
    static Path of(String text, Path configFile) {
        return configFile.resolveSibling(of(text));
    }
}
