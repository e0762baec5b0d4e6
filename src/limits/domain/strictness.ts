import type { RuleOrder } from './owned-rule.js';
import { admitsNoMore } from '../../shared/rate.js';

type Judged = Pick<RuleOrder, 'on' | 'by' | 'scope' | 'max' | 'windowSeconds' | 'mode' | 'enabled'>;

/** Whether a rule refuses anybody: one that is switched off or only watches does not. */
const bites = ({ enabled, mode }: Judged) => enabled && mode === 'enforce';

/**
 * Whether everything that `other` refuses is refused by `rule` as well. It must count the same
 * acts, and each thing that `other` counts must be part of one thing that it counts: a recipient's sends are a recipient's and
 * an address's among them, and an application's are among all applications'.
 */
export const asStrictAs = (rule: Judged, other: Judged): boolean =>
  !bites(other) ||
  (bites(rule) &&
    rule.on === other.on &&
    (rule.scope === 'global' || other.scope === 'application') &&
    rule.by.every((dimension) => other.by.includes(dimension)) &&
    admitsNoMore(rule, other));

/**
 * Whether a change lets anything through that was refused before (R80).
 *
 * @param before what held under the name, null where nothing did. @param after the same, once it is saved.
 */
export const weakens = (before: Judged | null, after: Judged | null): boolean =>
  before !== null && bites(before) && (after === null || !asStrictAs(after, before));
