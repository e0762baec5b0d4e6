import smpp from 'smpp';

/** `command_status` of SMPP 3.4, section 5.1.3, as far as we say or decide by it. */
export const ROK = 0x00;
export const INVALID_LENGTH = 0x02;
export const INVALID_COMMAND = 0x03;
export const QUEUE_FULL = 0x14;
export const THROTTLED = 0x58;
export const TEMPORARY_ERROR = 0x64;

const NAMES = new Map(Object.entries(smpp.errors).map(([name, code]) => [code, name]));

/** `ESME_RINVDSTADR`, or `0x00000401` for a code of the SMSC's own. */
export const statusName = (status: number): string => NAMES.get(status) ?? `0x${status.toString(16).padStart(8, '0')}`;

/** The name of what an operator wrote as `ESME_RINVDSTADR`, `0x0B` or `11`. */
export function statusNamed(written: string): string {
  const number = /^(0x[0-9a-f]{1,8}|\d{1,10})$/i.test(written) ? Number(written) : undefined;
  return number === undefined ? written.toUpperCase() : statusName(number);
}
