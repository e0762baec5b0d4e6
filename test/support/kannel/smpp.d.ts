/** The part of npm smpp that the SMSC uses; it brings no types of its own. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';

  export interface Pdu {
    command_status: number;
    system_id: string;
    password: string;
    source_addr: string;
    destination_addr: string;
    registered_delivery: number;
    short_message: { message?: string | Buffer };
    response(fields?: Record<string, string | number>): Pdu;
  }

  export interface Session extends EventEmitter {
    send(pdu: Pdu): boolean;
    deliver_sm(fields: Record<string, string | number | Buffer>): boolean;
    close(): void;
    destroy(): void;
  }

  export interface Server extends EventEmitter {
    listen(port: number, host: string): this;
    close(done: () => void): void;
  }

  const smpp: { createServer(onSession: (session: Session) => void): Server };
  export default smpp;
}
