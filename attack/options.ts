import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { ATTACKS, type AttackName } from './attacks.js';

export interface AttackOptions {
  /** In the order of the table. */
  only: AttackName[];
  /** Decides which numbers are pumped and what is guessed. */
  seed: number;
  /** How many people a spray guesses at, once each. */
  targets: number;
}

/** @throws an error that says which option is wrong. */
export function readOptions(args: string[]): AttackOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      only: { ...text, multiple: true, default: [] },
      seed: { ...text, default: String(randomInt(1, 1_000_000)) },
      targets: { ...text, default: '500' },
    },
  });
  const named = values.only.flatMap((names) => names.split(',')).map(toAttack);
  return {
    only: (Object.keys(ATTACKS) as AttackName[]).filter((name) => named.length === 0 || named.includes(name)),
    seed: within('--seed', values.seed, 0, 2 ** 31),
    targets: within('--targets', values.targets, 100, 100_000),
  };
}

function within(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`${name}: must be a whole number from ${String(least)} to ${String(most)}`);
}

function toAttack(name: string): AttackName {
  const known = Object.keys(ATTACKS).find((attack): attack is AttackName => attack === name);
  if (known) return known;
  throw new Error(`--only: there is no attack ${name}; there are ${Object.keys(ATTACKS).join(', ')}`);
}
