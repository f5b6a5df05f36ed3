package org.stratumj.app.view;

import java.time.Duration;
import java.util.Locale;

/// Numbers as people read them.
public final class Figures {
    private static final String[] HASHRATE_UNITS = {"H/s", "kH/s", "MH/s", "GH/s", "TH/s", "PH/s", "EH/s"};

    private Figures() {}

    /// Three digits and a unit: `1.02 MH/s`.
    public static String hashrate(double hashesPerSecond) {
        double value = hashesPerSecond;
        int unit = 0;
        while (value >= 999.5 && unit < HASHRATE_UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        String digits = value >= 99.95 || unit == 0 ? "%.0f" : value >= 9.995 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, digits, value) + " " + HASHRATE_UNITS[unit];
    }

    /// Hours, minutes, seconds: `1:02:03`.
    public static String clock(Duration duration) {
        return String.format(
                Locale.ROOT, "%d:%02d:%02d", duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
    }
}
