package org.stratumj.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import org.stratumj.protocol.wire.Str0255;

/// What a client tells of itself in SetupConnection. Each text is at most 255 bytes of UTF-8. Spec: 03 §3.6.1.
///
/// @param vendor          maker or developer, and version; always sent, so not empty
/// @param hardwareVersion hardware or software package; always sent, so not empty
/// @param firmware        firmware or program version
/// @param deviceId        unique id, or empty without telemetry
public record DeviceInfo(String vendor, String hardwareVersion, String firmware, String deviceId) {

    /// @throws IllegalArgumentException if a text is too long, or one that is always sent empty
    public DeviceInfo {
        if (vendor.isEmpty() || hardwareVersion.isEmpty()) {
            throw new IllegalArgumentException("vendor and hardwareVersion must not be empty");
        }
        Str0255.of(vendor);
        Str0255.of(hardwareVersion);
        Str0255.of(firmware);
        Str0255.of(deviceId);
    }

    /// A program on this version of the library, without telemetry.
    ///
    /// @param name what it is, as `stratumj proxy`
    public static DeviceInfo software(String name) {
        return new DeviceInfo("stratumj " + VERSION, name, VERSION, "");
    }

    private static String version() {
        Properties build = new Properties();
        try (InputStream in = DeviceInfo.class.getResourceAsStream("build.properties")) {
            build.load(Objects.requireNonNull(in, "build.properties is part of the jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Objects.requireNonNull(build.getProperty("version"), "version");
    }

    private static final String VERSION = version();
}
