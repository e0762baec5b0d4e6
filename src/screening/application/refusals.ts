import type { Channel } from '../../shared/channel.js';

/** `reason` is stable, `detail` says what to do. */
export interface Refused {
  kind: 'refused';
  reason: 'blocked' | 'blocked-address' | 'country-not-allowed' | 'number-type';
  detail: string;
}

/** Why an address may not be written to. */
export const refuse = {
  listed: (): Refused => ({ kind: 'refused', reason: 'blocked', detail: 'This recipient is on a block list.' }),

  address: (): Refused => ({
    kind: 'refused',
    reason: 'blocked-address',
    detail: "The end user's address is on a block list.",
  }),

  country: (country: string, channel: Channel): Refused => ({
    kind: 'refused',
    reason: 'country-not-allowed',
    detail: `Numbers of ${country} are not allowed over ${channel}. Add "${country}" to countries.${channel} of the application's settings (PUT /v1/admin/settings) to allow them.`,
  }),

  numberType: (type: string, channel: Channel): Refused => ({
    kind: 'refused',
    reason: 'number-type',
    detail: `No code is sent to ${type} numbers over ${channel}. The safe list lets a number through.`,
  }),
};
