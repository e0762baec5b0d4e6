import { fileURLToPath } from 'node:url';
import { Crowd } from '../load/crowd.js';
import { post } from '../load/request.js';
import { processorMsDuring } from '../measure/processor-time.js';
import { Connection } from '../load/connection.js';
import { Daemon } from '../../test/support/servers/daemon.js';
import { freePort } from '../../test/support/servers/free-port.js';

const FILE = fileURLToPath(new URL('../subjects/echo.ts', import.meta.url));
/** With a header as long as an API key's, which every request to the service carries. */
const REQUEST = post('/echo', { code: '123456' }, `ek_${'x'.repeat(43)}`);

/** A running echo with a crowd before it. */
export class Echo {
  private constructor(
    private readonly daemon: Daemon,
    private readonly crowd: Crowd,
  ) {}

  static async start(crowdSize: number): Promise<Echo> {
    const port = await freePort();
    const env = { PATH: process.env['PATH'], NODE_ENV: 'production', PORT: String(port) };
    const daemon = await Daemon.start(process.execPath, ['--import', 'tsx', FILE], { env, ready: () => listens(port) });
    return new Echo(daemon, await Crowd.open(port, crowdSize));
  }

  /** @returns the echo's processor time per request, in milliseconds. */
  async processorMsPerRequest(ms: number): Promise<number> {
    let requests = 0;
    const used = await processorMsDuring({ echo: this.daemon.pid ?? 0 }, async () => {
      ({ requests } = await this.crowd.askFor(ms, () => REQUEST));
    });
    return used.echo / requests;
  }

  /** Lets it answer so many requests, to be compiled. */
  async ask(requests: number): Promise<void> {
    await this.crowd.askTimes(requests, () => REQUEST);
  }

  async stop(): Promise<void> {
    this.crowd.close();
    await this.daemon.stop('SIGTERM');
  }
}

async function listens(port: number): Promise<boolean> {
  try {
    (await Connection.open(port, '127.0.0.1')).close();
    return true;
  } catch {
    return false;
  }
}
