import { Injectable } from '@nestjs/common';
import { readFactorCode } from '../../../factors/application/read-factor-code.js';
import type { Requester } from '../../../shared/requester.js';
import { invalidRequest } from '../../../shared/refusals.js';
import { StartVerification, type Caller } from '../start/start-verification.js';
import { CancelVerification } from '../cancel-verification.js';
import { CheckCode } from './check-code.js';
import type { CheckOutcome } from './check-request.js';
import { FindCheckedFactor, type CheckedFactor } from './find-checked-factor.js';
import { GuessRoom } from './guess-room.js';
import { codeProblem } from './typed-code.js';

/** A code of one factor, with no verification begun. */
export interface FactorCheck {
  factorId: string;
  code: string;
  purpose?: string | undefined;
  requester: Requester;
  idempotencyKey: string | null;
}

/**
 * Checks a code of one factor in one call: a verification of its own, of one attempt and a minute, that is begun and checked. So
 * there is one way to an approval, with the same limits, answers and records.
 */
@Injectable()
export class CheckFactor {
  constructor(
    private readonly findFactor: FindCheckedFactor,
    private readonly guessRoom: GuessRoom,
    private readonly startVerification: StartVerification,
    private readonly checkCode: CheckCode,
    private readonly cancelVerification: CancelVerification,
  ) {}

  /**
   * @returns what {@link CheckCode} says, and of which verification
   * @throws 404 for a factor that is not there, is another's or is not active, but for a retry of a check that it had; 400 for what can be no code of it, 429 where nobody
   * may guess at it now, 503 `overloaded` where nothing more can be hashed: nothing is written then. What starts and checks throw
   */
  async execute(caller: Caller, check: FactorCheck): Promise<{ id: string; outcome: CheckOutcome }> {
    const { applicationId } = caller;
    const { factorId, code, requester, idempotencyKey: key } = check;
    const factor = await this.findFactor.find(applicationId, factorId, key);
    const { subject, channel, begun } = factor;
    throwUnlessCode(code, factor);
    // Whoever asks again takes a place once it is known that there is something to hash.
    const room = begun
      ? null
      : await this.guessRoom.enter({ applicationId, requester, subject, channel, idempotencyKey: key });
    try {
      return await this.startAndCheck(caller, check, { subject, channel, ...room });
    } finally {
      room?.place.leave();
    }
  }

  private async startAndCheck(
    caller: Caller,
    check: FactorCheck,
    { subject, channel, place, admittedAs }: Pick<CheckedFactor, 'subject' | 'channel'> & Partial<Room>,
  ): Promise<{ id: string; outcome: CheckOutcome }> {
    const { applicationId } = caller;
    const { factorId, code, purpose, requester, idempotencyKey: key } = check;
    const { ip, device: deviceId, limitKeys } = requester;
    const start = { factorId, subject, purpose, endUser: { ip, deviceId }, limitKeys };
    const { id } = await this.startVerification.execute(caller, start, key);
    const guess = { id, applicationId, code, channel, factorId, subject, purpose, requester, admittedAs };
    try {
      const outcome = await this.checkCode.execute({ ...guess, idempotencyKey: key ?? undefined }, place);
      return { id, outcome };
    } catch (error) {
      // Nobody knows its id. With a key it can be asked for again; without one nobody ever will.
      if (key === null) void this.cancelVerification.execute(applicationId, id).catch(() => undefined);
      throw error;
    }
  }
}

type Room = Awaited<ReturnType<GuessRoom['enter']>>;

function throwUnlessCode(code: string, { channel, totp }: CheckedFactor): void {
  const { length } = readFactorCode(channel, code) ?? code;
  const digits = totp?.digits ?? length;
  const problem = codeProblem(code, channel) ?? (length === digits ? null : `must be ${String(digits)} digits`);
  if (problem !== null) throw invalidRequest(`code: ${problem}.`, [{ path: 'code', message: problem }]);
}
