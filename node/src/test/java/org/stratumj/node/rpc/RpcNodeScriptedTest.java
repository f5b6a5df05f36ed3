package org.stratumj.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Network;
import org.stratumj.bitcoin.RawTransaction;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.NodeException;
import org.stratumj.node.NodeListener;
import org.stratumj.node.Watch;
import org.stratumj.node.WatchPolicy;
import tools.jackson.databind.JsonNode;

/// What the RPC backend makes of nodes that are absent, foreign, busy, broken or hostile.
class RpcNodeScriptedTest {
    private static final String TIP_1 = "01".repeat(32);
    private static final String TIP_2 = "02".repeat(32);

    private final ScriptedNode scripted = new ScriptedNode();

    @AfterEach
    void close() {
        scripted.close();
    }

    @Test
    void saysThatNoNodeAnswers() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        URI endpoint = URI.create("http://127.0.0.1:" + port + "/");
        assertThatThrownBy(() -> RpcNode.connect(RpcOptions.of(endpoint, RpcCredentials.of("user", "secret"))))
                .isInstanceOf(NodeException.Unavailable.class)
                .hasMessage("no node answers at " + endpoint + ": start it, or check the address");
    }

    @Test
    void saysThatTheHostHasNoAddress() {
        URI endpoint = URI.create("http://no-such-host.invalid:8332/");
        assertThatThrownBy(() -> RpcNode.connect(RpcOptions.of(endpoint, RpcCredentials.of("user", "secret"))))
                .isInstanceOf(NodeException.Unavailable.class)
                .hasMessageContaining("no-such-host.invalid");
    }

    @ParameterizedTest
    @CsvSource({"401, refuses the credentials", "403, forbids the call"})
    void saysThatTheCredentialsAreWrongWithoutShowingThem(int status, String what) {
        scripted.answer("getblockchaininfo", status, "");
        assertThatThrownBy(() -> RpcNode.connect(scripted.options()))
                .isInstanceOf(NodeException.Misconfigured.class)
                .hasMessageContaining(what + ": check the user name and password")
                .hasMessageNotContaining("secret");
    }

    /// The node ended without removing it, and writes another at its next start.
    @Test
    void aRefusedCookiePassesByItself(@TempDir Path directory) throws IOException {
        Path cookie = Files.writeString(directory.resolve("cookie"), "__cookie__:secret");
        RpcOptions options = scripted.options(RpcCredentials.ofCookieFile(cookie));
        scripted.answer("getblockchaininfo", 401, "");
        assertThatThrownBy(() -> RpcNode.connect(options))
                .isInstanceOf(NodeException.Unavailable.class)
                .hasMessageContaining("refuses the credentials: check that " + cookie + " is the cookie of this node")
                .hasMessageNotContaining("secret");
        scripted.answer("getblockchaininfo", 403, "");
        assertThatThrownBy(() -> RpcNode.connect(options)).isInstanceOf(NodeException.Misconfigured.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"chain\":7}", "[]", "7", "null"})
    void aGatewaysAnswerIsNoUnknownNetwork(String answer) {
        scripted.answer("getblockchaininfo", 200, result(answer));
        assertThatThrownBy(() -> RpcNode.connect(scripted.options())).isInstanceOf(NodeException.BadAnswer.class);
    }

    @Test
    void saysThatTheNodeIsOnAnotherNetwork() {
        assertThatThrownBy(() -> RpcNode.connect(scripted.options(), Network.MAINNET))
                .isInstanceOf(NodeException.Misconfigured.class)
                .hasMessageContaining("is on regtest, not on mainnet");
    }

    @Test
    void saysThatTheNetworkIsUnknown() {
        scripted.answer("getblockchaininfo", 200, result("{\"chain\":\"other\\nnet\"}"));
        assertThatThrownBy(() -> RpcNode.connect(scripted.options()))
                .isInstanceOf(NodeException.Misconfigured.class)
                .hasMessageContaining("unknown network 'other net'")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource({"main, MAINNET", "test, TESTNET", "testnet4, TESTNET", "signet, SIGNET", "regtest, REGTEST"})
    void tellsTheNetworkOfTheNode(String chain, Network network) {
        scripted.answer("getblockchaininfo", 200, result("{\"chain\":\"" + chain + "\"}"));
        try (RpcNode node = RpcNode.connect(scripted.options(), network)) {
            assertThat(node.network()).isEqualTo(network);
        }
    }

    @Test
    void readsTheTip() {
        try (RpcNode node = RpcNode.connect(scripted.options())) {
            assertThat(node.tip().height()).isEqualTo(7);
            assertThat(node.tip().hash()).hasToString("ab".repeat(32));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-28, Loading block index…, Unavailable, is starting up: Loading block index…",
        "-9, not connected, Unavailable, is not ready for mining: not connected",
        "-10, in initial sync, Unavailable, is not ready for mining: in initial sync",
        "-32601, Method not found, Misconfigured, cannot do what mining needs: Method not found",
        "-1, anything else, BadAnswer, the node refuses getblocktemplate: anything else (-1)"
    })
    void tellsErrorsOfTheNodeApart(int code, String words, String kind, String message) {
        scripted.answer("getblocktemplate", 500, error(code, words));
        try (RpcNode node = RpcNode.connect(scripted.options())) {
            assertThatThrownBy(node::template)
                    .isInstanceOf(NodeException.class)
                    .hasMessageContaining(message)
                    .extracting(e -> e.getClass().getSimpleName())
                    .isEqualTo(kind);
        }
    }

    @Test
    void saysThatTheNodeHasTooMuchToDo() {
        scripted.answer("getblocktemplate", 503, "Work queue depth exceeded");
        try (RpcNode node = RpcNode.connect(scripted.options())) {
            assertThatThrownBy(node::template)
                    .isInstanceOf(NodeException.Unavailable.class)
                    .hasMessageContaining("too much to do");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "[1]", "{}", "{\"result\":", "null", "7"})
    void refusesAnswersThatAreNotJsonRpc(String body) {
        scripted.answer("getblocktemplate", 200, body);
        try (RpcNode node = RpcNode.connect(scripted.options())) {
            assertThatThrownBy(node::template)
                    .isInstanceOf(NodeException.BadAnswer.class)
                    .hasMessageContaining("getblocktemplate")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void refusesJsonNestedWithoutEnd() {
        scripted.answer("getblocktemplate", 200, "[".repeat(100_000));
        try (RpcNode node = RpcNode.connect(scripted.options())) {
            assertThatThrownBy(node::template).isInstanceOf(NodeException.BadAnswer.class);
        }
    }

    @Test
    void breaksOffAnAnswerBeyondTheBound() {
        BoundedBody body = new BoundedBody(10);
        List<Boolean> cancelled = new ArrayList<>();
        body.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {
                cancelled.add(true);
            }
        });
        body.onNext(List.of(ByteBuffer.allocate(10)));
        assertThat(cancelled).isEmpty();
        body.onNext(List.of(ByteBuffer.allocate(1)));
        assertThat(cancelled).containsExactly(true);
        assertThat(body.getBody().toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(BoundedBody.TooLongException.class);
    }

    @Test
    void saysThatTheNodeTookTooLong() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        scripted.answer("getblocktemplate", parameters -> {
            await(end);
            return new ScriptedNode.Answer(200, "");
        });
        RpcOptions options = scripted.options();
        RpcOptions impatient = new RpcOptions(
                options.endpoint(),
                options.credentials(),
                Duration.ofMillis(100),
                options.backoffMin(),
                options.backoffMax());
        try (RpcClient rpc = new RpcClient(impatient)) {
            assertThatThrownBy(() -> rpc.call(RpcClient.ANSWER_BYTES_MAX, "getblocktemplate"))
                    .isInstanceOf(NodeException.Unavailable.class)
                    .hasMessageContaining("took too long");
        } finally {
            end.countDown();
        }
    }

    @Test
    void sendsThePasswordAsBasicAuthentication() throws InterruptedException {
        RpcNode.connect(scripted.options(RpcCredentials.of("user", "pass:word")))
                .close();
        assertThat(scripted.nextAuthorization()).isEqualTo(basic("user:pass:word"));
    }

    @Test
    void readsTheCookieAnewForEachCall(@TempDir Path directory) throws IOException, InterruptedException {
        Path cookie = directory.resolve(".cookie");
        Files.writeString(cookie, "__cookie__:one\n");
        try (RpcNode node = RpcNode.connect(scripted.options(RpcCredentials.ofCookieFile(cookie)))) {
            Files.writeString(cookie, "__cookie__:two");
            node.tip();
        }
        assertThat(scripted.nextAuthorization()).isEqualTo(basic("__cookie__:one"));
        assertThat(scripted.nextAuthorization()).isEqualTo(basic("__cookie__:two"));
    }

    @Test
    void saysThatTheCookieCannotBeRead(@TempDir Path directory) {
        Path cookie = directory.resolve(".cookie");
        assertThatThrownBy(() -> RpcNode.connect(scripted.options(RpcCredentials.ofCookieFile(cookie))))
                .isInstanceOf(NodeException.Unavailable.class)
                .hasMessage("the cookie file " + cookie + " cannot be read: start the node, or give its .cookie");
    }

    @ParameterizedTest
    @CsvSource({"UTF-8, ''", "UTF-8, '\uFEFF'", "UTF-16BE, '\uFEFF'", "UTF-16LE, '\uFEFF'"})
    void readsFilesAsEditorsWriteThem(String charset, String mark, @TempDir Path directory)
            throws IOException, InterruptedException {
        Path cookie = directory.resolve(".cookie");
        Files.write(cookie, (mark + "__cookie__:pässword\r\n").getBytes(Charset.forName(charset)));
        RpcNode.connect(scripted.options(RpcCredentials.ofCookieFile(cookie))).close();
        assertThat(scripted.nextAuthorization()).isEqualTo(basic("__cookie__:pässword"));
        Path password = directory.resolve("password");
        Files.write(password, (mark + "pässword\r\n").getBytes(Charset.forName(charset)));
        RpcNode.connect(scripted.options(RpcCredentials.ofPasswordFile("user", password)))
                .close();
        assertThat(scripted.nextAuthorization()).isEqualTo(basic("user:pässword"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', UTF-8, Unavailable, is empty: start the node",
        "'\r\n', UTF-8, Unavailable, is empty: start the node",
        "password, UTF-8, Misconfigured, 'is not a cookie, which is USER:PASSWORD'",
        "'a:b\nc:d', UTF-8, Misconfigured, is not one line of text",
        "a:bé, ISO-8859-1, Misconfigured, is not text: save it as UTF-8",
        "a:b, UTF-16LE, Misconfigured, is not one line of text"
    })
    void saysWhatIsWrongWithACookie(String content, String charset, String kind, String about, @TempDir Path directory)
            throws IOException {
        Path cookie = Files.write(directory.resolve(".cookie"), content.getBytes(Charset.forName(charset)));
        assertThatThrownBy(() -> RpcNode.connect(scripted.options(RpcCredentials.ofCookieFile(cookie))))
                .isInstanceOf(NodeException.class)
                .hasMessageContaining(cookie.toString())
                .hasMessageContaining(about)
                .extracting(e -> e.getClass().getSimpleName())
                .isEqualTo(kind);
    }

    @Test
    void saysWhatIsWrongWithAPasswordFile(@TempDir Path directory) throws IOException {
        Path password = directory.resolve("password");
        RpcOptions options = scripted.options(RpcCredentials.ofPasswordFile("user", password));
        assertThatThrownBy(() -> RpcNode.connect(options))
                .isInstanceOf(NodeException.Misconfigured.class)
                .hasMessage("the password file " + password + " cannot be read: create it, or give another");
        Files.writeString(password, "\n");
        assertThatThrownBy(() -> RpcNode.connect(options))
                .isInstanceOf(NodeException.Misconfigured.class)
                .hasMessage("the password file " + password + " is empty: write the password of user into it");
    }

    @Test
    void resolvesAHostNameWithAnUnderscore() {
        URI endpoint = URI.create("http://no_such_host.invalid:8332/");
        assertThatThrownBy(() -> RpcNode.connect(RpcOptions.of(endpoint, RpcCredentials.of("user", "secret"))))
                .isInstanceOf(NodeException.Unavailable.class)
                .hasMessage("the host of " + endpoint + " has no address: check its name");
    }

    @Test
    void refusesACookieThatIsTooLarge(@TempDir Path directory) throws IOException {
        Path cookie = directory.resolve("movie");
        Files.write(cookie, new byte[1025]);
        assertThatThrownBy(() -> RpcNode.connect(scripted.options(RpcCredentials.ofCookieFile(cookie))))
                .isInstanceOf(NodeException.Misconfigured.class)
                .hasMessageContaining("too large for a cookie");
    }

    @Test
    void asksForTheRulesOfTheNetwork() throws InterruptedException {
        scripted.answer("getblockchaininfo", 200, result("{\"chain\":\"signet\"}"));
        scripted.answer("getblocktemplate", 200, template(TIP_1, 50, ""));
        try (RpcNode node = RpcNode.connect(scripted.options())) {
            assertThat(node.template().prevHash()).hasToString(TIP_1);
            scripted.nextRequest();
            assertThat(scripted.nextRequest().at("/params/0/rules").toString()).isEqualTo("[\"segwit\",\"signet\"]");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"height\":8                  | \"height\":\"8\"                     | intValue",
                "\"height\":8                  | \"height\":0                         | height",
                "\"height\":8                  | \"height\":8000000000                | intValue",
                "\"bits\":\"207fffff\"         | \"bits\":\"zz\"                      | bits",
                "\"bits\":\"207fffff\"         | \"bits\":\"1d00ffff\"                | target and bits do not match",
                "\"height\":8                  | \"height\":-1                        | height",
                "\"version\":536870912         | \"version\":4294967296               | version",
                "\"version\":536870912         | \"version\":-2147483649              | version",
                "\"bits\":\"207fffff\"         | \"bits\":207                         | stringValue",
                "\"bits\":\"207fffff\"         | \"bits\":\"00000000\"                | target of zero",
                "\"bits\":\"207fffff\"         | \"bits\":\"ff7fffff\"                | above 2^256",
                "\"bits\":\"207fffff\"         | \"bits\":\"1d80ffff\"                | negative",
                "\"mintime\":5                 | \"mintime\":-5                       | mintime",
                "\"curtime\":6                 | \"curtime\":-1                       | curtime",
                "\"curtime\":6                 | \"curtime\":4294967296               | curtime",
                "\"curtime\":6                 | \"curtime\":6.5                      | longValue",
                "\"coinbasevalue\":50          | \"coinbasevalue\":-1                 | value",
                "\"coinbasevalue\":50          | \"coinbasevalue\":2100000000000001   | value",
                "\"coinbasevalue\":50          | \"coinbasevalue\":99999999999999999999 | longValue",
                "\"weightlimit\":4000000       | \"weightlimit\":-1                   | weightlimit",
                "\"weightlimit\":4000000       | \"weightlimit\":4000000000           | intValue",
                "\"weightlimit\":4000000       | \"weightlimit\":\"4000000\"          | intValue",
                "\"weightlimit\":4000000       | \"weightlimit\":null                 | intValue",
                "\"sigoplimit\":80000          | \"sigoplimit\":-1                    | sigoplimit",
                "\"sigoplimit\":80000          | \"sigoplimit\":[]                    | intValue",
                "\"transactions\":[]           | \"transactions\":{}                  | not a list",
                "\"transactions\":[]           | \"transactions\":null                | not a list",
                "\"previousblockhash\":\"01    | \"previousblockhash\":\"             | hash",
                "\"mintime\":5                 | \"none\":5                           | mintime",
                "\"transactions\":[]           | \"transactions\":[{\"data\":\"xx\"}] | hash",
                "e2f61c3f                      | 00000000                             | witness commitment"
            })
    void refusesTemplatesThatCannotBeUsed(String good, String bad, String about) {
        String template = template(TIP_1, 50, "");
        assertThat(template).contains(good.strip());
        scripted.answer("getblocktemplate", 200, template.replace(good.strip(), bad.strip()));
        try (RpcNode node = RpcNode.connect(scripted.options())) {
            assertThatThrownBy(node::template)
                    .isInstanceOf(NodeException.BadAnswer.class)
                    .hasMessageStartingWith("the node's block template cannot be used: ")
                    .hasMessageContaining(about)
                    .hasMessageNotContaining("\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 400, 4, not negative",
        "5, -1, 4, not negative",
        "5, 400, -1, not negative",
        "51, 400, 4, does not cover the fees",
        "9223372036854775807, 400, 4, does not cover the fees",
        "5, 4294967296, 4, intValue"
    })
    void refusesTransactionsWithImpossibleNumbers(String fee, String weight, String sigops, String about) {
        scripted.answer("getblocktemplate", 200, withTransaction("03", fee, weight, sigops));
        try (RpcNode node = RpcNode.connect(scripted.options())) {
            assertThatThrownBy(node::template)
                    .isInstanceOf(NodeException.BadAnswer.class)
                    .hasMessageContaining(about);
        }
    }

    @Test
    void refusesWitnessesBeforeSegwit() {
        try (RpcNode node = RpcNode.connect(scripted.options())) {
            String noWitness = withTransaction("03", "5", "400", "4").replace(",\"!segwit\"", "");
            scripted.answer("getblocktemplate", 200, noWitness);
            assertThat(node.template().transactions()).hasSize(1);
            String witness = withTransaction("04", "5", "400", "4").replace(",\"!segwit\"", "");
            scripted.answer("getblocktemplate", 200, witness);
            assertThatThrownBy(node::template)
                    .isInstanceOf(NodeException.BadAnswer.class)
                    .hasMessageContaining("has a witness, and segwit is not in force");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"getblockchaininfo", "getblocktemplate"})
    void refusesASignetWhoseBlocksMustBeSigned(String method) {
        scripted.answer("getblockchaininfo", 200, result("{\"chain\":\"signet\"}"));
        String good = method.equals("getblocktemplate")
                ? template(TIP_1, 50, "").replace("\"height\"", "\"signet_challenge\":\"51\",\"height\"")
                : result("{\"chain\":\"signet\",\"signet_challenge\":\"51\"}");
        scripted.answer(method, 200, good);
        openAndGetTemplate(method);
        scripted.answer(method, 200, good.replace("\"51\"", "\"512103ad\""));
        assertThatThrownBy(() -> openAndGetTemplate(method))
                .isInstanceOf(NodeException.Misconfigured.class)
                .hasMessageContaining("signet whose blocks must be signed (challenge 512103ad)")
                .hasMessageContaining("-signetchallenge=51");
    }

    private void openAndGetTemplate(String method) {
        try (RpcNode node = RpcNode.connect(scripted.options())) {
            if (method.equals("getblocktemplate")) {
                node.template();
            }
        }
    }

    @Test
    void refusesARuleThatItDoesNotKnowIfTheNodeDemandsIt() {
        String template = template(TIP_1, 50, "");
        scripted.answer("getblocktemplate", 200, template.replace("\"csv\"", "\"csv\",\"novel\""));
        try (RpcNode node = RpcNode.connect(scripted.options())) {
            assertThat(node.template().height()).isEqualTo(8);
            scripted.answer("getblocktemplate", 200, template.replace("\"csv\"", "\"csv\",\"!novel\""));
            assertThatThrownBy(node::template)
                    .isInstanceOf(NodeException.Misconfigured.class)
                    .hasMessageContaining("demands the rule 'novel'");
        }
    }

    @Test
    void leavesOutTheCommitmentBeforeSegwit() {
        scripted.answer("getblocktemplate", 200, template(TIP_1, 50, "").replace(",\"!segwit\"", ""));
        try (RpcNode node = RpcNode.connect(scripted.options())) {
            assertThat(node.template().segwit()).isFalse();
            assertThat(node.template().requiredOutputs()).isEmpty();
        }
    }

    @Test
    void listsALargeMempoolOnlySoOften() {
        AtomicInteger lists = new AtomicInteger();
        scripted.answer("getrawmempool", parameters -> {
            lists.incrementAndGet();
            return new ScriptedNode.Answer(200, result("{}"));
        });
        try (RpcNode node = RpcNode.connect(scripted.options())) {
            for (int i = 0; i < 10; i++) {
                assertThat(node.transactionsByWtxid(Set.of(Hash256.ZERO))).isEmpty();
            }
        }
        assertThat(lists).hasValueBetween(1, 2);
    }

    @Test
    void watchTellsOnceOfAnOutageAndOfItsEnd() throws InterruptedException {
        AtomicReference<ScriptedNode.Answer> now =
                new AtomicReference<>(new ScriptedNode.Answer(200, template(TIP_1, 50, "")));
        scripted.answer("getblocktemplate", parameters -> now.get());
        Recorder recorder = new Recorder();
        try (RpcNode node = RpcNode.connect(scripted.options());
                Watch _ = node.watch(new WatchPolicy(Duration.ofMillis(5), 1), recorder)) {
            assertThat(recorder.next()).isEqualTo("tip " + TIP_1);
            now.set(new ScriptedNode.Answer(500, error(-28, "Rescanning")));
            assertThat(recorder.next()).startsWith("lost the node at").endsWith("is starting up: Rescanning");
            now.set(new ScriptedNode.Answer(200, template(TIP_2, 50, "")));
            assertThat(recorder.next()).isEqualTo("restored");
            assertThat(recorder.next()).isEqualTo("tip " + TIP_2);
        }
    }

    @Test
    void watchWaitsAtTheNodeForTheNextTip() throws InterruptedException {
        CountDownLatch block = new CountDownLatch(1);
        scripted.answer("getblocktemplate", parameters -> {
            JsonNode id = parameters.path(0).path("longpollid");
            if (id.isMissingNode()) {
                return new ScriptedNode.Answer(200, template(TIP_1, 50, "first"));
            }
            if (id.stringValue().equals("first")) {
                await(block);
                return new ScriptedNode.Answer(200, template(TIP_2, 50, "second"));
            }
            await(new CountDownLatch(1));
            return new ScriptedNode.Answer(200, "");
        });
        Recorder recorder = new Recorder();
        try (RpcNode node = RpcNode.connect(scripted.options());
                Watch _ = node.watch(new WatchPolicy(Duration.ofHours(1), 1), recorder)) {
            assertThat(recorder.next()).isEqualTo("tip " + TIP_1);
            block.countDown();
            assertThat(recorder.next()).isEqualTo("tip " + TIP_2);
        }
    }

    /// The look at the fees is answered late, with a tip that a long poll has overtaken.
    @Test
    void watchDoesNotGoBackToAnOldTip() throws InterruptedException {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch overtaken = new CountDownLatch(1);
        AtomicInteger looks = new AtomicInteger();
        scripted.answer("getblocktemplate", parameters -> {
            JsonNode id = parameters.path(0).path("longpollid");
            if (!id.isMissingNode()) {
                await(id.stringValue().equals("first") ? looking : new CountDownLatch(1));
                return new ScriptedNode.Answer(200, template(TIP_2, 50, "second"));
            }
            int look = looks.getAndIncrement();
            if (look == 1) {
                looking.countDown();
                await(overtaken);
            }
            String tip = look <= 1 ? TIP_1 : TIP_2;
            return new ScriptedNode.Answer(200, template(tip, look <= 1 ? 50 : 5000, look == 0 ? "first" : ""));
        });
        Recorder recorder = new Recorder();
        try (RpcNode node = RpcNode.connect(scripted.options());
                Watch _ = node.watch(new WatchPolicy(Duration.ofMillis(20), 1), recorder)) {
            assertThat(recorder.next()).isEqualTo("tip " + TIP_1);
            assertThat(recorder.next()).isEqualTo("tip " + TIP_2);
            overtaken.countDown();
            while (looks.get() < 4) {
                Thread.onSpinWait();
            }
            assertThat(recorder.events).isEmpty();
        }
    }

    @Test
    void mirrorKeepsABoundedNumberOfBytes() {
        TransactionMirror mirror = new TransactionMirror();
        byte[] bytes = new byte[1_000_000];
        for (int i = 0; i < 17; i++) {
            mirror.add(hash(i), RawTransaction.of(bytes));
        }
        assertThat(mirror.find(hash(0))).isEmpty();
        for (int i = 1; i < 17; i++) {
            assertThat(mirror.find(hash(i))).isPresent();
        }
    }

    private static Hash256 hash(int i) {
        return Hash256.fromDisplayHex("%064x".formatted(i));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String basic(String text) {
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String result(String result) {
        return "{\"result\":" + result + ",\"error\":null,\"id\":1}";
    }

    private static String error(int code, String message) {
        return "{\"result\":null,\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\"},\"id\":1}";
    }

    /// A template with a transaction of txid 03…03.
    private static String withTransaction(String wtxid, String fee, String weight, String sigops) {
        String transaction = "{\"data\":\"00\",\"txid\":\"%s\",\"hash\":\"%s\",\"fee\":%s,\"weight\":%s,\"sigops\":%s}"
                .formatted("03".repeat(32), wtxid.repeat(32), fee, weight, sigops);
        return template(TIP_1, 50, "")
                .replace("\"transactions\":[]", "\"transactions\":[" + transaction + "]")
                .replaceFirst(",\"default_witness_commitment\":\"[0-9a-f]*\"", "");
    }

    private static String template(String prevHash, long value, String longPollId) {
        return result("""
            {"version":536870912,"rules":["csv","!segwit","taproot"],"previousblockhash":"%s","height":8,\
            "bits":"207fffff","target":"7fffff%s","mintime":5,"curtime":6,"coinbasevalue":%d,"weightlimit":4000000,\
            "sigoplimit":80000,"transactions":[],%s\
            "default_witness_commitment":\
            "6a24aa21a9ede2f61c3f71d1defd3fa999dfa36953755c690689799962b48bebd836974e8cf9"}\
            """.formatted(
                        prevHash,
                        "00".repeat(29),
                        value,
                        longPollId.isEmpty() ? "" : "\"longpollid\":\"" + longPollId + "\","));
    }

    private static final class Recorder implements NodeListener {
        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

        @Override
        public void tipChanged(BlockTemplate template) {
            events.add("tip " + template.prevHash());
        }

        @Override
        public void feesRose(BlockTemplate template) {
            events.add("fees " + template.fees());
        }

        @Override
        public void lost(NodeException why) {
            events.add("lost " + why.getMessage());
        }

        @Override
        public void restored() {
            events.add("restored");
        }

        String next() throws InterruptedException {
            return events.take();
        }
    }
}
