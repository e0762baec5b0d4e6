import { Provider, type ReportRequest, type SubmitRequest } from '../../src/delivery/application/provider.js';
import type { VendorCallback } from '../../src/delivery/application/vendor-callback.js';
import type { Report, ReportStatus, SubmitOutcome } from '../../src/delivery/domain/outcome.js';
import type { Database } from '../../src/platform/postgres/database.js';
import { CHANNELS, type Channel } from '../../src/shared/channel.js';
import { DeliveryBench, PUBLIC_URL, ScriptedProvider } from './delivery-bench.js';
import { newId, queueDelivery } from './deliveries.js';
import { providerContext } from './provider-context.js';
import type { NamedMessage, ReportingGateway, Said, StartGateway } from './reporting-gateway.js';

/** A message that was handed over, in our name and the gateway's. */
export interface SentMessage extends NamedMessage {
  ours: string;
}

const nothing = () => Promise.resolve();

/** Remembers what a provider was given and what the vendor called it. */
class Watched extends Provider {
  readonly id: string;
  readonly channel: Channel;
  readonly sent = new Map<string, SentMessage>();
  /** Runs when the gateway has the message and we have not recorded so yet. */
  meanwhile: (message: SentMessage) => Promise<unknown> = nothing;

  constructor(private readonly real: Provider) {
    super();
    ({ id: this.id, channel: this.channel } = real);
  }

  async submit(request: SubmitRequest): Promise<SubmitOutcome> {
    const outcome = await this.real.submit(request);
    if (outcome.kind !== 'accepted') throw new Error(`The fixture's gateway said ${JSON.stringify(outcome)}.`);
    const { messageId: ours, attemptId } = request;
    const message = { ours, attemptId, messageId: outcome.providerMessageId ?? '' };
    this.sent.set(ours, message);
    await this.meanwhile(message);
    return outcome;
  }

  readReports(request: ReportRequest): Report[] | null | Promise<Report[] | null> {
    return this.real.readReports(request);
  }
}

/** Delivery's use-cases over a real ledger, with one provider under test, and other channels to fall back to. */
export class ReportsBench {
  private constructor(
    private readonly database: Database,
    readonly gateway: ReportingGateway,
    private readonly watched: Watched,
    private readonly other: ScriptedProvider,
    private readonly delivery: DeliveryBench,
  ) {}

  /** @param now for the times within signatures. */
  static async start(start: StartGateway, database: Database, now: () => number): Promise<ReportsBench> {
    const late: { bench?: DeliveryBench } = {};
    const take = async (reports: Report[]) => {
      await late.bench?.takeReports.execute(reports);
    };
    const gateway = await start(providerContext({ now, take }));
    const watched = new Watched(gateway.provider);
    const { channel } = watched;
    const other = new ScriptedProvider('other', channel);
    const fallbacks = CHANNELS.filter((name) => name !== channel).map((name) => new ScriptedProvider(name, name));
    const routes = { [channel]: ['main'], [`${channel}/CH`]: ['other'] };
    const bench = new DeliveryBench(database, [watched, other, ...fallbacks], routes);
    late.bench = bench;
    return new ReportsBench(database, gateway, watched, other, bench);
  }

  /** Hands messages over. */
  async send(count: number, meanwhile: Watched['meanwhile'] = nothing): Promise<SentMessage[]> {
    const ours = Array.from({ length: count }, () => newId('msg'));
    const { channel } = this.watched;
    await Promise.all(ours.map((message_id) => queueDelivery(this.database, { message_id, channel })));
    this.watched.meanwhile = meanwhile;
    await this.work();
    const sent = ours.flatMap((id) => this.watched.sent.get(id) ?? []);
    if (sent.length < count) throw new Error('The gateway has not taken every message.');
    return sent;
  }

  /** Hands a message over to another provider, whose vendor calls it what ours might. */
  async sendByAnother(messageId: string): Promise<SentMessage> {
    const ours = newId('msg');
    this.other.outcomes.push({ kind: 'accepted', providerMessageId: messageId });
    await queueDelivery(this.database, { message_id: ours, channel: this.watched.channel, country: 'CH' });
    await this.work();
    return { ours, attemptId: this.other.requests.at(-1)?.attemptId ?? '', messageId };
  }

  /** Whatever is due is done. */
  work(): Promise<void> {
    return this.delivery.run();
  }

  /** What the gateway says of a message, word for word, to be received now or later, or again. */
  said(message: NamedMessage, status: ReportStatus): Said {
    const say = this.gateway.says[status];
    if (!say) throw new Error(`The gateway has no report that says "${status}".`);
    return say(message);
  }

  /** A report about a message that is not genuine. */
  forged(message: NamedMessage, how: string): ReportRequest {
    const forge = this.gateway.forged[how];
    if (!forge) throw new Error(`Nobody forges a report so: ${how}`);
    return forge(message);
  }

  /** @returns `stored`, or why not. */
  async receive(said: Said): Promise<string> {
    if (typeof said === 'function') return said().then(() => 'stored');
    return (await this.delivery.receiveReport.execute(incoming(said))).kind;
  }

  tell(message: NamedMessage, status: ReportStatus): Promise<string> {
    return this.receive(this.said(message, status));
  }

  /** What became of a message: the state of each of its deliveries, and whether it arrived late. */
  async story({ ours }: SentMessage): Promise<string[]> {
    const deliveries = await this.delivery.history.of(ours);
    return deliveries.map(({ status, deliveredLateAt }) => status + (deliveredLateAt === null ? '' : ', late'));
  }

  /** What each stored report about a message has changed. */
  async effects({ ours }: SentMessage): Promise<(string | null)[]> {
    const deliveries = await this.delivery.history.of(ours);
    return deliveries.flatMap(({ attempts }) => attempts.flatMap(({ reports }) => reports.map(({ effect }) => effect)));
  }

  /** Everything that is known about messages, to see that nothing has changed. */
  async snapshot(): Promise<Snapshot> {
    const [snapshot] = await this.database.query<Snapshot>(`
      SELECT (SELECT count(*)::int FROM reports) AS reports,
        (SELECT json_agg(d ORDER BY id) FROM deliveries d) AS deliveries,
        (SELECT json_agg(a ORDER BY id) FROM send_attempts a) AS attempts`);
    if (!snapshot) throw new Error('There is always one row.');
    return snapshot;
  }
}

interface Snapshot {
  reports: number;
  deliveries: object[];
  attempts: object[];
}

/** As the reports endpoint would hand it on. A forger may use any address; a genuine report comes to the one that was given. */
function incoming({ url, query, attemptId, ...request }: ReportRequest): VendorCallback {
  const address = `/v1/reports/main${attemptId === undefined ? '' : `/${attemptId}/mac`}`;
  const { pathname, search } = new URL(url || `${address}?${String(new URLSearchParams(query))}`, PUBLIC_URL);
  const named = attemptId === undefined ? {} : { attemptId, mac: 'mac' };
  return { ...request, ...named, providerId: 'main', path: pathname + search };
}
