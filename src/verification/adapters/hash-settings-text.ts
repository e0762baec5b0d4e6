import type { HashSettings } from '../application/hot-state.js';

/** How a code is hashed, as one field of the state: each field of its own costs every live verification some 30 bytes. */
export const writeHashSettings = ({ cost, salt, kid }: HashSettings): string => `${cost}:${salt}:${kid}`;

export function readHashSettings(text: string): HashSettings {
  const [cost = '', salt = '', kid = ''] = text.split(':');
  return { cost, salt, kid };
}
