package org.stratumj.bitcoin;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts signature operations the way consensus limits them ([Block#SIGOPS_MAX], BIP16, BIP141): by reading
/// scripts, not by executing them.
public final class SigOps {
    private static final int CHECKSIG = 0xac;
    private static final int CHECKSIGVERIFY = 0xad;
    private static final int CHECKMULTISIG = 0xae;
    private static final int CHECKMULTISIGVERIFY = 0xaf;
    private static final int MULTISIG_KEYS_MAX = 20;

    private SigOps() {}

    /// The cost of a transaction: operations in its own scripts and in P2SH scripts count four, in witnesses one.
    ///
    /// @param spent the output that each input spends; inputs without one here count only for what they say
    ///     themselves
    public static int cost(Transaction transaction, Map<OutPoint, TxOut> spent) {
        int cost = legacyCost(transaction);
        if (transaction.isCoinbase()) {
            return cost;
        }
        for (TxIn in : transaction.inputs()) {
            TxOut out = spent.get(in.previous());
            if (out != null) {
                cost += spendingCost(in, out.script());
            }
        }
        return cost;
    }

    /// The cost of the scripts in a transaction, without those of the outputs it spends.
    public static int legacyCost(Transaction transaction) {
        int count = 0;
        for (TxIn in : transaction.inputs()) {
            count += count(in.scriptSig(), false);
        }
        for (TxOut out : transaction.outputs()) {
            count += count(out.script(), false);
        }
        return Transaction.WITNESS_SCALE * count;
    }

    /// Operations in a script, up to where it stops being one.
    ///
    /// @param accurate whether a multisignature whose number of keys is pushed just before it counts that number;
    ///     else, and without such a push, it counts 20
    static int count(Script script, boolean accurate) {
        int count = 0;
        int previous = -1;
        Opcodes opcodes = new Opcodes(script.view());
        while (opcodes.next()) {
            int opcode = opcodes.opcode;
            if (opcode == CHECKSIG || opcode == CHECKSIGVERIFY) {
                count++;
            } else if (opcode == CHECKMULTISIG || opcode == CHECKMULTISIGVERIFY) {
                boolean known = accurate && previous >= Script.OP_1 && previous <= Script.OP_16;
                count += known ? previous - Script.OP_1 + 1 : MULTISIG_KEYS_MAX;
            }
            previous = opcode;
        }
        return count;
    }

    private static int spendingCost(TxIn in, Script spent) {
        if (spent.isWitnessProgram()) {
            return witnessCost(spent, in.witness());
        }
        Script redeem = isP2sh(spent) ? lastPush(in.scriptSig()) : null;
        if (redeem == null) {
            return 0;
        }
        int nested = redeem.isWitnessProgram() ? witnessCost(redeem, in.witness()) : 0;
        return Transaction.WITNESS_SCALE * count(redeem, true) + nested;
    }

    private static int witnessCost(Script program, Witness witness) {
        // Later witness versions are not counted: taproot has a budget of its own (BIP342).
        if (program.at(0) != 0) {
            return 0;
        }
        if (program.size() == 2 + 20) {
            return 1;
        }
        boolean hasScript = program.size() == 2 + 32 && !witness.isEmpty();
        return hasScript ? count(Script.of(witness.item(witness.size() - 1)), true) : 0;
    }

    private static boolean isP2sh(Script script) {
        return script.size() == 23 && script.at(0) == 0xa9 && script.at(1) == 20 && script.at(22) == 0x87;
    }

    /// What the last opcode of a script that only pushes leaves on the stack; none if it does anything else.
    private static @Nullable Script lastPush(Script script) {
        Opcodes opcodes = new Opcodes(script.view());
        byte[] last = new byte[0];
        while (opcodes.next()) {
            if (opcodes.opcode > Script.OP_16) {
                return null;
            }
            last = opcodes.data();
        }
        return opcodes.complete() ? Script.owning(last) : null;
    }
}
