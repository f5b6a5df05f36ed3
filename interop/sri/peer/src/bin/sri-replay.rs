//! SRI's side of a handshake whose every random choice is given, so that its bytes can be compared with a vector.
//!
//! `sri-replay responder` and `sri-replay initiator` read lines `name=value` to the end of the input: `now`, `keys`,
//! `encodings`, `authority` (secret or public), `act1` and `validity` or `act2`, and any number of frames to `receive` and
//! to `send`. They print what SRI would send, a line each: the act, then `received` with each frame it decrypted, then
//! `sent` with each frame it encrypted.
//!
//! SRI's generator of random numbers is `keys`, secret after secret, then zeros. The encoding of a
//! public key is looked for in `encodings`, 64 bytes each: the linker puts [`encode`] before the function of libsecp256k1
//! that makes one, and nothing else of SRI is touched.

use secp256k1::{
    ellswift::ElligatorSwift,
    ffi::{self, types::c_int},
    Keypair, PublicKey, Secp256k1, SecretKey,
};
use std::{collections::HashMap, env, io, sync::OnceLock};
use stratum_core::{
    codec_sv2::{Decrypted, Handshake, NoiseDecoder, NoiseEncoder, SerializedFrame, Transport},
    noise_sv2::{Initiator, Responder},
};

static ENCODINGS: OnceLock<Vec<[u8; 64]>> = OnceLock::new();

fn main() {
    let role = env::args().nth(1).expect("a role");
    let mut options = HashMap::<String, Vec<String>>::new();
    for line in io::stdin().lines() {
        let line = line.expect("standard input is text");
        let (name, value) = line.split_once('=').expect("name=value");
        options.entry(name.to_owned()).or_default().push(value.to_owned());
    }
    replay(&role, &Given(options));
}

fn replay(role: &str, given: &Given) {
    let encodings = given.bytes("encodings").chunks(64).map(array).collect();
    ENCODINGS.set(encodings).expect("set once");
    let mut rng = Script(given.bytes("keys"));
    let transport = match role {
        "responder" => respond(given, &mut rng),
        "initiator" => initiate(given, &mut rng),
        _ => panic!("no role is called {role}"),
    };
    let (mut encrypt, mut decrypt) = transport.split();
    let mut decoder = NoiseDecoder::new();
    for wire in given.frames("receive") {
        let mut rest = &wire[..];
        loop {
            let writable = decoder.writable();
            let (read, unread) = rest.split_at(writable.len());
            writable.copy_from_slice(read);
            rest = unread;
            match decoder.next_transport_frame(decrypt).expect("the frame is authentic") {
                Decrypted::Incomplete(_, state) => decrypt = state,
                Decrypted::Frame(frame, state) => {
                    decrypt = state;
                    println!("received {}", hex(frame.as_bytes()));
                    break;
                }
            }
        }
        assert!(rest.is_empty(), "{} bytes after the frame", rest.len());
    }
    for plain in given.frames("send") {
        let frame = SerializedFrame::from_bytes(plain).expect("a whole frame");
        let wire = NoiseEncoder::new()
            .encode_transport(frame, &mut encrypt)
            .expect("it can be encrypted");
        println!("sent {}", hex(&wire));
    }
}

fn respond(given: &Given, rng: &mut Script) -> Transport {
    let secret = SecretKey::from_slice(&given.bytes("authority")).expect("a secret key");
    let authority = Keypair::from_secret_key(&Secp256k1::new(), &secret);
    let responder = Responder::new_with_rng(authority, given.number("validity"), rng);
    let (act2, transport) = Handshake::responder(responder)
        .step_1_with_now_rng(array(&given.bytes("act1")), given.number("now"), rng)
        .expect("any act 1 is answered");
    println!("act2 {}", hex(act2.payload()));
    transport
}

fn initiate(given: &Given, rng: &mut Script) -> Transport {
    let authority = array(&given.bytes("authority"));
    let initiator = Initiator::from_raw_k_with_rng(authority, rng).expect("a public key");
    let (act1, waiting) = Handshake::initiator(initiator).step_0().expect("act 1");
    println!("act1 {}", hex(act1.payload()));
    let act2 = array(&given.bytes("act2"));
    waiting
        .step_2_with_now(act2, given.number("now"))
        .expect("the certificate is good")
}

/// Stands before libsecp256k1's function of that name.
///
/// # Safety
///
/// As there: `encoding` has room for 64 bytes, and `key` is a public key.
#[export_name = "__wrap_rustsecp256k1_v0_9_2_ellswift_encode"]
pub unsafe extern "C" fn encode(
    _context: *const ffi::Context,
    encoding: *mut u8,
    key: *const ffi::PublicKey,
    _random: *const u8,
) -> c_int {
    let wanted = PublicKey::from(*key).x_only_public_key().0;
    let known = ENCODINGS.get().expect("encodings are given before keys are made");
    let stands_for_key = |candidate: &&[u8; 64]| {
        PublicKey::from_ellswift(ElligatorSwift::from_array(**candidate))
            .x_only_public_key()
            .0
            == wanted
    };
    let found = known
        .iter()
        .find(stands_for_key)
        .expect("an encoding of the key is given");
    encoding.copy_from_nonoverlapping(found.as_ptr(), found.len());
    1
}

/// Random numbers that are given.
struct Script(Vec<u8>);

impl rand::RngCore for Script {
    fn next_u32(&mut self) -> u32 {
        unimplemented!("keys are made of bytes")
    }

    fn next_u64(&mut self) -> u64 {
        unimplemented!("keys are made of bytes")
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        let given = bytes.len().min(self.0.len());
        bytes.fill(0);
        bytes[..given].copy_from_slice(&self.0[..given]);
        self.0.drain(..given);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand::Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

impl rand::CryptoRng for Script {}

struct Given(HashMap<String, Vec<String>>);

impl Given {
    fn texts(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    fn text(&self, name: &str) -> &str {
        self.texts(name)
            .first()
            .unwrap_or_else(|| panic!("{name}=… is missing"))
    }

    fn number(&self, name: &str) -> u32 {
        self.text(name).parse().expect("a number")
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        parse(self.text(name))
    }

    fn frames(&self, name: &str) -> Vec<Vec<u8>> {
        self.texts(name).iter().map(|hex| parse(hex)).collect()
    }
}

fn parse(hex: &str) -> Vec<u8> {
    let byte = |index| u8::from_str_radix(&hex[index..index + 2], 16).expect("two hexadecimal digits");
    (0..hex.len()).step_by(2).map(byte).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn array<const N: usize>(bytes: &[u8]) -> [u8; N] {
    bytes.try_into().expect("as many bytes as the field has")
}
