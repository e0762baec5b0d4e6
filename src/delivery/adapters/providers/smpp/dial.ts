import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

export interface Address {
  host: string;
  port: number;
  tls: boolean;
  /** PEM of who vouches for the SMSC, in place of the usual authorities. */
  ca?: string | undefined;
}

/** @returns a connection, over TLS with a certificate that holds; or why there is none, in a short code. */
export function dial({ host, port, tls, ca }: Address, withinMs: number): Promise<Socket | string> {
  const named = isIP(host) === 0 ? { servername: host } : {};
  const socket = tls
    ? connectTls({ host, port, ...named, ...(ca !== undefined && { ca }), minVersion: 'TLSv1.2' })
    : connectTcp({ host, port });
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 30_000);
  return new Promise((resolve) => {
    const give = (result: Socket | string) => {
      clearTimeout(timer);
      socket.off('error', fail).off('close', close);
      if (typeof result === 'string') socket.on('error', () => undefined).destroy();
      resolve(result);
    };
    const timer = setTimeout(() => {
      give('timeout');
    }, withinMs);
    const fail = ({ code, name }: NodeJS.ErrnoException) => {
      give(code ?? name);
    };
    const close = () => {
      give('closed');
    };
    socket.once(tls ? 'secureConnect' : 'connect', () => {
      give(socket);
    });
    socket.on('error', fail).on('close', close);
  });
}
