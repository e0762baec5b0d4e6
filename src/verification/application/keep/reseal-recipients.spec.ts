import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { Keyring } from '../../../platform/keyring/keyring.js';
import type { Secret } from '../../../platform/keyring/secrets.js';
import { KeyringVault } from '../../adapters/keyring-vault.js';
import { SealedRecipients, type SealedRecipient } from '../ledger.js';
import type { SealedDetails } from '../ports.js';
import { ResealRecipients } from './reseal-recipients.js';

const [fresh, old, gone] = ['fresh', 'old', 'gone'].map((kid) => ({ kid, key: randomBytes(32) })) as [
  ...[Secret, Secret, Secret],
];
const vaultOf = (...secrets: [Secret, ...Secret[]]) => new KeyringVault(new Keyring(secrets));

class FewRecipients extends SealedRecipients {
  readonly rows = new Map<string, string>();

  under(kids: string[], limit: number) {
    const found = Array.from(this.rows, ([id, sealed]) => ({ id, sealed }));
    return Promise.resolve(found.filter(({ sealed }) => kids.includes(sealed.split('.')[0] ?? '')).slice(0, limit));
  }

  replace(id: string, was: string, { sealed }: SealedRecipient) {
    if (this.rows.get(id) !== was) return Promise.resolve(false);
    this.rows.set(id, sealed);
    return Promise.resolve(true);
  }
}

it('R6 one recipient that nobody can open keeps no other under a key that is about to go', async () => {
  const recipients = new FewRecipients();
  const to = (id: string) => ({ to: { email: { kind: 'email', value: `${id}@shop.example` } } }) as SealedDetails;
  recipients.rows.set('ver_lost', vaultOf(gone).seal('ver_lost', to('ver_lost')));
  recipients.rows.set('ver_altered', vaultOf(old).seal('ver_other', to('ver_other')));
  recipients.rows.set('ver_good', vaultOf(old).seal('ver_good', to('ver_good')));

  const during = new ResealRecipients(recipients, vaultOf(fresh, old));
  const { count, unreadable } = await during.reseal();
  expect([count, unreadable.map(({ id }) => id)]).toEqual([1, ['ver_altered']]);
  expect(vaultOf(fresh).open('ver_good', recipients.rows.get('ver_good') ?? '')).toEqual(to('ver_good'));
  expect(await new ResealRecipients(recipients, vaultOf(fresh)).reseal()).toEqual({ count: 0, unreadable: [] });
});
