import { readFileSync } from 'node:fs';
import { bounceAddress, messageName, type BounceMark } from '../../src/delivery/adapters/providers/smtp/bounce-mark.js';

const FOLDER = new URL('../fixtures/bounces/', import.meta.url);
export const BOUNCES = { address: 'bounces@shop.example', delimiter: '+' } as const;

/** What the samples carry in place of our marks: `bounce+hard1.tok123@otp.test` and `att-hard1`. */
const SENDER = /bounce\+[\w-]+\.tok123@otp\.test/g;
const NAME = /\batt-[\w-]+/g;

/** A recorded bounce as it would have come back for another message: only its envelope sender and its name are exchanged. */
export function bounceFor(sample: string, { sender, name }: { sender: string; name: string }): string {
  const mail = readFileSync(new URL(`${sample}.eml`, FOLDER), 'utf8');
  return mail.replaceAll(SENDER, sender).replaceAll(NAME, name);
}

/** The same, for a message that was never sent. */
export const bounceOf = (sample: string, mark: BounceMark): string =>
  bounceFor(sample, { sender: bounceAddress(BOUNCES, mark), name: messageName(mark) });
