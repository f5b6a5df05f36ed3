package org.stratumj.app.pool;

import java.util.Optional;
import org.stratumj.bitcoin.BitcoinFormatException;
import org.stratumj.bitcoin.Network;
import org.stratumj.bitcoin.Target;

/// Notices templates of another network than the payout's, as far as `nBits` give them away: rewards are on the
/// network of the templates, whatever the payout says. For one thread at a time.
final class TemplateNetwork {
    /// Easiest targets of the networks (`powLimit` of Bitcoin Core), in compact form.
    private static final long LIMIT_MAINNET = 0x1d00ffffL;

    private static final long LIMIT_SIGNET = 0x1e0377aeL;
    private static final long LIMIT_REGTEST = 0x207fffffL;

    /// Mainnet has been harder than this since 2015, and no test network ever was as hard.
    private static final double DIFFICULTY_MAINNET = 5e10;

    private final Network network;
    private boolean doubted;

    TemplateNetwork(Network network) {
        this.network = network;
    }

    /// Why templates with this target are certainly of another network, in one line; empty if they may be of this one.
    ///
    /// @param nBits U32
    Optional<String> contradiction(long nBits) {
        Target limit = Target.fromCompact(limit());
        boolean easier;
        try {
            easier = Target.fromCompact(nBits).compareTo(limit) > 0;
        } catch (BitcoinFormatException e) {
            return Optional.empty(); // for those to refuse who need the target
        }
        return easier
                ? Optional.of(
                        "their blocks are easier (nBits %08x) than any of %s, where the payout is; check --network"
                                        .formatted(nBits, PayoutOptions.name(network))
                                + " and the template provider")
                : Optional.empty();
    }

    /// Why templates with this target look like those of another network; once, and empty if they do not.
    ///
    /// @param nBits U32
    Optional<String> doubt(long nBits) {
        if (doubted || !isUnlikely(nBits)) {
            return Optional.empty();
        }
        doubted = true;
        return Optional.of("templates with nBits %08x are unusual for %s, where the payout is; if they are of another"
                        .formatted(nBits, PayoutOptions.name(network))
                + " network, so are the rewards: check --network and the template provider");
    }

    private boolean isUnlikely(long nBits) {
        double difficulty;
        try {
            difficulty = Target.fromCompact(nBits).difficulty().value();
        } catch (BitcoinFormatException e) {
            return false;
        }
        return switch (network) {
            case MAINNET -> difficulty < DIFFICULTY_MAINNET;
            case TESTNET, SIGNET -> difficulty >= DIFFICULTY_MAINNET;
            case REGTEST -> nBits != LIMIT_REGTEST;
        };
    }

    private long limit() {
        return switch (network) {
            case MAINNET, TESTNET -> LIMIT_MAINNET;
            case SIGNET -> LIMIT_SIGNET;
            case REGTEST -> LIMIT_REGTEST;
        };
    }
}
