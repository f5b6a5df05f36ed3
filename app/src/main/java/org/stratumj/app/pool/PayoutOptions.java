package org.stratumj.app.pool;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.cli.Placeholders;
import org.stratumj.app.cli.UsageException;
import org.stratumj.bitcoin.Address;
import org.stratumj.bitcoin.BitcoinFormatException;
import org.stratumj.bitcoin.Network;
import org.stratumj.bitcoin.Script;
import org.stratumj.channels.job.Payout;
import picocli.CommandLine.Option;

/// The options that say who is paid. A mixin.
///
/// A mistake here costs whole blocks, so nothing is guessed: an address must belong to the network, and a script,
/// which nobody can check, is for networks without money.
final class PayoutOptions {
    /// Far more than any standard output has, and few enough signature operations for CoinbaseOutputConstraints.
    static final int SCRIPT_SIZE_MAX = 500;

    private static final int OP_1 = 0x51;

    @Option(
            names = "--network",
            paramLabel = "NAME",
            description = "mainnet, testnet, signet or regtest. Default: mainnet")
    private Network network = Network.MAINNET;

    @Option(
            names = "--payout-address",
            paramLabel = "ADDRESS",
            description = "Who gets the reward of every block: an address of that network.")
    private @Nullable String address;

    @Option(
            names = "--payout-script",
            paramLabel = "HEX",
            description = "Instead of an address, on test networks only: the output script in hexadecimal.")
    private @Nullable String script;

    Network network() {
        return network;
    }

    /// Everything to the one script.
    ///
    /// @throws UsageException if there is none, two, or one that does not fit the network
    Payout payout() {
        if (address != null && script != null) {
            throw new UsageException("--payout-address and --payout-script contradict each other; drop one");
        } else if (address != null) {
            return Payout.to(spendable("--payout-address", scriptOf(address, network)));
        } else if (script != null) {
            return Payout.to(spendable("--payout-script", scriptOf(script)));
        }
        throw new UsageException("say who gets the reward of the blocks, with --payout-address");
    }

    /// Witness programs that no rule protects yet: anyone may take what is paid to them.
    private static Script spendable(String flag, Script paid) {
        if (paid.equals(Script.P2A)) {
            throw new UsageException(
                    flag + " is the pay-to-anchor script, which anyone can spend; give one of your own");
        }
        boolean known = !paid.isWitnessProgram()
                || (paid.at(0) == 0 && (paid.size() == 22 || paid.size() == 34))
                || (paid.at(0) == OP_1 && paid.size() == 34);
        if (!known) {
            throw new UsageException(
                    flag + " is a witness program of version " + (paid.at(0) == 0 ? 0 : paid.at(0) - OP_1 + 1)
                            + " and " + (paid.size() - 2)
                            + " bytes, for which there are no rules yet: anyone could take the reward;"
                            + " give a P2WPKH, P2WSH or taproot address");
        }
        return paid;
    }

    private Script scriptOf(String hex) {
        if (network == Network.MAINNET) {
            throw new UsageException(
                    "--payout-script is for test networks, set with --network; on mainnet give --payout-address");
        }
        try {
            Script parsed = Script.ofHex(hex);
            if (parsed.size() == 0 || parsed.size() > SCRIPT_SIZE_MAX) {
                throw new UsageException("--payout-script has " + parsed.size() + " bytes; write 1 to "
                        + SCRIPT_SIZE_MAX + " bytes in hexadecimal");
            }
            return parsed;
        } catch (BitcoinFormatException e) {
            throw new UsageException(
                    "--payout-script: " + e.getMessage() + "; write an even number of digits 0-9, a-f", e);
        }
    }

    private static Script scriptOf(String address, Network network) {
        try {
            Placeholders.refuse(address, "your own address");
        } catch (IllegalArgumentException e) {
            throw new UsageException("--payout-address: " + e.getMessage(), e);
        }
        try {
            return Address.parse(address, network);
        } catch (BitcoinFormatException e) {
            List<Network> others = Arrays.stream(Network.values())
                    .filter(other -> isAddress(address, other))
                    .toList();
            if (others.isEmpty()) {
                throw new UsageException("--payout-address: " + e.getMessage(), e);
            }
            String names = others.stream().map(PayoutOptions::name).collect(Collectors.joining(" or "));
            throw new UsageException(
                    "--payout-address '%s' is an address of %s, but --network is %s; change the one that is wrong"
                            .formatted(address, names, name(network)),
                    e);
        }
    }

    private static boolean isAddress(String text, Network network) {
        try {
            Address.parse(text, network);
            return true;
        } catch (BitcoinFormatException _) {
            return false;
        }
    }

    static String name(Network network) {
        return network.name().toLowerCase(Locale.ROOT);
    }
}
