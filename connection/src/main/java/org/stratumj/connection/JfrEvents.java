package org.stratumj.connection;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// What the flight recorder of the JVM is told of connections. Where it does not record, an event is a small object
/// that nobody keeps.
///
/// The recorder measures with its own clock: in a simulation durations are those of the machine.
final class JfrEvents {
    private JfrEvents() {}

    /// Which connection it is about.
    @Category("Stratum V2")
    @StackTrace(false)
    abstract static class OfConnection extends Event {
        @Label("Connection")
        @Description("The number that logs show after #")
        long connection;

        @Label("Remote Address")
        String remote = "";
    }

    @Name("org.stratumj.Connection")
    @Label("Connection")
    @Description("One connection, from accepting or connecting to its end")
    static final class Connected extends OfConnection {
        @Label("Reason")
        @Description("The kind of reason for its end")
        String reason = "";

        @Label("Detail")
        String detail = "";

        @Label("Messages In")
        long messagesIn;

        @Label("Messages Out")
        long messagesOut;

        @Label("Bytes In")
        @DataAmount
        long bytesIn;

        @Label("Bytes Out")
        @DataAmount
        long bytesOut;
    }

    @Name("org.stratumj.Handshake")
    @Label("Handshake")
    @Description("A Noise handshake, from accepting or connecting to its end")
    static final class Handshaken extends OfConnection {
        @Label("Succeeded")
        boolean succeeded;
    }

    @Name("org.stratumj.SetupRefused")
    @Label("Setup Refused")
    @Description("SetupConnection was refused, by us or by the peer")
    static final class SetupRefused extends OfConnection {
        @Label("Error Code")
        String code = "";

        @Label("Flags")
        @Description("Requested bits that the server does not support")
        long flags;
    }

    @Name("org.stratumj.Violation")
    @Label("Violation")
    @Description("The peer broke the protocol and was sent away")
    static final class Violation extends OfConnection {
        @Label("Text")
        String text = "";
    }
}
