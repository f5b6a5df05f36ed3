package org.stratumj.protocol;

import org.stratumj.protocol.wire.Str0255;

/// The error codes this implementation sends, grouped by the message that carries them.
///
/// The specification leaves codes open (03 §3.5); these are the ones other implementations know. A receiver
/// logs a code and acts on the message alone, so codes that come in are plain [Str0255] values.
public enum ErrorCode {
    // SetupConnection.Error
    /// The client requires features that the server lacks; the flags name them.
    UNSUPPORTED_FEATURE_FLAGS("unsupported-feature-flags"),
    /// The server does not serve that subprotocol.
    UNSUPPORTED_PROTOCOL("unsupported-protocol"),
    /// Client and server share no protocol version.
    PROTOCOL_VERSION_MISMATCH("protocol-version-mismatch"),
    /// The Job Declaration server requires full-template mode.
    MISSING_DECLARE_TX_DATA_FLAG("missing-declare-tx-data-flag"),
    // OpenMiningChannel.Error
    /// A connection that selects its work opens extended channels only.
    STANDARD_CHANNELS_NOT_SUPPORTED_FOR_CUSTOM_WORK("standard-channels-not-supported-for-custom-work"),
    /// A connection that requires standard jobs opens standard channels only.
    EXTENDED_CHANNELS_NOT_SUPPORTED_FOR_STANDARD_JOBS("extended-channels-not-supported-for-standard-jobs"),
    /// The server requires extended channels.
    STANDARD_CHANNELS_NOT_SUPPORTED("standard-channels-not-supported"),
    /// The user identity has no valid form.
    INVALID_USER_IDENTITY("invalid-user-identity"),
    /// Nobody of that identity is known.
    UNKNOWN_USER("unknown-user"),
    /// The nominal hash rate cannot be right.
    INVALID_NOMINAL_HASHRATE("invalid-nominal-hashrate"),
    /// The server cannot honour the requested maximum target.
    MAX_TARGET_OUT_OF_RANGE("max-target-out-of-range"),
    /// The server cannot grant that many extranonce bytes.
    MIN_EXTRANONCE_SIZE_TOO_LARGE("min-extranonce-size-too-large"),
    /// The server does not serve that extranonce size.
    UNSUPPORTED_MIN_EXTRANONCE_SIZE("unsupported-min-extranonce-size"),
    /// The server opens no more channels.
    CHANNEL_CAPACITY_EXHAUSTED("channel-capacity-exhausted"),
    // UpdateChannel.Error, SubmitShares.Error, SetCustomMiningJob.Error
    /// The connection has no such channel.
    INVALID_CHANNEL_ID("invalid-channel-id"),
    // SubmitShares.Error
    /// The share breaks a rule that has no code of its own.
    INVALID_SHARE("invalid-share"),
    /// The job belongs to an earlier tip of the chain.
    STALE_SHARE("stale-share"),
    /// The channel has no such job.
    INVALID_JOB_ID("invalid-job-id"),
    /// The hash is above the target.
    DIFFICULTY_TOO_LOW("difficulty-too-low"),
    /// The same share was submitted before.
    DUPLICATE_SHARE("duplicate-share"),
    /// The extranonce is not as long as the channel grants.
    BAD_EXTRANONCE_SIZE("bad-extranonce-size"),
    /// The job fixes the version, the share changed it.
    VERSION_ROLLING_NOT_ALLOWED("version-rolling-not-allowed"),
    /// The share changed a version bit outside the mask.
    INVALID_NON_ROLLABLE_VERSION_BIT("invalid-non-rollable-version-bit"),
    // SetCustomMiningJob.Error
    /// The server takes no custom jobs.
    JD_NOT_SUPPORTED("jd-not-supported"),
    /// The token is unknown, used or expired.
    INVALID_MINING_JOB_TOKEN("invalid-mining-job-token"),
    /// The declared job is still being checked.
    JOB_NOT_YET_VALIDATED("job-not-yet-validated"),
    /// The job builds on an earlier tip of the chain.
    STALE_CHAIN_TIP("stale-chain-tip"),
    /// The minimum time is out of range.
    INVALID_MIN_NTIME("invalid-min-ntime"),
    /// NBits is not that of the tip.
    INVALID_NBITS("invalid-nbits"),
    /// The block version is not the declared one.
    INVALID_VERSION("invalid-version"),
    /// The coinbase is malformed or not the declared one.
    INVALID_COINBASE_TX("invalid-coinbase-tx"),
    /// The coinbase version is not the declared one.
    INVALID_COINBASE_TX_VERSION("invalid-coinbase-tx-version"),
    /// The coinbase prefix is not the declared one.
    INVALID_COINBASE_PREFIX("invalid-coinbase-prefix"),
    /// The coinbase sequence is not the declared one.
    INVALID_COINBASE_TX_INPUT_N_SEQUENCE("invalid-coinbase-tx-input-n-sequence"),
    /// The coinbase outputs are malformed or do not pay the pool.
    INVALID_COINBASE_TX_OUTPUTS("invalid-coinbase-tx-outputs"),
    /// The coinbase lock time is not the declared one.
    INVALID_COINBASE_TX_LOCKTIME("invalid-coinbase-tx-locktime"),
    /// The merkle path is not that of the declared transactions.
    INVALID_MERKLE_PATH("invalid-merkle-path"),
    // DeclareMiningJob.Error
    /// Transactions were asked for and not provided.
    MISSING_TXS("missing-txs"),
    /// The coinbase input is malformed or its script too long.
    INVALID_COINBASE_TX_INPUT("invalid-coinbase-tx-input"),
    /// The declared block would not be valid.
    INVALID_JOB("invalid-job"),
    /// The server failed; the job may be fine.
    INTERNAL_ERROR("internal-error"),
    // RequestTransactionData.Error
    /// The template builds on an earlier tip of the chain.
    STALE_TEMPLATE_ID("stale-template-id"),
    /// There is no such template, or no longer.
    TEMPLATE_ID_NOT_FOUND("template-id-not-found");

    private final String code;

    @SuppressWarnings("ImmutableEnumChecker") // Str0255 is immutable, but does not depend on Error Prone to say so
    private final Str0255 wire;

    ErrorCode(String code) {
        this.code = code;
        this.wire = Str0255.of(code);
    }

    /// The text as it is sent, printable ASCII.
    public String code() {
        return code;
    }

    /// The text as the field of a message.
    public Str0255 wire() {
        return wire;
    }

    /// Whether `received` is this code.
    public boolean is(Str0255 received) {
        return wire.equals(received);
    }
}
