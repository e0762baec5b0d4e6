import { smpp } from '../../../src/delivery/adapters/providers/smpp/smpp.js';
import type { Provider, SubmitRequest } from '../../../src/delivery/application/provider.js';
import type { ProviderContext } from '../../../src/delivery/application/provider-type.js';
import { providerContext } from '../provider-context.js';
import { PASSWORD, SYSTEM_ID } from './smsc.js';

/** A provider that speaks to an SMSC of the tests. */
export function smppProvider(port: number, over: object = {}, context: ProviderContext = providerContext()): Provider {
  const account = { type: 'smpp', channel: 'sms', systemId: SYSTEM_ID, password: PASSWORD, from: 'Einmal' };
  return smpp.create('main', smpp.schema.parse({ ...account, host: '127.0.0.1', port, ...over }), context);
}

export const smsTo = (to: string, over: Partial<SubmitRequest> = {}): SubmitRequest => ({
  ...{ attemptId: 'att_1', messageId: 'msg_1', channel: 'sms', to, text: 'Your code is 012345.', locale: 'en' },
  ...{ validForSeconds: 290, reportUrl: 'https://einmal.example/v1/reports/main/att_1/mac', reportMac: 'mac' },
  ...over,
});
