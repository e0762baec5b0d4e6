import { HEADER_BYTES, readPdu, type Pdu } from './pdu.js';

/** The longest that SMPP 3.4 needs is a message_payload of 64 KiB; more is no PDU but garbage. */
const MOST_BYTES = 70_000;

/** What has come whole, in order; and whether what follows can not be SMPP, so that nobody knows where the next PDU begins. */
export interface Read {
  pdus: Pdu[];
  broken: boolean;
}

/** Cuts what comes over a connection into PDUs. */
export class PduReader {
  private rest: Buffer = Buffer.alloc(0);

  read(chunk: Buffer): Read {
    let bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    const pdus: Pdu[] = [];
    while (bytes.length >= 4) {
      const length = bytes.readUInt32BE(0);
      if (length < HEADER_BYTES || length > MOST_BYTES) return { pdus, broken: true };
      if (bytes.length < length) break;
      pdus.push(readPdu(bytes.subarray(0, length)));
      bytes = bytes.subarray(length);
    }
    this.rest = bytes;
    return { pdus, broken: false };
  }
}
