//! Messages made here, field by field in SRI's types, from a seed.

use crate::{answer, link::Link, Options, Outcome};
use stratum_core::{
    binary_sv2::*, common_messages_sv2::*, extensions_sv2::*, job_declaration_sv2::*, mining_sv2::*, parsers_sv2::*,
    template_distribution_sv2 as template,
};
use template::*;

/// Sends `count` messages of a kind, the first as short as there are, the second long, and tells how many came back
/// byte for byte.
pub fn exchange(link: &mut Link, kind: &str, options: &Options) -> Outcome<usize> {
    let seed = options.number("seed")?;
    let frames = (0..options.number("count")?)
        .map(|number| frame(kind, &mut Dice::new(seed + number, number)))
        .collect::<Outcome<Vec<_>>>()?;
    if options.has("together") {
        link.send_together(&frames)?;
    } else {
        frames.iter().try_for_each(|frame| link.send(frame))?;
    }
    let mut identical = 0;
    for frame in &frames {
        let returned = link.receive()?.ok_or("the other side closed before it returned all")?;
        identical += usize::from(returned.as_bytes() == frame.as_slice());
    }
    Ok(identical)
}

fn frame(kind: &str, dice: &mut Dice) -> Outcome<Vec<u8>> {
    if kind == "SubmitSharesExtended+UserIdentity" {
        let AnyMessageOwned::Mining(share) = message("SubmitSharesExtended", dice)? else {
            unreachable!("a share is a mining message");
        };
        let identity = UserIdentity::from_bytes(&dice.bytes(MAX_USER_IDENTITY_LENGTH))?;
        let tlvs = TlvList::from_slice(&[identity.to_tlv()?])?;
        return Ok(tlvs.build_frame_bytes_with_tlvs(share)?);
    }
    answer::encode(message(kind, dice)?)
}

/// One message by its name in the specification; the two of the same name have their subprotocol before it.
fn message(kind: &str, dice: &mut Dice) -> Outcome<AnyMessageOwned> {
    if let Some(message) = common(kind, dice) {
        return Ok(AnyMessageOwned::Common(message));
    }
    if let Some(message) = channels(kind, dice) {
        return Ok(AnyMessageOwned::Mining(message));
    }
    if let Some(message) = jobs_and_shares(kind, dice) {
        return Ok(AnyMessageOwned::Mining(message));
    }
    if let Some(message) = declaration(kind, dice) {
        return Ok(AnyMessageOwned::JobDeclaration(message));
    }
    if let Some(message) = templates(kind, dice) {
        return Ok(AnyMessageOwned::TemplateDistribution(message));
    }
    if let Some(message) = negotiation(kind, dice) {
        return Ok(AnyMessageOwned::Extensions(ExtensionsOwned::ExtensionsNegotiation(
            message,
        )));
    }
    Err(format!("no message is called {kind}").into())
}

fn common(kind: &str, dice: &mut Dice) -> Option<CommonMessagesOwned> {
    use CommonMessagesOwned::*;
    Some(match kind {
        "SetupConnection" => SetupConnection(SetupConnectionOwned {
            protocol: dice.protocol(),
            min_version: dice.u16(),
            max_version: dice.u16(),
            flags: dice.u32(),
            endpoint_host: dice.b0_255(),
            endpoint_port: dice.u16(),
            vendor: dice.b0_255(),
            hardware_version: dice.b0_255(),
            firmware: dice.b0_255(),
            device_id: dice.b0_255(),
        }),
        "SetupConnection.Success" => SetupConnectionSuccess(SetupConnectionSuccessOwned {
            used_version: dice.u16(),
            flags: dice.u32(),
        }),
        "SetupConnection.Error" => SetupConnectionError(SetupConnectionErrorOwned {
            flags: dice.u32(),
            error_code: dice.b0_255(),
        }),
        "ChannelEndpointChanged" => ChannelEndpointChanged(ChannelEndpointChangedOwned { channel_id: dice.u32() }),
        "Reconnect" => Reconnect(ReconnectOwned {
            new_host: dice.b0_255(),
            new_port: dice.u16(),
        }),
        _ => return None,
    })
}

fn channels(kind: &str, dice: &mut Dice) -> Option<MiningOwned> {
    use MiningOwned::*;
    Some(match kind {
        "OpenStandardMiningChannel" => OpenStandardMiningChannel(OpenStandardMiningChannelOwned {
            request_id: dice.u32(),
            user_identity: dice.b0_255(),
            nominal_hash_rate: dice.f32(),
            max_target: dice.u256(),
        }),
        "OpenStandardMiningChannel.Success" => {
            OpenStandardMiningChannelSuccess(OpenStandardMiningChannelSuccessOwned {
                request_id: dice.u32(),
                channel_id: dice.u32(),
                target: dice.u256(),
                extranonce_prefix: dice.b0_32(),
                group_channel_id: dice.u32(),
            })
        }
        "OpenExtendedMiningChannel" => OpenExtendedMiningChannel(OpenExtendedMiningChannelOwned {
            request_id: dice.u32(),
            user_identity: dice.b0_255(),
            nominal_hash_rate: dice.f32(),
            max_target: dice.u256(),
            min_extranonce_size: dice.u16(),
        }),
        "OpenExtendedMiningChannel.Success" => {
            OpenExtendedMiningChannelSuccess(OpenExtendedMiningChannelSuccessOwned {
                request_id: dice.u32(),
                channel_id: dice.u32(),
                target: dice.u256(),
                extranonce_size: dice.u16(),
                extranonce_prefix: dice.b0_32(),
                group_channel_id: dice.u32(),
            })
        }
        "OpenMiningChannel.Error" => OpenMiningChannelError(OpenMiningChannelErrorOwned {
            request_id: dice.u32(),
            error_code: dice.b0_255(),
        }),
        "UpdateChannel" => UpdateChannel(UpdateChannelOwned {
            channel_id: dice.u32(),
            nominal_hash_rate: dice.f32(),
            maximum_target: dice.u256(),
        }),
        "UpdateChannel.Error" => UpdateChannelError(UpdateChannelErrorOwned {
            channel_id: dice.u32(),
            error_code: dice.b0_255(),
        }),
        "CloseChannel" => CloseChannel(CloseChannelOwned {
            channel_id: dice.u32(),
            reason_code: dice.b0_255(),
        }),
        "SetExtranoncePrefix" => SetExtranoncePrefix(SetExtranoncePrefixOwned {
            channel_id: dice.u32(),
            extranonce_prefix: dice.b0_32(),
        }),
        "SetTarget" => SetTarget(SetTargetOwned {
            channel_id: dice.u32(),
            maximum_target: dice.u256(),
        }),
        "SetGroupChannel" => SetGroupChannel(SetGroupChannelOwned {
            group_channel_id: dice.u32(),
            channel_ids: dice.seq0_64k(Dice::u32),
        }),
        _ => return None,
    })
}

fn jobs_and_shares(kind: &str, dice: &mut Dice) -> Option<MiningOwned> {
    use MiningOwned::*;
    Some(match kind {
        "NewMiningJob" => NewMiningJob(NewMiningJobOwned {
            channel_id: dice.u32(),
            job_id: dice.u32(),
            min_ntime: dice.option(),
            version: dice.u32(),
            merkle_root: dice.u256(),
        }),
        "NewExtendedMiningJob" => NewExtendedMiningJob(NewExtendedMiningJobOwned {
            channel_id: dice.u32(),
            job_id: dice.u32(),
            min_ntime: dice.option(),
            version: dice.u32(),
            version_rolling_allowed: dice.bool(),
            merkle_path: dice.seq0_255(Dice::u256),
            coinbase_tx_prefix: dice.b0_64k(),
            coinbase_tx_suffix: dice.b0_64k(),
        }),
        "Mining.SetNewPrevHash" => SetNewPrevHash(stratum_core::mining_sv2::SetNewPrevHashOwned {
            channel_id: dice.u32(),
            job_id: dice.u32(),
            prev_hash: dice.u256(),
            min_ntime: dice.u32(),
            nbits: dice.u32(),
        }),
        "SetCustomMiningJob" => SetCustomMiningJob(SetCustomMiningJobOwned {
            channel_id: dice.u32(),
            request_id: dice.u32(),
            token: dice.b0_255(),
            version: dice.u32(),
            prev_hash: dice.u256(),
            min_ntime: dice.u32(),
            nbits: dice.u32(),
            coinbase_tx_version: dice.u32(),
            coinbase_prefix: dice.b0_255(),
            coinbase_tx_input_n_sequence: dice.u32(),
            coinbase_tx_outputs: dice.b0_64k(),
            coinbase_tx_locktime: dice.u32(),
            merkle_path: dice.seq0_255(Dice::u256),
        }),
        "SetCustomMiningJob.Success" => SetCustomMiningJobSuccess(SetCustomMiningJobSuccessOwned {
            channel_id: dice.u32(),
            request_id: dice.u32(),
            job_id: dice.u32(),
        }),
        "SetCustomMiningJob.Error" => SetCustomMiningJobError(SetCustomMiningJobErrorOwned {
            channel_id: dice.u32(),
            request_id: dice.u32(),
            error_code: dice.b0_255(),
        }),
        "SubmitSharesStandard" => SubmitSharesStandard(SubmitSharesStandardOwned {
            channel_id: dice.u32(),
            sequence_number: dice.u32(),
            job_id: dice.u32(),
            nonce: dice.u32(),
            ntime: dice.u32(),
            version: dice.u32(),
        }),
        "SubmitSharesExtended" => SubmitSharesExtended(SubmitSharesExtendedOwned {
            channel_id: dice.u32(),
            sequence_number: dice.u32(),
            job_id: dice.u32(),
            nonce: dice.u32(),
            ntime: dice.u32(),
            version: dice.u32(),
            extranonce: dice.b0_32(),
        }),
        "SubmitShares.Success" => SubmitSharesSuccess(SubmitSharesSuccessOwned {
            channel_id: dice.u32(),
            last_sequence_number: dice.u32(),
            new_submits_accepted_count: dice.u32(),
            new_shares_sum: dice.u64(),
        }),
        "SubmitShares.Error" => SubmitSharesError(SubmitSharesErrorOwned {
            channel_id: dice.u32(),
            sequence_number: dice.u32(),
            error_code: dice.b0_255(),
        }),
        _ => return None,
    })
}

fn declaration(kind: &str, dice: &mut Dice) -> Option<JobDeclarationOwned> {
    use JobDeclarationOwned::*;
    Some(match kind {
        "AllocateMiningJobToken" => AllocateMiningJobToken(AllocateMiningJobTokenOwned {
            user_identifier: dice.b0_255(),
            request_id: dice.u32(),
        }),
        "AllocateMiningJobToken.Success" => AllocateMiningJobTokenSuccess(AllocateMiningJobTokenSuccessOwned {
            request_id: dice.u32(),
            mining_job_token: dice.b0_255(),
            coinbase_outputs: dice.b0_64k(),
        }),
        "DeclareMiningJob" => DeclareMiningJob(DeclareMiningJobOwned {
            request_id: dice.u32(),
            mining_job_token: dice.b0_255(),
            version: dice.u32(),
            coinbase_tx_prefix: dice.b0_64k(),
            coinbase_tx_suffix: dice.b0_64k(),
            wtxid_list: dice.seq0_64k(Dice::u256),
            excess_data: dice.b0_64k(),
        }),
        "DeclareMiningJob.Success" => DeclareMiningJobSuccess(DeclareMiningJobSuccessOwned {
            request_id: dice.u32(),
            new_mining_job_token: dice.b0_255(),
        }),
        "DeclareMiningJob.Error" => DeclareMiningJobError(DeclareMiningJobErrorOwned {
            request_id: dice.u32(),
            error_code: dice.b0_255(),
            error_details: dice.b0_64k(),
        }),
        "ProvideMissingTransactions" => ProvideMissingTransactions(ProvideMissingTransactionsOwned {
            request_id: dice.u32(),
            unknown_tx_position_list: dice.seq0_64k(Dice::u16),
        }),
        "ProvideMissingTransactions.Success" => {
            ProvideMissingTransactionsSuccess(ProvideMissingTransactionsSuccessOwned {
                request_id: dice.u32(),
                transaction_list: dice.transactions(),
            })
        }
        "PushSolution" => PushSolution(PushSolutionOwned {
            extranonce: dice.b0_32(),
            prev_hash: dice.u256(),
            nonce: dice.u32(),
            ntime: dice.u32(),
            nbits: dice.u32(),
            version: dice.u32(),
        }),
        _ => return None,
    })
}

fn templates(kind: &str, dice: &mut Dice) -> Option<TemplateDistributionOwned> {
    use TemplateDistributionOwned::*;
    Some(match kind {
        "CoinbaseOutputConstraints" => CoinbaseOutputConstraints(CoinbaseOutputConstraintsOwned {
            coinbase_output_max_additional_size: dice.u32(),
            coinbase_output_max_additional_sigops: dice.u16(),
        }),
        "NewTemplate" => NewTemplate(NewTemplateOwned {
            template_id: dice.u64(),
            future_template: dice.bool(),
            version: dice.u32(),
            coinbase_tx_version: dice.u32(),
            coinbase_prefix: dice.b0_255(),
            coinbase_tx_input_sequence: dice.u32(),
            coinbase_tx_value_remaining: dice.u64(),
            coinbase_tx_outputs_count: dice.u32(),
            coinbase_tx_outputs: dice.b0_64k(),
            coinbase_tx_locktime: dice.u32(),
            merkle_path: dice.seq0_255(Dice::u256),
        }),
        "Template.SetNewPrevHash" => SetNewPrevHash(template::SetNewPrevHashOwned {
            template_id: dice.u64(),
            prev_hash: dice.u256(),
            header_timestamp: dice.u32(),
            n_bits: dice.u32(),
            target: dice.u256(),
        }),
        "RequestTransactionData" => RequestTransactionData(RequestTransactionDataOwned {
            template_id: dice.u64(),
        }),
        "RequestTransactionData.Success" => RequestTransactionDataSuccess(RequestTransactionDataSuccessOwned {
            template_id: dice.u64(),
            excess_data: dice.b0_64k(),
            transaction_list: dice.transactions(),
        }),
        "RequestTransactionData.Error" => RequestTransactionDataError(RequestTransactionDataErrorOwned {
            template_id: dice.u64(),
            error_code: dice.b0_255(),
        }),
        "SubmitSolution" => SubmitSolution(SubmitSolutionOwned {
            template_id: dice.u64(),
            version: dice.u32(),
            header_timestamp: dice.u32(),
            header_nonce: dice.u32(),
            coinbase_tx: dice.b0_64k(),
        }),
        _ => return None,
    })
}

fn negotiation(kind: &str, dice: &mut Dice) -> Option<ExtensionsNegotiationOwned> {
    use ExtensionsNegotiationOwned::*;
    Some(match kind {
        "RequestExtensions" => RequestExtensions(RequestExtensionsOwned {
            request_id: dice.u16(),
            requested_extensions: dice.seq0_64k(Dice::u16),
        }),
        "RequestExtensions.Success" => RequestExtensionsSuccess(RequestExtensionsSuccessOwned {
            request_id: dice.u16(),
            supported_extensions: dice.seq0_64k(Dice::u16),
        }),
        "RequestExtensions.Error" => RequestExtensionsError(RequestExtensionsErrorOwned {
            request_id: dice.u16(),
            unsupported_extensions: dice.seq0_64k(Dice::u16),
            required_extensions: dice.seq0_64k(Dice::u16),
        }),
        _ => return None,
    })
}

/// Field values from a seed (SplitMix64).
struct Dice {
    state: u64,
    length: Length,
}

enum Length {
    Shortest,
    Long,
    Any,
}

impl Dice {
    fn new(seed: u64, number: u64) -> Self {
        let length = match number {
            0 => Length::Shortest,
            1 => Length::Long,
            _ => Length::Any,
        };
        Self { state: seed, length }
    }

    fn u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn u32(&mut self) -> u32 {
        self.u64() as u32
    }

    fn u16(&mut self) -> u16 {
        self.u64() as u16
    }

    fn bool(&mut self) -> bool {
        self.u64() & 1 == 1
    }

    /// A hash rate.
    fn f32(&mut self) -> f32 {
        self.u32() as f32 * 1e6
    }

    fn protocol(&mut self) -> Protocol {
        match self.u64() % 3 {
            0 => Protocol::MiningProtocol,
            1 => Protocol::JobDeclarationProtocol,
            _ => Protocol::TemplateDistributionProtocol,
        }
    }

    fn option(&mut self) -> Sv2OptionOwned<u32> {
        let value = self.u32();
        Sv2OptionOwned::new((self.size(1) == 1).then_some(value))
    }

    fn size(&mut self, max: usize) -> usize {
        match self.length {
            Length::Shortest => 0,
            Length::Long => max,
            Length::Any => (self.u64() % (max.min(300) as u64 + 1)) as usize,
        }
    }

    fn bytes(&mut self, max: usize) -> Vec<u8> {
        (0..self.size(max)).map(|_| self.u64() as u8).collect()
    }

    fn u256(&mut self) -> U256Owned {
        let bytes: Vec<u8> = (0..32).map(|_| self.u64() as u8).collect();
        U256Owned::try_from(bytes).expect("32 bytes")
    }

    fn b0_32(&mut self) -> B032Owned {
        B032Owned::try_from(self.bytes(32)).expect("at most 32 bytes")
    }

    fn b0_255(&mut self) -> B0255Owned {
        B0255Owned::try_from(self.bytes(255)).expect("at most 255 bytes")
    }

    fn b0_64k(&mut self) -> B064KOwned {
        B064KOwned::try_from(self.bytes(65_535)).expect("at most 65,535 bytes")
    }

    fn seq0_255<T>(&mut self, element: impl Fn(&mut Self) -> T) -> Seq0255Owned<T> {
        let elements = (0..self.size(255)).map(|_| element(self)).collect();
        Seq0255Owned::new(elements).expect("at most 255 elements")
    }

    fn seq0_64k<T>(&mut self, element: impl Fn(&mut Self) -> T) -> Seq064KOwned<T> {
        let elements = (0..self.size(3_000)).map(|_| element(self)).collect();
        Seq064KOwned::new(elements).expect("at most 65,535 elements")
    }

    fn transactions(&mut self) -> Seq064KOwned<B016MOwned> {
        let elements = (0..self.size(5))
            .map(|_| B016MOwned::try_from(self.bytes(70_000)).expect("at most 16,777,215 bytes"))
            .collect();
        Seq064KOwned::new(elements).expect("at most 65,535 elements")
    }
}
