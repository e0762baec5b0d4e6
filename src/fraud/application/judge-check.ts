import { Injectable } from '@nestjs/common';
import type { Requester } from '../../shared/requester.js';
import { breakersOfCheck } from '../domain/breakers-of-check.js';
import { readName } from '../domain/breaker.js';
import { networkOf } from '../../shared/ip-address.js';
import { WatchedApplications, WatchedGuesses } from './ports.js';
import { TellTrips } from './tell-trips.js';

/** A guess, whichever verification it is at. */
export interface JudgedCheck {
  applicationId: string;
  requester: Requester;
}

export type CheckJudgement = { kind: 'allowed' } | { kind: 'refused'; reasons: string[]; retryAfterSeconds: number };

/** Whether guesses are spread over many verifications, one or two on each, which no budget of a recipient sees (R26). */
@Injectable()
export class JudgeCheck {
  constructor(
    private readonly applications: WatchedApplications,
    private readonly guesses: WatchedGuesses,
    private readonly tellTrips: TellTrips,
  ) {}

  /** Counts nothing. @throws 503 `unavailable` */
  async judge(check: JudgedCheck): Promise<CheckJudgement> {
    const [network] = (await this.breakersOf(check, { alsoTheKey: false })).breakers;
    if (!network) return { kind: 'allowed' };
    const waitMs = await this.guesses.waitMs(check.applicationId, network);
    if (waitMs === 0) return { kind: 'allowed' };
    const reasons = [readName(network.name).detector];
    this.tellTrips.refused(reasons, network.refuses ? 'enforce' : 'shadow');
    if (!network.refuses) return { kind: 'allowed' };
    return { kind: 'refused', reasons, retryAfterSeconds: Math.ceil(waitMs / 1_000) };
  }

  /** What became of a guess. @throws 503 `unavailable` */
  async count(check: JudgedCheck, verificationId: string, right: boolean): Promise<void> {
    const { breakers, longerForMs } = await this.breakersOf(check, { alsoTheKey: true });
    if (breakers.length === 0) return;
    const { applicationId } = check;
    const trips = await this.guesses.count({ applicationId, verificationId, right, breakers, longerForMs });
    await this.tellTrips.tripped(applicationId, trips, breakers);
  }

  private async breakersOf({ applicationId, requester }: JudgedCheck, { alsoTheKey }: { alsoTheKey: boolean }) {
    const { detectors } = await this.applications.settingsOf(applicationId);
    const network = requester.ip === undefined ? null : networkOf(requester.ip);
    const apiKey = alsoTheKey ? requester.apiKey : undefined;
    const breakers = breakersOfCheck(detectors, { network, apiKey });
    const { mode } = detectors.longerCodes;
    const lasts = Math.max(0, ...breakers.map(({ blockMs }) => blockMs));
    return { breakers, longerForMs: mode === 'enforce' ? lasts : 0 };
  }
}
