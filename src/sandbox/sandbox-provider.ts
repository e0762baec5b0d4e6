import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Provider, type CallAnswer, type ReportRequest, type SubmitRequest } from '../delivery/application/provider.js';
import type { ProviderKind, ProviderType } from '../delivery/application/provider-type.js';
import type { Saying } from '../delivery/application/ports.js';
import { CAUSES } from '../delivery/domain/cause.js';
import type { Report, SubmitOutcome } from '../delivery/domain/outcome.js';
import { CHANNELS, type Channel } from '../shared/channel.js';
import { Carrier } from './carrier.js';

const configSchema = z.strictObject({ type: z.literal('sandbox'), channel: z.enum(CHANNELS) });
export type SandboxConfig = z.output<typeof configSchema>;

/** The body of a callback, as `ReportCallbacks` posts it. */
const callbackSchema = z.object({
  status: z.enum(['delivered', 'failed', 'underway', 'unknown']).catch('unknown'),
  cause: z.enum(CAUSES).optional(),
  detail: z.string().max(100),
});

/** Serves every channel without a gateway: messages go to the inbox, the address chooses what happens to them. */
class SandboxProvider extends Provider {
  constructor(
    readonly id: string,
    readonly channel: Channel,
    private readonly carrier: Carrier,
  ) {
    super();
  }

  submit(request: SubmitRequest): Promise<SubmitOutcome> {
    return Promise.resolve(this.carrier.take(request));
  }

  /** The MAC in the path is the only authentication, as with gateways that do not sign. */
  readReports({ attemptId, rawBody }: ReportRequest): Report[] | null {
    if (attemptId === undefined) return null;
    const callback = parse(rawBody);
    if (!callback) return [];
    const { status, cause, detail } = callback;
    return [
      { providerId: this.id, attemptId, status, detail, ...(status === 'failed' && { cause: cause ?? 'other' }) },
    ];
  }

  /** What is heard after the key, to read. */
  override async answerCall({ rawBody }: ReportRequest, say: () => Promise<Saying | null>): Promise<CallAnswer> {
    const saying = rawBody.toString('utf8') === '{"digits":"1"}' ? await say() : null;
    const body = saying?.speech.map((part) => (typeof part === 'string' ? part : part.digits)).join('') ?? '';
    return { contentType: 'text/plain; charset=utf-8', body };
  }
}

function parse(body: Buffer): z.output<typeof callbackSchema> | null {
  try {
    return callbackSchema.parse(JSON.parse(body.toString('utf8')));
  } catch {
    return null;
  }
}

/** What the configuration file may say of a `sandbox`. */
export const sandboxKind: ProviderKind = { type: 'sandbox', schema: configSchema };

/** The `sandbox` of the configuration file. Registered outside production only. */
@Injectable()
export class SandboxProviderType implements ProviderType<SandboxConfig> {
  readonly type = 'sandbox';
  readonly schema = configSchema;

  constructor(private readonly carrier: Carrier) {}

  create(id: string, { channel }: SandboxConfig): Provider {
    return new SandboxProvider(id, channel, this.carrier);
  }
}
