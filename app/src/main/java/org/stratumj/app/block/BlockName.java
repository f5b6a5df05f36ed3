package org.stratumj.app.block;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.stratumj.bitcoin.Hash256;

/// The name of a block's file without its extension: `mainnet-840000-HASH-20261130T211512Z`.
///
/// @param chain  network of the block, letters only, so that roles of several networks can share a directory
/// @param height of the block, not negative
/// @param hash   of its header
/// @param found  when it was found; whole seconds count
public record BlockName(String chain, long height, Hash256 hash, Instant found) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern FORM = Pattern.compile("([a-z]+)-([0-9]{1,10})-([0-9a-f]{64})-([0-9]{8}T[0-9]{6}Z)");

    /// Checks the chain's name and the height.
    public BlockName {
        if (!chain.matches("[a-z]+") || height < 0) {
            throw new IllegalArgumentException("no file can be named for '" + chain + "' and height " + height);
        }
    }

    /// The name as text.
    public String text() {
        return "%s-%d-%s-%s".formatted(chain, height, hash, TIME.format(found));
    }

    /// Reads what [#text] wrote; empty for any other text.
    public static Optional<BlockName> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BlockName(
                    parts.group(1),
                    Long.parseLong(parts.group(2)),
                    Hash256.fromDisplayHex(parts.group(3)),
                    TIME.parse(parts.group(4), Instant::from)));
        } catch (java.time.DateTimeException e) {
            return Optional.empty();
        }
    }
}
