import { mkdtemp, chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import { Carrier } from '../../../chaos/carrier/carrier.js';
import { Reporter } from '../../../chaos/carrier/reporter.js';
import { dump } from '../../../chaos/dump.js';
import type { History } from '../../../chaos/history.js';
import type { Fault } from '../../../chaos/history/faults.js';
import { Journal } from '../../../chaos/journal.js';
import { Seeded } from '../../../chaos/seeded.js';
import { Subscriber } from '../../../chaos/subscriber/subscriber.js';
import { Login } from '../../../chaos/traffic/login.js';
import { phoneOf, type Tenant } from '../../../chaos/traffic/person.js';
import { Balancer } from '../../../chaos/world/balancer.js';
import type { ChaosNode } from '../../../chaos/world/chaos-node.js';
import { furnish, makeNodes } from '../../../chaos/world/deployment.js';
import { SETTINGS } from '../../../chaos/world/settings.js';
import { Stores } from '../../../chaos/world/stores.js';
import { until } from '../../support/servers/until.js';
import { WorldClock } from '../../support/world-clock.js';

/** So that a few hundred checks are more than two nodes can do at once. */
const SLOW_HASH = new URL('slow-hash.mjs', import.meta.url).href;

const planted = (defect: string) => new URL(`../../../chaos/defects/${defect}.mjs`, import.meta.url).href;

interface Parts {
  stores: Stores;
  carrier: Carrier;
  subscriber: Subscriber;
  tenants: [Tenant, ...Tenant[]];
  nodes: [ChaosNode, ...ChaosNode[]];
  journal: Journal;
}

/** A world as a run has it, with two nodes, on which scenes are played instead of letting a crowd in. */
export class Stage {
  private readonly balancer: Balancer;
  private readonly reporter: Reporter;
  private readonly curtain = new AbortController();
  private people = 0;

  private constructor(
    private readonly parts: Parts,
    /** Whether the nodes' clocks can be shifted on this machine. */
    readonly clocks: boolean,
  ) {
    this.balancer = new Balancer(parts.nodes);
    this.reporter = new Reporter(this.balancer, parts.journal);
    parts.carrier.open(this.reporter);
  }

  /** @param defects names of the modules in chaos/defects that both nodes are started with. */
  static async open(defects: string[]): Promise<Stage> {
    const scratch = await mkdtemp(join(inject('scratchFolder'), 'stage-'));
    // Postgres runs as another user where we are root, and must get to its folder.
    await chmod(scratch, 0o711);
    const journal = new Journal(() => undefined);
    const stores = await Stores.start(scratch, { redis: 'single' });
    const [tenants, carrier] = await Promise.all([furnish(stores), Carrier.start(journal)]);
    const options = { nodes: 2, preloads: defects.map(planted), beside: [SLOW_HASH] };
    const { providers } = carrier;
    const { nodes, clocks } = await makeNodes({ scratch, stores, providers, journal, options });
    await Promise.all(nodes.map((node) => node.start()));
    const subscriber = await Subscriber.start(journal);
    await subscriber.subscribe(tenants, nodes[0]);
    return new Stage({ stores, carrier, subscriber, tenants, nodes, journal }, clocks);
  }

  get journal(): Journal {
    return this.parts.journal;
  }

  get stores(): Stores {
    return this.parts.stores;
  }

  node(name: 'a' | 'b'): ChaosNode {
    return this.balancer.node(name === 'a' ? 0 : 1);
  }

  /** Shifts a node's wall clock, and returns when the node's own answers are dated so. */
  async setClock(name: 'a' | 'b', offsetSeconds: number): Promise<void> {
    const node = this.node(name);
    await node.setClock(offsetSeconds);
    await until(`the clock of ${name} is shifted`, async () => {
      const { headers } = await fetch(`${node.url}/livez`);
      const shownSeconds = (Date.parse(headers.get('date') ?? '') - Date.now()) / 1_000;
      return Math.abs(shownSeconds - offsetSeconds) < 60 ? true : null;
    });
  }

  /** Somebody new. @param ending of the number: what the carrier does with its messages (chaos/carrier/courses.ts). */
  somebody(ending: string | null = null, email?: string, phone?: string): Login {
    const number = (this.people += 1);
    const { carrier, journal, tenants } = this.parts;
    const person = {
      ...{ number, habit: 'directed', tenant: tenants[0], phone: phone ?? phoneOf(number, ending), email },
      ...{ careful: false, random: Seeded.from(number) },
    };
    const { balancer, reporter } = this;
    return new Login(person, { balancer, carrier, reporter, journal, tenants, over: this.curtain.signal });
  }

  /** Writes a fault down around what happens during it. */
  async during(fault: Pick<Fault, 'kind' | 'target'>, happen: () => Promise<number | undefined>): Promise<void> {
    const fromMs = this.journal.now();
    const healedMs = await happen();
    const written = { ...fault, detail: 'directed', fromMs, untilMs: this.journal.now() };
    this.journal.fault({ ...written, ...(healedMs !== undefined && { healedMs }) });
  }

  /** Ends the play and gives everything that was written down, while the stores' folders still exist. */
  async history(): Promise<History> {
    const { journal, stores, tenants } = this.parts;
    await this.reporter.finish();
    const drained = await this.settled();
    const drainedFromMs = journal.now();
    await this.endNodes();
    const { epochMs, messages, reports, told, faults, processes } = journal;
    const calls = journal.calls.toSorted((a, b) => a.number - b.number);
    return {
      ...{ seed: 0, epochMs, settings: SETTINGS, applications: tenants, calls, messages, reports, told, faults },
      ...{ processes, drained, drainedFromMs, dumps: await dump(stores, epochMs, new Map()) },
    };
  }

  async close(): Promise<void> {
    this.curtain.abort();
    this.balancer.stop();
    await this.endNodes();
    await Promise.all([this.parts.carrier.stop(), this.parts.subscriber.stop(), this.parts.stores.stop()]);
  }

  /** Leases of workers that died are let pass; then nothing is on its way any more. */
  private async settled(): Promise<boolean> {
    const clock = WorldClock.open(await this.parts.stores.world());
    const busy = `SELECT id FROM deliveries WHERE status IN ('queued', 'submitting')`;
    try {
      await clock.leasesPass();
      return await until('all is sent', async () => ((await clock.rows(busy)).length === 0 ? true : null), 15_000);
    } catch {
      return false;
    } finally {
      await clock.close();
    }
  }

  /** At once: in production a process waits five seconds for balancers, and nobody is left to notice. */
  private async endNodes(): Promise<void> {
    await Promise.all(
      this.parts.nodes.map(async (node) => {
        const stopped = node.stop();
        node.signal('SIGKILL');
        await stopped;
      }),
    );
  }
}
