package org.stratumj.bitcoin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The genesis block of the main network, whose every field is common knowledge.
class GenesisTest {
    private static final String GENESIS = "01000000" + "00".repeat(32)
            + "3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c01"
            + "01000000" + "01" + "00".repeat(32) + "ffffffff"
            + "4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e20627269"
            + "6e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678a"
            + "fdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c38"
            + "4df7ba0b8d578a4c702b6bf11d5fac00000000";

    private final Block genesis = Block.parse(HexFormat.of().parseHex(GENESIS));

    @Test
    void hasItsKnownId() {
        assertThat(genesis.hash()).hasToString("000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f");
    }

    @Test
    void hasItsKnownFields() {
        BlockHeader header = genesis.header();
        assertThat(header.version()).isEqualTo(1);
        assertThat(header.prevHash()).isEqualTo(Hash256.ZERO);
        assertThat(header.time()).isEqualTo(1231006505);
        assertThat(header.nBits()).isEqualTo(0x1d00ffffL);
        assertThat(header.nonce()).isEqualTo(2083236893);
        assertThat(genesis.coinbase().isCoinbase()).isTrue();
        assertThat(genesis.coinbase().outputs().getFirst().value()).isEqualTo(50_0000_0000L);
        assertThat(genesis.weight()).isEqualTo(4 * 285);
    }

    @Test
    void commitsToItsTransaction() {
        assertThat(genesis.computeMerkleRoot()).isEqualTo(genesis.header().merkleRoot());
        assertThat(genesis.coinbase().txid())
                .isEqualTo(genesis.header().merkleRoot())
                .hasToString("4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b");
    }

    @Test
    void meetsItsTarget() {
        Target target = Target.fromCompact(genesis.header().nBits());
        assertThat(target).isEqualTo(Target.DIFFICULTY_1);
        assertThat(target.isMetBy(genesis.hash())).isTrue();
        assertThat(target.difficulty()).isEqualTo(new Difficulty(1));
        assertThat(target.toCompact()).isEqualTo(0x1d00ffffL);
    }

    @Test
    void serializesToTheSameBytes() {
        assertThat(genesis.bytes()).asHexString().isEqualToIgnoringCase(GENESIS);
        assertThat(BlockHeader.parse(genesis.header().bytes())).isEqualTo(genesis.header());
    }
}
