import type { Channel } from '../../../shared/channel.js';
import type { Wording } from '../../domain/message-text.js';
import * as refusals from '../../domain/refusals.js';
import { DEFAULT_TEMPLATE, tellsPayment, textsOf, type Template } from '../../domain/templates.js';
import { canTellPurpose, purposesOf } from '../../domain/purposes.js';
import { linkIn } from '../../domain/verification.js';
import { findTemplate } from '../find-template.js';
import type { TenantSettings } from '../ports.js';
import { mostSegments } from '../send/most-segments.js';
import type { StartRequest } from './start-request.js';

/**
 * What the messages of a start will say. Refused is what could not be said as its template means it, before anything is spent.
 *
 * @param channels those of the plan that messages are sent over
 * @returns with the binding only where it is told: what nobody will read again is not kept.
 * @throws 422 `unknown-template`; `template-needs-purpose` where it tells what the code is for, and has no words for the purpose of
 *   this start; `template-needs-binding` where it tells a payment and there is none, `link-in-text` where that looks
 *   like a link; `template-lacks-channel` where it tells a payment, but not over a channel of the plan; `text-too-long` where the
 *   payment makes an SMS longer than it may be.
 */
export function resolveWording(request: StartRequest, channels: readonly Channel[], settings: TenantSettings): Wording {
  const { template: name = DEFAULT_TEMPLATE, purpose, binding, webOtpOrigin, androidAppHash } = request;
  const locale = request.locale ?? settings.locale;
  const template = findTemplate(settings.templates, name);
  const wording = { locale, template: name, purpose, webOtpOrigin, androidAppHash };
  // Codes of factors alone: nothing will be said.
  if (channels.length === 0) return wording;
  if (!canTellPurpose(template, purpose)) throw refusals.templateNeedsPurpose(name, purposesOf(template));
  if (!tellsPayment(template)) return wording;
  if (!binding) throw refusals.templateNeedsBinding(name);
  const link = linkIn(binding);
  if (link) throw refusals.linkInText(link);
  refuseSilence(template, { name, channels });
  // What the lines for apps add was not promised when the template was saved: it is counted, and not refused.
  const segments = channels.includes('sms')
    ? mostSegments('sms', { locale, template: name, purpose, binding }, settings)
    : 1;
  const maxSegments = template.maxSegments ?? 1;
  if (segments > maxSegments) throw refusals.textTooLong(name, { segments, maxSegments });
  return { ...wording, binding };
}

function refuseSilence(template: Template, { name, channels }: { name: string; channels: readonly Channel[] }): void {
  // The built-in words of a call tell a payment, too.
  const silent = channels.filter((channel) => channel !== 'voice' && textsOf(template, channel).length === 0);
  if (silent.length > 0) throw refusals.templateWithoutChannel(name, silent);
}
