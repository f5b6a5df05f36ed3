//! Message to frame and frame to message.
//!
//! * `encode-…`: the frame of a message, header included, into a fresh vector. SRI takes the message apart, so each time
//!   a copy is encoded; `copy-…` is that copy alone.
//! * `decode-borrowed`: the message whose fields point into the frame. `decode-owned`: one that holds its fields.

use crate::cost::Operation;
use std::hint::black_box;
use stratum_core::{
    binary_sv2::{from_bytes, GetSize, Serialize},
    common_messages_sv2::SetupConnection,
    framing_sv2::{
        framing::{EncodableFrame, MessageFrame},
        header::Header,
    },
    mining_sv2::{NewExtendedMiningJob, NewMiningJob, SubmitSharesExtended},
    template_distribution_sv2::NewTemplate,
};

type Named = (String, Operation);

/// The operations on the message in a frame.
pub fn operations(name: &str, frame: Vec<u8>) -> Vec<Named> {
    macro_rules! of {
        ($message:ident) => {{
            let parts: &'static mut [u8] = Box::leak(frame.clone().into_boxed_slice());
            let (header, payload) = parts.split_at_mut(Header::SIZE);
            let header = Header::from_bytes(header).expect("a frame has a header");
            let message: $message<'static> = from_bytes(payload).expect("the payload is the message");
            let mut operations = encoding("borrowed", name, header, message.clone());
            operations.extend(encoding("owned", name, header, message.into_owned()));
            let mut received = frame.clone();
            let borrowed: Operation = Box::new(move |times| {
                for _ in 0..times {
                    let (header, payload) = black_box(&mut received[..]).split_at_mut(Header::SIZE);
                    black_box(Header::from_bytes(header).unwrap());
                    black_box(from_bytes::<$message>(payload).unwrap());
                }
            });
            let mut received = frame;
            let owned: Operation = Box::new(move |times| {
                for _ in 0..times {
                    let (header, payload) = black_box(&mut received[..]).split_at_mut(Header::SIZE);
                    black_box(Header::from_bytes(header).unwrap());
                    black_box(from_bytes::<$message>(payload).unwrap().into_owned());
                }
            });
            operations.push((format!("decode-borrowed/{name}"), borrowed));
            operations.push((format!("decode-owned/{name}"), owned));
            operations
        }};
    }
    match name {
        "SetupConnection" => of!(SetupConnection),
        "NewMiningJob" => of!(NewMiningJob),
        "NewExtendedMiningJob" => of!(NewExtendedMiningJob),
        "SubmitSharesExtended" => of!(SubmitSharesExtended),
        "NewTemplate" => of!(NewTemplate),
        _ => panic!("no operations on {name}"),
    }
}

fn encoding<M: Clone + Serialize + GetSize + 'static>(
    form: &str,
    name: &str,
    header: Header,
    message: M,
) -> Vec<Named> {
    let copied = message.clone();
    let copy: Operation = Box::new(move |times| {
        for _ in 0..times {
            black_box(black_box(&copied).clone());
        }
    });
    let encode: Operation = Box::new(move |times| {
        for _ in 0..times {
            black_box(frame_of(black_box(&message).clone(), header));
        }
    });
    vec![
        (format!("copy-{form}/{name}"), copy),
        (format!("encode-{form}/{name}"), encode),
    ]
}

fn frame_of<M: Serialize + GetSize>(message: M, like: Header) -> Vec<u8> {
    let (extension, channel) = (like.ext_type_without_channel_msg(), like.channel_msg());
    let frame = MessageFrame::from_message(message, like.msg_type(), extension, channel).unwrap();
    let mut bytes = vec![0; frame.encoded_length()];
    frame.encode_into(&mut bytes).unwrap();
    bytes
}
