import smpp, { type Command, type Value } from 'smpp';

/** A protocol data unit as it was read. */
export interface Pdu {
  /** Its name in SMPP 3.4; `unknown` for a number that nobody knows. */
  command: string;
  status: number;
  sequence: number;
  /** Mandatory parameters of what is read at all, as far as they were there: an answer that refuses has none. */
  fields: Readonly<Record<string, Value>>;
  /** Its optional parameters by their tags (5.3.2). */
  tlvs: ReadonlyMap<number, Buffer>;
}

export const HEADER_BYTES = 16;
const RESPONSE = 0x8000_0000;

/** Whose parameters anybody asks for; of all others it is enough that they came. */
const READ: readonly string[] = ['submit_sm_resp', 'deliver_sm', 'data_sm'];

export const isResponse = ({ command }: Pdu): boolean => command.endsWith('_resp') || command === 'generic_nack';

/**
 * Reads a whole PDU, by the tables of npm smpp but not by its parser: that one throws at a parameter which is cut off, reads a
 * string without its final zero into the next parameter, and decodes receipts by an alphabet nobody writes them in. Never throws.
 */
export function readPdu(bytes: Buffer): Pdu {
  const [id, status, sequence] = [bytes.readUInt32BE(4), bytes.readUInt32BE(8), bytes.readUInt32BE(12)];
  const known = smpp.commandsById[id];
  const command = known?.command ?? (id >= RESPONSE ? 'unknown_resp' : 'unknown');
  if (!known || !READ.includes(command)) return { command, status, sequence, fields: {}, tlvs: new Map() };
  const { fields, end } = readFields(bytes, known);
  return { command, status, sequence, fields, tlvs: readTlvs(bytes, end) };
}

/** What the library can not read ends the parameters: it runs where nobody would catch what it throws. */
function readFields(bytes: Buffer, { params = {} }: Command): { fields: Record<string, Value>; end: number } {
  const fields: Record<string, Value> = {};
  let offset = HEADER_BYTES;
  try {
    for (const [name, { type }] of Object.entries(params)) {
      if (offset >= bytes.length) break;
      const value = type.read(bytes, offset);
      fields[name] = value;
      offset += type.size(value);
    }
  } catch {
    return { fields, end: bytes.length };
  }
  return { fields, end: offset };
}

/** Tag, length, value (3.2.4). What a false length cuts off is taken as far as it goes. */
function readTlvs(bytes: Buffer, from: number): Map<number, Buffer> {
  const tlvs = new Map<number, Buffer>();
  for (let offset = from; offset + 4 <= bytes.length;) {
    const end = offset + 4 + bytes.readUInt16BE(offset + 2);
    tlvs.set(bytes.readUInt16BE(offset), bytes.subarray(offset + 4, end));
    offset = end;
  }
  return tlvs;
}

/**
 * Optional parameters go by the names of SMPP 3.4. A refusal has its body all the same: only answers to a bind and a submit may go
 * without one (4.1.2, 4.4.2), and those are not ours to give.
 */
export function writePdu(
  command: string,
  { sequence, status = 0 }: { sequence: number; status?: number },
  fields: Readonly<Record<string, Value>> = {},
): Buffer {
  const bytes = new smpp.PDU(command, { ...fields, sequence_number: sequence }).toBuffer();
  bytes.writeUInt32BE(status, 8);
  return bytes;
}
