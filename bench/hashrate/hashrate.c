/*
 * What a C compiler makes of the loop that org.stratumj.miner.VectorEngine is in Java: double SHA-256 of a header
 * with as many nonces at a time as a vector has lanes. The same work is saved: the midstate and the rounds before
 * the nonce are computed once, the rounds after the most significant word of the hash is known never.
 *
 * hashrate <seconds>: hashes for so much CPU time and prints two numbers, lanes and hashes per second. Exits with 1
 * if it does not find the nonce of Bitcoin's first block.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if defined(__AVX512F__)
#define LANES 16
#elif defined(__AVX2__)
#define LANES 8
#else
#define LANES 4
#endif

typedef uint32_t one;
typedef uint32_t many __attribute__((vector_size(LANES * sizeof(uint32_t))));

static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
    0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
    0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
    0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
    0xc67178f2,
};

static const uint32_t INITIAL_STATE[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

#define ROTATE(x, n) (((x) >> (n)) | ((x) << (32 - (n))))

/* Rounds first to last on the state s and the sixteen words w; nothing is added to s at the end. */
#define ROUNDS(TYPE)                                                                                               \
    static inline __attribute__((always_inline)) void rounds_##TYPE(                                               \
        TYPE s[8], TYPE w[16], const int first, const int last) {                                                  \
        TYPE a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7];                       \
        _Pragma("GCC unroll 64") for (int t = first; t <= last; t++) {                                             \
            if (t >= 16) {                                                                                         \
                TYPE x = w[(t + 1) & 15], y = w[(t + 14) & 15];                                                    \
                w[t & 15] += (ROTATE(x, 7) ^ ROTATE(x, 18) ^ (x >> 3)) + w[(t + 9) & 15]                           \
                             + (ROTATE(y, 17) ^ ROTATE(y, 19) ^ (y >> 10));                                        \
            }                                                                                                      \
            TYPE t1 = h + (w[t & 15] + K[t]) + (g ^ (e & (f ^ g))) + (ROTATE(e, 6) ^ ROTATE(e, 11) ^ ROTATE(e, 25)); \
            TYPE t2 = ((a & b) ^ (c & (a ^ b))) + (ROTATE(a, 2) ^ ROTATE(a, 13) ^ ROTATE(a, 22));                  \
            h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;                                     \
        }                                                                                                          \
        s[0] = a, s[1] = b, s[2] = c, s[3] = d, s[4] = e, s[5] = f, s[6] = g, s[7] = h;                            \
    }
ROUNDS(one)
ROUNDS(many)

typedef struct {
    uint32_t midstate[8]; /* after the first 64 bytes of the header */
    uint32_t start[8];    /* and after the three rounds before the nonce */
    uint32_t tail[3];     /* the words of those rounds */
} header;

static uint32_t big_endian(const uint8_t *p) {
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static header prepare(const uint8_t bytes[80]) {
    header prepared;
    uint32_t words[16];
    for (int i = 0; i < 16; i++)
        words[i] = big_endian(bytes + 4 * i);
    memcpy(prepared.midstate, INITIAL_STATE, sizeof INITIAL_STATE);
    rounds_one(prepared.midstate, words, 0, 63);
    for (int i = 0; i < 8; i++)
        prepared.midstate[i] += INITIAL_STATE[i];
    for (int i = 0; i < 3; i++)
        words[i] = prepared.tail[i] = big_endian(bytes + 64 + 4 * i);
    memcpy(prepared.start, prepared.midstate, sizeof prepared.start);
    rounds_one(prepared.start, words, 0, 2);
    return prepared;
}

/* The most significant word of the hash with the nonces first to first + LANES - 1, bytes as hashed. */
static many top_words(const header *h, const many lane, uint32_t first) {
    const many zero = {0};
    many s[8], w[16], nonce = lane + first;
    for (int i = 0; i < 8; i++)
        s[i] = zero + h->start[i];
    for (int i = 0; i < 3; i++)
        w[i] = zero + h->tail[i];
    w[3] = (nonce >> 24) | ((nonce >> 8) & 0xff00) | ((nonce << 8) & 0xff0000) | (nonce << 24);
    w[4] = zero + 0x80000000u;
    for (int i = 5; i < 15; i++)
        w[i] = zero;
    w[15] = zero + 640;
    rounds_many(s, w, 3, 63);

    for (int i = 0; i < 8; i++) {
        w[i] = s[i] + h->midstate[i];
        s[i] = zero + INITIAL_STATE[i];
    }
    w[8] = zero + 0x80000000u;
    for (int i = 9; i < 15; i++)
        w[i] = zero;
    w[15] = zero + 256;
    rounds_many(s, w, 0, 60);
    return s[4] + INITIAL_STATE[7];
}

/* Hashes vectors * LANES nonces; the last one whose top word is zero, or first - 1. */
static uint32_t scan(const header *h, uint32_t first, long vectors) {
    uint32_t found = first - 1;
    many lane;
    for (int i = 0; i < LANES; i++)
        lane[i] = i;
    for (long v = 0; v < vectors; v++, first += LANES) {
        many zeros = (many)(top_words(h, lane, first) == 0);
        for (int i = 0; i < LANES; i++)
            if (zeros[i])
                found = first + i;
    }
    return found;
}

/* Written after each scan, so that the compiler cannot leave the work out. */
static volatile uint32_t result;

static double cpu_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec + now.tv_nsec * 1e-9;
}

int main(int argc, char **argv) {
    static const char *const genesis =
        "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f61"
        "7fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c";
    const uint32_t genesis_nonce = 2083236893u;
    const double seconds = argc == 2 ? atof(argv[1]) : 0;
    if (seconds <= 0) {
        fprintf(stderr, "usage: hashrate <seconds>\n");
        return 2;
    }
    uint8_t bytes[80];
    for (int i = 0; i < 80; i++) {
        unsigned byte;
        sscanf(genesis + 2 * i, "%2x", &byte);
        bytes[i] = (uint8_t)byte;
    }
    const header h = prepare(bytes);
    if (scan(&h, genesis_nonce - 1003, 2 + 1003 / LANES) != genesis_nonce) {
        fprintf(stderr, "hashrate: the nonce of the first block was not found\n");
        return 1;
    }
    const double began = cpu_seconds();
    double elapsed, hashes = 0;
    uint32_t first = 0;
    do {
        result = scan(&h, first, 4096);
        first += 4096 * LANES;
        hashes += 4096.0 * LANES;
        elapsed = cpu_seconds() - began;
    } while (elapsed < seconds);
    printf("%d %.0f\n", LANES, hashes / elapsed);
    return 0;
}
