import { messageSize } from '../../../delivery/application/message-size.js';
import type { Channel } from '../../../shared/channel.js';
import { messageText, type Wording } from '../../domain/message-text.js';
import { templateOf } from '../../domain/templates.js';
import type { TenantSettings } from '../ports.js';

/** The longest code and the longest life that the rails of the settings allow. */
const LONGEST = { code: '0'.repeat(10), validForSeconds: 600 };

/** Of how many messages, each of which is charged, a send consists at most; one for calls and mails. */
export function mostSegments(
  channel: Channel,
  wording: Wording,
  { templates, senderName, applicationName }: Pick<TenantSettings, 'templates' | 'senderName' | 'applicationName'>,
): number {
  if (channel !== 'sms') return 1;
  const template = templateOf(templates, wording.template) ?? {};
  const names = { sender: senderName, application: applicationName };
  const { text } = messageText(channel, { ...wording, ...LONGEST, ...names }, template);
  return messageSize(channel, text)?.segments ?? 1;
}
