import type { Page } from '../../shared/page.js';
import type { ListEntry, ListOf } from '../application/ports.js';
import type { ListOrder } from '../application/edit-lists.js';
import type { ListEntriesBody, ListOrderBody } from './list.schema.js';

/** What is asked for. */
export const orderOf = ({ expiresAt, ...order }: ListOrderBody): ListOrder => ({
  ...order,
  expiresAt: expiresAt ?? null,
});

export const pageBody = ({ found, ...more }: Page<ListEntry>): ListEntriesBody => ({ entries: found, ...more });

/** R80: trusting somebody more, or blocking somebody no longer, lets more through. */
export const weakens = ({ list }: ListOf, change: 'add' | 'remove'): boolean =>
  list === 'safe' ? change === 'add' : change === 'remove';
