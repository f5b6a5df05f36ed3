package org.stratumj.channels.declaration;

import java.util.List;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Coinbase;
import org.stratumj.bitcoin.Sha256d;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.channels.PeerViolationException;
import org.stratumj.channels.job.CoinbaseParts;
import org.stratumj.channels.job.PoolTag;
import org.stratumj.channels.job.TemplateCoinbase;
import org.stratumj.channels.job.Tip;
import org.stratumj.protocol.jobdeclaration.DeclareMiningJob;
import org.stratumj.protocol.jobdeclaration.ProvideMissingTransactions;
import org.stratumj.protocol.jobdeclaration.ProvideMissingTransactionsSuccess;
import org.stratumj.protocol.jobdeclaration.PushSolution;
import org.stratumj.protocol.mining.SetCustomMiningJob;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.RequestTransactionDataSuccess;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.U256;

/// A job that a client made of its own template, as it tells the pool and the job declarator server of it. Both get
/// the same coinbase: the pool's outputs, then those of the template. Immutable. Spec: 06 §6.4, 05 §5.3.18.
public final class DeclaredJob {
    /// The most bytes of a scriptSig that a custom job from here begins with; [CustomJob] takes more. Spec: 05 §5.3.18.
    public static final int COINBASE_PREFIX_MAX = 8;

    private final NewTemplate template;
    private final RequestTransactionDataSuccess data;
    private final List<TxOut> outputs;
    private final TemplateCoinbase coinbase;
    private final CoinbaseParts parts;

    /// A job.
    ///
    /// @param data           the template's transactions, which are passed on unread
    /// @param outputs        what the coinbase pays, in the order in which both servers see it; the template's
    ///                       outputs follow
    /// @param extranonceSize bytes of the complete extranonce on the pool's channel
    /// @throws PeerViolationException if no coinbase can be made of the template, or its scriptSig begins with
    ///     more than [#COINBASE_PREFIX_MAX] bytes, the length of the extranonce included
    public DeclaredJob(
            NewTemplate template, RequestTransactionDataSuccess data, List<TxOut> outputs, int extranonceSize) {
        this.template = template;
        this.data = data;
        this.outputs = List.copyOf(outputs);
        coinbase = new TemplateCoinbase(template, PoolTag.NONE, Bytes.EMPTY, extranonceSize);
        parts = coinbase.parts(outputs);
        if (coinbase.scriptSigPrefix().size() > COINBASE_PREFIX_MAX) {
            throw new PeerViolationException("template " + Long.toUnsignedString(template.templateId())
                    + " leaves a custom job no room for the length of its extranonce");
        }
    }

    /// The coinbase around the complete extranonce.
    public CoinbaseParts coinbase() {
        return parts;
    }

    /// What the job declarator server is shown. Its coinbase keeps the BIP141 fields; the transactions are all but
    /// the coinbase, in the order of the template. Spec: 06 §6.4.4.
    ///
    /// @param requestId U32, for the answers to name it by
    /// @param token     from `AllocateMiningJobToken.Success`
    public DeclareMiningJob declaration(long requestId, Bytes token) {
        Bytes prefix = parts.prefix();
        Bytes suffix = parts.suffix();
        if (parts.witness()) {
            prefix = Bytes.of(Coinbase.unstripPrefix(prefix.bytes()));
            suffix = Bytes.of(Coinbase.unstripSuffix(suffix.bytes()));
        }
        List<U256> wtxids = data.transactionList().stream()
                .map(transaction -> U256.of(Sha256d.hash(transaction.bytes()).bytes()))
                .toList();
        return new DeclareMiningJob(requestId, token, template.version(), prefix, suffix, wtxids, data.excessData());
    }

    /// The transactions that the job declarator server lacks. Spec: 06 §6.4.8.
    ///
    /// @throws PeerViolationException if it asks for one that there is not, or for one more than there are
    public ProvideMissingTransactionsSuccess missing(ProvideMissingTransactions request) {
        List<Bytes> transactions = data.transactionList();
        List<Integer> positions = request.unknownTxPositionList();
        if (positions.size() > transactions.size()
                || positions.stream().anyMatch(position -> position >= transactions.size())) {
            throw new PeerViolationException(
                    "ProvideMissingTransactions asks for what " + transactions.size() + " transactions do not have");
        }
        return new ProvideMissingTransactionsSuccess(
                request.requestId(), positions.stream().map(transactions::get).toList());
    }

    /// What the pool is shown. Spec: 05 §5.3.18.
    ///
    /// @param channelId an extended channel of the pool, U32
    /// @param requestId U32, for the answer to name it by
    /// @param token     of the server's acceptance, or the first one where nothing was declared
    /// @param tip       the block to build on
    public SetCustomMiningJob custom(long channelId, long requestId, Bytes token, Tip tip) {
        return new SetCustomMiningJob(
                channelId,
                requestId,
                token,
                template.version(),
                U256.of(tip.prevHash().bytes()),
                tip.minNTime(),
                tip.nBits(),
                template.coinbaseTxVersion(),
                coinbase.scriptSigPrefix(),
                template.coinbaseTxInputSequence(),
                coinbase.outputs(outputs),
                template.coinbaseTxLocktime(),
                template.merklePath());
    }

    /// A block on the job declared last, for the job declarator server. Spec: 06 §6.4.9.
    ///
    /// @param extranonce the complete extranonce: the channel's prefix and the rolled bytes
    /// @throws IllegalArgumentException if it is not as long as the job's
    public PushSolution solution(Bytes extranonce, BlockHeader found) {
        if (extranonce.size() != coinbase.extranonceSize()) {
            throw new IllegalArgumentException(
                    "extranonce of " + extranonce.size() + " bytes, not " + coinbase.extranonceSize());
        }
        return new PushSolution(
                extranonce,
                U256.of(found.prevHash().bytes()),
                found.nonce(),
                found.time(),
                found.nBits(),
                found.version());
    }
}
