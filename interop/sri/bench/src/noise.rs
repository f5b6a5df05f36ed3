//! The handshake and the encrypted stream.
//!
//! * `seal-open/N`: N bytes sealed by the sender's cipher and opened by the receiver's, in place in one vector, with
//!   SRI's `NoiseEncryptor` and `NoiseDecryptor`.
//! * `frame/N`: a frame with a payload of N bytes through `NoiseEncoder` and `NoiseDecoder`. SRI takes the frame, so each
//!   time a copy is encoded; `copy-frame/N` is that copy alone.
//! * `handshake`: both sides from nothing, as SRI's applications do for each connection: ephemeral keys, the server's
//!   static key, its certificate signed and checked.

use crate::cost::Operation;
use secp256k1::{Keypair, Secp256k1, SecretKey};
use std::{collections::HashMap, hint::black_box, time::Duration};
use stratum_core::{
    codec_sv2::{Decrypted, Handshake, NoiseDecoder, NoiseEncoder, SerializedFrame, Transport, TransportDecryptState},
    noise_sv2::{Initiator, NoiseEngine, Responder},
};

const SIZES: [usize; 4] = [22, 64, 1024, 16384];
const SECRET: [u8; 32] = [0x41; 32];
const VALIDITY: Duration = Duration::from_secs(3600);

pub fn operations() -> HashMap<String, Operation> {
    let mut operations = HashMap::new();
    let authority = authority();
    for size in SIZES {
        operations.insert(format!("seal-open/{size}"), seal_open(authority, size));
        operations.insert(format!("frame/{size}"), frame(authority, size));
        operations.insert(format!("copy-frame/{size}"), copy(size));
    }
    let handshake: Operation = Box::new(move |times| {
        for _ in 0..times {
            black_box(engines(authority));
        }
    });
    operations.insert("handshake".to_owned(), handshake);
    operations
}

/// The public and the secret key that certificates are signed with.
type Authority = ([u8; 32], [u8; 32]);

fn authority() -> Authority {
    let secret = SecretKey::from_slice(&SECRET).expect("a secret key");
    let pair = Keypair::from_secret_key(&Secp256k1::new(), &secret);
    (pair.x_only_public_key().0.serialize(), SECRET)
}

/// The client's end and the server's end of a session.
fn engines((public, secret): Authority) -> (NoiseEngine, NoiseEngine) {
    let mut initiator = Initiator::from_raw_k(public).unwrap();
    let mut responder = Responder::from_authority_kp(&public, &secret, VALIDITY).unwrap();
    let act1 = initiator.step_0().unwrap();
    let (act2, server) = responder.step_1(act1).unwrap();
    (initiator.step_2(act2).unwrap(), server)
}

/// The same, for SRI's codec.
fn transports((public, secret): Authority) -> (Transport, Transport) {
    let initiator = Handshake::initiator(Initiator::from_raw_k(public).unwrap());
    let responder = Handshake::responder(Responder::from_authority_kp(&public, &secret, VALIDITY).unwrap());
    let (act1, waiting) = initiator.step_0().unwrap();
    let (act2, server) = responder.step_1(act1.payload().try_into().unwrap()).unwrap();
    (waiting.step_2(act2.payload().try_into().unwrap()).unwrap(), server)
}

fn seal_open(authority: Authority, size: usize) -> Operation {
    let (client, server) = engines(authority);
    let (mut encryptor, _) = client.into_split();
    let (_, mut decryptor) = server.into_split();
    let mut message = vec![0u8; size];
    Box::new(move |times| {
        for _ in 0..times {
            encryptor.encrypt(&mut message).unwrap();
            decryptor.decrypt(&mut message).unwrap();
            black_box(&mut message);
        }
    })
}

fn frame(authority: Authority, size: usize) -> Operation {
    let (client, server) = transports(authority);
    let (mut encrypt, _) = client.split();
    let mut receiving = Some(server.split().1);
    let (mut encoder, mut decoder) = (NoiseEncoder::new(), NoiseDecoder::new());
    let bytes = frame_bytes(size);
    Box::new(move |times| {
        for _ in 0..times {
            let frame = SerializedFrame::from_bytes(bytes.clone()).unwrap();
            let wire = encoder.encode_transport(frame, &mut encrypt).unwrap();
            black_box(decode(&mut decoder, &mut receiving, wire.as_ref()));
        }
    })
}

fn copy(size: usize) -> Operation {
    let bytes = frame_bytes(size);
    Box::new(move |times| {
        for _ in 0..times {
            black_box(SerializedFrame::from_bytes(black_box(&bytes).clone()).unwrap());
        }
    })
}

fn frame_bytes(size: usize) -> Vec<u8> {
    let mut bytes = vec![0; 6 + size];
    bytes[..3].copy_from_slice(&[0x00, 0x40, 0x01]);
    bytes[3..6].copy_from_slice(&(size as u32).to_le_bytes()[..3]);
    bytes
}

fn decode(
    decoder: &mut NoiseDecoder,
    receiving: &mut Option<TransportDecryptState>,
    mut wire: &[u8],
) -> SerializedFrame {
    loop {
        let writable = decoder.writable();
        let (read, rest) = wire.split_at(writable.len());
        writable.copy_from_slice(read);
        wire = rest;
        match decoder.next_transport_frame(receiving.take().unwrap()).unwrap() {
            Decrypted::Frame(frame, state) => {
                *receiving = Some(state);
                return frame;
            }
            Decrypted::Incomplete(_, state) => *receiving = Some(state),
        }
    }
}
