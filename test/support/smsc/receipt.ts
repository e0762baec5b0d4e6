import type { PDU } from 'smpp';
import { MESSAGE_STATES, type Receipt } from './outcomes.js';

/** A message that was taken, and what is reported of it. */
export interface Message {
  pdu: PDU;
  id: string;
  receipt: Receipt;
}

/** A `deliver_sm` that carries a delivery receipt (SMPP 3.4, appendix B). */
export function deliveryReceipt({ pdu, id, receipt }: Message): Record<string, string | number | Buffer> {
  const { state, error, form } = receipt;
  const textId = form === 'hex' ? Number(id).toString(16).toUpperCase().padStart(8, '0') : id;
  const delivered = state === 'DELIVRD' ? '001' : '000';
  const now = new Date().toISOString().replace(/\D/g, '').slice(2, 12);
  const text = `id:${textId} sub:001 dlvrd:${delivered} submit date:${now} done date:${now} stat:${state} err:${error} text:`;
  return {
    esm_class: 4,
    source_addr: pdu.destination_addr,
    destination_addr: pdu.source_addr,
    short_message: form === 'tlv' ? '' : text,
    ...((form === 'both' || form === 'tlv') && { receipted_message_id: id, message_state: MESSAGE_STATES[state] }),
    // Network type 3 is GSM, then the error as two octets (5.3.2.31).
    ...(form === 'tlv' && { network_error_code: Buffer.from([3, 0, Number(error)]) }),
  };
}
