import type { Daemon } from './daemon.js';

/** A server of a test's own that can go away, hang, and come back where it was with what it had kept. */
export class PrivateServer {
  private constructor(
    readonly url: string,
    /** Where its data rests. */
    readonly folder: string,
    private readonly launch: () => Promise<Daemon>,
    private readonly stopSignal: NodeJS.Signals,
    private daemon: Daemon,
  ) {}

  static async start(
    at: { url: string; folder: string },
    launch: () => Promise<Daemon>,
    stopSignal: NodeJS.Signals = 'SIGTERM',
  ): Promise<PrivateServer> {
    return new PrivateServer(at.url, at.folder, launch, stopSignal, await launch());
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  get pid(): number | undefined {
    return this.daemon.pid;
  }

  get running(): boolean {
    return this.daemon.running;
  }

  stop(): Promise<unknown> {
    return this.daemon.stop(this.stopSignal);
  }

  /** Ends it as a lost machine does: nothing is written any more, nobody is told. */
  kill(): Promise<unknown> {
    return this.daemon.stop('SIGKILL');
  }

  /** Back at the same address, on the same data. */
  async start(): Promise<void> {
    this.daemon = await this.launch();
  }

  /** Its connections stay open and nothing is answered, as behind a broken switch or on a starved machine. */
  freeze(): void {
    this.daemon.signal('SIGSTOP');
  }

  thaw(): void {
    this.daemon.signal('SIGCONT');
  }
}
