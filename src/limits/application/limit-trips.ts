import type { Rule } from '../domain/rule.js';

/** Tells applications which rules refuse. */
export abstract class LimitTrips {
  /**
   * Each rule is told at most once in ten minutes, across all nodes, however often it refuses. Never throws and is not waited
   * for; what can not be told now is told when it refuses again.
   *
   * @param names of those that refused; a cap's is among them, which `spend.reached` tells of.
   * @param rules that hold for the application.
   */
  abstract refused(applicationId: string, names: readonly string[], rules: readonly Rule[]): void;

  /** Forgets up to `limit` rules that have not refused for a day; gives how many. @throws 503 `unavailable` */
  abstract forget(limit: number): Promise<number>;
}
