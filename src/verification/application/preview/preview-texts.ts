import { Injectable } from '@nestjs/common';
import { CHANNELS, type Channel } from '../../../shared/channel.js';
import { canTellPurpose, purposesOf, tellsPurpose } from '../../domain/purposes.js';
import * as refusals from '../../domain/refusals.js';
import { askForKey } from '../../domain/spoken-text.js';
import { DEFAULT_TEMPLATE, speaksTo, tellsPayment, type Template } from '../../domain/templates.js';
import { linkIn } from '../../domain/verification.js';
import { findTemplate } from '../find-template.js';
import { Tenants, type TenantSettings } from '../ports.js';
import type { PreviewOrder } from './preview-order.js';
import type { PreviewedMessage, TextPreview } from './previewed-messages.js';
import { longest, typical } from './sample-messages.js';

/** Shows what messages would say. Nothing is sent, nothing is kept, and the code in them is nobody's. */
@Injectable()
export class PreviewTexts {
  constructor(private readonly tenants: Tenants) {}

  /**
   * @throws 404 for an unknown application; 422 `unknown-template`; `template-needs-purpose` for a purpose that the template has no
   *   words for, `link-in-text` for a payment that no start could have; 503 `unavailable`.
   */
  async execute(applicationId: string, order: PreviewOrder): Promise<TextPreview> {
    const settings = await this.tenants.settings(applicationId);
    const name = order.template ?? (order.draft ? 'draft' : DEFAULT_TEMPLATE);
    const template = order.draft ?? findTemplate(settings.templates, name);
    refuseWhatNoStartCouldHave(template, name, order);
    const { channels = CHANNELS, locales = [settings.locale] } = order;
    return {
      maxSegments: template.maxSegments ?? 1,
      tellsPayment: tellsPayment(template),
      purposes: tellsPurpose(template) ? purposesOf(template) : [],
      previews: locales.flatMap((locale) =>
        channels.map((channel) => preview({ channel, locale, template }, order, settings)),
      ),
    };
  }
}

function refuseWhatNoStartCouldHave(template: Template, name: string, { purpose, binding }: PreviewOrder): void {
  if (purpose !== undefined && !canTellPurpose(template, purpose))
    throw refusals.templateNeedsPurpose(name, purposesOf(template));
  const link = binding && tellsPayment(template) ? linkIn(binding) : null;
  if (link) throw refusals.linkInText(link);
}

function preview(
  about: { channel: Channel; locale: string; template: Template },
  order: PreviewOrder,
  settings: TenantSettings,
): PreviewedMessage {
  const { channel, locale, template } = about;
  const asksForKey = channel === 'voice' && settings.voice.keyPress;
  return {
    ...{ channel, locale, words: speaksTo(template, channel, locale) ? 'template' : 'built-in' },
    ...(asksForKey && { keyQuestion: askForKey({ locale, sender: settings.senderName }).text }),
    typical: typical(about, order, settings),
    longest: longest(about, order),
  };
}
