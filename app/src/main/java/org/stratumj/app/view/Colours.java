package org.stratumj.app.view;

import java.util.Map;

/// The few colours of the live view, or none.
enum Colours {
    NONE {
        @Override
        String paint(int code, String text) {
            return text;
        }
    },
    ANSI {
        @Override
        String paint(int code, String text) {
            return "\u001b[" + code + "m" + text + "\u001b[0m";
        }
    };

    abstract String paint(int code, String text);

    /// Colours unless `NO_COLOR` is set to anything.
    static Colours of(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty() ? ANSI : NONE;
    }

    String bold(String text) {
        return paint(1, text);
    }

    String dim(String text) {
        return paint(2, text);
    }

    String red(String text) {
        return paint(31, text);
    }

    String yellow(String text) {
        return paint(33, text);
    }

    String green(String text) {
        return paint(32, text);
    }
}
