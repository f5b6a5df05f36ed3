package org.stratumj.protocol.common;

import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U16;
import org.stratumj.protocol.wire.U32;
import org.stratumj.protocol.wire.U8;

/// The first message of every connection: which subprotocol the client wants, and what it is. Answered by
/// [SetupConnectionSuccess] or [SetupConnectionError].
///
/// Client → server. Spec: 03 §3.6.1.
///
/// @param protocol 0 Mining, 1 Job Declaration, 2 Template Distribution; one subprotocol per connection, U8
/// @param minVersion lowest version the client speaks; must be 2 today, U16
/// @param maxVersion highest version the client speaks; must be 2 today, U16
/// @param flags per-protocol bits (see flag tables); bit 0 = LSB, U32
/// @param endpointHost host name or IP the client dialled, ASCII, STR0_255
/// @param endpointPort port the client dialled, U16
/// @param vendor mandatory content: manufacturer/developer and firmware version, STR0_255
/// @param hardwareVersion should describe the hardware/software package, STR0_255
/// @param firmware firmware description, STR0_255
/// @param deviceId vendor-defined unique id; empty when telemetry is off, STR0_255
@Message(type = 0x00)
public record SetupConnection(
        @U8 int protocol,
        @U16 int minVersion,
        @U16 int maxVersion,
        @U32 long flags,
        Str0255 endpointHost,
        @U16 int endpointPort,
        Str0255 vendor,
        Str0255 hardwareVersion,
        Str0255 firmware,
        Str0255 deviceId)
        implements CommonToServer {
    /// The protocol version that exists today, for `minVersion` and `maxVersion`.
    public static final int VERSION = 2;

    /// Mining flag: the client processes standard jobs only. Spec: 05 §5.3.1.
    public static final long MINING_REQUIRES_STANDARD_JOBS = 1;

    /// Mining flag: the client will propose custom jobs.
    public static final long MINING_REQUIRES_WORK_SELECTION = 1 << 1;

    /// Mining flag: the client takes only jobs whose version it may roll.
    public static final long MINING_REQUIRES_VERSION_ROLLING = 1 << 2;

    /// Job declaration flag: the client will show the transactions of its jobs. Spec: 06 §6.4.1.
    public static final long JOB_DECLARATION_DECLARE_TX_DATA = 1;

    /// @throws IllegalArgumentException if a value is outside the range of its type
    public SetupConnection {
        Range.u8(protocol, "protocol");
        Range.u16(minVersion, "minVersion");
        Range.u16(maxVersion, "maxVersion");
        Range.u32(flags, "flags");
        Range.u16(endpointPort, "endpointPort");
    }
}
