import { refuse, rejected } from '../outcomes/error-map.js';

/** Whether a recipient is one E.164 number and nothing else: what a gateway takes for a separator would make two of it. */
export const isOneNumber = (to: string): boolean => /^\+[1-9]\d{6,14}$/.test(to);

/** What becomes of any other, before anything is sent. */
export const NOT_ONE_NUMBER = refuse(rejected('other'), 'not an E.164 number');
