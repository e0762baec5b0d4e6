import type { Recipient } from '../../shared/recipient.js';
import { ipBits } from './ip-bits.js';
import type { ListKind } from './listed-value.js';

/** The keys of one kind by which an entry would cover something, the most exact first. Made once, where a list has that kind. */
export interface Candidates {
  kind: ListKind;
  keys: () => readonly string[];
}

/** @param names the keyed names of the recipient, under every key there is. */
export function candidatesOf(address: Recipient, names: () => readonly string[]): readonly Candidates[] {
  if (address.kind === 'phone')
    return [
      { kind: 'number', keys: once(names) },
      { kind: 'prefix', keys: once(() => prefixesOf(address.value.slice(1))) },
    ];
  return [
    { kind: 'email', keys: once(names) },
    { kind: 'email-domain', keys: once(() => domainsOf(address.value)) },
  ];
}

/** @param ip as the application told it; what is no address is covered by nothing. */
export function ipCandidates(ip: string): readonly Candidates[] {
  return [{ kind: 'ip', keys: once(() => prefixesOf(ipBits(ip) ?? '', SHORTEST_RANGE)) }];
}

/** Two lists of two owners ask for the same keys. */
function once(make: () => readonly string[]): () => readonly string[] {
  let made: readonly string[] | undefined;
  return () => (made ??= make());
}

/** A range has the version of its addresses and at least eight bits. */
const SHORTEST_RANGE = '4.'.length + 8;

/** `491`, `49`, `4` of `491`. */
function prefixesOf(text: string, shortest = 1): string[] {
  const prefixes: string[] = [];
  for (let length = text.length; length >= shortest; length -= 1) prefixes.push(text.slice(0, length));
  return prefixes;
}

/** `mail.example.org`, `example.org`, `org` of `a@mail.example.org`. */
function domainsOf(email: string): string[] {
  const labels = email.slice(email.lastIndexOf('@') + 1).split('.');
  return labels.map((_, n) => labels.slice(n).join('.'));
}
