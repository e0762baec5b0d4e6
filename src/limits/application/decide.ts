import type { QuotaPolicy } from '../../shared/quota-policy.js';
import type { Cap, Rule } from '../domain/rule.js';
import type { Level, Take } from './ports.js';

interface Told {
  /** Shadow rules and caps that would have refused it. */
  shadowed: string[];
  /** Per cap of the act, how much is used up: with the act in it where it is allowed. Empty where rules across applications refused. */
  levels: Record<string, Level>;
}

export type LimitDecision =
  /** It was counted. `fullForMs`: per rule that is now at its maximum, milliseconds until it has room again. */
  | ({ kind: 'allowed'; fullForMs: Record<string, number> } & Told)
  /**
   * Nothing was counted. `rules`: those that were full, caps included. `retryAfterSeconds`: until all of them have room.
   * `policies`: the same rules with their numbers; what a cap weighs is nobody's business. `ofFactor`: all of them count wrong codes
   * of a factor, so that whatever else the person has is open.
   */
  | ({
      kind: 'refused';
      rules: string[];
      retryAfterSeconds: number;
      policies: QuotaPolicy[];
      ofFactor: boolean;
    } & Told);

/** Puts together what each group of counters said: refused where one refused. */
export function decide(takes: Take[], limits: readonly (Rule | Cap)[]): LimitDecision {
  const refusals = takes.filter(({ kind }) => kind === 'refused');
  // What another group had counted by then is given back.
  const told = refusals.length > 0 ? refusals : takes;
  const shadowed = takes.flatMap((take) => take.shadowed);
  const levels = together(told.map((take) => take.levels));
  const fullForMs = together(told.map((take) => take.fullForMs));
  if (refusals.length === 0) return { kind: 'allowed', fullForMs, shadowed, levels };
  const rules = Object.keys(fullForMs);
  const policies = rules.map((name) => policyOf(name, fullForMs[name] ?? 0, limits));
  const retryAfterSeconds = Math.max(...policies.map((policy) => policy.retryAfterSeconds));
  const ofFactor = rules.every((name) => limits.some((limit) => limit.name === name && locksFactor(limit)));
  return { kind: 'refused', rules, retryAfterSeconds, policies, ofFactor, shadowed, levels };
}

/** By what it counts: operators name rules as they like. */
const locksFactor = (limit: Rule | Cap) => 'on' in limit && limit.on === 'failed-check' && limit.by.includes('factor');

function policyOf(name: string, waitMs: number, limits: readonly (Rule | Cap)[]) {
  const limit = limits.find((other) => other.name === name);
  const retryAfterSeconds = Math.ceil(waitMs / 1_000);
  if (!limit) return { name, retryAfterSeconds };
  const { max, windowSeconds } = limit;
  return { name, ...(!('weight' in limit) && { max }), windowSeconds, retryAfterSeconds };
}

const together = <Value>(parts: Record<string, Value>[]): Record<string, Value> =>
  Object.assign({}, ...parts) as Record<string, Value>;
