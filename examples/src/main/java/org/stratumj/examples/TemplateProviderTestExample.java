package org.stratumj.examples;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.CloseReason;
import org.stratumj.protocol.template.CoinbaseOutputConstraints;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.RequestTransactionData;
import org.stratumj.protocol.template.RequestTransactionDataSuccess;
import org.stratumj.protocol.template.SetNewPrevHash;
import org.stratumj.protocol.template.SubmitSolution;
import org.stratumj.protocol.template.TemplateToServer;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.service.Effect;
import org.stratumj.service.Sv2ClientService;
import org.stratumj.service.Upstream;
import org.stratumj.service.adapter.TemplateDistributionClientAdapter;

/// A probe for a template provider: does it give a template and name its tip, give its transactions, and stay with us
/// after a solution that cannot be one? Ends with 0 if so, with 1 if not.
public final class TemplateProviderTestExample extends TemplateDistributionClientAdapter {
    static final Map<String, String> OPTIONS = Example.options("to=127.0.0.1:8442 plain=false");

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    /// The coinbase of Bitcoin's first block, which is no solution of any template.
    private static final String GENESIS_COINBASE =
            "01000000010000000000000000000000000000000000000000000000000000000000000000"
                    + "ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f"
                    + "66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130"
                    + "b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000";

    private final Example example;
    private @Nullable Upstream<TemplateToServer> provider;
    private @Nullable NewTemplate template;

    private TemplateProviderTestExample(Example example) {
        this.example = example;
    }

    public static void main(String[] args) {
        Example.main(args, OPTIONS, TemplateProviderTestExample::start);
    }

    static Example.Running start(Example example) throws Exception {
        Sv2ClientService client = Sv2ClientService.builder(example.network())
                .name("template-provider-test")
                .templateDistribution(List.of(example.server()), new TemplateProviderTestExample(example))
                .listener(example)
                .build();
        client.start();
        return client::close;
    }

    @Override
    public Effect<TemplateToServer> onUp(Upstream<TemplateToServer> upstream) {
        provider = upstream;
        return Effect.reply(new CoinbaseOutputConstraints(100, 4));
    }

    @Override
    protected Effect<TemplateToServer> onNewTemplate(NewTemplate message) {
        template = message;
        return Effect.none();
    }

    /// A tip with a template on it: the wrong solution, then a request that only a provider in good order answers.
    @Override
    protected Effect<TemplateToServer> onSetNewPrevHash(SetNewPrevHash tip) {
        if (template == null || provider == null || template.templateId() != tip.templateId()) {
            return failed("SetNewPrevHash names template " + tip.templateId() + ", which did not come last");
        }
        example.say("ok: template " + tip.templateId() + " came, and the tip that it is for");
        var wrong = new SubmitSolution(
                0, 1, 1_231_006_505L, 2_083_236_893L, Bytes.of(HexFormat.of().parseHex(GENESIS_COINBASE)));
        provider.send(wrong);
        CompletionStage<RequestTransactionDataSuccess> data = provider.request(
                new RequestTransactionData(tip.templateId()), RequestTransactionDataSuccess.class, ANSWER_WITHIN);
        return Effect.after(data.handle(this::judge));
    }

    @Override
    public void onDown(CloseReason reason) {
        example.finish(false);
    }

    private Effect<TemplateToServer> judge(@Nullable RequestTransactionDataSuccess data, @Nullable Throwable failure) {
        if (data == null) {
            return failed("no transactions: " + failure);
        }
        example.say("ok: " + data.transactionList().size() + " transactions");
        example.say("ok: it stays after a solution of no template");
        example.finish(true);
        return Effect.none();
    }

    private Effect<TemplateToServer> failed(String why) {
        example.say("failed: " + why);
        example.finish(false);
        return Effect.none();
    }
}
