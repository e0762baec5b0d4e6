import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Nudge } from '../../../delivery/application/ports.js';
import { Random } from '../../../shared/random.js';
import { endedAs } from '../../domain/refusals.js';
import { Steps, type VerificationRecord } from '../ledger.js';
import type { FindRecord } from './find-record.js';
import { ResendCode } from './resend-code.js';
import type { SendAllowance } from './send-allowance.js';

/** A verification whose step can be taken from under a resend: by a fallback or by the end of it. */
class StandInSteps extends Steps {
  status: VerificationRecord['status'] = 'pending';
  /** What happens between the resend's look and its own step. */
  meanwhile: () => void = () => undefined;
  readonly record = {
    id: 'ver_1',
    applicationId: 'app_1',
    channels: ['sms'],
    step: 0,
    sends: 1,
    maxSends: 5,
    resendInMs: 0,
  } as unknown as VerificationRecord;
  private step = 0;

  find = () => Promise.resolve(this.record);
  advance(_: string, fromStep: number) {
    this.meanwhile();
    return Promise.resolve(this.status === 'pending' && fromStep === this.step);
  }
  priced = () => Promise.resolve();
  taken() {
    this.step += 1;
  }
}

class CountingNudge extends Nudge {
  count = 0;
  nudge() {
    this.count += 1;
  }
}

class FixedRandom extends Random {
  id = (prefix: string) => `${prefix}_1`;
  digits = (length: number) => '1'.repeat(length);
  bytes = (size: number) => Buffer.alloc(size);
}

describe('a resend', () => {
  let steps: StandInSteps;
  let nudge: CountingNudge;
  let resendCode: ResendCode;
  const allowance = {
    take: vi.fn(() => Promise.resolve({ kind: 'allowed', pauseMs: 0, failuresCountedAs: '' })),
    refund: vi.fn(),
  };

  beforeEach(() => {
    vi.clearAllMocks();
    steps = new StandInSteps();
    nudge = new CountingNudge();
    const findRecord = {
      live: () =>
        steps.status === 'pending'
          ? Promise.resolve({ record: steps.record, to: {}, lastChannel: 'sms' })
          : Promise.reject(endedAs(steps.status)),
    };
    resendCode = new ResendCode(
      findRecord as unknown as FindRecord,
      allowance as unknown as SendAllowance,
      steps,
      nudge,
      new FixedRandom(),
    );
  });

  const resend = () => resendCode.execute({ applicationId: 'app_1', id: 'ver_1', requester: {} });

  it('takes the step, and wakes whoever sends', async () => {
    await resend();
    expect(nudge.count).toBe(1);
    expect(allowance.refund).not.toHaveBeenCalled();
  });

  it('is as good as done when a fallback took the step first, and gives its send back', async () => {
    steps.meanwhile = () => {
      steps.taken();
    };
    await resend();
    expect(nudge.count).toBe(0);
    expect(allowance.refund).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ deliveryId: 'dlv_1' }));
  });

  it.each([
    ['canceled', { kind: 'gone', code: 'canceled' }],
    ['approved', { kind: 'gone', code: 'already-approved' }],
    ['expired', { kind: 'gone', code: 'expired' }],
    ['failed', { kind: 'limited', code: 'attempts-used-up' }],
  ] as const)('R33 that loses against the end as %s says so, and gives its send back', async (status, refusal) => {
    steps.meanwhile = () => {
      steps.status = status;
    };
    await expect(resend()).rejects.toMatchObject(refusal);
    expect(nudge.count).toBe(0);
    expect(allowance.refund).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ deliveryId: 'dlv_1' }));
  });
});
