package org.stratumj.service;

import org.stratumj.protocol.wire.Str0255;

/// What a client tells of itself in SetupConnection. Each text is at most 255 bytes of UTF-8. Spec: 03 §3.6.1.
///
/// @param vendor          maker or developer; always sent, so not empty
/// @param hardwareVersion hardware or software package
/// @param firmware        firmware or program version
/// @param deviceId        unique id, or empty without telemetry
public record DeviceInfo(String vendor, String hardwareVersion, String firmware, String deviceId) {

    /// @throws IllegalArgumentException if a text is too long, or the vendor empty
    public DeviceInfo {
        if (vendor.isEmpty()) {
            throw new IllegalArgumentException("vendor must not be empty");
        }
        Str0255.of(vendor);
        Str0255.of(hardwareVersion);
        Str0255.of(firmware);
        Str0255.of(deviceId);
    }

    /// A program on this library, without telemetry.
    ///
    /// @param name what it is, as `stratumj proxy`
    public static DeviceInfo software(String name) {
        return new DeviceInfo("stratumj", name, "", "");
    }
}
