-- Wireshark dissector for Stratum V2 in plaintext over TCP.
--
-- Generated from the message layouts of stratumj (module json, package wireshark), MIT licence. Changes belong there.
-- Use: wireshark -X lua_script:sv2.lua, or put it into the folder of personal Lua plugins. Streams are recognised by
-- their first message, or by "Decode As" and the preference "TCP ports". Encrypted streams cannot be read.

local sv2 = Proto("sv2", "Stratum V2")

local HEADER_BYTES = 6
local CHANNEL_BIT = 0x8000
local TLV_HEADER_BYTES = 5
local TLVS_MAX = 1000

local f = {
  extension_type = ProtoField.uint16("sv2.extension_type", "extension_type", base.HEX, nil, 0x7fff),
  channel_msg = ProtoField.bool("sv2.channel_msg", "channel_msg", 16, nil, CHANNEL_BIT),
  msg_type = ProtoField.uint8("sv2.msg_type", "msg_type", base.HEX),
  msg_length = ProtoField.uint24("sv2.msg_length", "msg_length"),
  message = ProtoField.string("sv2.message", "message"),
  count = ProtoField.uint16("sv2.count", "count"),
  length = ProtoField.uint24("sv2.length", "length"),
  payload = ProtoField.bytes("sv2.payload", "payload"),
  trailing = ProtoField.bytes("sv2.trailing", "bytes after the last field"),
  tlv_extension = ProtoField.uint16("sv2.tlv.extension_type", "extension_type", base.HEX),
  tlv_type = ProtoField.uint8("sv2.tlv.field_type", "field_type", base.HEX),
  tlv_value = ProtoField.bytes("sv2.tlv.value", "value"),
}
local expert = {
  malformed = ProtoExpert.new("sv2.malformed", "malformed payload", expert.group.MALFORMED, expert.severity.ERROR),
  unknown = ProtoExpert.new("sv2.unknown", "unknown message", expert.group.UNDECODED, expert.severity.NOTE),
  channel = ProtoExpert.new("sv2.wrong_channel_msg", "wrong channel_msg bit", expert.group.PROTOCOL,
    expert.severity.WARN),
  trailing = ProtoExpert.new("sv2.not_tlv", "bytes after the last field that are no TLV fields",
    expert.group.UNDECODED, expert.severity.NOTE),
}
local registered = {}
for _, field in pairs(f) do registered[#registered + 1] = field end

-- Wire types. A fixed one has its size; one with a length before it the size of that and the most it may say.
local function fixed(size, make, little) return { size = size, make = make, little = little } end
local function sized(size, max, make, text) return { size = size, max = max, make = make, text = text } end
local BOOL = fixed(1, function(key, name) return ProtoField.bool(key, name, 8, nil, 0x01) end)
local U8 = fixed(1, ProtoField.uint8)
local U16 = fixed(2, ProtoField.uint16, true)
local U24 = fixed(3, ProtoField.uint24, true)
local U32 = fixed(4, ProtoField.uint32, true)
local U64 = fixed(8, ProtoField.uint64, true)
local F32 = fixed(4, ProtoField.float, true)
local U256 = fixed(32, ProtoField.bytes)
local STR0_255 = sized(1, 255, ProtoField.string, true)
local B0_32 = sized(1, 32, ProtoField.bytes)
local B0_255 = sized(1, 255, ProtoField.bytes)
local B0_64K = sized(2, 65535, ProtoField.bytes)
local B0_16M = sized(3, 16777215, ProtoField.bytes)
-- A count of `size` bytes, at most `most`, before the values.
local function OPTION(element) return { counted = true, size = 1, most = 1, element = element } end
local function SEQ0_255(element) return { counted = true, size = 1, most = 255, element = element } end
local function SEQ0_64K(element) return { counted = true, size = 2, most = 65535, element = element } end

local messages = {}

local function message(extension_type, msg_type, key, name, channel_msg, payload_min, payload_max, ...)
  local fields = {}
  for _, declared in ipairs({ ... }) do
    local label, wire = declared[1], declared[2]
    local scalar = wire.element or wire
    local field = scalar.make("sv2." .. key .. "." .. declared[3], label)
    registered[#registered + 1] = field
    fields[#fields + 1] = { label = label, wire = wire, field = field }
  end
  messages[extension_type] = messages[extension_type] or {}
  messages[extension_type][msg_type] = {
    name = name, channel_msg = channel_msg, payload_min = payload_min, payload_max = payload_max, fields = fields,
  }
end

message(0x0000, 0x03, "common.ChannelEndpointChanged", "ChannelEndpointChanged", true, 4, 4,
  { "channel_id", U32, "channel_id" })
message(0x0000, 0x04, "common.Reconnect", "Reconnect", false, 3, 258,
  { "new_host", STR0_255, "new_host" },
  { "new_port", U16, "new_port" })
message(0x0000, 0x00, "common.SetupConnection", "SetupConnection", false, 16, 1291,
  { "protocol", U8, "protocol" },
  { "min_version", U16, "min_version" },
  { "max_version", U16, "max_version" },
  { "flags", U32, "flags" },
  { "endpoint_host", STR0_255, "endpoint_host" },
  { "endpoint_port", U16, "endpoint_port" },
  { "vendor", STR0_255, "vendor" },
  { "hardware_version", STR0_255, "hardware_version" },
  { "firmware", STR0_255, "firmware" },
  { "device_id", STR0_255, "device_id" })
message(0x0000, 0x02, "common.SetupConnection.Error", "SetupConnection.Error", false, 5, 260,
  { "flags", U32, "flags" },
  { "error_code", STR0_255, "error_code" })
message(0x0000, 0x01, "common.SetupConnection.Success", "SetupConnection.Success", false, 6, 6,
  { "used_version", U16, "used_version" },
  { "flags", U32, "flags" })
message(0x0000, 0x18, "mining.CloseChannel", "CloseChannel", true, 5, 260,
  { "channel_id", U32, "channel_id" },
  { "reason_code", STR0_255, "reason_code" })
message(0x0000, 0x1f, "mining.NewExtendedMiningJob", "NewExtendedMiningJob", true, 19, 139253,
  { "channel_id", U32, "channel_id" },
  { "job_id", U32, "job_id" },
  { "min_ntime", OPTION(U32), "min_ntime" },
  { "version", U32, "version" },
  { "version_rolling_allowed", BOOL, "version_rolling_allowed" },
  { "merkle_path", SEQ0_255(U256), "merkle_path" },
  { "coinbase_tx_prefix", B0_64K, "coinbase_tx_prefix" },
  { "coinbase_tx_suffix", B0_64K, "coinbase_tx_suffix" })
message(0x0000, 0x15, "mining.NewMiningJob", "NewMiningJob", true, 45, 49,
  { "channel_id", U32, "channel_id" },
  { "job_id", U32, "job_id" },
  { "min_ntime", OPTION(U32), "min_ntime" },
  { "version", U32, "version" },
  { "merkle_root", U256, "merkle_root" })
message(0x0000, 0x13, "mining.OpenExtendedMiningChannel", "OpenExtendedMiningChannel", false, 43, 298,
  { "request_id", U32, "request_id" },
  { "user_identity", STR0_255, "user_identity" },
  { "nominal_hash_rate", F32, "nominal_hash_rate" },
  { "max_target", U256, "max_target" },
  { "min_extranonce_size", U16, "min_extranonce_size" })
message(0x0000, 0x14, "mining.OpenExtendedMiningChannel.Success", "OpenExtendedMiningChannel.Success", false, 47, 79,
  { "request_id", U32, "request_id" },
  { "channel_id", U32, "channel_id" },
  { "target", U256, "target" },
  { "extranonce_size", U16, "extranonce_size" },
  { "extranonce_prefix", B0_32, "extranonce_prefix" },
  { "group_channel_id", U32, "group_channel_id" })
message(0x0000, 0x12, "mining.OpenMiningChannel.Error", "OpenMiningChannel.Error", false, 5, 260,
  { "request_id", U32, "request_id" },
  { "error_code", STR0_255, "error_code" })
message(0x0000, 0x10, "mining.OpenStandardMiningChannel", "OpenStandardMiningChannel", false, 41, 296,
  { "request_id", U32, "request_id" },
  { "user_identity", STR0_255, "user_identity" },
  { "nominal_hash_rate", F32, "nominal_hash_rate" },
  { "max_target", U256, "max_target" })
message(0x0000, 0x11, "mining.OpenStandardMiningChannel.Success", "OpenStandardMiningChannel.Success", false, 45, 77,
  { "request_id", U32, "request_id" },
  { "channel_id", U32, "channel_id" },
  { "target", U256, "target" },
  { "extranonce_prefix", B0_32, "extranonce_prefix" },
  { "group_channel_id", U32, "group_channel_id" })
message(0x0000, 0x22, "mining.SetCustomMiningJob", "SetCustomMiningJob", true, 69, 74274,
  { "channel_id", U32, "channel_id" },
  { "request_id", U32, "request_id" },
  { "mining_job_token", B0_255, "mining_job_token" },
  { "version", U32, "version" },
  { "prev_hash", U256, "prev_hash" },
  { "min_ntime", U32, "min_ntime" },
  { "nbits", U32, "nbits" },
  { "coinbase_tx_version", U32, "coinbase_tx_version" },
  { "coinbase_prefix", B0_255, "coinbase_prefix" },
  { "coinbase_tx_input_nSequence", U32, "coinbase_tx_input_nSequence" },
  { "coinbase_tx_outputs", B0_64K, "coinbase_tx_outputs" },
  { "coinbase_tx_locktime", U32, "coinbase_tx_locktime" },
  { "merkle_path", SEQ0_255(U256), "merkle_path" })
message(0x0000, 0x24, "mining.SetCustomMiningJob.Error", "SetCustomMiningJob.Error", true, 9, 264,
  { "channel_id", U32, "channel_id" },
  { "request_id", U32, "request_id" },
  { "error_code", STR0_255, "error_code" })
message(0x0000, 0x23, "mining.SetCustomMiningJob.Success", "SetCustomMiningJob.Success", true, 12, 12,
  { "channel_id", U32, "channel_id" },
  { "request_id", U32, "request_id" },
  { "job_id", U32, "job_id" })
message(0x0000, 0x19, "mining.SetExtranoncePrefix", "SetExtranoncePrefix", true, 5, 37,
  { "channel_id", U32, "channel_id" },
  { "extranonce_prefix", B0_32, "extranonce_prefix" })
message(0x0000, 0x25, "mining.SetGroupChannel", "SetGroupChannel", false, 6, 262146,
  { "group_channel_id", U32, "group_channel_id" },
  { "channel_ids", SEQ0_64K(U32), "channel_ids" })
message(0x0000, 0x20, "mining.SetNewPrevHash", "SetNewPrevHash", true, 48, 48,
  { "channel_id", U32, "channel_id" },
  { "job_id", U32, "job_id" },
  { "prev_hash", U256, "prev_hash" },
  { "min_ntime", U32, "min_ntime" },
  { "nbits", U32, "nbits" })
message(0x0000, 0x21, "mining.SetTarget", "SetTarget", true, 36, 36,
  { "channel_id", U32, "channel_id" },
  { "maximum_target", U256, "maximum_target" })
message(0x0000, 0x1d, "mining.SubmitShares.Error", "SubmitShares.Error", true, 9, 264,
  { "channel_id", U32, "channel_id" },
  { "sequence_number", U32, "sequence_number" },
  { "error_code", STR0_255, "error_code" })
message(0x0000, 0x1b, "mining.SubmitSharesExtended", "SubmitSharesExtended", true, 25, 57,
  { "channel_id", U32, "channel_id" },
  { "sequence_number", U32, "sequence_number" },
  { "job_id", U32, "job_id" },
  { "nonce", U32, "nonce" },
  { "ntime", U32, "ntime" },
  { "version", U32, "version" },
  { "extranonce", B0_32, "extranonce" })
message(0x0000, 0x1a, "mining.SubmitSharesStandard", "SubmitSharesStandard", true, 24, 24,
  { "channel_id", U32, "channel_id" },
  { "sequence_number", U32, "sequence_number" },
  { "job_id", U32, "job_id" },
  { "nonce", U32, "nonce" },
  { "ntime", U32, "ntime" },
  { "version", U32, "version" })
message(0x0000, 0x1c, "mining.SubmitShares.Success", "SubmitShares.Success", true, 20, 20,
  { "channel_id", U32, "channel_id" },
  { "last_sequence_number", U32, "last_sequence_number" },
  { "new_submits_accepted_count", U32, "new_submits_accepted_count" },
  { "new_shares_sum", U64, "new_shares_sum" })
message(0x0000, 0x16, "mining.UpdateChannel", "UpdateChannel", true, 40, 40,
  { "channel_id", U32, "channel_id" },
  { "nominal_hash_rate", F32, "nominal_hash_rate" },
  { "maximum_target", U256, "maximum_target" })
message(0x0000, 0x17, "mining.UpdateChannel.Error", "UpdateChannel.Error", true, 5, 260,
  { "channel_id", U32, "channel_id" },
  { "error_code", STR0_255, "error_code" })
message(0x0000, 0x50, "jobdeclaration.AllocateMiningJobToken", "AllocateMiningJobToken", false, 5, 260,
  { "user_identifier", STR0_255, "user_identifier" },
  { "request_id", U32, "request_id" })
message(0x0000, 0x51, "jobdeclaration.AllocateMiningJobToken.Success", "AllocateMiningJobToken.Success", false, 7, 65797,
  { "request_id", U32, "request_id" },
  { "mining_job_token", B0_255, "mining_job_token" },
  { "coinbase_tx_outputs", B0_64K, "coinbase_tx_outputs" })
message(0x0000, 0x57, "jobdeclaration.DeclareMiningJob", "DeclareMiningJob", false, 17, 2293997,
  { "request_id", U32, "request_id" },
  { "mining_job_token", B0_255, "mining_job_token" },
  { "version", U32, "version" },
  { "coinbase_tx_prefix", B0_64K, "coinbase_tx_prefix" },
  { "coinbase_tx_suffix", B0_64K, "coinbase_tx_suffix" },
  { "wtxid_list", SEQ0_64K(U256), "wtxid_list" },
  { "excess_data", B0_64K, "excess_data" })
message(0x0000, 0x59, "jobdeclaration.DeclareMiningJob.Error", "DeclareMiningJob.Error", false, 7, 65797,
  { "request_id", U32, "request_id" },
  { "error_code", STR0_255, "error_code" },
  { "error_details", B0_64K, "error_details" })
message(0x0000, 0x58, "jobdeclaration.DeclareMiningJob.Success", "DeclareMiningJob.Success", false, 5, 260,
  { "request_id", U32, "request_id" },
  { "new_mining_job_token", B0_255, "new_mining_job_token" })
message(0x0000, 0x55, "jobdeclaration.ProvideMissingTransactions", "ProvideMissingTransactions", false, 6, 131076,
  { "request_id", U32, "request_id" },
  { "unknown_tx_position_list", SEQ0_64K(U16), "unknown_tx_position_list" })
message(0x0000, 0x56, "jobdeclaration.ProvideMissingTransactions.Success", "ProvideMissingTransactions.Success", false, 6, 16777215,
  { "request_id", U32, "request_id" },
  { "transaction_list", SEQ0_64K(B0_16M), "transaction_list" })
message(0x0000, 0x60, "jobdeclaration.PushSolution", "PushSolution", false, 49, 81,
  { "extranonce", B0_32, "extranonce" },
  { "prev_hash", U256, "prev_hash" },
  { "nonce", U32, "nonce" },
  { "ntime", U32, "ntime" },
  { "nbits", U32, "nbits" },
  { "version", U32, "version" })
message(0x0000, 0x70, "template.CoinbaseOutputConstraints", "CoinbaseOutputConstraints", false, 6, 6,
  { "coinbase_output_max_additional_size", U32, "coinbase_output_max_additional_size" },
  { "coinbase_output_max_additional_sigops", U16, "coinbase_output_max_additional_sigops" })
message(0x0000, 0x71, "template.NewTemplate", "NewTemplate", false, 41, 73991,
  { "template_id", U64, "template_id" },
  { "future_template", BOOL, "future_template" },
  { "version", U32, "version" },
  { "coinbase_tx_version", U32, "coinbase_tx_version" },
  { "coinbase_prefix", B0_255, "coinbase_prefix" },
  { "coinbase_tx_input_sequence", U32, "coinbase_tx_input_sequence" },
  { "coinbase_tx_value_remaining", U64, "coinbase_tx_value_remaining" },
  { "coinbase_tx_outputs_count", U32, "coinbase_tx_outputs_count" },
  { "coinbase_tx_outputs", B0_64K, "coinbase_tx_outputs" },
  { "coinbase_tx_locktime", U32, "coinbase_tx_locktime" },
  { "merkle_path", SEQ0_255(U256), "merkle_path" })
message(0x0000, 0x73, "template.RequestTransactionData", "RequestTransactionData", false, 8, 8,
  { "template_id", U64, "template_id" })
message(0x0000, 0x75, "template.RequestTransactionData.Error", "RequestTransactionData.Error", false, 9, 264,
  { "template_id", U64, "template_id" },
  { "error_code", STR0_255, "error_code" })
message(0x0000, 0x74, "template.RequestTransactionData.Success", "RequestTransactionData.Success", false, 12, 16777215,
  { "template_id", U64, "template_id" },
  { "excess_data", B0_64K, "excess_data" },
  { "transaction_list", SEQ0_64K(B0_16M), "transaction_list" })
message(0x0000, 0x72, "template.SetNewPrevHash", "SetNewPrevHash", false, 80, 80,
  { "template_id", U64, "template_id" },
  { "prev_hash", U256, "prev_hash" },
  { "header_timestamp", U32, "header_timestamp" },
  { "nBits", U32, "nBits" },
  { "target", U256, "target" })
message(0x0000, 0x76, "template.SubmitSolution", "SubmitSolution", false, 22, 65557,
  { "template_id", U64, "template_id" },
  { "version", U32, "version" },
  { "header_timestamp", U32, "header_timestamp" },
  { "header_nonce", U32, "header_nonce" },
  { "coinbase_tx", B0_64K, "coinbase_tx" })
message(0x0001, 0x00, "negotiation.RequestExtensions", "RequestExtensions", false, 4, 131074,
  { "request_id", U16, "request_id" },
  { "requested_extensions", SEQ0_64K(U16), "requested_extensions" })
message(0x0001, 0x02, "negotiation.RequestExtensions.Error", "RequestExtensions.Error", false, 6, 262146,
  { "request_id", U16, "request_id" },
  { "unsupported_extensions", SEQ0_64K(U16), "unsupported_extensions" },
  { "required_extensions", SEQ0_64K(U16), "required_extensions" })
message(0x0001, 0x01, "negotiation.RequestExtensions.Success", "RequestExtensions.Success", false, 4, 131074,
  { "request_id", U16, "request_id" },
  { "supported_extensions", SEQ0_64K(U16), "supported_extensions" })

sv2.fields = registered
sv2.experts = { expert.malformed, expert.unknown, expert.channel, expert.trailing }
sv2.prefs.ports = Pref.range("TCP ports", "", "Ports on which every stream is taken for Stratum V2 in plaintext", 65535)

-- Each reader returns where the next field begins, or nil and what is wrong.
local function read_scalar(tree, wire, field, tvb, at)
  local left = tvb:len() - at
  if left < wire.size then return nil, wire.size .. " bytes needed, " .. left .. " left" end
  local head = tvb:range(at, wire.size)
  if not wire.max then
    if wire.little then tree:add_le(field, head) else tree:add(field, head) end
    return at + wire.size
  end
  local length = head:le_uint()
  if length > wire.max then return nil, length .. " bytes, at most " .. wire.max end
  if left - wire.size < length then
    return nil, length .. " bytes needed, " .. (left - wire.size) .. " left"
  end
  local content = tvb:range(at + wire.size, length)
  if wire.text then tree:add_packet_field(field, content, ENC_UTF_8) else tree:add(field, content) end
  tree:add_le(f.length, head)
  return at + wire.size + length
end

local function read_counted(tree, wire, declared, tvb, at)
  local left = tvb:len() - at
  if left < wire.size then return nil, wire.size .. " bytes needed, " .. left .. " left" end
  local head = tvb:range(at, wire.size)
  local count = head:le_uint()
  if count > wire.most then return nil, "an option of " .. count .. " values" end
  local list = tree:add(sv2, tvb:range(at), declared.label .. ": " .. count)
  list:add_le(f.count, head)
  local next_at, problem = at + wire.size, nil
  for _ = 1, count do
    next_at, problem = read_scalar(list, wire.element, declared.field, tvb, next_at)
    if not next_at then break end
  end
  list:set_len((next_at or tvb:len()) - at)
  return next_at, problem
end

-- All TLV fields from `at` on; nil if the bytes are anything else.
local function find_tlvs(tvb, at)
  local tlvs = {}
  while at < tvb:len() do
    if #tlvs == TLVS_MAX or tvb:len() - at < TLV_HEADER_BYTES then return nil end
    local length = tvb:range(at + 3, 2):le_uint()
    if tvb:range(at, 2):le_uint() >= CHANNEL_BIT or tvb:len() - at - TLV_HEADER_BYTES < length then return nil end
    tlvs[#tlvs + 1] = { at = at, length = length }
    at = at + TLV_HEADER_BYTES + length
  end
  return tlvs
end

local function add_tail(tree, tvb, at)
  if at == tvb:len() then return end
  local tlvs = find_tlvs(tvb, at)
  if not tlvs then
    tree:add(f.trailing, tvb:range(at)):add_proto_expert_info(expert.trailing)
    return
  end
  for _, tlv in ipairs(tlvs) do
    local item = tree:add(sv2, tvb:range(tlv.at, TLV_HEADER_BYTES + tlv.length), "TLV")
    item:add_le(f.tlv_extension, tvb:range(tlv.at, 2))
    item:add(f.tlv_type, tvb:range(tlv.at + 2, 1))
    item:add_le(f.length, tvb:range(tlv.at + 3, 2))
    item:add(f.tlv_value, tvb:range(tlv.at + TLV_HEADER_BYTES, tlv.length))
  end
end

local function read_fields(tree, known, tvb)
  local at = HEADER_BYTES
  for _, declared in ipairs(known.fields) do
    local next_at, problem
    if declared.wire.counted then
      next_at, problem = read_counted(tree, declared.wire, declared, tvb, at)
    else
      next_at, problem = read_scalar(tree, declared.wire, declared.field, tvb, at)
    end
    if not next_at then
      tree:add_proto_expert_info(expert.malformed,
        declared.label .. " at byte " .. (at - HEADER_BYTES) .. " of the payload: " .. problem)
      return
    end
    at = next_at
  end
  add_tail(tree, tvb, at)
end

local function lookup(header)
  local extension = messages[header:range(0, 2):le_uint() % CHANNEL_BIT]
  return extension and extension[header:range(2, 1):uint()]
end

local function dissect_frame(tvb, pinfo, root)
  local known = lookup(tvb)
  local channel_msg = tvb:range(0, 2):le_uint() >= CHANNEL_BIT
  local name = known and known.name
    or string.format("unknown 0x%04x/0x%02x", tvb:range(0, 2):le_uint() % CHANNEL_BIT, tvb:range(2, 1):uint())
  pinfo.cols.protocol = "SV2"
  pinfo.cols.info:append(" " .. name)

  local tree = root:add(sv2, tvb(), "Stratum V2, " .. name)
  tree:add_le(f.extension_type, tvb:range(0, 2))
  tree:add_le(f.channel_msg, tvb:range(0, 2))
  tree:add(f.msg_type, tvb:range(2, 1))
  tree:add_le(f.msg_length, tvb:range(3, 3))
  if not known then
    tree:add(f.payload, tvb:range(HEADER_BYTES)):add_proto_expert_info(expert.unknown)
    return tvb:len()
  end
  tree:add(f.message, tvb:range(2, 1), name):set_generated()
  if channel_msg ~= known.channel_msg then tree:add_proto_expert_info(expert.channel) end
  read_fields(tree, known, tvb)
  return tvb:len()
end

local function frame_length(tvb, _, offset)
  return HEADER_BYTES + tvb:range(offset + 3, 3):le_uint()
end

function sv2.dissector(tvb, pinfo, root)
  pinfo.cols.info:clear()
  dissect_tcp_pdus(tvb, root, HEADER_BYTES, frame_length, dissect_frame)
  return tvb:len()
end

-- A stream is taken for Stratum V2 if it begins with a known message of a length that it can have.
sv2:register_heuristic("tcp", function(tvb, pinfo, root)
  if tvb:len() < HEADER_BYTES then return false end
  local known = lookup(tvb)
  local length = tvb:range(3, 3):le_uint()
  if not known or (tvb:range(0, 2):le_uint() >= CHANNEL_BIT) ~= known.channel_msg
    or length < known.payload_min or length > known.payload_max then
    return false
  end
  pinfo.conversation = sv2
  sv2.dissector(tvb, pinfo, root)
  return true
end)

local tcp_port = DissectorTable.get("tcp.port")
local ports = sv2.prefs.ports
tcp_port:add(ports, sv2)
tcp_port:add_for_decode_as(sv2)

function sv2.prefs_changed()
  if ports ~= sv2.prefs.ports then
    tcp_port:remove(ports, sv2)
    ports = sv2.prefs.ports
    tcp_port:add(ports, sv2)
  end
end
