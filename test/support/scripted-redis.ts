import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { Address } from '../../src/platform/redis/redis-url.js';

/** What a command is answered, as it stands on the wire (RESP): `:1\r\n`. */
type Answer = (command: string[]) => string | undefined | Promise<string>;

/** Speaks as a Redis does and says what a test wants, also what a real one would say only in a rare moment. */
export class ScriptedRedis {
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((socket) => {
    this.converse(socket);
  });

  private constructor(private readonly answer: Answer) {}

  /** @param answer what it leaves undefined is answered with `OK`. */
  static async start(answer: Answer): Promise<ScriptedRedis> {
    const redis = new ScriptedRedis(answer);
    redis.server.listen(0, '127.0.0.1');
    await once(redis.server, 'listening');
    return redis;
  }

  get address(): Address {
    return { host: '127.0.0.1', port: (this.server.address() as AddressInfo).port };
  }

  /** How many are connected. */
  get connections(): number {
    return this.sockets.size;
  }

  stop(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }

  private converse(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket)).on('error', () => undefined);
    let heard = '';
    let answered = Promise.resolve();
    socket.on('data', (data) => {
      const { commands, rest } = commandsIn(heard + data.toString('latin1'));
      heard = rest;
      for (const command of commands) {
        const answer = Promise.resolve(this.answer(command) ?? '+OK\r\n');
        // As on a real one: begun in turn, and answered in turn.
        answered = answered.then(async () => void socket.write(await answer));
      }
    });
  }
}

/** The whole commands in what has been heard, and what is not whole yet. */
function commandsIn(heard: string): { commands: string[][]; rest: string } {
  const commands: string[][] = [];
  let rest = heard;
  for (;;) {
    const head = /^\*(\d+)\r\n/.exec(rest);
    if (!head) return { commands, rest };
    let at = head[0].length;
    const command: string[] = [];
    while (command.length < Number(head[1])) {
      const size = /^\$(\d+)\r\n/.exec(rest.slice(at));
      const end = size ? at + size[0].length + Number(size[1]) : Infinity;
      if (!size || end + 2 > rest.length) return { commands, rest };
      command.push(rest.slice(at + size[0].length, end));
      at = end + 2;
    }
    commands.push(command);
    rest = rest.slice(at);
  }
}
