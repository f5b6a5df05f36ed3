package org.stratumj.app.block;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.stratumj.bitcoin.BitcoinFormatException;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Coinbase;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.MerklePath;
import org.stratumj.bitcoin.RawTransaction;
import org.stratumj.bitcoin.Target;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/// What a role has of a block whose transactions are elsewhere, and the text of its file, in TOML. The form is in
/// docs/found-blocks.md; [#FORM] changes with it.
///
/// @param header     of the block
/// @param coinbase   whole, with its witness
/// @param merklePath from the coinbase up to the header's merkle root
/// @param reference  what the server that has the transactions knows the work by, one line without quotes
public record BlockParts(BlockHeader header, RawTransaction coinbase, MerklePath merklePath, String reference) {
    /// The largest file: a coinbase of 65,535 bytes, a merkle path of 255 hashes, and the rest.
    public static final int FILE_BYTES_MAX = 1 << 18;

    private static final String FORM = "stratumj block parts 1";
    private static final HexFormat HEX = HexFormat.of();

    /// The height that the coinbase begins with (BIP34); 0 if it does not say.
    public long height() {
        try {
            return Coinbase.height(coinbase.parse().inputs().getFirst().scriptSig())
                    .orElse(0);
        } catch (BitcoinFormatException e) {
            return 0;
        }
    }

    /// Whether a template with this merkle path, on the same block, is the one that was mined.
    public boolean isOn(MerklePath path) {
        try {
            return path.root(coinbase.parse().txid()).equals(header.merkleRoot());
        } catch (BitcoinFormatException e) {
            return false;
        }
    }

    /// Why no node can accept a block of these parts; empty if none of them says so.
    public Optional<String> flaw() {
        Hash256 root;
        try {
            root = merklePath.root(coinbase.parse().txid());
        } catch (BitcoinFormatException e) {
            return Optional.of("its coinbase is no transaction: " + e.getMessage());
        }
        if (!root.equals(header.merkleRoot())) {
            return Optional.of("its coinbase is not the one that was hashed");
        } else if (!isWorkDone()) {
            return Optional.of("its hash is above the target of nBits %08x".formatted(header.nBits()));
        }
        return Optional.empty();
    }

    /// The text of the file.
    public String text(BlockName name) {
        return """
                # A block that was found, without its transactions. docs/found-blocks.md of stratumj says what to do with it.
                form = "%s"
                chain = "%s"
                height = %d
                hash = "%s"
                found = "%s"
                reference = "%s"
                header = "%s"
                coinbase = "%s"
                merkle-path = [%s]
                """.formatted(
                        FORM,
                        name.chain(),
                        name.height(),
                        name.hash(),
                        name.found(),
                        reference,
                        HEX.formatHex(header.bytes()),
                        HEX.formatHex(coinbase.bytes()),
                        merklePath.siblings().stream()
                                .map(sibling -> "\"" + HEX.formatHex(sibling.bytes()) + "\"")
                                .collect(Collectors.joining(", ")));
    }

    /// Reads what [#text] wrote.
    ///
    /// @throws BlockFiles.DamagedException with one line if it is something else, or not whole
    /// @throws IOException                 with one line if it has the form of another version
    public static BlockParts parse(String text) throws IOException {
        try {
            JsonNode values = new TomlMapper().readTree(text);
            String form = values.required("form").asString();
            if (!form.equals(FORM)) {
                throw new IOException("it has the form '" + form + "', and only '" + FORM + "' is known");
            }
            List<Hash256> path = values.required("merkle-path")
                    .valueStream()
                    .map(sibling -> Hash256.of(HEX.parseHex(sibling.asString())))
                    .toList();
            return new BlockParts(
                    BlockHeader.parse(HEX.parseHex(values.required("header").asString())),
                    RawTransaction.of(HEX.parseHex(values.required("coinbase").asString())),
                    new MerklePath(path),
                    values.required("reference").asString());
        } catch (JacksonException | IllegalArgumentException | BitcoinFormatException e) {
            throw new BlockFiles.DamagedException("it is no saved block: " + firstLine(e));
        }
    }

    private boolean isWorkDone() {
        try {
            return Target.fromCompact(header.nBits()).isMetBy(header.hash());
        } catch (BitcoinFormatException e) {
            return false;
        }
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
