import { connect } from 'node:net';
import { readReply } from './read-reply.js';

/**
 * One command to one Redis or Sentinel on loopback, on a connection of its own. Without the client library: making one of its
 * clients costs ten times what a question does, and waiting is a question every 50 ms.
 *
 * @throws when nobody answers there, and Redis's own words where it refuses.
 */
export function askRedis(port: number, ...command: string[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(asRequest(command)));
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      received += chunk;
      const answer = readReply(received);
      if (!answer) return;
      if (answer.reply instanceof Error) reject(answer.reply);
      else resolve(answer.reply);
      socket.destroy();
    });
    socket.once('error', reject);
    socket.once('close', () => {
      reject(new Error(`Redis at port ${String(port)} hung up`));
    });
  });
}

const asRequest = (command: string[]) =>
  `*${String(command.length)}\r\n${command.map((part) => `$${String(Buffer.byteLength(part))}\r\n${part}\r\n`).join('')}`;
