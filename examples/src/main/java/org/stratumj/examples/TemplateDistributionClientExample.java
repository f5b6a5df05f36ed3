package org.stratumj.examples;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.Coinbase;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Script;
import org.stratumj.protocol.template.CoinbaseOutputConstraints;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.RequestTransactionData;
import org.stratumj.protocol.template.RequestTransactionDataSuccess;
import org.stratumj.protocol.template.SetNewPrevHash;
import org.stratumj.protocol.template.TemplateToServer;
import org.stratumj.service.Effect;
import org.stratumj.service.Sv2ClientService;
import org.stratumj.service.Upstream;
import org.stratumj.service.adapter.TemplateDistributionClientAdapter;

/// A client of a template provider: says what room its coinbase needs, shows the templates that come, and asks for the
/// transactions of each.
public final class TemplateDistributionClientExample extends TemplateDistributionClientAdapter {
    static final Map<String, String> OPTIONS =
            Example.options("to=127.0.0.1:8442 plain=false coinbase-size=100 coinbase-sigops=4 templates=0");

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private final Example example;
    private final CoinbaseOutputConstraints constraints;
    private @Nullable Upstream<TemplateToServer> provider;
    private long seen;

    private TemplateDistributionClientExample(Example example) {
        this.example = example;
        constraints = new CoinbaseOutputConstraints(
                example.number("coinbase-size"), Math.toIntExact(example.number("coinbase-sigops")));
    }

    public static void main(String[] args) {
        Example.main(args, OPTIONS, TemplateDistributionClientExample::start);
    }

    static Example.Running start(Example example) throws Exception {
        Sv2ClientService client = Sv2ClientService.builder(example.network())
                .name("template-client")
                .templateDistribution(List.of(example.server()), new TemplateDistributionClientExample(example))
                .listener(example)
                .build();
        client.start();
        return client::close;
    }

    @Override
    public Effect<TemplateToServer> onUp(Upstream<TemplateToServer> upstream) {
        provider = upstream;
        return Effect.reply(constraints);
    }

    @Override
    protected Effect<TemplateToServer> onNewTemplate(NewTemplate template) {
        long height =
                Coinbase.height(Script.of(template.coinbasePrefix().bytes())).orElse(0);
        example.say("template " + template.templateId() + " for height " + height + ": "
                + template.coinbaseTxValueRemaining() + " satoshis"
                + (template.futureTemplate() ? ", for the next tip" : ""));
        return Effect.after(transactions(template).handle((data, failure) -> {
            example.say("template " + template.templateId() + " has " + outcome(data, failure));
            example.finishAfter("templates", ++seen);
            return Effect.none();
        }));
    }

    @Override
    protected Effect<TemplateToServer> onSetNewPrevHash(SetNewPrevHash message) {
        example.say("tip " + Hash256.of(message.prevHash().bytes()) + ", template " + message.templateId());
        return Effect.none();
    }

    /// The answer does not come to the handler but here, on the lane.
    private CompletionStage<RequestTransactionDataSuccess> transactions(NewTemplate template) {
        var request = new RequestTransactionData(template.templateId());
        return Objects.requireNonNull(provider).request(request, RequestTransactionDataSuccess.class, ANSWER_WITHIN);
    }

    private static String outcome(@Nullable RequestTransactionDataSuccess data, @Nullable Throwable failure) {
        return data == null
                ? "transactions that did not come: " + failure
                : data.transactionList().size() + " transactions";
    }
}
