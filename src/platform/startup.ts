/** The process must not start. Carries every problem found, because an operator wants to mend all of them at once. */
export class StartupRefused extends Error {
  constructor(readonly problems: string[]) {
    super(`Einmal can not start:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'StartupRefused';
  }
}
