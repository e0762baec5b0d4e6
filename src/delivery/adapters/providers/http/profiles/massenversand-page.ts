import type { ProviderPage } from '../../../../application/provider-type.js';

/** docs/providers/massenversand.md, in its own words. */
export const massenversandPage: ProviderPage = {
  title: 'massenversand.de',
  about:
    'The gateway of massenversand.de, described for [http](http.md). Number and text go into the body of a POST, so that they are in no ' +
    'access log; the vendor’s samples show the same fields in the URL of a GET. There is no validity: a message may arrive after its code ' +
    'has expired.',
  example: `
main:
  type: massenversand
  channel: sms
  url: https://gateway.example/gateway
  authToken: \${MASSENVERSAND_TOKEN}
  from: Example`.trim(),
  setUp: 'Nothing but the account.',
  reports:
    'None are known of: each message counts as sent until the report timeout, and then the next channel is tried.',
  tried: 'Only read: the vendor’s page. That a POST is taken is unverified. The vendor was not contacted.',
  inShort: { reports: 'none known', genuine: '', tried: 'only read' },
};
