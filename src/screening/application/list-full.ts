import { DomainError } from '../../shared/domain-error.js';

/** Every node holds every entry in memory. */
export const listFull = (most: number) =>
  new DomainError(
    'refused',
    'list-full',
    `A list has room for ${String(most)} entries. Remove some, or name a prefix, a domain or a range instead of its members.`,
  );
