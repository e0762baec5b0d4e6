import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ReportStatus } from '../../src/delivery/domain/outcome.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import type { ReportsFixture } from '../support/reporting-gateway.js';
import { ReportsBench, type SentMessage } from '../support/reports-bench.js';

const HOUR_MS = 3_600_000;

/**
 * What reports of a provider do to a real ledger, in whatever order and however often they come. `providerContract` runs it for
 * providers that report over HTTP, with the statuses of the fixture; one with a link of its own starts its gateway here.
 */
export function providerReportsContract(name: string, { says, forgeries, start }: ReportsFixture): void {
  /** What the gateway can say of a message, and that it was delivered a second time. */
  const life = (['underway', 'delivered', 'failed', 'delivered'] as const).filter((status) => says.includes(status));

  describe(`reports of ${name}, on a ledger`, () => {
    let opened: TestDatabase;
    let bench: ReportsBench;
    let nowMs: () => number;

    beforeAll(async () => {
      opened = await openTestDatabase();
      bench = await ReportsBench.start(start, opened.database, () => nowMs());
      expect(Object.keys(bench.gateway.says).sort()).toEqual([...says].sort());
      expect(Object.keys(bench.gateway.forged)).toEqual(forgeries);
    });
    beforeEach(() => {
      nowMs = Date.now;
    });
    afterAll(async () => {
      await bench.gateway.stop();
      await opened.close();
    });
    const sendOne = async (...given: [Parameters<ReportsBench['send']>[1]?]) => {
      const [message] = await bench.send(1, ...given);
      return message as SentMessage;
    };
    const unchanged = async (act: () => Promise<unknown>) => {
      const before = await bench.snapshot();
      await act();
      await bench.work();
      expect(await bench.snapshot()).toEqual(before);
    };

    it.each([
      ['one after the other', false],
      ['with the work they cause in between', true],
    ])('R32 in every order, %s, end in one state and start one step at most', async (_, between) => {
      // What is underway gives no work.
      const orders = ordersOf(life.filter((status) => !between || status !== 'underway'));
      const messages = await bench.send(orders.length);
      for (const nth of orders[0]?.keys() ?? []) {
        await Promise.all(messages.map((message, n) => bench.tell(message, orders[n]?.[nth] ?? 'unknown')));
        if (between) await bench.work();
      }
      await bench.work();
      const stories = await Promise.all(messages.map((message) => bench.story(message)));
      expect(orders.map((order, n) => [order, stories[n]])).toEqual(
        orders.map((order) => [order, storyOf(order, between)]),
      );
    });

    it('R32 all at the same moment end in one state and start one step at most', async () => {
      const messages = await bench.send(5);
      const told = messages.flatMap((message) => life.map((status) => bench.tell(message, status)));
      expect(new Set(await Promise.all(told))).toEqual(new Set(['stored']));
      await bench.work();
      for (const message of messages) {
        const [first = '', ...next] = await bench.story(message);
        expect(ordersOf(life).map((order) => storyOf(order, false)[0])).toContain(first);
        expect(next.length).toBeLessThanOrEqual(first === 'delivered' ? 0 : 1);
      }
    });

    it('R32 repeated twenty times at once have one effect', async () => {
      const message = await sendOne();
      const said = bench.said(message, 'failed');
      await Promise.all(Array.from({ length: 20 }, () => bench.receive(said)));
      await bench.work();
      expect(await bench.story(message)).toEqual(['failed', 'sent']);
      expect(await bench.effects(message)).toEqual(['failed']);
    });

    it.each(forgeries)('R31 forged change nothing and leave nothing behind: %s', async (how) => {
      const message = await sendOne();
      await unchanged(async () => {
        expect(await bench.receive(bench.forged(message, how))).toBe('not-authentic');
      });
      expect(await bench.story(message)).toEqual(['sent']);
    });

    it('R31 replayed, at once and an hour later, change nothing', async () => {
      const message = await sendOne();
      const words = life.map((status) => bench.said(message, status));
      for (const said of words) await bench.receive(said);
      await bench.work();
      for (const passedMs of [0, HOUR_MS])
        await unchanged(async () => {
          nowMs = () => Date.now() + passedMs;
          for (const said of words) await bench.receive(said);
        });
    });

    const finals = life.filter((status, n) => status !== 'underway' && life.indexOf(status) === n);
    it.each(finals)('that come before the submit is recorded are matched when it is: %s', async (status) => {
      const message = await sendOne((early: SentMessage) => bench.tell(early, status));
      expect(await bench.story(message)).toEqual(storyOf([status], true));
    });

    it('are kept where nobody knows the message, and change nothing', async () => {
      await sendOne();
      const { deliveries, attempts, reports } = await bench.snapshot();
      expect(await bench.tell(bench.gateway.stranger, 'failed')).toBe('stored');
      await bench.work();
      expect(await bench.snapshot()).toEqual({ deliveries, attempts, reports: reports + 1 });
    });

    it('R31 can not speak of another provider’s message, whatever its vendor calls it', async () => {
      const { messageId } = await sendOne();
      const another = await bench.sendByAnother(messageId);
      for (const status of life) expect(await bench.tell(another, status)).toBe('stored');
      await bench.work();
      expect(await bench.story(another)).toEqual(['sent']);
    });
  });
}

function ordersOf(life: ReportStatus[]): ReportStatus[][] {
  if (life.length === 0) return [[]];
  return [...new Set(life)].flatMap((first) => {
    const at = life.indexOf(first);
    return ordersOf(life.filter((_, n) => n !== at)).map((rest) => [first, ...rest]);
  });
}

/** The first final report decides. What arrives after a failure is noted, and spares the next step if nobody has begun it. */
function storyOf(order: ReportStatus[], between: boolean): string[] {
  const first = order.find((status) => status === 'delivered' || status === 'failed');
  if (first !== 'failed') return [first ?? 'sent'];
  const late = order.includes('delivered');
  return [late ? 'failed, late' : 'failed', ...(late && !between ? [] : ['sent'])];
}
