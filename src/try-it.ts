import { Injectable } from '@nestjs/common';
import { Applications } from './applications/applications.js';
import type { Channel } from './shared/channel.js';
import { notFound } from './shared/refusals.js';
import { CheckCode } from './verification/application/check/check-code.js';
import { ReadVerification } from './verification/application/read/read-verification.js';
import { ResendCode } from './verification/application/send/resend-code.js';
import { StartVerification } from './verification/application/start/start-verification.js';
import { wrongCode } from './verification/domain/refusals.js';
import { approvalBody, historyBody, startedBody, verificationBody } from './verification/http/views.js';
import { TryIt } from './sandbox/ports.js';

/** The page's calls as the first application's: the same use-cases and the same bodies as the HTTP API. */
@Injectable()
export class VerificationTryIt extends TryIt {
  private firstApplication: string | undefined;

  constructor(
    private readonly applications: Applications,
    private readonly startVerification: StartVerification,
    private readonly checkCode: CheckCode,
    private readonly resendCode: ResendCode,
    private readonly readVerification: ReadVerification,
  ) {
    super();
  }

  async start(to: { phone?: string; email?: string }): Promise<unknown> {
    return startedBody(await this.startVerification.execute(await this.applicationId(), { to }, null));
  }

  async check(id: string, code: string): Promise<unknown> {
    const outcome = await this.checkCode.execute({ applicationId: await this.applicationId(), id, code });
    if (outcome.kind === 'wrong') throw wrongCode(outcome.attemptsLeft);
    return approvalBody(id, outcome);
  }

  async resend(id: string, channel?: Channel): Promise<unknown> {
    const applicationId = await this.applicationId();
    await this.resendCode.execute({ applicationId, id, channel });
    return verificationBody(await this.readVerification.execute(applicationId, id));
  }

  async read(id: string): Promise<unknown> {
    return historyBody(await this.readVerification.execute(await this.applicationId(), id));
  }

  /** Embedded there is always one; elsewhere the command line makes it. */
  private async applicationId(): Promise<string> {
    this.firstApplication ??= (await this.applications.list())[0]?.id;
    if (this.firstApplication === undefined)
      throw notFound('application yet; make one: node dist/cli.js application create NAME');
    return this.firstApplication;
  }
}
