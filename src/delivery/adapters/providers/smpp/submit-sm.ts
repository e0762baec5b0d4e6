import type { Value } from 'smpp';
import type { SubmitRequest } from '../../../application/provider.js';
import { smsSegments, type SmsSize } from '../../../domain/sms-text.js';
import { destinationAddress, sourceAddress } from './addresses.js';
import { alphabetFor } from './alphabet.js';
import type { SmppConfig } from './smpp-options.js';
import { validityPeriod } from './validity-period.js';

export type SubmitFields = Readonly<Record<string, Value>>;

/** `registered_delivery` (5.2.17): a receipt once it is decided, either way. */
const FINAL_RECEIPT = 0x01;
/** `esm_class` (5.2.12): the text begins with a header. */
const WITH_HEADER = 0x40;

/**
 * The `submit_sm` of a message, one for each part, in order. Only the last part asks for a receipt: networks deliver parts in
 * order and give up on all at the first that fails, so that one says the most about the whole.
 *
 * @param reference tells the parts of one message from those of another to the same phone; 0 to 255.
 * @param now milliseconds since the epoch.
 */
export function submitParts(
  { to, from, text, validForSeconds }: Pick<SubmitRequest, 'to' | 'from' | 'text' | 'validForSeconds'>,
  config: SmppConfig,
  { reference, now }: { reference: number; now: number },
): SubmitFields[] {
  const source = sourceAddress(from ?? config.from, config.addresses);
  const destination = destinationAddress(to, config.addresses);
  const alphabet = alphabetFor(text, config.defaultAlphabet);
  const parts = config.longMessages === 'payload' ? [text] : smsSegments(text, alphabet.encoding);
  return parts.map((part, index) => ({
    service_type: config.serviceType,
    ...{ source_addr_ton: source.ton, source_addr_npi: source.npi, source_addr: source.address },
    ...{ dest_addr_ton: destination.ton, dest_addr_npi: destination.npi, destination_addr: destination.address },
    ...{ esm_class: 0, protocol_id: 0, priority_flag: 0, schedule_delivery_time: '' },
    validity_period: validityPeriod(validForSeconds, config.validity, now),
    registered_delivery: index === parts.length - 1 ? FINAL_RECEIPT : 0,
    ...{ replace_if_present_flag: 0, data_coding: alphabet.dataCoding, sm_default_msg_id: 0 },
    ...body(alphabet.encode(part), { reference, total: parts.length, number: index + 1 }, config.longMessages),
  }));
}

/** How a text crosses the air: in UCS-2, and cut as such, also where only the SMSC has no 7-bit alphabet for it. */
export function submitSize(text: string, { defaultAlphabet }: Pick<SmppConfig, 'defaultAlphabet'>): SmsSize {
  const { encoding } = alphabetFor(text, defaultAlphabet);
  return { encoding, segments: smsSegments(text, encoding).length };
}

interface Part {
  reference: number;
  total: number;
  number: number;
}

/** The longest `short_message` (4.4.1); anything longer stands in `message_payload` (5.3.2.32), and never in both. */
const MOST_SHORT_MESSAGE = 254;

function body(bytes: Buffer, { reference, total, number }: Part, style: SmppConfig['longMessages']): SubmitFields {
  if (total > 1 && style === 'udh') {
    // 3GPP TS 23.040, 9.2.3.24.1: five octets follow, information element 0, three octets long.
    const header = Buffer.from([0x05, 0x00, 0x03, reference, total, number]);
    return { esm_class: WITH_HEADER, short_message: Buffer.concat([header, bytes]) };
  }
  if (total > 1)
    return {
      ...{ sar_msg_ref_num: reference, sar_total_segments: total, sar_segment_seqnum: number },
      short_message: bytes,
    };
  return bytes.length > MOST_SHORT_MESSAGE
    ? { short_message: Buffer.alloc(0), message_payload: bytes }
    : { short_message: bytes };
}
