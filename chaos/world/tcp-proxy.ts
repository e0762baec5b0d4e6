import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Both ends of one connection. */
type Pair = [near: Socket, far: Socket];

/** A wire between one node and one server, which can be cut or go silent without either end being told. */
export class TcpProxy {
  private readonly pairs = new Set<Pair>();
  private silent = false;
  private readonly server = createServer((near) => {
    this.join(near);
  });

  private constructor(
    private readonly target: number,
    private readonly rewrite: (answer: Buffer) => Buffer,
  ) {}

  /**
   * @param target the server's port on loopback.
   * @param rewrite changes what the server says on its way to the node; it must keep the length.
   */
  static async to(target: number, rewrite: (answer: Buffer) => Buffer = (answer) => answer): Promise<TcpProxy> {
    const proxy = new TcpProxy(target, rewrite);
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Every connection is reset; new ones are welcome. */
  cut(): void {
    for (const [near, far] of this.pairs) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
  }

  /** Nothing passes any more, in neither direction; what is on its way waits, as TCP does behind a broken switch. */
  fallSilent(): void {
    this.silent = true;
    for (const pair of this.pairs) for (const socket of pair) socket.pause();
  }

  heal(): void {
    this.silent = false;
    for (const pair of this.pairs) for (const socket of pair) socket.resume();
  }

  async close(): Promise<void> {
    if (!this.server.listening) return;
    this.server.close();
    for (const pair of this.pairs) for (const socket of pair) socket.destroy();
    await once(this.server, 'close');
  }

  private join(near: Socket): void {
    const far = connect(this.target, '127.0.0.1');
    const pair: Pair = [near, far];
    this.pairs.add(pair);
    this.pass(near, far, (data) => data);
    this.pass(far, near, this.rewrite);
    for (const socket of pair) {
      socket.setNoDelay(true);
      if (this.silent) socket.pause();
      // Whatever ends one half ends the other; errors are what this class is for.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.pairs.delete(pair);
        near.destroy();
        far.destroy();
      });
    }
  }

  private pass(from: Socket, to: Socket, rewrite: (data: Buffer) => Buffer): void {
    from.on('data', (data) => {
      if (!to.write(rewrite(data))) from.pause();
    });
    to.on('drain', () => {
      if (!this.silent) from.resume();
    });
    from.on('end', () => to.end());
  }
}
