package org.stratumj.examples;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.BitcoinFormatException;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.RawTransaction;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.CoinbaseReserve;
import org.stratumj.node.NodeListener;
import org.stratumj.node.WatchPolicy;
import org.stratumj.node.embedded.ChainProfile;
import org.stratumj.node.embedded.EmbeddedNode;
import org.stratumj.node.embedded.EmbeddedOptions;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.template.CoinbaseOutputConstraints;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.RequestTransactionData;
import org.stratumj.protocol.template.RequestTransactionDataError;
import org.stratumj.protocol.template.RequestTransactionDataSuccess;
import org.stratumj.protocol.template.SetNewPrevHash;
import org.stratumj.protocol.template.SubmitSolution;
import org.stratumj.protocol.template.TemplateToClient;
import org.stratumj.protocol.template.TemplateToServer;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.U256;
import org.stratumj.service.Downstream;
import org.stratumj.service.Effect;
import org.stratumj.service.PeerHandler;
import org.stratumj.service.ServerContext;
import org.stratumj.service.Sv2ServerService;
import org.stratumj.service.Sv2TemplateDistributionServerHandler;
import org.stratumj.service.adapter.TemplateDistributionPeerAdapter;

/// A template provider on a chain in this process: for the other examples, where there is no other one. It gives the
/// template of the present tip, and knows no older one.
public final class TemplateProviderExample implements Sv2TemplateDistributionServerHandler {
    static final Map<String, String> OPTIONS =
            Example.options("listen=127.0.0.1:8442 plain=false key-file= chain=signet");

    /// A template under the number that clients know it by.
    private record Numbered(long id, BlockTemplate template) {}

    private final Example example;
    private final EmbeddedNode node;
    private volatile @Nullable Numbered current;

    private TemplateProviderExample(Example example, EmbeddedNode node) {
        this.example = example;
        this.node = node;
    }

    public static void main(String[] args) {
        Example.main(args, OPTIONS, TemplateProviderExample::start);
    }

    static Example.Running start(Example example) throws Exception {
        ChainProfile chain = ChainProfile.valueOf(example.text("chain").toUpperCase(Locale.ROOT));
        var node = EmbeddedNode.start(EmbeddedOptions.of(chain));
        Sv2ServerService server = Sv2ServerService.builder(example.network())
                .name("template-provider")
                .listen(example.listen())
                .security(example.security())
                .templateDistribution(new TemplateProviderExample(example, node))
                .listener(example)
                .build();
        server.start();
        example.say("listening on " + server.localAddress());
        return () -> {
            server.close();
            node.close();
        };
    }

    @Override
    public void onStart(ServerContext<TemplateToClient> context) {
        node.watch(WatchPolicy.DEFAULT, new NodeListener() {
            @Override
            public void tipChanged(BlockTemplate template) {
                Numbered before = current;
                current = new Numbered(before == null ? 1 : before.id() + 1, template);
                example.say("tip " + template.prevHash() + ", height " + (template.height() - 1));
                context.announce(Client.class, Client::newest);
            }

            @Override
            public void feesRose(BlockTemplate template) {
                // Better work on the same tip: left out here.
            }
        });
    }

    @Override
    public PeerHandler<TemplateToServer, TemplateToClient> open(Downstream<TemplateToClient> peer) {
        return new Client();
    }

    private final class Client extends TemplateDistributionPeerAdapter {
        private @Nullable CoinbaseReserve room;
        private @Nullable Numbered sent;

        /// A future template, and at once the SetNewPrevHash that makes it the present one.
        Effect<TemplateToClient> newest() {
            Numbered newest = current;
            CoinbaseReserve reserve = room;
            if (newest == null || reserve == null) {
                return Effect.none();
            }
            BlockTemplate template = newest.template().withReserved(reserve);
            sent = new Numbered(newest.id(), template);
            return Effect.reply(List.of(newTemplate(newest.id(), template), setNewPrevHash(newest.id(), template)));
        }

        @Override
        protected Effect<TemplateToClient> onCoinbaseOutputConstraints(CoinbaseOutputConstraints message) {
            room = CoinbaseReserve.forOutputs(
                    Math.min(message.coinbaseOutputMaxAdditionalSize(), 32_768),
                    message.coinbaseOutputMaxAdditionalSigops());
            return newest();
        }

        @Override
        protected Effect<TemplateToClient> onRequestTransactionData(RequestTransactionData request) {
            Numbered known = sent;
            if (known == null || known.id() != request.templateId()) {
                var code = ErrorCode.TEMPLATE_ID_NOT_FOUND.wire();
                return Effect.reply(new RequestTransactionDataError(request.templateId(), code));
            }
            List<Bytes> transactions = known.template().transactions().stream()
                    .map(transaction -> Bytes.of(transaction.raw().bytes()))
                    .toList();
            return Effect.reply(new RequestTransactionDataSuccess(known.id(), Bytes.EMPTY, transactions));
        }

        @Override
        protected Effect<TemplateToClient> onSubmitSolution(SubmitSolution found) {
            Numbered known = sent;
            String outcome = known == null || known.id() != found.templateId()
                    ? "of an unknown template " + found.templateId()
                    : submit(known.template(), found);
            example.say("solution " + outcome);
            return Effect.none();
        }
    }

    private static NewTemplate newTemplate(long id, BlockTemplate template) {
        var outputs = template.requiredOutputs();
        return new NewTemplate(
                id,
                true,
                template.version(),
                2,
                Bytes.of(template.coinbasePrefix().bytes()),
                0xffff_fffeL,
                template.coinbaseValue(),
                outputs.size(),
                outputs.stream().map(output -> Bytes.of(output.bytes())).reduce(Bytes.EMPTY, Bytes::concat),
                template.height() - 1,
                template.merklePath().siblings().stream()
                        .map(TemplateProviderExample::u256)
                        .toList());
    }

    private static SetNewPrevHash setNewPrevHash(long id, BlockTemplate template) {
        U256 target = U256.of(template.target().littleEndian());
        return new SetNewPrevHash(id, u256(template.prevHash()), template.currentTime(), template.nBits(), target);
    }

    /// Rebuilds the block and brings it to the node, which is in this process and answers at once: with a real one this
    /// would not be done on a lane.
    private String submit(BlockTemplate template, SubmitSolution found) {
        try {
            var coinbase = RawTransaction.of(found.coinbaseTx().bytes());
            Hash256 root = template.merklePath().root(coinbase.parse().txid());
            var header = new BlockHeader(
                    found.version(),
                    template.prevHash(),
                    root,
                    found.headerTimestamp(),
                    template.nBits(),
                    found.headerNonce());
            return header.hash() + ": " + node.submit(template.block(header, coinbase));
        } catch (BitcoinFormatException e) {
            return "without a coinbase: " + e.getMessage();
        }
    }

    private static U256 u256(Hash256 hash) {
        return U256.of(hash.bytes());
    }
}
