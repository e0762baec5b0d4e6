import { describe, expect, it } from 'vitest';
import type { Provider } from '../../src/delivery/application/provider.js';
import type { SubmitOutcome } from '../../src/delivery/domain/outcome.js';
import { OUTGOING_LIMITS } from '../../src/delivery/adapters/outgoing-http.js';
import { eventually } from '../support/eventually.js';
import { providerContext } from '../support/provider-context.js';
import { smppProvider, smsTo } from '../support/smsc/smpp-provider.js';
import { Smsc } from '../support/smsc/smsc.js';

/**
 * A link that breaks while a thousand messages are on it. What was not written goes out over the next link; what was written
 * and not answered may have arrived, and nobody sends it again. A client that took every unanswered one for unsent would double
 * hundreds; one that forgot its line with its link would lose as many.
 */
const MESSAGES = 1_000;
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
])('a link lost with 1,000 messages on it, half of them answered, %s', (_, options) => {
  it('loses none, doubles none, and takes for uncertain only what was written', async ({ onTestFinished }) => {
    const smsc = await Smsc.start({ answerAfterMs: 20, cutAfterAnswers: MESSAGES / 2 });
    onTestFinished(() => smsc.stop());
    const context = providerContext({ limits: OUTGOING_LIMITS });
    const provider = smppProvider(smsc.port, options, context);
    onTestFinished(() => provider.close());
    provider.open();
    const outcomes = await Promise.all(phones.map((to) => sendUntilDecided(provider, to)));
    const arrived = new Map<string, number>();
    for (const { to } of smsc.submissions) arrived.set(`+${to}`, (arrived.get(`+${to}`) ?? 0) + 1);
    const accepted = phones.filter((_phone, n) => outcomes[n]?.kind === 'accepted');
    const ambiguous = phones.filter((_phone, n) => outcomes[n]?.kind === 'ambiguous');
    expect(accepted.length).toBeGreaterThan(0);
    expect(ambiguous.length).toBeGreaterThan(0);
    expect(ambiguous.length).toBeLessThanOrEqual(options.window * options.binds);
    expect(accepted.length + ambiguous.length).toBe(MESSAGES);
    expect(accepted.filter((to) => arrived.get(to) !== 1)).toEqual([]);
    expect([...arrived].filter(([, times]) => times > 1)).toEqual([]);

    // Every receipt comes, over whatever link there is by now.
    const ids = outcomes.flatMap((outcome) => (outcome.kind === 'accepted' ? (outcome.providerMessageId ?? []) : []));
    await eventually(() => {
      const reported = new Set(context.taken.map(({ providerMessageId }) => providerMessageId));
      expect(ids.filter((id) => !reported.has(id))).toEqual([]);
    });
    expect(context.taken.filter(({ status }) => status !== 'delivered')).toEqual([]);
    expect(smsc.binds.length).toBeGreaterThan(options.binds);
  });
});
