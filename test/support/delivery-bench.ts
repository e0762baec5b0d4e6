import { PostgresDeliveryHistory } from '../../src/delivery/adapters/postgres-delivery-history.js';
import { PostgresDueDeliveries } from '../../src/delivery/adapters/postgres-due-deliveries.js';
import { PostgresReports } from '../../src/delivery/adapters/postgres-reports.js';
import { ApplyReports } from '../../src/delivery/application/apply-reports.js';
import { Callbacks } from '../../src/delivery/application/callbacks.js';
import { DispatchDelivery } from '../../src/delivery/application/dispatch-delivery.js';
import { HandOver } from '../../src/delivery/application/hand-over.js';
import { HandleDue } from '../../src/delivery/application/handle-due.js';
import { MakeAttempt } from '../../src/delivery/application/make-attempt.js';
import { NobodyNow } from '../../src/delivery/application/nobody-now.js';
import { Nudge } from '../../src/delivery/application/ports.js';
import { Provider, type SubmitRequest } from '../../src/delivery/application/provider.js';
import { RecordOutcome } from '../../src/delivery/application/record-outcome.js';
import { ReceiveReport } from '../../src/delivery/application/receive-report.js';
import { Routes } from '../../src/delivery/application/routes.js';
import { TakeReports } from '../../src/delivery/application/take-reports.js';
import { TakeNextStep } from '../../src/delivery/application/take-next-step.js';
import type { Report, SubmitOutcome } from '../../src/delivery/domain/outcome.js';
import type { Database } from '../../src/platform/postgres/database.js';
import { SystemRandom } from '../../src/platform/system-random.js';
import type { Channel } from '../../src/shared/channel.js';
import { FakeMessages } from './deliveries.js';
import { HandSwitches } from './hand-switches.js';
import { ShiftedClock } from './shifted-clock.js';

/** A gateway that answers what it is told and remembers what it was given. */
export class ScriptedProvider extends Provider {
  readonly requests: SubmitRequest[] = [];
  /** One for each submit, in order; then everything is accepted. */
  readonly outcomes: SubmitOutcome[] = [];
  /** Runs while a submit is under way. */
  meanwhile: (request: SubmitRequest) => Promise<unknown> = () => Promise.resolve();

  constructor(
    readonly id: string,
    readonly channel: Channel,
  ) {
    super();
  }

  async submit(request: SubmitRequest): Promise<SubmitOutcome> {
    this.requests.push(request);
    await this.meanwhile(request);
    return this.outcomes.shift() ?? { kind: 'accepted' };
  }

  /** The report as JSON; who forgets the MAC is let in only with the right password. */
  readReports({ attemptId, rawBody, headers }: Parameters<Provider['readReports']>[0]): Report[] | null {
    if (attemptId === undefined && headers['x-password'] !== 'right') return null;
    return [{ providerId: this.id, ...(JSON.parse(rawBody.toString()) as Omit<Report, 'providerId'>) }];
  }
}

/** Where the outside finds the bench; providers' fixtures sign for it. */
export const PUBLIC_URL = 'https://einmal.example';

class PlainCallbacks extends Callbacks {
  publicUrl(path: string): string {
    return PUBLIC_URL + path;
  }
  of(providerId: string, attemptId: string) {
    const address = `${providerId}/${attemptId}/mac`;
    return {
      ...{ reportUrl: this.publicUrl(`/v1/reports/${address}`), reportMac: 'mac' },
      callUrl: this.publicUrl(`/v1/calls/${address}`),
    };
  }
  isOurs(_providerId: string, _attemptId: string, mac: string): boolean {
    return mac === 'mac';
  }
  isOurCall(_providerId: string, _attemptId: string, mac: string): boolean {
    return mac === 'mac';
  }
}

class CountedNudges extends Nudge {
  count = 0;
  nudge(): void {
    this.count += 1;
  }
}

/** Delivery's use-cases put together by hand over a real database, with scripted providers and a fake source of messages. */
export class DeliveryBench {
  readonly clock = new ShiftedClock();
  readonly nudge = new CountedNudges();
  readonly switches = new HandSwitches();
  readonly messages: FakeMessages;
  readonly due: PostgresDueDeliveries;
  readonly reports: PostgresReports;
  readonly history: PostgresDeliveryHistory;
  readonly takeReports: TakeReports;
  readonly receiveReport: ReceiveReport;
  readonly handleDue: HandleDue;
  private readonly routes: Routes;

  constructor(
    readonly database: Database,
    providers: Provider[],
    routes: Record<string, string[]> = {},
    messages: FakeMessages = new FakeMessages(database),
  ) {
    this.messages = messages;
    this.due = new PostgresDueDeliveries(database, this.clock);
    this.history = new PostgresDeliveryHistory(database);
    this.routes = new Routes(providers, routes, this.switches);
    this.reports = new PostgresReports(database);
    const callbacks = new PlainCallbacks();
    const applying = new ApplyReports(this.reports, this.nudge);
    this.takeReports = new TakeReports(this.reports, applying);
    this.receiveReport = new ReceiveReport(this.routes, callbacks, this.takeReports);
    const handOver = new HandOver(this.messages, callbacks, this.clock, this.switches);
    const recording = new RecordOutcome(this.due, handOver, applying);
    const attempts = new MakeAttempt(this.due, handOver, recording, new SystemRandom());
    const nobodyNow = new NobodyNow(this.messages, this.history, this.routes, this.due, handOver);
    const dispatch = new DispatchDelivery(this.due, this.routes, attempts, nobodyNow, handOver);
    const nextStep = new TakeNextStep(this.messages, this.history, this.due, this.routes);
    this.handleDue = new HandleDue(dispatch, nextStep, this.due, applying);
  }

  /** Handles whatever is due, and what becomes due by it, until nothing is. */
  async run(): Promise<void> {
    for (let due = await this.due.claim(8); due.length > 0; due = await this.due.claim(8))
      await Promise.all(due.map((delivery) => this.handleDue.execute(delivery)));
  }

  /** A report as the provider's callback for one attempt brings it. */
  report(providerId: string, attemptId: string, report: Partial<Report>) {
    const path = `/v1/reports/${providerId}/${attemptId}/mac`;
    return this.receive({ providerId, attemptId, mac: 'mac', path }, { detail: 'said', ...report });
  }

  /** A report that names the message by the provider's own id only. */
  reportByMessage(providerId: string, report: Partial<Report>) {
    return this.receive({ providerId, path: `/v1/reports/${providerId}` }, { detail: 'said', ...report });
  }

  private receive(
    where: { providerId: string; attemptId?: string; mac?: string; path: string },
    report: Partial<Report>,
  ) {
    const headers = { 'x-password': 'right' };
    return this.receiveReport.execute({
      ...where,
      method: 'POST',
      headers,
      rawBody: Buffer.from(JSON.stringify(report)),
    });
  }
}
