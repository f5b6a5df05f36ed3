package org.stratumj.noise.aead;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.stratumj.noise.library.UnavailableException;

/// Questions with known answers, asked before a provider is trusted with real keys: a library that was damaged, built
/// for another machine or replaced by another version must not encrypt anything. The values are those of RFC 8439,
/// appendix A.5, whose nonce begins with four zero bytes, as all of Noise do.
final class KnownAnswers {
    private static final byte[] KEY = hex("1c9240a5eb55d38af333888604f6b5f0473917c1402b80099dca5cbc207075c0");
    private static final long NONCE = 0x0807060504030201L;
    private static final byte[] ASSOCIATED_DATA = hex("f33388860000000000004e91");
    private static final byte[] PLAINTEXT =
            ("Internet-Drafts are draft documents valid for a maximum of six months and may be updated, replaced, or"
                            + " obsoleted by other documents at any time. It is inappropriate to use Internet-Drafts as"
                            + " reference material or to cite them other than as /“work in progress./”")
                    .getBytes(StandardCharsets.UTF_8);
    private static final byte[] CIPHERTEXT = hex("64a0861575861af460f062c79be643bd5e805cfd345cf389f108670ac76c8cb2"
            + "4c6cfc18755d43eea09ee94e382d26b0bdb7b73c321b0100d4f03b7f355894cf"
            + "332f830e710b97ce98c8a84abd0b948114ad176e008d33bd60f982b1ff37c855"
            + "9797a06ef4f0ef61c186324e2b3506383606907b6a7c02b0f9f6157b53c867e4"
            + "b9166c767b804d46a59b5216cde7a4e99040c5a40433225ee282a1b0a06c523e"
            + "af4534d7f83fa1155b0047718cbc546a0d072b04b3564eea1b422273f548271a"
            + "0bb2316053fa76991955ebd63159434ecebb4e466dae5a1073a6727627097a10"
            + "49e617d91d361094fa68f0ff77987130305beaba2eda04df997b714d6c6f2c29"
            + "a6ad5cb4022b02709b"
            + "eead9d67890cbb22392336fea1851f38");

    private KnownAnswers() {}

    /// @throws UnavailableException if the provider gives a wrong answer
    static void check(Aead aead) {
        AeadKey key = aead.key(KEY);
        byte[] sealed = new byte[CIPHERTEXT.length];
        int written = key.seal(NONCE, ASSOCIATED_DATA, PLAINTEXT, 0, PLAINTEXT.length, sealed, 0);
        expect(aead, "encryption", written == sealed.length && Arrays.equals(CIPHERTEXT, sealed));

        byte[] opened = new byte[PLAINTEXT.length];
        boolean authentic = key.open(NONCE, ASSOCIATED_DATA, sealed, 0, sealed.length, opened, 0);
        expect(aead, "decryption", authentic && Arrays.equals(PLAINTEXT, opened));

        sealed[0] ^= 1;
        Arrays.fill(opened, (byte) 0);
        boolean altered = key.open(NONCE, ASSOCIATED_DATA, sealed, 0, sealed.length, opened, 0);
        expect(aead, "refusal of an altered message", !altered && Arrays.equals(new byte[opened.length], opened));
        key.destroy();
        expect(aead, "erasure of a key", key.isDestroyed());
    }

    private static void expect(Aead aead, String what, boolean holds) {
        if (!holds) {
            throw new UnavailableException(aead.name() + " fails its self-test: " + what);
        }
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
