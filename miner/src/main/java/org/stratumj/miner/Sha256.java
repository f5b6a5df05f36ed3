package org.stratumj.miner;

import java.util.Arrays;

/// The rounds of SHA-256 on single words (FIPS 180-4 §6.2.2): what the vector engine needs once per header, and
/// the constants it needs per lane.
final class Sha256 {
    /// The state before the first block.
    static final int[] INITIAL_STATE = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
    };

    /// The constant of each round.
    static final int[] K = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
    };

    /// Words in a block.
    static final int BLOCK_WORDS = 16;

    private Sha256() {}

    /// The state after one block: all rounds, then added to the state before.
    static int[] compress(int[] state, int[] block) {
        int[] words = Arrays.copyOf(block, K.length);
        for (int t = BLOCK_WORDS; t < words.length; t++) {
            words[t] = words[t - 16] + sigma(words[t - 15], 7, 18, 3) + words[t - 7] + sigma(words[t - 2], 17, 19, 10);
        }
        int[] result = rounds(state, words, words.length);
        for (int i = 0; i < result.length; i++) {
            result[i] += state[i];
        }
        return result;
    }

    /// The working variables after the first `count` rounds, nothing added.
    static int[] rounds(int[] state, int[] words, int count) {
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        int e = state[4];
        int f = state[5];
        int g = state[6];
        int h = state[7];
        for (int t = 0; t < count; t++) {
            int t1 = h + rotations(e, 6, 11, 25) + (((f ^ g) & e) ^ g) + K[t] + words[t];
            int t2 = rotations(a, 2, 13, 22) + ((a & b) ^ (c & (a ^ b)));
            h = g;
            g = f;
            f = e;
            e = d + t1;
            d = c;
            c = b;
            b = a;
            a = t1 + t2;
        }
        return new int[] {a, b, c, d, e, f, g, h};
    }

    private static int rotations(int x, int first, int second, int third) {
        return Integer.rotateRight(x, first) ^ Integer.rotateRight(x, second) ^ Integer.rotateRight(x, third);
    }

    private static int sigma(int x, int first, int second, int shift) {
        return Integer.rotateRight(x, first) ^ Integer.rotateRight(x, second) ^ (x >>> shift);
    }
}
