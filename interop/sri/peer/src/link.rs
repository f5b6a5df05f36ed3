//! One connection: frames in and out through SRI's codec, plain or encrypted.

use crate::{Options, Outcome};
use secp256k1::{Keypair, Secp256k1, SecretKey};
use std::{
    io::{ErrorKind, Read, Write},
    net::TcpStream,
};
use stratum_core::{
    codec_sv2::{
        Decoded, Decoder, Decrypted, Handshake, NoiseDecoder, NoiseEncoder, SerializedFrame, Transport,
        TransportDecryptState, TransportEncryptState,
    },
    noise_sv2::{Initiator, Responder, ELLSWIFT_ENCODING_SIZE, INITIATOR_EXPECTED_HANDSHAKE_MESSAGE_SIZE},
};

pub struct Link {
    stream: TcpStream,
    codec: Codec,
    bytewise: bool,
}

enum Codec {
    Plain(Decoder),
    Noise {
        decoder: NoiseDecoder,
        encoder: NoiseEncoder,
        encrypt: TransportEncryptState,
        decrypt: Option<TransportDecryptState>,
    },
}

impl Link {
    /// Makes the handshake, unless there is none to make.
    pub fn establish(mut stream: TcpStream, options: &Options) -> Outcome<Self> {
        let codec = if options.has("plain") {
            Codec::Plain(Decoder::new())
        } else {
            let transport = if options.has("connect") {
                initiate(&mut stream, options)?
            } else {
                respond(&mut stream, options)?
            };
            let (encrypt, decrypt) = transport.split();
            Codec::Noise {
                decoder: NoiseDecoder::new(),
                encoder: NoiseEncoder::new(),
                encrypt,
                decrypt: Some(decrypt),
            }
        };
        Ok(Self {
            stream,
            codec,
            bytewise: options.has("bytewise"),
        })
    }

    /// The next frame; none if the other side has closed.
    pub fn receive(&mut self) -> Outcome<Option<SerializedFrame>> {
        match &mut self.codec {
            Codec::Plain(decoder) => loop {
                if let Decoded::Frame(frame) = decoder.next_frame()? {
                    return Ok(Some(frame));
                }
                if !fill(&mut self.stream, decoder.writable())? {
                    return Ok(None);
                }
            },
            Codec::Noise { decoder, decrypt, .. } => loop {
                let state = decrypt.take().ok_or("the stream is broken")?;
                match decoder.next_transport_frame(state)? {
                    Decrypted::Frame(frame, state) => {
                        *decrypt = Some(state);
                        return Ok(Some(frame));
                    }
                    Decrypted::Incomplete(_, state) => *decrypt = Some(state),
                }
                if !fill(&mut self.stream, decoder.writable())? {
                    return Ok(None);
                }
            },
        }
    }

    pub fn send(&mut self, frame: &[u8]) -> Outcome<()> {
        let bytes = self.encode(frame)?;
        self.write(&bytes)
    }

    pub fn send_together(&mut self, frames: &[Vec<u8>]) -> Outcome<()> {
        let mut bytes = Vec::new();
        for frame in frames {
            bytes.extend(self.encode(frame)?);
        }
        self.write(&bytes)
    }

    fn encode(&mut self, frame: &[u8]) -> Outcome<Vec<u8>> {
        match &mut self.codec {
            Codec::Plain(_) => Ok(frame.to_vec()),
            Codec::Noise { encoder, encrypt, .. } => {
                let frame = SerializedFrame::from_bytes(frame.to_vec())?;
                Ok(encoder.encode_transport(frame, encrypt)?)
            }
        }
    }

    fn write(&mut self, bytes: &[u8]) -> Outcome<()> {
        let piece = if self.bytewise { 1 } else { bytes.len().max(1) };
        for bytes in bytes.chunks(piece) {
            self.stream.write_all(bytes)?;
        }
        Ok(())
    }
}

fn initiate(stream: &mut TcpStream, options: &Options) -> Outcome<Transport> {
    let mut rng = rand::thread_rng();
    let initiator = match options.key("authority")? {
        Some(key) => Initiator::from_raw_k_with_rng(key, &mut rng)?,
        None => Initiator::without_pk_with_rng(&mut rng)?,
    };
    let (act1, waiting) = Handshake::initiator(initiator).step_0()?;
    stream.write_all(act1.payload())?;
    let mut act2 = [0; INITIATOR_EXPECTED_HANDSHAKE_MESSAGE_SIZE];
    stream.read_exact(&mut act2)?;
    Ok(waiting.step_2_with_now(act2, options.number("now")? as u32)?)
}

fn respond(stream: &mut TcpStream, options: &Options) -> Outcome<Transport> {
    let mut rng = rand::thread_rng();
    let secret = options.key("secret")?.ok_or("secret=… is missing")?;
    let authority = Keypair::from_secret_key(&Secp256k1::new(), &SecretKey::from_slice(&secret)?);
    let responder = Responder::new_with_rng(authority, options.number("validity")? as u32, &mut rng);
    let mut act1 = [0; ELLSWIFT_ENCODING_SIZE];
    stream.read_exact(&mut act1)?;
    let now = options.number("now")? as u32;
    let (act2, transport) = Handshake::responder(responder).step_1_with_now_rng(act1, now, &mut rng)?;
    stream.write_all(act2.payload())?;
    Ok(transport)
}

/// Fills what the decoder asks for; false if the stream ended.
fn fill(stream: &mut TcpStream, wanted: &mut [u8]) -> Outcome<bool> {
    match stream.read_exact(wanted) {
        Ok(()) => Ok(true),
        Err(end) if end.kind() == ErrorKind::UnexpectedEof || end.kind() == ErrorKind::ConnectionReset => Ok(false),
        Err(failure) => Err(failure.into()),
    }
}
