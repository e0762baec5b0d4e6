import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Provider, ReportRequest, SubmitRequest } from '../../src/delivery/application/provider.js';
import type { ProviderContext } from '../../src/delivery/application/provider-type.js';
import type { Report, SubmitOutcome } from '../../src/delivery/domain/outcome.js';
import { providerContext } from '../support/provider-context.js';
import { FakeVendor, type VendorAnswer, type VendorRequest } from '../support/fake-vendor.js';
import { reportsOverHttp } from '../support/reporting-gateway.js';
import { freePort } from '../support/servers/free-port.js';
import { beginSilence, type Silence } from '../support/silence.js';
import { providerReportsContract } from './provider-reports.contract.js';

/**
 * What is particular to a provider that speaks HTTP; all else is the same for every one. The same reports are also put through a
 * real ledger in every order (provider-reports.contract.ts), so each must be what the vendor would really send to
 * `https://einmal.example/v1/reports/main/{attemptId}/mac`, or without attempt and MAC where the vendor knows one address only;
 * the provider's id is `main`.
 */
export interface ProviderFixture {
  name: string;
  create: (vendorUrl: string, context: ProviderContext) => Provider;
  submit: Pick<SubmitRequest, 'channel' | 'to' | 'text'> & Partial<SubmitRequest>;
  /** The vendor's documented "accepted". */
  accepted: VendorAnswer;
  /** Only where the vendor leaves no choice, and the configuration has to accept it in so many words. */
  textInUrl?: true;
  /** What the vendor must be sent for it. */
  expectRequest: (request: VendorRequest, submit: SubmitRequest) => void;
  /** The vendor's other documented answers. */
  answers: [VendorAnswer, SubmitOutcome][];
  /** Only where reports name the vendor's own id of a message and no attempt: the nth id, and `accepted` with an id in it. */
  byMessageId?: { id: (nth: number) => string; accepted: (messageId: string) => VendorAnswer };
  /** A genuine report about an attempt, and what makes it one. */
  genuine: ReportOf;
  forged: Record<string, ReportOf>;
  /** Every status word the vendor has, as it is reported, and what is read from it. */
  statuses: Record<string, { report: ReportOf; reads: Partial<Report> }>;
}

/** A report as the vendor sends it about an attempt; `messageId` is for those that know nothing but their own id of it. */
export type ReportOf = (attemptId: string, messageId: string) => ReportRequest;

/** Everything a provider that speaks HTTP must do, its reports on a real ledger included. */
export function providerContract(fixture: ProviderFixture): void {
  const request: SubmitRequest = {
    ...fixture.submit,
    ...{ attemptId: 'att_1', messageId: 'msg_1', locale: 'en', validForSeconds: 290 },
    ...{ reportUrl: 'https://einmal.example/v1/reports/main/att_1/mac', reportMac: 'mac' },
  };
  let silence: Silence;
  beforeAll(async () => {
    silence = await beginSilence(async (vendorUrl, limits) => {
      const provider = fixture.create(vendorUrl, providerContext({ limits }));
      const outcome = await provider.submit(request);
      await provider.close();
      return outcome;
    });
  });
  afterAll(() => silence.stop());

  providerReportsContract(fixture.name, reportsOverHttp(fixture));

  describe(`${fixture.name} as a provider`, () => {
    let vendor: FakeVendor;
    let provider: Provider;
    const submit = () => provider.submit(request);
    const messageId = fixture.byMessageId?.id(1) ?? 'msg-1';
    const named = fixture.byMessageId ? { providerMessageId: messageId } : { attemptId: 'att_1' };
    const refusal = (failure: string) => ({ kind: 'refused', failure }) as const;

    beforeAll(async () => {
      vendor = await FakeVendor.start();
    });
    afterAll(() => vendor.stop());
    beforeEach(() => {
      vendor.requests.length = 0;
      provider = fixture.create(vendor.url, providerContext());
      return () => provider.close();
    });

    it('hands a message over in the vendor’s own words', async () => {
      vendor.answers(fixture.accepted);
      expect(await submit()).toMatchObject({ kind: 'accepted' });
      expect(vendor.requests).toHaveLength(1);
      const [received] = vendor.requests;
      if (received) fixture.expectRequest(received, request);
    });

    const { textInUrl = false } = fixture;
    it(`R8 puts ${textInUrl ? 'both' : 'neither'} text ${textInUrl ? 'and' : 'nor'} recipient in the URL`, async () => {
      vendor.answers(fixture.accepted);
      await submit();
      const url = decodeURIComponent(vendor.requests[0]?.url ?? '');
      expect([url.includes(request.text), url.includes(request.to)]).toEqual([textInUrl, textInUrl]);
    });

    it.each(fixture.answers)('understands %o', async (answer, outcome) => {
      vendor.answers(answer);
      expect(await submit()).toEqual(outcome);
    });

    it('R8 keeps the vendor’s words out of what it tells', async () => {
      vendor.answers({ status: 500, body: `rejected ${request.to} ${request.text}` });
      const told = JSON.stringify(await submit());
      expect(told).not.toContain(request.to);
      expect(told).not.toContain(request.text);
    });

    it('takes a server’s error and a limit for transient', async () => {
      vendor.answers({ status: 500 });
      expect(await submit()).toMatchObject(refusal('unreachable'));
      vendor.answers({ status: 429, headers: { 'retry-after': '7' } });
      expect(await submit()).toMatchObject({ ...refusal('throttled'), retryAfterSeconds: 7 });
    });

    it('follows no redirect', async () => {
      vendor.answers({ status: 307, headers: { location: vendor.url } });
      expect(await submit()).toMatchObject(refusal('misconfigured'));
      expect(vendor.requests).toHaveLength(1);
    });

    it('reads no more of an endless answer than it must', async () => {
      vendor.talksForever(fixture.accepted);
      // Without the cap it would be read until the timeout, and then nobody knew whether it was a yes.
      expect((await submit()).kind).toBe('accepted');
    });

    it('does not take an answer it can not read for a refusal', async () => {
      vendor.answers({ status: 200, body: '<html>Welcome to the hotel’s network</html>' });
      expect(await submit()).toMatchObject({ kind: 'ambiguous' });
    });

    it.each(['hangsUp', 'talksNonsense'] as const)(
      'R30 does not know whether it arrived when the vendor %s',
      async (does) => {
        vendor[does]();
        expect(await submit()).toMatchObject({ kind: 'ambiguous' });
        expect(vendor.requests).toHaveLength(1);
      },
    );

    it('R30 does not know whether it arrived when the answer breaks off', async () => {
      vendor.hangsUpWithin(fixture.accepted);
      expect(await submit()).toMatchObject({ kind: 'ambiguous' });
    });

    it('R97 gives up when nothing is answered in time; the request may have arrived', async () => {
      expect(await silence.unanswered).toMatchObject({ outcome: { kind: 'ambiguous' }, requests: 1 });
    });

    it('R97 gives up when nobody takes the connection in time; nothing was sent', async () => {
      expect(await silence.unconnected).toMatchObject(refusal('unreachable'));
    });

    it.each(['http://127.0.0.1', 'http://nowhere.invalid'])('knows that nothing was sent to %s', async (host) => {
      provider = fixture.create(`${host}:${String(await freePort())}/send`, providerContext());
      expect(await submit()).toMatchObject(refusal('unreachable'));
    });

    it('reads a genuine report, and the same one again', async () => {
      const reports = await provider.readReports(fixture.genuine('att_1', messageId));
      expect(reports).toHaveLength(1);
      expect(reports?.[0]).toMatchObject({ providerId: provider.id, ...named });
      expect(await provider.readReports(fixture.genuine('att_1', messageId))).toEqual(reports);
    });

    it.each(Object.entries(fixture.forged))('R31 refuses %s', async (_, forge) => {
      expect(await provider.readReports(forge('att_1', messageId))).toBeNull();
    });

    it.each(Object.entries(fixture.statuses))('understands the report %s', async (_, { report, reads }) => {
      expect(await provider.readReports(report('att_1', messageId))).toMatchObject([reads]);
    });
  });
}
