import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type {
  SendFinding,
  Trips,
  WatchedGuesses,
  WatchedNumber,
  WatchedSend,
  WatchedSends,
} from '../../src/fraud/application/ports.js';
import { GOOD_PROBES, PROBES } from '../../src/fraud/application/ports.js';
import type { Breaker } from '../../src/fraud/domain/breaker.js';
import { breakersOfCheck } from '../../src/fraud/domain/breakers-of-check.js';
import { breakersOfSend, type SendPlaces } from '../../src/fraud/domain/breakers-of-send.js';
import { DEFAULT_DETECTORS, type DetectorSettings } from '../../src/fraud/domain/detector-settings.js';
import { blockOf, neighboursOf } from '../../src/fraud/domain/number-block.js';
import type { Clock } from '../../src/shared/clock.js';
import { ShiftedClock } from '../support/shifted-clock.js';

export interface OpenFraudStores {
  sends: WatchedSends;
  guesses: WatchedGuesses;
  trips: Trips;
  close: () => void;
}

const MINUTE = 60_000;
const LIFE = 5 * MINUTE;
/** A sub-bucket of an hour is three minutes: after this, whatever was counted is settled. */
const SETTLED = LIFE + 4 * MINUTE;
const HOUR = 60 * MINUTE;
const COUNTRY = 'conversion-country:DE';
const { conversion, pumping } = DEFAULT_DETECTORS;

/** Only the country and the application watch, unless a test says otherwise. */
const ONLY_WIDE: DetectorSettings = {
  ...DEFAULT_DETECTORS,
  conversion: {
    ...conversion,
    block: { ...conversion.block, mode: 'off' },
    network: { ...conversion.network, mode: 'off' },
  },
  pumping: { sequence: { ...pumping.sequence, mode: 'off' }, block: { ...pumping.block, mode: 'off' } },
};

let ids = 0;
const id = (what: string) => `${what}_${String(ids++)}`;
const numbersApart = () => `+49151${String(1_000_000 + 7 * ids).padStart(8, '0')}`;

function sendTo(number: string, over: Partial<SendPlaces> = {}, settings = ONLY_WIDE): WatchedSend {
  const block = blockOf(number);
  const { sequence, block: spread } = settings.pumping;
  const watched: WatchedNumber = {
    ...{ block, name: number, neighbours: neighboursOf(number) },
    sequence: sequence.mode === 'off' ? null : sequence,
    spread: spread.mode === 'off' ? null : spread,
  };
  return {
    ...{ applicationId: 'app', verificationId: id('ver'), deliveryId: id('dlv'), codeLifeMs: LIFE },
    breakers: breakersOfSend(settings, { block, country: 'DE', ...over }),
    number: settings === ONLY_WIDE ? null : watched,
  };
}
const send = () => sendTo(numbersApart());

const namesOf = ({ open }: SendFinding) => open.map(({ name }) => name);
const trippedBy = (findings: SendFinding[]) => findings.flatMap(({ tripped }) => tripped);

/** What every store of the detectors must do. */
export function fraudContract(where: string, openStores: (clock: Clock) => Promise<OpenFraudStores>): void {
  describe(`detectors ${where}`, () => {
    let clock: ShiftedClock;
    let opened: OpenFraudStores;
    let sends: WatchedSends;
    let guesses: WatchedGuesses;
    beforeEach(async () => {
      clock = new ShiftedClock();
      opened = await openStores(clock);
      ({ sends, guesses } = opened);
    });
    afterEach(() => {
      opened.close();
    });

    /** Messages that are judged one after the other; the first `approvals` of them are typed in. */
    async function sent(count: number, approvals = 0, make: () => WatchedSend = send): Promise<SendFinding[]> {
      const all = Array.from({ length: count }, make);
      const findings = [];
      for (const one of all) findings.push(await sends.judge(one));
      for (const one of all.slice(0, approvals)) await sends.approved(one);
      return findings;
    }
    async function tripped(): Promise<void> {
      await sent(20);
      clock.advance(SETTLED);
      await sends.judge(send());
    }

    test('R47 twenty messages to a country of which nobody types a code close it for an hour, and one of many at once tells', async () => {
      await sent(20);
      clock.advance(SETTLED);
      const findings = await Promise.all(Array.from({ length: 30 }, () => sends.judge(send())));

      expect(findings.map(namesOf).every((names) => names.includes(COUNTRY))).toBe(true);
      const trips = trippedBy(findings).filter(({ name }) => name === COUNTRY);
      expect(trips).toMatchObject([{ counted: 20, good: 0 }]);
      expect((trips[0]?.until ?? 0) - (trips[0]?.since ?? 0)).toBe(HOUR);
    });

    test('R47 a quarter of codes typed in keeps a country open, one less does not', async () => {
      await sent(20, 5);
      clock.advance(SETTLED);
      expect(namesOf(await sends.judge(send()))).toEqual([]);

      clock.advance(3 * HOUR);
      await sent(20, 4);
      clock.advance(SETTLED);
      expect(namesOf(await sends.judge(send()))).toContain(COUNTRY);
    });

    test('R47 people who are slow do not count as gone while their codes can be typed', async () => {
      const slow = Array.from({ length: 40 }, send);
      for (const one of slow) await sends.judge(one);
      clock.advance(LIFE - 5_000);
      expect(namesOf(await sends.judge(send()))).toEqual([]);
      for (const one of slow) await sends.approved(one);
      clock.advance(SETTLED);
      expect(namesOf(await sends.judge(send()))).toEqual([]);
    });

    test('R47 less than twenty messages trip nothing', async () => {
      await sent(19);
      clock.advance(SETTLED);
      expect(namesOf(await sends.judge(send()))).toEqual([]);
    });

    test('R47 a country with a good day needs more evidence', async () => {
      await sent(400, 400);
      clock.advance(2 * HOUR);
      await sent(39);
      clock.advance(SETTLED);
      expect(namesOf(await sends.judge(send()))).toEqual([]);
      await sent(1);
      clock.advance(SETTLED);
      expect(namesOf(await sends.judge(send()))).toContain(COUNTRY);
    });

    test('R47 what a narrow breaker refuses is not counted in the wide ones', async () => {
      const block = { ...conversion.block, sends: 10 };
      const settings = { ...ONLY_WIDE, conversion: { ...ONLY_WIDE.conversion, block } };
      const pumped = () => sendTo(`+4915112345${String(ids % 1_000).padStart(3, '0')}`, {}, settings);
      await sent(10, 0, pumped);
      clock.advance(SETTLED);
      const refused = await sent(50, 0, pumped);
      expect(refused.every((finding) => namesOf(finding).includes('conversion-block:+491511234'))).toBe(true);
      clock.advance(SETTLED);
      expect(namesOf(await sends.judge(send()))).toEqual([]);
    });

    test('R47 what is refused in a country is not counted in the application', async () => {
      const country = { ...conversion.country, sends: 10 };
      const settings = { ...ONLY_WIDE, conversion: { ...ONLY_WIDE.conversion, country } };
      const inside = () => sendTo(numbersApart(), {}, settings);
      await sent(10, 0, inside);
      clock.advance(SETTLED);
      const refused = await sent(50, 0, inside);
      expect(refused.every((finding) => namesOf(finding).includes(COUNTRY))).toBe(true);
      clock.advance(SETTLED);
      expect(namesOf(await sends.judge(sendTo(numbersApart(), { country: 'FR' }, settings)))).toEqual([]);
    });

    test('R47 of one network or block few count in what is wide, so that a few places can not close a country', async () => {
      const settings = { ...ONLY_WIDE, conversion: { ...conversion, block: ONLY_WIDE.conversion.block } };
      const from = (network: string) => sendTo(numbersApart(), { network }, settings);
      for (let n = 0; n < 6 * 15; n += 1) await sends.judge(from(`198.51.${String(n % 6)}.0/24`));
      clock.advance(SETTLED);
      expect(namesOf(await sends.judge(from('203.0.113.0/24')))).toEqual([]);
      for (let n = 0; n < 20; n += 1) await sends.judge(from(`203.0.${String(n)}.0/24`));
      clock.advance(SETTLED);
      expect(namesOf(await sends.judge(from('192.0.2.0/24')))).toContain(COUNTRY);
    });

    test('a verification counts once, whichever of its deliveries come', async () => {
      const one = send();
      for (let n = 0; n < 30; n += 1) await sends.judge({ ...one, deliveryId: id('dlv') });
      clock.advance(SETTLED);
      expect(namesOf(await sends.judge(send()))).toEqual([]);
    });

    test('R47 a number counts once, however often somebody asks again, and an approval of any of them is its', async () => {
      const ofNumber = (n: number) => sendTo(`+4915${String(1_000 + n)}0000`, {}, DEFAULT_DETECTORS);
      const asked = Array.from({ length: 19 * 3 }, (_, n) => ofNumber(n % 19));
      for (const one of asked) await sends.judge(one);
      clock.advance(LIFE + 4 * MINUTE);
      expect(namesOf(await sends.judge(ofNumber(20)))).toEqual([]);

      clock.advance(3 * HOUR);
      const twice = Array.from({ length: 40 }, (_, n) => ofNumber(100 + (n % 20)));
      for (const one of twice) await sends.judge(one);
      for (const one of twice.slice(20, 25)) await sends.approved(one);
      clock.advance(SETTLED);
      expect(namesOf(await sends.judge(ofNumber(200)))).toEqual([]);
    });

    test('what did not happen is given back, by the delivery that was counted only', async () => {
      const all = Array.from({ length: 20 }, send);
      for (const one of all) await sends.judge(one);
      for (const one of all) await sends.undo({ ...one, deliveryId: 'dlv_other' });
      await sends.undo(all[0] as WatchedSend);
      await sends.undo(all[0] as WatchedSend);
      clock.advance(SETTLED);
      expect(namesOf(await sends.judge(send()))).toEqual([]);
      await sent(1);
      clock.advance(SETTLED);
      expect(namesOf(await sends.judge(send()))).toContain(COUNTRY);
    });

    test('an approval counts once, and only for what was counted', async () => {
      const all = Array.from({ length: 20 }, send);
      for (const one of all) await sends.judge(one);
      for (let n = 0; n < 10; n += 1) await sends.approved(all[0] as WatchedSend);
      for (let n = 0; n < 10; n += 1) await sends.approved(send());
      clock.advance(SETTLED);
      expect(namesOf(await sends.judge(send()))).toContain(COUNTRY);
    });

    test('R47 after its time a breaker lets a few through, and closes when they are approved', async () => {
      await tripped();
      clock.advance(HOUR);
      const probes = Array.from({ length: PROBES }, send);
      for (const probe of probes) expect(namesOf(await sends.judge(probe))).toEqual([]);
      expect(namesOf(await sends.judge(send()))).toContain(COUNTRY);

      const closed = [];
      for (const probe of probes.slice(0, GOOD_PROBES)) closed.push(...(await sends.approved(probe)));
      expect(closed).toEqual([COUNTRY, 'conversion-application']);
      expect(namesOf(await sends.judge(send()))).toEqual([]);
      expect((await opened.trips.of('app')).trips).toEqual([]);
    });

    test('R47 and opens again when they are not', async () => {
      await tripped();
      clock.advance(HOUR);
      await sent(PROBES);
      clock.advance(LIFE + 1_000);
      const again = await Promise.all([sends.judge(send()), sends.judge(send())]);
      expect(again.map(namesOf).every((names) => names.includes(COUNTRY))).toBe(true);
      expect(trippedBy(again).filter(({ name }) => name === COUNTRY)).toMatchObject([{ counted: PROBES, good: 0 }]);
    });

    test('approvals of what was sent before the trip close nothing', async () => {
      const early = Array.from({ length: PROBES }, send);
      for (const one of early) await sends.judge(one);
      await tripped();
      clock.advance(HOUR);
      for (const one of early) expect(await sends.approved(one)).toEqual([]);
    });

    test('a breaker that only tells counts on and stops nobody, and one that is off is not there', async () => {
      const shadow = { ...conversion.country, mode: 'shadow' as const };
      const settings = { ...ONLY_WIDE, conversion: { ...ONLY_WIDE.conversion, country: shadow } };
      const make = () => sendTo(numbersApart(), {}, settings);
      await sent(20, 0, make);
      clock.advance(SETTLED);
      const [finding] = await sent(1, 0, make);
      expect(finding?.open.map(({ name }) => name)).toContain(COUNTRY);
      expect(make().breakers.some(({ refuses }) => refuses)).toBe(false);
      expect(make().breakers.map(({ name }) => name)).toEqual([COUNTRY, 'conversion-application']);
    });

    describe('numbers of one block', () => {
      const watched = (number: string) => sendTo(number, {}, DEFAULT_DETECTORS);
      const BLOCK = '+491511234';
      const at = (end: number) => watched(`${BLOCK}${String(end).padStart(4, '0')}`);

      test('R46 written to in a row close it at the fifth', async () => {
        const findings = [];
        for (let end = 0; end < 6; end += 1) findings.push(await sends.judge(at(end)));
        expect(findings.map(namesOf)).toEqual([
          ...[[], [], [], []],
          ...[[`pumping-sequence:${BLOCK}`], [`pumping-sequence:${BLOCK}`]],
        ]);
        expect(trippedBy(findings)).toMatchObject([{ name: `pumping-sequence:${BLOCK}`, counted: 5 }]);
      });

      test('R46 in a row are fine where people type their codes', async () => {
        for (let end = 0; end < 20; end += 1) {
          const one = at(end);
          expect(namesOf(await sends.judge(one))).toEqual([]);
          await sends.approved(one);
        }
      });

      test('R46 scattered close it when eight codes are over and nobody typed one', async () => {
        for (let n = 0; n < 8; n += 1) await sends.judge(at(n * 997));
        expect(namesOf(await sends.judge(at(8 * 997)))).toEqual([]);
        clock.advance(LIFE + 1_000);
        expect(namesOf(await sends.judge(at(9 * 997)))).toEqual([`pumping-block:${BLOCK}`]);
      });

      test('R46 scattered and many at once close it before that', async () => {
        const findings = [];
        for (let n = 0; n < 30; n += 1) findings.push(namesOf(await sends.judge(at(n * 97))));
        expect(findings.filter((names) => names.length === 0)).toHaveLength(15);
      });

      test('R46 are left alone where one of them was approved', async () => {
        const one = at(5_000);
        await sends.judge(one);
        await sends.approved(one);
        for (let n = 0; n < 12; n += 1) await sends.judge(at(n * 97));
        clock.advance(LIFE + 1_000);
        expect(namesOf(await sends.judge(at(9_999)))).toEqual([]);
      });

      test('what did not happen is no trace of anybody', async () => {
        for (let end = 0; end < 5; end += 1) {
          const one = at(end);
          await sends.judge(one);
          await sends.undo({ ...one, deliveryId: 'dlv_other' });
          if (end < 4) await sends.undo(one);
        }
        expect(namesOf(await sends.judge(at(6)))).toEqual([]);
      });
    });

    describe('guesses', () => {
      const breakers = (network: string): Breaker[] => breakersOfCheck(DEFAULT_DETECTORS, { network, apiKey: 'key' });
      const guess = (network: string, right: boolean, verificationId = id('ver')) => ({
        ...{ applicationId: 'app', verificationId, right, breakers: breakers(network), longerForMs: HOUR },
      });
      const NETWORK = '198.51.100.0/24';
      const wait = (network = NETWORK) => guesses.waitMs('app', breakers(network)[0] as Breaker);

      test('R26 one wrong on each of twenty verifications shut their network out, no other', async () => {
        const counted = [];
        for (let n = 0; n < 20; n += 1) counted.push(...(await guesses.count(guess(NETWORK, false))));
        expect(counted).toMatchObject([{ name: `spray-network:${NETWORK}`, counted: 20, good: 0 }]);
        expect(await wait()).toBeGreaterThan(HOUR - MINUTE);
        expect(await wait('203.0.113.0/24')).toBe(0);
        clock.advance(HOUR);
        expect(await wait()).toBe(0);
      });

      test('R26 many wrong on one verification are one failure', async () => {
        for (let n = 0; n < 40; n += 1) await guesses.count(guess(NETWORK, false, 'ver_same'));
        expect(await wait()).toBe(0);
      });

      test('R26 whoever mistypes and then gets it right has not failed', async () => {
        for (let n = 0; n < 60; n += 1) {
          const verificationId = id('ver');
          await guesses.count(guess(NETWORK, false, verificationId));
          await guesses.count(guess(NETWORK, true, verificationId));
          await guesses.count(guess(NETWORK, true, verificationId));
        }
        for (let n = 0; n < 19; n += 1) await guesses.count(guess(NETWORK, false));
        expect(await wait()).toBe(0);
      });

      test('R26 a key whose guesses mostly fail is told of, whichever networks they come from, and codes get longer', async () => {
        const trips = [];
        for (let n = 0; n < 100; n += 1) trips.push(...(await guesses.count(guess(`10.0.${String(n)}.0/24`, false))));
        expect(trips).toMatchObject([{ name: 'spray-key:key', counted: 100 }]);
        expect(breakers(NETWORK).find(({ name }) => name === 'spray-key:key')?.refuses).toBe(false);
        const { longerForMs } = await sends.judge({ ...send(), breakers: [], number: null });
        expect(longerForMs).toBeGreaterThan(HOUR - MINUTE);
      });
    });

    describe('what is tripped', () => {
      test('is listed with its figures until it closes, for its own application', async () => {
        await tripped();
        const { trips, now } = await opened.trips.of('app');
        expect(trips.map(({ name }) => name).sort()).toEqual(['conversion-application', COUNTRY]);
        expect(trips[0]).toMatchObject({ counted: 20, good: 0 });
        expect(Math.abs(now - clock.now())).toBeLessThan(MINUTE);
        expect((await opened.trips.of('app_other')).trips).toEqual([]);
        clock.advance(26 * HOUR);
        expect((await opened.trips.of('app')).trips).toEqual([]);
      });

      test('can be closed, and what was counted before counts no more', async () => {
        await tripped();
        expect(await opened.trips.clear('app', COUNTRY)).toBe(true);
        expect(await opened.trips.clear('app', COUNTRY)).toBe(false);
        expect(namesOf(await sends.judge(send()))).not.toContain(COUNTRY);
        clock.advance(SETTLED);
        expect(namesOf(await sends.judge(send()))).not.toContain(COUNTRY);
        await sent(20);
        clock.advance(SETTLED);
        expect(namesOf(await sends.judge(send()))).toContain(COUNTRY);
      });
    });
  });
}
