import { Injectable } from '@nestjs/common';
import { isSent } from '../../../shared/channel.js';
import type { Recipients } from '../../../shared/recipient.js';
import { notFound } from '../../../shared/refusals.js';
import type { Wording } from '../../domain/message-text.js';
import { planChannels } from '../../domain/plan-channels.js';
import { Tenants, type TenantSettings } from '../ports.js';
import { readRecipients } from '../read/read-recipients.js';
import { FindReachableChannels, type ReachableChannels } from './reachable-channels.js';
import { resolveWording } from './resolve-wording.js';
import type { StartOrder } from './start-request.js';
import { SubjectFactors, type SubjectFactor } from './subject-factors.js';

/** Whom a start is for. */
export interface Whom {
  to: Recipients;
  /** What the subject has enrolled; absent where the start names none. */
  factors?: SubjectFactor[];
}

/** A start with every default filled in and every address canonical. */
export interface ResolvedStart extends ReachableChannels, Whom {
  wording: Wording;
  codeLength: number;
  ttlMs: number;
  policy: TenantSettings['policy'];
}

/** A verification of one factor is started and checked in one call: it needs one guess, and time to ask again if that is lost. */
const OF_ONE_FACTOR = { maxAttempts: 1, ttlSeconds: 60 };

/** Turns a request into what will be done, before anything is spent on it. */
@Injectable()
export class ResolveStart {
  constructor(
    private readonly tenants: Tenants,
    private readonly reachable: FindReachableChannels,
    private readonly subjectFactors: SubjectFactors,
  ) {}

  /**
   * @throws 400 `invalid-request` for an unreadable recipient, 404 for a factor that the subject has not, 422 `no-channel` when
   *   nothing could carry the code, and what {@link resolveWording} throws.
   */
  async resolve(applicationId: string, request: StartOrder): Promise<ResolvedStart> {
    const settings = await this.tenants.settings(applicationId);
    const whom = await this.whom(applicationId, request);
    const { to, factors } = whom;
    if (request.factorId !== undefined && !factors?.length) throw notFound('factor');
    const wanted = request.factorId === undefined ? planChannels(request, settings.plan, factors ?? []) : only(factors);
    const somebody = { applicationId, to, ip: request.endUser?.ip, countries: settings.countries };
    const plan = this.reachable.among(wanted, somebody);
    const policy = { ...settings.policy, ...(request.factorId !== undefined && OF_ONE_FACTOR) };
    return {
      ...whom,
      ...plan,
      wording: resolveWording(request, plan.channels.filter(isSent), settings),
      codeLength: request.codeLength ?? policy.codeLength,
      ttlMs: (request.ttlSeconds ?? policy.ttlSeconds) * 1000,
      policy,
    };
  }

  /**
   * Whom a start is for, whatever could reach them now.
   *
   * @throws 400 `invalid-request` for an unreadable recipient
   */
  async whom(applicationId: string, request: StartOrder): Promise<Whom> {
    const { defaultCountry } = await this.tenants.settings(applicationId);
    const to = readRecipients(request.to ?? {}, defaultCountry);
    const factors = await this.factorsOf(applicationId, request);
    return { to, ...(factors && { factors }) };
  }

  private async factorsOf(applicationId: string, request: StartOrder): Promise<SubjectFactor[] | undefined> {
    const { subject, factorId } = request;
    if (subject === undefined) return undefined;
    const factors = await this.subjectFactors.of(applicationId, subject);
    if (factorId === undefined) return factors;
    return factors.filter(({ id }) => id === factorId);
  }
}

const only = (factors: SubjectFactor[] = []) => factors.map(({ channel }) => channel);
