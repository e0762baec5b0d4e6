import type { ProviderFixture, ReportOf } from '../contract/provider.contract.js';
import type { Provider, ReportRequest } from '../../src/delivery/application/provider.js';
import type { ProviderContext } from '../../src/delivery/application/provider-type.js';
import type { ReportStatus } from '../../src/delivery/domain/outcome.js';
import { FakeVendor } from './fake-vendor.js';

/** A message in the names a gateway may use for it. */
export interface NamedMessage {
  attemptId: string;
  /** The vendor's own id, as its answer to the submit said it. */
  messageId: string;
}

/** What a gateway says of a message: a request to us, or whatever it does on its own link until the provider has taken that. */
export type Said = ReportRequest | (() => Promise<void>);

/** A provider called `main`, and a gateway that takes all it is given and tells of it. */
export interface ReportingGateway {
  provider: Provider;
  /** One report of each kind the gateway has, the same bytes every time. */
  says: Partial<Record<ReportStatus, (message: NamedMessage) => Said>>;
  /** By what is wrong with it. */
  forged: Record<string, (message: NamedMessage) => ReportRequest>;
  /** A message that we never gave it. */
  stranger: NamedMessage;
  stop(): Promise<void>;
}

/** Starts one; `context.take` and `context.now` are the ledger's. */
export type StartGateway = (context: ProviderContext) => Promise<ReportingGateway>;

/** A gateway before it is started: the tests of a suite are known before anything runs. */
export interface ReportsFixture {
  /** The keys of the gateway's `says`. */
  says: readonly ReportStatus[];
  /** The keys of its `forged`; none where nobody but the gateway itself can bring a report. */
  forgeries: readonly string[];
  start: StartGateway;
}

/** The gateway that a fixture of the provider contract describes. */
export function reportsOverHttp(fixture: ProviderFixture): ReportsFixture {
  const { accepted, byMessageId, forged, statuses } = fixture;
  const read = Object.values(statuses).map(({ reads }) => reads.status);
  const start: StartGateway = async (context) => {
    const vendor = await FakeVendor.start();
    vendor.answers(byMessageId ? (nth) => byMessageId.accepted(byMessageId.id(nth)) : accepted);
    const provider = fixture.create(vendor.url, context);
    const about = (report: ReportOf) => (message: NamedMessage) => report(message.attemptId, message.messageId);
    const firstThatReads = (status: ReportStatus) => {
      const found = Object.values(statuses).find(({ reads }) => reads.status === status);
      return found && { [status]: about(found.report) };
    };
    return {
      provider,
      says: {
        ...firstThatReads('underway'),
        ...firstThatReads('delivered'),
        ...firstThatReads('failed'),
        ...firstThatReads('unknown'),
      },
      forged: Object.fromEntries(Object.entries(forged).map(([how, forge]) => [how, about(forge)])),
      stranger: { attemptId: 'att_stranger', messageId: byMessageId?.id(1_000_000) ?? 'stranger' },
      stop: async () => {
        await provider.close();
        await vendor.stop();
      },
    };
  };
  const says = (['underway', 'delivered', 'failed', 'unknown'] as const).filter((status) => read.includes(status));
  return { says, forgeries: Object.keys(forged), start };
}
