package org.stratumj.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DeviceInfoTest {
    @Test
    @Tag("CON-003")
    @Tag("CON-004")
    @Tag("CON-005")
    void programNamesDeveloperAndVersionAndNoDevice() {
        DeviceInfo program = DeviceInfo.software("stratumj proxy");
        assertThat(program.vendor()).matches("stratumj [0-9]+\\.[0-9]+\\.[0-9]+.*");
        assertThat(program.hardwareVersion()).isEqualTo("stratumj proxy");
        assertThat(program.deviceId()).isEmpty();
    }

    @Test
    @Tag("CON-004")
    @Tag("CON-005")
    void doesNotGoWithoutVendorAndHardwareVersion() {
        assertThatThrownBy(() -> new DeviceInfo("", "S9", "1", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DeviceInfo("maker 1", "", "1", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DeviceInfo("maker 1", "é".repeat(128), "", ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
