import { invalidRequest } from '../../../shared/refusals.js';
import { isRail, RAIL_RULES } from '../../domain/rail-rules.js';
import type { Rule } from '../../domain/rule.js';

/** Rules to try: all there would be, or how they would differ from those that hold. */
export type Proposal =
  | { rules: readonly Rule[] }
  /** `change`: each takes the place of the one of its name. `remove`: names. */
  | { add: readonly Rule[]; change: readonly Rule[]; remove: readonly string[] };

/**
 * The rules that would hold for an application. The rails always do.
 *
 * @param current what holds for it now.
 * @throws 400 `invalid-request` for a name that is there twice, or that is to change and is not there.
 */
export function proposedRules(proposal: Proposal, current: readonly Rule[]): readonly Rule[] {
  const rules =
    'rules' in proposal
      ? proposal.rules
      : changed(
          proposal,
          current.filter(({ name }) => !isRail(name)),
        );
  const names = rules.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw invalidRequest(`There would be two rules with the name ${twice}.`);
  return [...RAIL_RULES, ...rules];
}

function changed(
  { add, change, remove }: Extract<Proposal, { add: unknown }>,
  current: readonly Rule[],
): readonly Rule[] {
  const known = new Set(current.map(({ name }) => name));
  const missing = [...change.map(({ name }) => name), ...remove].find((name) => !known.has(name));
  if (missing !== undefined)
    throw invalidRequest(`No rule of the name ${missing} holds now, or it can not be changed.`);
  const left = current.filter(({ name }) => !remove.includes(name));
  const after = left.map((rule) => change.find(({ name }) => name === rule.name) ?? rule);
  return [...after, ...add];
}
