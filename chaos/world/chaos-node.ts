import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Step } from '../../src/shared/steps.js';
import { until } from '../../test/support/servers/until.js';
import type { Service } from '../../test/support/service.js';
import type { Journal } from '../journal.js';
import { nodeFile, startProcess, type NodePlan } from './node-process.js';

const PAUSE_MS = 300;
const STARTS_WITHIN_MS = 120_000;
/** So many processes may refuse to start at first; then something is wrong with what they are given. */
const REFUSALS_BORNE = 4;

/** One place of the deployment: a process of the compiled service, and a supervisor that starts another when it dies. */
export class ChaosNode {
  private service: Service | null = null;
  private supervision: Promise<void> = Promise.resolve();
  private wanted = false;
  private started = 0;
  /** Why its processes refused to start since the last one that did. */
  private refusals: unknown[] = [];

  constructor(
    private readonly plan: NodePlan,
    private readonly journal: Journal,
  ) {}

  get name(): string {
    return this.plan.name;
  }

  get wires(): NodePlan['wires'] {
    return this.plan.wires;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.plan.port)}`;
  }

  /** How many processes there have been, the one that runs included. */
  get generation(): number {
    return this.started;
  }

  /** Whether `/readyz` says so now. */
  async isReady(): Promise<boolean> {
    const answer = await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(1_000) }).catch(() => null);
    return answer?.status === 200;
  }

  /**
   * Returns when it is ready for the first time; a machine in trouble may need more than one process for that.
   *
   * @throws an error with the output of the last process that refused.
   */
  async start(): Promise<void> {
    this.wanted = true;
    await this.setClock(0);
    this.supervision = this.supervise();
    const settled = async () => {
      if ((await this.isReady()) || this.refusals.length > REFUSALS_BORNE) return true;
      if (this.refusals.length > 0) throw this.refusals.at(-1);
      return null;
    };
    await until(`node ${this.name} starts`, settled, STARTS_WITHIN_MS);
    const cause = this.refusals.at(-1);
    if (this.refusals.length > REFUSALS_BORNE) throw new Error(`node ${this.name} does not start`, { cause });
  }

  /** To the process that runs now, if one does. */
  signal(name: NodeJS.Signals): void {
    const pid = this.service?.pid;
    if (pid === undefined) return;
    try {
      process.kill(pid, name);
    } catch {
      // It died a moment ago.
    }
  }

  /** The process sends itself a signal when it reaches a step for the next time. */
  async order(step: Step, signal: 'SIGKILL' | 'SIGSTOP'): Promise<void> {
    await this.give(`${step} ${signal}`);
  }

  async forgetOrders(): Promise<void> {
    await this.give('');
  }

  /** Shifts the wall clock of this node alone, where libfaketime is loaded. It believes so within a second. */
  setClock(offsetSeconds: number): Promise<void> {
    return writeFile(nodeFile(this.plan, 'clock'), `${offsetSeconds < 0 ? '' : '+'}${String(offsetSeconds)}`);
  }

  /** Ends it for good, by SIGTERM, as a deployment that is taken down does; also one that is still starting. */
  async stop(): Promise<void> {
    this.wanted = false;
    const over = this.supervision.then(() => true);
    let asked: Service | null = null;
    do {
      this.signal('SIGCONT');
      if (this.service !== asked) void this.service?.stop();
      asked = this.service;
    } while (!(await Promise.race([over, sleep(PAUSE_MS, false)])));
    await Promise.all([...this.wires.redis, ...this.wires.postgres].map((wire) => wire.close()));
  }

  private async give(orders: string): Promise<void> {
    await writeFile(nodeFile(this.plan, 'orders'), orders);
    this.signal('SIGUSR2');
  }

  private async supervise(): Promise<void> {
    while (this.wanted) {
      this.started += 1;
      // What it needs may be away; then it refuses to start, and is started again.
      this.service = await startProcess(this.plan, this.started, this.journal).catch((error: unknown) => {
        this.refusals.push(error);
        return null;
      });
      if (this.service) this.refusals = [];
      await this.service?.ended;
      this.service = null;
      await sleep(PAUSE_MS);
    }
  }
}
