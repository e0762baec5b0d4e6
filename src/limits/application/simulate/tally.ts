import type { ReplayedDecision } from '../decision-log.js';
import type { Verdict } from './replayed-world.js';

/** What became in reality of acts that some rules would refuse. */
export interface Fates {
  /** Of verifications that were approved: people whom the rules would have hurt. */
  approved: number;
  /** Of verifications that were not, or not yet. */
  neverApproved: number;
  /** Their start was refused in reality, so that nobody knows. */
  neverTried: number;
}

/** What some rules would have refused. */
export interface Refusals {
  acts: Fates;
  /** Acts that would not have come about, since the verification's start was refused. */
  unreached: number;
  /** By each rule that is in the way. */
  byRule: Record<string, Fates>;
  /** By each rule that would be, were it enforced. */
  byShadow: Record<string, Fates>;
  /** How many different recipients and addresses were refused something. */
  recipients: number;
  addresses: number;
}

/** Adds up what one set of rules says. */
export class Tally {
  private readonly acts = noFates();
  private readonly byRule: Fated = new Map();
  private readonly byShadow: Fated = new Map();
  private readonly recipients = new Set<string>();
  private readonly addresses = new Set<string>();
  private unreached = 0;

  add(decision: ReplayedDecision, verdict: Verdict): void {
    if (verdict.kind === 'unreached') this.unreached += isAttempt(decision) ? 1 : 0;
    if (verdict.kind !== 'allowed' && verdict.kind !== 'refused') return;
    const fate = fateOf(decision);
    for (const rule of verdict.shadowed) fatesOf(rule, this.byShadow)[fate] += 1;
    if (verdict.kind === 'allowed') return;
    for (const rule of verdict.rules) fatesOf(rule, this.byRule)[fate] += 1;
    this.acts[fate] += 1;
    const { recipient, ip } = decision.dimensions;
    if (recipient !== undefined) this.recipients.add(recipient);
    if (ip !== undefined) this.addresses.add(ip);
  }

  result(): Refusals {
    const { acts, unreached, recipients, addresses } = this;
    const by = { byRule: byName(this.byRule), byShadow: byName(this.byShadow) };
    return { acts, unreached, ...by, recipients: recipients.size, addresses: addresses.size };
  }
}

type Fated = Map<string, Fates>;

function fatesOf(rule: string, fated: Fated): Fates {
  const fates = fated.get(rule) ?? noFates();
  fated.set(rule, fates);
  return fates;
}

const byName = (fated: Fated) => Object.fromEntries([...fated].sort(([a], [b]) => (a < b ? -1 : 1)));

/** Whether somebody wanted something that limits judge. */
export const isAttempt = ({ outcome }: ReplayedDecision): boolean => outcome === 'admitted' || outcome === 'refused';

export function fateOf({ verificationStatus }: ReplayedDecision): keyof Fates {
  if (verificationStatus === null) return 'neverTried';
  return verificationStatus === 'approved' ? 'approved' : 'neverApproved';
}

const noFates = (): Fates => ({ approved: 0, neverApproved: 0, neverTried: 0 });
