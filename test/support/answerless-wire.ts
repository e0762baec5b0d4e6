import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * Stands before a server and can lose an answer: what was asked is carried out, and the connection ends before a word of it. Or it
 * lets nobody through.
 */
export class AnswerlessWire {
  private readonly sockets = new Set<Socket>();
  private marker: Buffer | null = null;
  private away = false;
  private readonly server = createServer((near) => {
    this.join(near);
  });

  private constructor(private readonly target: number) {}

  /** @param target the server's, on loopback. */
  static async to(target: number): Promise<AnswerlessWire> {
    const wire = new AnswerlessWire(target);
    wire.server.listen(0, '127.0.0.1');
    await once(wire.server, 'listening');
    return wire;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** The next request that has this text in it is carried out, and its answer lost. */
  loseAnswerOf(marker: string): void {
    this.marker = Buffer.from(marker);
  }

  /** Whoever is connected is cut off; whoever connects is accepted and then cut off, as balancers do whose server is away. */
  hangUp(): void {
    this.away = true;
    for (const socket of this.sockets) socket.destroy();
  }

  heal(): void {
    this.away = false;
  }

  async close(): Promise<void> {
    this.hangUp();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(near: Socket): void {
    if (this.away) {
      near.on('error', () => undefined).destroy();
      return;
    }
    const far = connect(this.target, '127.0.0.1');
    let lost = false;
    near.on('data', (data) => {
      if (this.marker && data.includes(this.marker)) [lost, this.marker] = [true, null];
      far.write(data);
    });
    far.on('data', (data) => {
      if (lost) near.destroy();
      else near.write(data);
    });
    for (const socket of [near, far]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
  }
}
