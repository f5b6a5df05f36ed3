package org.stratumj.service;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Objects;
import org.stratumj.protocol.Subprotocol;

/// Why a server could not be started, in words for the user.
final class Startup {
    private Startup() {}

    static Sv2ServiceException failure(InetSocketAddress address, Throwable cause) {
        String text = text(cause);
        String advice = advice(text.toLowerCase(Locale.ROOT), address);
        return new Sv2ServiceException("cannot listen: " + text + advice, cause);
    }

    static Sv2ServiceException failure(Subprotocol subprotocol, Throwable cause) {
        return new Sv2ServiceException("the handler of " + subprotocol + " cannot start: " + text(cause), cause);
    }

    private static String text(Throwable cause) {
        return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    }

    private static String advice(String text, InetSocketAddress address) {
        if (text.contains("in use")) {
            return "; choose another port, or stop the program that has this one";
        }
        if (text.contains("permission denied")) {
            return "; ports below 1024 need a privilege";
        }
        if (text.contains("cannot assign") || address.isUnresolved()) {
            return "; choose an address that this machine has";
        }
        return "";
    }
}
