import type { ProviderPage } from '../../../../application/provider-type.js';
import { SMS4_STATUSES } from './sms4-statuses.js';

/** docs/providers/sms4.md, in its own words. */
export const sms4Page: ProviderPage = {
  title: 'sms4.de',
  about:
    'The gateway of sms4.de, described for [http](http.md). Number and text go into the body of a POST, so that they are in no access log; ' +
    'the vendor’s manual shows the same fields in the URL of a GET. There is no validity: a message may arrive after its code has expired.',
  example: `
main:
  type: sms4
  channel: sms
  customer: XY12345
  username: einmal
  password: \${SMS4_PASSWORD}
  from: Example`.trim(),
  setUp: 'Nothing but the account.',
  reports:
    'None are pushed: while a message waits for its report timeout, its status is asked for every ten seconds by the id that the vendor gave ' +
    'it. It says whether the message arrived, is open or failed, and not why.',
  tried:
    'Only read: the vendor’s manual. That a POST is taken, and the exact words of an answer, are unverified: a 2xx with `OK` counts as ' +
    'taken, and its longest number as the id.',
  inShort: { reports: 'asked for', genuine: 'asked at the vendor', tried: 'only read' },
  statuses: SMS4_STATUSES,
};
