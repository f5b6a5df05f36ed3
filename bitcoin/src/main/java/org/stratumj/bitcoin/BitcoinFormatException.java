package org.stratumj.bitcoin;

/// Bytes or text that are not the Bitcoin structure they were taken for: truncated, over a bound, not canonical.
///
/// The message is one plain line; for text typed by a person (addresses) it also says what to do.
public final class BitcoinFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message one line that says what is wrong
    public BitcoinFormatException(String message) {
        super(message);
    }
}
