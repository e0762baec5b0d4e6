import { DomainError } from '../../shared/domain-error.js';
import type { OwnedRule } from '../domain/owned-rule.js';
import { rateText } from '../../shared/rate.js';

/** How many rules the installation, and each application, may have: all of them are counted in one step. */
export const MOST_RULES = 200;

export const ruleNameTaken = () =>
  new DomainError(
    'conflict',
    'name-taken',
    'There is a rule of that name already. Change that one, or choose another.',
  );

/**
 * How many of them may count the same acts by the same dimensions and scope: an application has at most twice as many, the
 * installation's and its own, and each costs up to sixty fields of one counter, which every act reads.
 */
export const MOST_WINDOWS = 8;

export const tooManyRules = () =>
  new DomainError('refused', 'too-many-rules', `There are ${String(MOST_RULES)} rules already. Delete one first.`);

export const tooManyWindows = () =>
  new DomainError(
    'refused',
    'too-many-windows',
    `There are ${String(MOST_WINDOWS)} rules already that count these acts by these dimensions. Delete or switch off one first.`,
  );

/** It holds for everybody: a rail (R79), or a rule that counts across applications. */
export const isRailRule = () =>
  new DomainError(
    'refused',
    'rail',
    'This rule holds for everybody: nothing replaces, changes or switches it off here.',
  );

export const operatorsRule = () =>
  new DomainError(
    'refused',
    'operators-rule',
    'It is the installation’s, or an operator set it for this application. Add one of the application’s own instead.',
  );

/** @param other the rule that would be replaced. */
export const looser = (other: OwnedRule) =>
  new DomainError(
    'refused',
    'looser',
    `It would let through what ${other.name} (${rateText(other)}, ${other.mode}) refuses. Only an operator may loosen it.`,
  );
