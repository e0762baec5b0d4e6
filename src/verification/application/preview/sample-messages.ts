import { charactersLeft, messageSize } from '../../../delivery/application/message-size.js';
import type { Channel } from '../../../shared/channel.js';
import { messageText, type MessageParts } from '../../domain/message-text.js';
import { purposesOf } from '../../domain/purposes.js';
import { LONGEST, SAMPLE_PAYMENT, sampleCode } from '../../domain/sample-values.js';
import { tellsPayment, type Template } from '../../domain/templates.js';
import type { TenantSettings } from '../ports.js';
import type { PreviewOrder } from './preview-order.js';
import type { ShownMessage } from './previewed-messages.js';

/** Whom a message of what template speaks to. */
interface About {
  channel: Channel;
  locale: string;
  template: Template;
}

/** The message of an ordinary start, with what the order says of it, and samples for what it does not. */
export function typical(about: About, order: PreviewOrder, settings: TenantSettings): ShownMessage {
  const { senderName: sender, applicationName: application, policy } = settings;
  const [first] = purposesOf(about.template);
  const { purpose = first, binding = SAMPLE_PAYMENT } = order;
  const values = { sender, application, code: sampleCode(policy.codeLength), validForSeconds: policy.ttlSeconds };
  return shown(about, order, { ...values, purpose, binding });
}

/** The longest one there is, as it is measured when a template is saved; a payment and a purpose that the order names stay as they are. */
export function longest(about: About, order: PreviewOrder): ShownMessage {
  const { minutes, amount, payee, ...values } = LONGEST;
  const { purpose, binding = { amount, payee } } = order;
  const purposes = purpose === undefined ? [undefined, ...purposesOf(about.template)] : [purpose];
  const validForSeconds = Number(minutes) * 60;
  const all = purposes.map((one) => shown(about, order, { ...values, validForSeconds, purpose: one, binding }));
  return all.reduce((most, one) => (takesMoreRoom(one, most) ? one : most));
}

type SampleValues = Pick<MessageParts, 'sender' | 'application' | 'code' | 'validForSeconds' | 'purpose' | 'binding'>;

function shown({ channel, locale, template }: About, order: PreviewOrder, values: SampleValues): ShownMessage {
  const { webOtpOrigin, androidAppHash } = order;
  const binding = tellsPayment(template) ? values.binding : undefined;
  const message = messageText(channel, { ...values, binding, locale, webOtpOrigin, androidAppHash }, template);
  const size = messageSize(channel, message.text);
  return { ...message, ...(size && { ...size, charactersLeft: charactersLeft(message.text) }) };
}

function takesMoreRoom(one: ShownMessage, other: ShownMessage): boolean {
  const [ours, theirs] = [roomOf(one), roomOf(other)];
  const decisive = ours.findIndex((room, place) => room !== theirs[place]);
  return (ours[decisive] ?? 0) > (theirs[decisive] ?? 0);
}

/** What counts first stands first. One letter outside of the 7-bit alphabet makes a text message longer than many within it. */
function roomOf({ text, segments = 1, encoding, charactersLeft }: ShownMessage): number[] {
  return [segments, encoding === 'ucs2' ? 1 : 0, charactersLeft === undefined ? text.length : -charactersLeft];
}
