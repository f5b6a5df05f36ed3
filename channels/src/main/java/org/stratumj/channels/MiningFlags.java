package org.stratumj.channels;

/// What client and server require of each other on one mining connection, from the flags of its setup messages.
/// Spec: 05 §5.3.1.
///
/// @param standardJobs     the client cannot process extended jobs
/// @param workSelection    the client sends custom jobs
/// @param versionRolling   the client needs jobs whose version bits it may change
/// @param fixedVersion     the server accepts no change of version
/// @param extendedChannels the server opens no standard channels
public record MiningFlags(
        boolean standardJobs,
        boolean workSelection,
        boolean versionRolling,
        boolean fixedVersion,
        boolean extendedChannels) {
    /// Bit of `SetupConnection.flags`: the client cannot process extended jobs.
    public static final long REQUIRES_STANDARD_JOBS = 1;

    /// Bit of `SetupConnection.flags`: the client sends custom jobs.
    public static final long REQUIRES_WORK_SELECTION = 1 << 1;

    /// Bit of `SetupConnection.flags`: the client needs version rolling.
    public static final long REQUIRES_VERSION_ROLLING = 1 << 2;

    /// Bit of `SetupConnection.Success.flags`: the server accepts no change of version.
    public static final long REQUIRES_FIXED_VERSION = 1;

    /// Bit of `SetupConnection.Success.flags`: the server opens no standard channels.
    public static final long REQUIRES_EXTENDED_CHANNELS = 1 << 1;

    /// Nothing required by either side.
    public static final MiningFlags NONE = new MiningFlags(false, false, false, false, false);

    /// @throws IllegalArgumentException if the server fixes the version although the client needs to roll it
    public MiningFlags {
        if (versionRolling && fixedVersion) {
            throw new IllegalArgumentException("REQUIRES_FIXED_VERSION excludes REQUIRES_VERSION_ROLLING");
        }
    }

    /// The requirements in these flags.
    ///
    /// @param setup   of `SetupConnection`, U32
    /// @param success of `SetupConnection.Success`, U32
    /// @throws IllegalArgumentException if they exclude each other
    public static MiningFlags of(long setup, long success) {
        return new MiningFlags(
                (setup & REQUIRES_STANDARD_JOBS) != 0,
                (setup & REQUIRES_WORK_SELECTION) != 0,
                (setup & REQUIRES_VERSION_ROLLING) != 0,
                (success & REQUIRES_FIXED_VERSION) != 0,
                (success & REQUIRES_EXTENDED_CHANNELS) != 0);
    }
}
