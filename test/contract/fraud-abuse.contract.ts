import { describe, expect, test } from 'vitest';
import { DEFAULT_DETECTORS } from '../../src/fraud/domain/detector-settings.js';
import { GOOD_PROBES, MOST_TRIPS, PROBES } from '../../src/fraud/domain/breaker.js';
import { COUNTRY, FraudStage, HOUR, LIFE, namesOf, send, sendTo, type OpensFraudStores } from './fraud-stage.js';

const BLOCK = '+491511234';
const SEQUENCE = `pumping-sequence:${BLOCK}`;
const [EVIL, OTHER] = ['198.51.100.0/24', '203.0.113.0/24'];
const numberAt = (end: number) => `${BLOCK}${String(end).padStart(4, '0')}`;
const from = (network: string, end: number) => sendTo(numberAt(end), { network }, DEFAULT_DETECTORS);
const namesFound = ({ open }: { open: { name: string }[] }) => open.map(({ name }) => name);

/** Detectors as a weapon: who wants others refused, and brings the evidence. */
export function abuseContract(where: string, open: OpensFraudStores): void {
  describe(`detectors ${where}, turned against others`, () => {
    const stage = new FraudStage(open);

    test('R46 looking at a send counts nothing, however often', async () => {
      const { sends } = stage.stores;
      for (let end = 0; end < 40; end += 1) expect(namesFound(await sends.look(from(EVIL, end)))).toEqual([]);
      expect((await stage.stores.trips.of('app')).trips).toEqual([]);
      for (let end = 0; end < 5; end += 1) await sends.judge(sendTo(numberAt(end), {}, DEFAULT_DETECTORS));
      expect(namesFound(await sends.look(from(EVIL, 9)))).toEqual([SEQUENCE]);
    });

    test('R21 R46 one network shuts itself out of a block, and nobody else', async () => {
      const { sends } = stage.stores;
      const found = [];
      for (let end = 0; end < 6; end += 1) found.push(namesOf(await sends.judge(from(EVIL, end))));
      expect(found.slice(4)).toEqual([[`${SEQUENCE} from ${EVIL}`], [`${SEQUENCE} from ${EVIL}`]]);
      expect(namesOf(await sends.judge(from(OTHER, 5)))).toEqual([]);
      expect(namesFound(await sends.look(from(EVIL, 9_000)))).toEqual([`${SEQUENCE} from ${EVIL}`]);
    });

    test('R21 R46 scattered over a block by one network, too', async () => {
      const { sends } = stage.stores;
      for (let n = 0; n < 20; n += 1) await sends.judge(from(EVIL, n * 97));
      expect(namesFound(await sends.look(from(EVIL, 9_000)))).toEqual([`pumping-block:${BLOCK} from ${EVIL}`]);
      expect(namesOf(await sends.judge(from(OTHER, 9_000)))).toEqual([]);
    });

    test('R46 several networks trip a block for everybody', async () => {
      const { sends } = stage.stores;
      for (let end = 0; end < 4; end += 1) await sends.judge(from(end % 2 ? EVIL : OTHER, end));
      expect(namesOf(await sends.judge(from('192.0.2.0/24', 4)))).toEqual([SEQUENCE]);
    });

    test('R47 one network or one block can not try out a country alone', async () => {
      const { sends } = stage.stores;
      const asking = (n: number) => sendTo(numberAt(n * 97), { network: EVIL });
      await stage.tripped();
      stage.clock.advance(HOUR);
      const tried = [];
      for (let n = 0; n < PROBES; n += 1) tried.push(namesOf(await sends.judge(asking(n))).length === 0);
      expect(tried).toEqual([true, ...Array<boolean>(PROBES - 1).fill(false)]);
      expect(namesFound(await sends.look(asking(PROBES)))).toContain(COUNTRY);

      const cleared = [];
      const honest = Array.from({ length: GOOD_PROBES }, send);
      for (const one of honest) expect(namesOf(await sends.judge(one))).toEqual([]);
      for (const one of honest) cleared.push(...(await sends.approved(one)));
      expect(cleared).toContain(COUNTRY);
    });

    test('R47 a country whose people all come from one network is tried out one after the other', async () => {
      const { sends } = stage.stores;
      const asking = (n: number) => sendTo(numberAt(n * 97), { network: EVIL });
      await stage.tripped();
      stage.clock.advance(HOUR);
      for (let n = 0; n < GOOD_PROBES; n += 1) {
        const one = asking(n);
        expect(namesOf(await sends.judge(one))).toEqual([]);
        await sends.approved(one);
      }
      expect((await stage.stores.trips.of('app')).trips).toEqual([]);

      await stage.tripped();
      stage.clock.advance(HOUR);
      await sends.judge(asking(10));
      stage.clock.advance(LIFE + 1_000);
      expect(namesOf(await sends.judge(asking(11)))).toEqual([]);
    });

    test('what is tripped is listed up to a bound, the newest', async () => {
      const { guesses, trips } = stage.stores;
      for (let n = 0; n < MOST_TRIPS + 5; n += 1) {
        const sprayed = {
          ...{ name: `spray-network:${String(n)}`, refuses: true, windowMs: HOUR, widthMs: HOUR / 20, least: 1 },
          ...{ share: 0.5, blockMs: HOUR + n * 1_000, wide: false, places: [] },
        };
        const guess = { applicationId: 'app', verificationId: `ver_${String(n)}`, right: false, longerForMs: 0 };
        await guesses.count({ ...guess, breakers: [sprayed] });
      }
      const names = (await trips.of('app')).trips.map(({ name }) => name);
      expect(names).toHaveLength(MOST_TRIPS);
      expect(names).toContain(`spray-network:${String(MOST_TRIPS + 4)}`);
      expect(names).not.toContain('spray-network:0');
    });
  });
}
