//! What comes back for a frame.
//!
//! * `reencode`: the message, decoded into SRI's type and encoded again from it, borrowed and owned alike;
//! * `describe`: how SRI prints the message's fields;
//! * `tlvs`: the message with the TLV fields of extension 0x0002 that SRI found in it.
//!
//! What SRI does not decode comes back as a frame of [`REFUSED`] with the reason as text.

use crate::{Failure, Options, Outcome};
use stratum_core::{
    binary_sv2::{GetSize, Serialize},
    codec_sv2::{Encoder, MessageFrame, SerializedFrame},
    extensions_sv2::UserIdentity,
    framing_sv2::header::Header,
    parsers_sv2::{parse_message_frame_with_tlvs, AnyMessage, IsSv2Message, TlvField, TlvList},
};

/// Extension and message type of an answer that is no message.
const REFUSED: (u16, u8) = (0x7ffe, 0x00);
const DESCRIBED: (u16, u8) = (0x7ffe, 0x01);
const WORKER_IDENTITY: u16 = 0x0002;

pub fn to(mut frame: SerializedFrame, options: &Options) -> Outcome<Vec<u8>> {
    let header = frame.header();
    let answer = if options.has("describe") {
        describe(header, frame.payload())
    } else if options.has("tlvs") {
        with_tlvs(header, frame.payload())
    } else {
        reencode(header, frame.payload())
    };
    answer.or_else(|Failure(reason)| text(REFUSED, &reason))
}

fn reencode(header: Header, payload: &mut [u8]) -> Outcome<Vec<u8>> {
    let message = AnyMessage::try_from((header, payload))?;
    let owned = encode(message.clone().into_owned())?;
    if encode(message)? != owned {
        return Err("the owned message is encoded otherwise than the borrowed one".into());
    }
    Ok(owned)
}

fn describe(header: Header, payload: &mut [u8]) -> Outcome<Vec<u8>> {
    let message = AnyMessage::try_from((header, payload))?;
    text(DESCRIBED, &format!("{message:?}"))
}

fn with_tlvs(header: Header, payload: &mut [u8]) -> Outcome<Vec<u8>> {
    let (message, tlvs) = parse_message_frame_with_tlvs(header, payload, &[WORKER_IDENTITY])?;
    let mut known = Vec::new();
    for tlv in tlvs.unwrap_or_default() {
        let identity = UserIdentity::from_tlv(&tlv)?;
        known.push(identity.to_tlv()?);
    }
    let list = TlvList::from_slice(&known)?;
    Ok(list.build_frame_bytes_with_tlvs(message)?)
}

/// The whole frame, its numbers and channel bit as SRI gives them for the type.
pub fn encode<M: IsSv2Message + Serialize + GetSize>(message: M) -> Outcome<Vec<u8>> {
    let (kind, extension, channel) = (message.message_type(), message.extension_type(), message.channel_bit());
    let frame = MessageFrame::from_message(message, kind, extension, channel)?;
    Ok(Encoder::new().encode(frame)?)
}

fn text((extension, kind): (u16, u8), text: &str) -> Outcome<Vec<u8>> {
    let mut frame = extension.to_le_bytes().to_vec();
    frame.push(kind);
    frame.extend_from_slice(&u32::try_from(text.len())?.to_le_bytes()[..3]);
    frame.extend_from_slice(text.as_bytes());
    Ok(frame)
}
