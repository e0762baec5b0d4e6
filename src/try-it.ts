import { Injectable } from '@nestjs/common';
import type { Channel } from './shared/channel.js';
import { CheckCode } from './verification/application/check/check-code.js';
import { ReadVerification } from './verification/application/read/read-verification.js';
import { ResendCode } from './verification/application/send/resend-code.js';
import { StartVerification } from './verification/application/start/start-verification.js';
import { wrongCode } from './verification/domain/refusals.js';
import { VerificationIdPipe } from './verification/http/verification-id.pipe.js';
import { approvalBody, historyBody, startedBody, verificationBody } from './verification/http/views.js';
import { TryIt } from './sandbox/ports.js';
import { VisitorsApplication } from './visitors-application.js';

/** The same ids as the HTTP API's: what can not be one is as unknown as any other. */
const ids = new VerificationIdPipe();

/** The page's calls as the first application's: the same use-cases and the same bodies as the HTTP API. */
@Injectable()
export class VerificationTryIt extends TryIt {
  constructor(
    private readonly visitors: VisitorsApplication,
    private readonly startVerification: StartVerification,
    private readonly checkCode: CheckCode,
    private readonly resendCode: ResendCode,
    private readonly readVerification: ReadVerification,
  ) {
    super();
  }

  /** Over the sandbox's channels only: nobody may send real messages without a key. */
  async start(to: { phone?: string; email?: string }): Promise<unknown> {
    const request = { to, channels: this.visitors.channels };
    return startedBody(
      await this.startVerification.execute({ applicationId: await this.visitors.id() }, request, null),
    );
  }

  async check(id: string, code: string): Promise<unknown> {
    const outcome = await this.checkCode.execute({
      applicationId: await this.visitors.id(),
      id: ids.transform(id),
      code,
      requester: {},
    });
    if (outcome.kind === 'wrong') throw wrongCode(outcome.attemptsLeft);
    return approvalBody(id, outcome);
  }

  async resend(id: string, channel?: Channel): Promise<unknown> {
    const applicationId = await this.visitors.id();
    await this.resendCode.execute({ applicationId, id: ids.transform(id), channel, requester: {} });
    return verificationBody(await this.readVerification.execute(applicationId, id));
  }

  async read(id: string): Promise<unknown> {
    return historyBody(await this.readVerification.execute(await this.visitors.id(), ids.transform(id)));
  }
}
