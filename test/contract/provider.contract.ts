import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Provider, ReportRequest, SubmitRequest } from '../../src/delivery/application/ports.js';
import type { SubmitOutcome } from '../../src/delivery/domain/outcome.js';
import { FakeVendor, silentPort, type VendorAnswer, type VendorRequest } from '../support/fake-vendor.js';
import { freePort } from '../support/servers/free-port.js';

/** What is particular to a provider that speaks HTTP; all else is the same for every one. */
export interface ProviderFixture {
  name: string;
  create: (vendorUrl: string) => Provider;
  submit: Pick<SubmitRequest, 'channel' | 'to' | 'text'>;
  /** The vendor's documented "accepted". */
  accepted: VendorAnswer;
  /** What the vendor must be sent for it. */
  expectRequest: (request: VendorRequest, submit: SubmitRequest) => void;
  /** The vendor's other documented answers. */
  answers: [VendorAnswer, SubmitOutcome][];
  /** A genuine report about an attempt, and what makes it one. */
  genuine: (attemptId: string) => ReportRequest;
  forged: Record<string, (attemptId: string) => ReportRequest>;
}

export function providerContract(fixture: ProviderFixture): void {
  describe(`${fixture.name} as a provider`, () => {
    let vendor: FakeVendor;
    let provider: Provider;
    const request: SubmitRequest = {
      ...fixture.submit,
      ...{ attemptId: 'att_1', messageId: 'msg_1', locale: 'en', validForSeconds: 290 },
      reportUrl: 'https://einmal.example/v1/reports/main/att_1/mac',
    };
    const submit = () => provider.submit(request);
    const refusal = (failure: string) => ({ kind: 'refused', failure }) as const;

    beforeAll(async () => {
      vendor = await FakeVendor.start();
    });
    afterAll(() => vendor.stop());
    beforeEach(() => {
      vendor.requests.length = 0;
      provider = fixture.create(vendor.url);
      return () => provider.close();
    });

    it('hands a message over in the vendor’s own words', async () => {
      vendor.answers(fixture.accepted);
      expect(await submit()).toMatchObject({ kind: 'accepted' });
      expect(vendor.requests).toHaveLength(1);
      const [received] = vendor.requests;
      if (received) fixture.expectRequest(received, request);
    });

    it('R8 puts neither text nor recipient in the URL', async () => {
      vendor.answers(fixture.accepted);
      await submit();
      const url = decodeURIComponent(vendor.requests[0]?.url ?? '');
      expect(url).not.toContain(request.text);
      expect(url).not.toContain(request.to);
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
      const asked = performance.now();
      // Without the cap it would be read until the timeout, and then nobody knew whether it was a yes.
      expect((await submit()).kind).toBe('accepted');
      expect(performance.now() - asked).toBeLessThan(4_000);
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

    it('R97 gives up after 5 s; the request may have arrived', async () => {
      vendor.hangs();
      const start = Date.now();
      expect(await submit()).toMatchObject({ kind: 'ambiguous' });
      expect(Date.now() - start).toBeLessThan(6_000);
      expect(vendor.requests).toHaveLength(1);
    });

    it('R97 gives up connecting after about 2 s; nothing was sent', async () => {
      const silent = await silentPort();
      provider = fixture.create(`https://127.0.0.1:${String(silent.port)}/send`);
      const start = Date.now();
      expect(await submit()).toMatchObject(refusal('unreachable'));
      expect(Date.now() - start).toBeLessThan(4_500);
      silent.stop();
    });

    it.each(['http://127.0.0.1', 'http://nowhere.invalid'])('knows that nothing was sent to %s', async (host) => {
      provider = fixture.create(`${host}:${String(await freePort())}/send`);
      expect(await submit()).toMatchObject(refusal('unreachable'));
    });

    it('reads a genuine report, and the same one again', () => {
      const reports = provider.readReports(fixture.genuine('att_1'));
      expect(reports).toHaveLength(1);
      expect(reports?.[0]).toMatchObject({ providerId: provider.id, attemptId: 'att_1' });
      expect(provider.readReports(fixture.genuine('att_1'))).toEqual(reports);
    });

    it.each(Object.entries(fixture.forged))('R31 refuses %s', (_, forge) => {
      expect(provider.readReports(forge('att_1'))).toBeNull();
    });
  });
}
