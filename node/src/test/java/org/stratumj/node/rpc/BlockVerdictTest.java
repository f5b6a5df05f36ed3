package org.stratumj.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratumj.bitcoin.RawBlock;
import org.stratumj.node.NodeException;
import org.stratumj.node.SubmitOutcome;

/// Which answers of a node are a verdict on a block, and which say nothing about it, so that it has to be submitted
/// again.
class BlockVerdictTest {
    private static final RawBlock BLOCK = RawBlock.of(new byte[80]);

    private final ScriptedNode scripted = new ScriptedNode();
    private final RpcNode node = RpcNode.connect(scripted.options());

    @AfterEach
    void close() {
        node.close();
        scripted.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {'result':null,'error':null,'id':1}                                    | Accepted[]",
                "200 | {'jsonrpc':'2.0','result':null,'id':1}                                 | Accepted[]",
                "200 | {'result':'duplicate','error':null}                                    | Duplicate[]",
                "200 | {'result':'duplicate-inconclusive','error':null}                       | Duplicate[]",
                "200 | {'result':'duplicate-invalid','error':null}                            |"
                        + " Rejected[reason=duplicate-invalid]",
                "200 | {'result':'inconclusive','error':null}                                 |"
                        + " Rejected[reason=inconclusive]",
                "200 | {'result':'bad-\\u0007cb-amount','error':null}                         | Rejected[reason=bad-"
                        + " cb-amount]",
                "200 | {'result':'rejected: high-hash','error':null}                          |"
                        + " Rejected[reason=rejected: high-hash]",
                "500 | {'result':null,'error':{'code':-22,'message':'Block decode failed'}}   | Rejected[reason=Block"
                        + " decode failed]",
                "200 | {'jsonrpc':'2.0','error':{'code':-22,'message':'Block decode failed'}} | Rejected[reason=Block"
                        + " decode failed]"
            })
    void isAVerdict(int status, String body, String outcome) {
        everyMethodAnswers(status, body);
        assertThat(node.submit(BLOCK)).hasToString(outcome);
        assertThat(node.propose(BLOCK)).hasToString(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | ''                                                           | Misconfigured",
                "403 | ''                                                           | Misconfigured",
                "403 | {'result':null,'error':null}                                 | Misconfigured",
                "429 | slow down                                                    | Unavailable",
                "429 | {'result':null,'error':null}                                 | Unavailable",
                "500 | ''                                                           | Unavailable",
                "500 | {'result':null,'error':null}                                 | Unavailable",
                "500 | {'result':'duplicate','error':null}                          | Unavailable",
                "502 | <html>Bad Gateway</html>                                     | Unavailable",
                "503 | Work queue depth exceeded                                    | Unavailable",
                "503 | {'result':null,'error':null}                                 | Unavailable",
                "504 | ''                                                           | Unavailable",
                "204 | ''                                                           | BadAnswer",
                "301 | ''                                                           | BadAnswer",
                "404 | {'result':null,'error':null}                                 | BadAnswer",
                "200 | ''                                                           | BadAnswer",
                "200 | {'result':                                                   | BadAnswer",
                "200 | {'result':null                                               | BadAnswer",
                "200 | {'result':null} {'result':'high-hash'}                       | BadAnswer",
                "200 | null                                                         | BadAnswer",
                "200 | [null]                                                       | BadAnswer",
                "200 | {}                                                           | BadAnswer",
                "200 | {'result':null,'error':null,'result':'high-hash'}            | BadAnswer",
                "200 | {'result':'high-hash','result':null}                         | BadAnswer",
                "500 | {'error':{'code':-22,'code':-1},'result':null}               | Unavailable",
                "200 | {'result':{}}                                                | BadAnswer",
                "200 | {'result':[]}                                                | BadAnswer",
                "200 | {'result':7}                                                 | BadAnswer",
                "200 | {'result':true}                                              | BadAnswer",
                "200 | {'result':''}                                                | BadAnswer",
                "200 | {'result':'\\n'}                                             | BadAnswer",
                "200 | {'result':null,'error':'the disk is full'}                   | BadAnswer",
                "200 | {'result':null,'error':{}}                                   | BadAnswer",
                "200 | {'result':null,'error':{'code':'-22','message':'decode'}}    | BadAnswer",
                "200 | {'result':null,'error':{'code':-22.5,'message':'decode'}}    | BadAnswer",
                "500 | {'result':null,'error':{'code':-1,'message':'misc'}}         | BadAnswer",
                "500 | {'result':null,'error':{'code':-8,'message':'parameter'}}    | BadAnswer",
                "500 | {'result':null,'error':{'code':-25,'message':'disk full'}}   | BadAnswer",
                "500 | {'result':null,'error':{'code':-32603,'message':'internal'}} | BadAnswer",
                "500 | {'result':null,'error':{'code':-32700,'message':'parse'}}    | BadAnswer",
                "500 | {'result':null,'error':{'code':-9,'message':'no peers'}}     | Unavailable",
                "500 | {'result':null,'error':{'code':-10,'message':'download'}}    | Unavailable",
                "500 | {'result':null,'error':{'code':-28,'message':'warm-up'}}     | Unavailable",
                "404 | {'result':null,'error':{'code':-32601,'message':'unknown'}}  | Misconfigured"
            })
    void isNoVerdict(int status, String body, String kind) {
        everyMethodAnswers(status, body);
        assertNoVerdict(RpcNode::submit, kind);
        assertNoVerdict(RpcNode::propose, kind);
    }

    private void assertNoVerdict(BiFunction<RpcNode, RawBlock, SubmitOutcome> call, String kind) {
        assertThatThrownBy(() -> call.apply(node, BLOCK))
                .isInstanceOf(NodeException.class)
                .extracting(e -> e.getClass().getSimpleName())
                .isEqualTo(kind);
    }

    private void everyMethodAnswers(int status, String body) {
        String json = body.replace('\'', '"');
        scripted.answer("submitblock", status, json);
        scripted.answer("getblocktemplate", status, json);
    }
}
