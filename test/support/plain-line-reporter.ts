import type { Reporter, TestModule } from 'vitest/node';

/** Ends the output with one plain line, `N passed, N failed`, for people and tools that read only the last line. */
export default class PlainLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    // A file that can not be loaded, a failed beforeAll and an error outside any test are failures that no test reports.
    const groups = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    const broken = groups.filter((group) => group.errors().length > 0).length + errors.length;
    const skipped = count('skipped');
    const parts = [`${String(count('passed'))} passed`, `${String(count('failed') + broken)} failed`];
    if (skipped > 0) parts.push(`${String(skipped)} skipped`);
    console.log(parts.join(', '));
  }
}
