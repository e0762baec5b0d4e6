import { afterEach, beforeEach } from 'vitest';
import type {
  SendFinding,
  Trips,
  WatchedGuesses,
  WatchedNumber,
  WatchedSend,
  WatchedSends,
} from '../../src/fraud/application/ports.js';
import { breakersOfSend, type SendPlaces } from '../../src/fraud/domain/breakers-of-send.js';
import { DEFAULT_DETECTORS, type DetectorSettings } from '../../src/fraud/domain/detector-settings.js';
import { neighboursOf } from '../../src/fraud/domain/neighbours.js';
import { blockOf } from '../../src/shared/phone-number.js';
import type { Clock } from '../../src/shared/clock.js';
import { ShiftedClock } from '../support/shifted-clock.js';

export interface OpenFraudStores {
  sends: WatchedSends;
  guesses: WatchedGuesses;
  trips: Trips;
  close: () => void;
}

export type OpensFraudStores = (clock: Clock) => Promise<OpenFraudStores>;

export const MINUTE = 60_000;
export const LIFE = 5 * MINUTE;
/** A sub-bucket of an hour is three minutes: after this, whatever was counted is settled. */
export const SETTLED = LIFE + 4 * MINUTE;
export const HOUR = 60 * MINUTE;
export const COUNTRY = 'conversion-country:DE';
export const { conversion } = DEFAULT_DETECTORS;
const { pumping } = DEFAULT_DETECTORS;

/** Only the country and the application watch, unless a test says otherwise. */
export const ONLY_WIDE: DetectorSettings = {
  ...DEFAULT_DETECTORS,
  conversion: {
    ...conversion,
    block: { ...conversion.block, mode: 'off' },
    network: { ...conversion.network, mode: 'off' },
  },
  pumping: { sequence: { ...pumping.sequence, mode: 'off' }, block: { ...pumping.block, mode: 'off' } },
};

let ids = 0;
export const id = (what: string) => `${what}_${String(ids++)}`;
export const numbersApart = () => `+49151${String(1_000_000 + 10_007 * ids).padStart(8, '0')}`;

export function sendTo(number: string, over: Partial<SendPlaces> = {}, settings = ONLY_WIDE): WatchedSend {
  const block = blockOf(number);
  const { sequence, block: spread } = settings.pumping;
  const watched: WatchedNumber = {
    ...{ block, name: number, network: over.network ?? null, neighbours: neighboursOf(number) },
    sequence: sequence.mode === 'off' ? null : sequence,
    spread: spread.mode === 'off' ? null : spread,
  };
  return {
    ...{ applicationId: 'app', verificationId: id('ver'), deliveryId: id('dlv'), codeLifeMs: LIFE },
    breakers: breakersOfSend(settings, { block, country: 'DE', ...over }),
    number: settings === ONLY_WIDE ? null : watched,
  };
}
export const send = () => sendTo(numbersApart());

export const namesOf = ({ open }: SendFinding) => open.map(({ name }) => name);
export const trippedBy = (findings: SendFinding[]) => findings.flatMap(({ tripped }) => tripped);

/** Stores that know nothing yet, for each test, and a clock to advance. */
export class FraudStage {
  clock = new ShiftedClock();
  private opened: OpenFraudStores | undefined;

  constructor(open: OpensFraudStores) {
    beforeEach(async () => {
      this.clock = new ShiftedClock();
      this.opened = await open(this.clock);
    });
    afterEach(() => {
      this.stores.close();
    });
  }

  get stores(): OpenFraudStores {
    if (!this.opened) throw new Error('Only within a test.');
    return this.opened;
  }

  /** Messages that are judged one after the other; the first `approvals` of them are typed in. */
  async sent(count: number, approvals = 0, make: () => WatchedSend = send): Promise<SendFinding[]> {
    const all = Array.from({ length: count }, make);
    const findings = [];
    for (const one of all) findings.push(await this.stores.sends.judge(one));
    for (const one of all.slice(0, approvals)) await this.stores.sends.approved(one);
    return findings;
  }

  /** Trips the country and the application. */
  async tripped(): Promise<void> {
    await this.sent(20);
    this.clock.advance(SETTLED);
    await this.stores.sends.judge(send());
  }
}
