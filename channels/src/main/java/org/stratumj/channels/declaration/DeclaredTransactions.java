package org.stratumj.channels.declaration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Sha256d;
import org.stratumj.channels.PeerViolationException;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.jobdeclaration.DeclareMiningJob;
import org.stratumj.protocol.jobdeclaration.DeclareMiningJobError;
import org.stratumj.protocol.jobdeclaration.DeclareMiningJobSuccess;
import org.stratumj.protocol.jobdeclaration.ProvideMissingTransactions;
import org.stratumj.protocol.jobdeclaration.ProvideMissingTransactionsSuccess;
import org.stratumj.protocol.wire.Bytes;

/// The transactions of a declared job as the server gathers them: what it knows, and what the client has to
/// provide. For the thread of its connection only. Spec: 06 §6.4.4 to §6.4.8.
public final class DeclaredTransactions {
    private final DeclareMiningJob declared;
    private final List<Optional<Bytes>> found;

    /// The transactions of a declaration, none of which is the coinbase.
    ///
    /// @param known what the server has under a wtxid, witness included
    public DeclaredTransactions(DeclareMiningJob declared, Function<Hash256, Optional<Bytes>> known) {
        this.declared = declared;
        found = new ArrayList<>(declared.wtxidList().stream()
                .map(wtxid -> known.apply(Hash256.of(wtxid.bytes())))
                .toList());
    }

    /// Asks for what is missing; empty if nothing is.
    public Optional<ProvideMissingTransactions> request() {
        List<Integer> missing = missing();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(new ProvideMissingTransactions(declared.requestId(), missing));
    }

    /// Takes what was asked for.
    ///
    /// @throws PeerViolationException if it is the answer to something else, or has not exactly what was asked
    ///     for, in the order asked; nothing is taken then
    public void take(ProvideMissingTransactionsSuccess answer) {
        List<Integer> missing = missing();
        List<Bytes> given = answer.transactionList();
        if (answer.requestId() != declared.requestId() || given.size() != missing.size()) {
            throw new PeerViolationException(
                    "ProvideMissingTransactions.Success has %d transactions for request %d, asked were %d of request %d"
                            .formatted(given.size(), answer.requestId(), missing.size(), declared.requestId()));
        }
        for (int i = 0; i < given.size(); i++) {
            requireWanted(missing.get(i), given.get(i));
        }
        for (int i = 0; i < given.size(); i++) {
            found.set(missing.get(i), Optional.of(given.get(i)));
        }
    }

    /// All transactions but the coinbase, in the order of the template.
    ///
    /// @throws java.util.NoSuchElementException if one is missing
    public List<Bytes> transactions() {
        return found.stream().map(Optional::orElseThrow).toList();
    }

    /// The answer to a good job.
    ///
    /// @param token for SetCustomMiningJob, B0_255
    public DeclareMiningJobSuccess accepted(Bytes token) {
        return new DeclareMiningJobSuccess(declared.requestId(), token);
    }

    /// The answer to any other job.
    ///
    /// @param details for people or programs that know this server, B0_64K
    public DeclareMiningJobError refused(ErrorCode code, Bytes details) {
        return new DeclareMiningJobError(declared.requestId(), code.wire(), details);
    }

    private List<Integer> missing() {
        return IntStream.range(0, found.size())
                .filter(position -> found.get(position).isEmpty())
                .boxed()
                .toList();
    }

    private void requireWanted(int position, Bytes transaction) {
        Hash256 wanted = Hash256.of(declared.wtxidList().get(position).bytes());
        if (!Sha256d.hash(transaction.bytes()).equals(wanted)) {
            throw new PeerViolationException(
                    "ProvideMissingTransactions.Success has another transaction for position " + position);
        }
    }
}
