/** What is used of npm smpp, which brings no types of its own: by us its tables and its encoder, by the tests its server. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server as NetServer, Socket } from 'node:net';

  export type Value = string | number | Buffer;

  export interface FieldType {
    read(buffer: Buffer, offset: number): Value;
    size(value: Value): number;
  }

  export interface Command {
    id: number;
    command: string;
    /** In the order in which they stand on the wire. */
    params?: Record<string, { type: FieldType }>;
  }

  export class PDU {
    constructor(command: string, fields: Record<string, Value>);
    command: string;
    command_id: number;
    command_status: number;
    sequence_number: number;
    system_id: string;
    password: string;
    interface_version: number;
    source_addr: string;
    source_addr_ton: number;
    source_addr_npi: number;
    destination_addr: string;
    dest_addr_ton: number;
    dest_addr_npi: number;
    esm_class: number;
    data_coding: number;
    registered_delivery: number;
    short_message: { message?: string | Buffer; udh?: Buffer[] };
    message_payload?: { message?: string | Buffer };
    sar_msg_ref_num?: number;
    sar_total_segments?: number;
    sar_segment_seqnum?: number;
    response(fields?: Record<string, Value>): PDU;
    toBuffer(): Buffer;
  }

  export interface Session extends EventEmitter {
    socket: Socket;
    send(pdu: PDU, answered?: (answer: PDU) => void): boolean;
    deliver_sm(fields: Record<string, Value>, answered?: (answer: PDU) => void): boolean;
    data_sm(fields: Record<string, Value>, answered?: (answer: PDU) => void): boolean;
    enquire_link(answered?: (answer: PDU) => void): boolean;
    unbind(answered?: (answer: PDU) => void): boolean;
    close(): void;
    destroy(): void;
  }

  export type Server = NetServer;

  const smpp: {
    PDU: typeof PDU;
    commandsById: Record<number, Command | undefined>;
    errors: Record<string, number>;
    /** `ASCII` is its name for GSM 03.38. */
    encodings: { ASCII: { encode(text: string): Buffer } };
    createServer(options: { key?: string; cert?: string }, onSession: (session: Session) => void): Server;
  };
  export default smpp;
}
