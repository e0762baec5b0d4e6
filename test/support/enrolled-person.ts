import { Holder, type Post } from './factor-login.js';

/** Somebody with an authenticator and ten codes on paper, who logs in with either at whichever process. */
export class EnrolledPerson {
  private constructor(
    private readonly on: (process: number) => Post,
    private readonly holder: Holder,
    private readonly paper: { listId: string; codes: string[] },
  ) {}

  static async enrol(on: (process: number) => Post): Promise<EnrolledPerson> {
    const holder = await Holder.of(on(0));
    const { body } = await on(1)('/v1/factors/backup-codes', { subject: holder.subject });
    return new EnrolledPerson(on, holder, { listId: body.id ?? '', codes: body.backupCodes ?? [] });
  }

  logInByPaper(process: number): ReturnType<Post> {
    return this.on(process)(`/v1/factors/${this.paper.listId}/checks`, { code: this.paper.codes.pop() });
  }

  /** Once in a time step. */
  logInByApp(process: number): ReturnType<Post> {
    return this.on(process)(`/v1/factors/${this.holder.factorId}/checks`, { code: this.holder.code() });
  }
}
