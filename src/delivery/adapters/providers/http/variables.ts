import { measureSms, type SmsEncoding } from '../../../domain/sms-text.js';
import type { SubmitRequest } from '../../../application/provider.js';
import { inUcs2 } from '../options/ucs2.js';
import type { Value, Values } from './template.js';

/** What a message says of itself, and to whom it goes: not for addresses, which are written down on the way. */
export const PRIVATE_VARIABLES: readonly string[] = ['to', 'toDigits', 'to00', 'text', 'textHex'];
export const NUMBER_VARIABLES: readonly string[] = ['to', 'toDigits', 'to00'];
export const TEXT_VARIABLES: readonly string[] = ['text', 'textHex'];

/** What a gateway's own configuration adds to the message. */
export interface MessageSettings {
  from: string;
  /** Its words for how the text is encoded. */
  encodings: Partial<Record<SmsEncoding, Value>>;
  leastValiditySeconds: number;
  nowMs: number;
}

type Variable = (request: SubmitRequest, settings: MessageSettings) => Value;

const validity: (unitsPerSecond: number) => Variable =
  (unitsPerSecond) =>
  ({ validForSeconds }, { leastValiditySeconds }) =>
    Math.ceil(Math.max(validForSeconds, leastValiditySeconds) * unitsPerSecond);

const validUntilMs: Variable = (request, settings) => settings.nowMs + Number(validity(1_000)(request, settings));

/** Everything a template may name, besides the provider's own `values`. */
const VARIABLES = {
  to: ({ to }) => to,
  toDigits: ({ to }) => to.slice(1),
  to00: ({ to }) => `00${to.slice(1)}`,
  from: ({ from }, settings) => from ?? settings.from,
  text: ({ text }) => text,
  textHex: ({ text }) => inUcs2(text).toString('hex').toUpperCase(),
  encoding: ({ text }, { encodings }) => encodings[measureSms(text).encoding] ?? '',
  segments: ({ text }) => measureSms(text).segments,
  validitySeconds: validity(1),
  validityMinutes: validity(1 / 60),
  validityMillis: validity(1_000),
  validUntil: (request, settings) => new Date(Number(validUntilMs(request, settings))).toISOString(),
  validUntilUnix: (request, settings) => Math.ceil(Number(validUntilMs(request, settings)) / 1_000),
  attemptId: ({ attemptId }) => attemptId,
  reference: ({ attemptId, reportMac }) => `${attemptId}.${reportMac}`,
  reportUrl: ({ reportUrl }) => reportUrl,
  locale: ({ locale }) => locale,
  language: ({ locale }) => locale.split('-')[0] ?? locale,
} satisfies Record<string, Variable>;

export const VARIABLE_NAMES: readonly string[] = Object.keys(VARIABLES);

/** The variables of one message. */
export const valuesOf = (request: SubmitRequest, settings: MessageSettings): Values =>
  Object.fromEntries(
    Object.entries<Variable>(VARIABLES).map(([name, variable]) => [name, variable(request, settings)]),
  );
