package org.stratumj.examples;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.BitcoinFormatException;
import org.stratumj.bitcoin.RawBlock;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.CoinbaseReserve;
import org.stratumj.node.NodeListener;
import org.stratumj.node.WatchPolicy;
import org.stratumj.node.embedded.ChainProfile;
import org.stratumj.node.embedded.EmbeddedNode;
import org.stratumj.node.embedded.EmbeddedOptions;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.template.CoinbaseOutputConstraints;
import org.stratumj.protocol.template.RequestTransactionData;
import org.stratumj.protocol.template.RequestTransactionDataError;
import org.stratumj.protocol.template.RequestTransactionDataSuccess;
import org.stratumj.protocol.template.SubmitSolution;
import org.stratumj.protocol.template.TemplateToClient;
import org.stratumj.protocol.template.TemplateToServer;
import org.stratumj.protocol.wire.Bytes;
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

    private final Example example;
    private final EmbeddedNode node;
    private volatile @Nullable NumberedTemplate current;

    private TemplateProviderExample(Example example, EmbeddedNode node) {
        this.example = example;
        this.node = node;
    }

    public static void main(String[] args) {
        Example.main(args, OPTIONS, TemplateProviderExample::start);
    }

    static Example.Running start(Example example) throws Exception {
        ChainProfile chain = example.choice("chain", ChainProfile.values());
        var node = EmbeddedNode.start(EmbeddedOptions.of(chain));
        Sv2ServerService server = Sv2ServerService.builder(example.network())
                .name("template-provider")
                .listen(example.listen())
                .security(example.security())
                .templateDistribution(new TemplateProviderExample(example, node))
                .listener(example)
                .build();
        server.start();
        example.listening(server.localAddress());
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
                NumberedTemplate before = current;
                current = new NumberedTemplate(before == null ? 1 : before.id() + 1, template);
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
        private @Nullable NumberedTemplate sent;

        /// A future template, and at once the SetNewPrevHash that makes it the present one.
        Effect<TemplateToClient> newest() {
            NumberedTemplate newest = current;
            CoinbaseReserve reserve = room;
            if (newest == null || reserve == null) {
                return Effect.none();
            }
            sent = newest.withReserved(reserve);
            return Effect.reply(List.of(sent.message(), sent.tipMessage()));
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
            NumberedTemplate known = sent;
            if (known == null || known.id() != request.templateId()) {
                var code = ErrorCode.TEMPLATE_ID_NOT_FOUND.wire();
                return Effect.reply(new RequestTransactionDataError(request.templateId(), code));
            }
            return Effect.reply(new RequestTransactionDataSuccess(known.id(), Bytes.EMPTY, known.transactions()));
        }

        @Override
        protected Effect<TemplateToClient> onSubmitSolution(SubmitSolution found) {
            NumberedTemplate known = sent;
            example.say("solution "
                    + (known == null || known.id() != found.templateId()
                            ? "of an unknown template " + found.templateId()
                            : submit(known, found)));
            return Effect.none();
        }
    }

    /// The node is in this process and answers at once: with a real one this would not be done on a lane.
    private String submit(NumberedTemplate template, SubmitSolution found) {
        try {
            RawBlock block = template.solved(found);
            return block.header().hash() + ": " + node.submit(block);
        } catch (BitcoinFormatException e) {
            return "without a coinbase: " + e.getMessage();
        }
    }
}
