import { describe, expect, it, vi } from 'vitest';
import type { Provider } from '../../src/delivery/application/provider.js';
import type { SubmitOutcome } from '../../src/delivery/domain/outcome.js';
import { OUTGOING_LIMITS } from '../../src/delivery/adapters/outgoing-http.js';
import { providerContext } from '../support/provider-context.js';
import { smppProvider, smsTo } from '../support/smsc/smpp-provider.js';
import { Smsc } from '../support/smsc/smsc.js';

/**
 * A link that breaks while a thousand messages are on it. What was not written goes out over the next link; what was written
 * and not answered may have arrived, and nobody sends it again. A client that took every unanswered one for unsent would double
 * hundreds; one that forgot its line with its link would lose as many.
 */
const MESSAGES = 1_000;
const CUT_AFTER = MESSAGES / 2;
const phones = Array.from({ length: MESSAGES }, (_, n) => `+49151${String(10_000_000 + n * 100)}`);

/** As delivery does it: a refusal that passes is tried again, an ambiguous one never. */
async function sendUntilDecided(provider: Provider, to: string): Promise<SubmitOutcome> {
  for (;;) {
    const outcome = await provider.submit(smsTo(to, { attemptId: `att_${to}` }));
    if (outcome.kind !== 'refused' || outcome.failure === 'rejected') return outcome;
    await new Promise((again) => setTimeout(again, 50));
  }
}

describe.each([
  ['all of them written', { window: 1_000, binds: 1 }],
  ['most of them waiting for one of two links', { window: 50, binds: 2 }],
])('a link lost with 1,000 messages in flight, %s', (_, options) => {
  it('loses none, doubles none, and takes for uncertain only what was written', async () => {
    const smsc = await Smsc.start({ answerAfterMs: 20 });
    const context = providerContext({ limits: OUTGOING_LIMITS });
    const provider = smppProvider(smsc.port, options, context);
    provider.open();
    const cut = vi.waitFor(
      () => {
        expect(smsc.answered).toBeGreaterThanOrEqual(CUT_AFTER);
        smsc.cut();
      },
      { timeout: 10_000, interval: 1 },
    );
    const [outcomes] = await Promise.all([Promise.all(phones.map((to) => sendUntilDecided(provider, to))), cut]);
    const arrived = new Map<string, number>();
    for (const { to } of smsc.submissions) arrived.set(`+${to}`, (arrived.get(`+${to}`) ?? 0) + 1);
    const accepted = phones.filter((_phone, n) => outcomes[n]?.kind === 'accepted');
    const ambiguous = phones.filter((_phone, n) => outcomes[n]?.kind === 'ambiguous');
    expect(accepted.length).toBeGreaterThan(0);
    expect(accepted.length + ambiguous.length).toBe(MESSAGES);
    expect(accepted.filter((to) => arrived.get(to) !== 1)).toEqual([]);
    expect([...arrived].filter(([, times]) => times > 1)).toEqual([]);
    expect(ambiguous.length).toBeLessThanOrEqual(options.window * options.binds);

    // Every receipt comes, over whatever link there is by now.
    const ids = outcomes.flatMap((outcome) => (outcome.kind === 'accepted' ? (outcome.providerMessageId ?? []) : []));
    await vi.waitFor(
      () => {
        const reported = new Set(context.taken.map(({ providerMessageId }) => providerMessageId));
        expect(ids.filter((id) => !reported.has(id))).toEqual([]);
      },
      { timeout: 10_000 },
    );
    expect(context.taken.every(({ status }) => status === 'delivered')).toBe(true);
    await provider.close();
    await smsc.stop();
  });
});
