import type { ReportStatus } from '../../src/delivery/domain/outcome.js';
import { Log } from '../../src/platform/log/log.js';
import { SystemClock } from '../../src/platform/system-clock.js';
import { Carrier } from '../../src/sandbox/carrier.js';
import { Inbox } from '../../src/sandbox/inbox.js';
import { ReportCallbacks } from '../../src/sandbox/report-callbacks.js';
import { SandboxProviderType } from '../../src/sandbox/sandbox-provider.js';
import type { NamedMessage, ReportingGateway } from '../support/reporting-gateway.js';
import { providerReportsContract } from './provider-reports.contract.js';

const says = (status: ReportStatus) => (message: Pick<NamedMessage, 'attemptId'>) =>
  callback(status, message.attemptId);
function callback(status: ReportStatus, attemptId?: string) {
  const rawBody = Buffer.from(JSON.stringify({ status, detail: status }));
  const request = { method: 'POST', url: '', query: {}, headers: {}, rawBody };
  return attemptId === undefined ? request : { ...request, attemptId };
}

/** Its own callbacks are switched off: the suite says what it would. */
class Quiet extends ReportCallbacks {
  override schedule(): void {
    return undefined;
  }
}

const UNKNOWN_ATTEMPT = 'a report at an address without an attempt';
const start = (): Promise<ReportingGateway> => {
  const carrier = new Carrier(new Inbox(), new Quiet(Log.to('silent')), new SystemClock());
  return Promise.resolve({
    provider: new SandboxProviderType(carrier).create('main', { type: 'sandbox', channel: 'sms' }),
    says: { underway: says('underway'), delivered: says('delivered'), failed: says('failed') },
    forged: { [UNKNOWN_ATTEMPT]: () => callback('failed') },
    stranger: { attemptId: 'att_stranger', messageId: 'stranger' },
    stop: () => Promise.resolve(),
  });
};

providerReportsContract('the sandbox', {
  says: ['underway', 'delivered', 'failed'],
  forgeries: [UNKNOWN_ATTEMPT],
  start,
});
