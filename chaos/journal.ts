import type { Call, SentReport, TakenMessage, ToldEvent } from './history/conversations.js';
import type { ProcessLog } from './history/dumps.js';
import type { Fault } from './history/faults.js';

type Unnumbered<T extends { number: number }> = Omit<T, 'number'>;

/** Where everything is written down as it happens, and the one clock it is written down by. */
export class Journal {
  readonly epochMs = Date.now();
  readonly calls: Call[] = [];
  readonly messages: TakenMessage[] = [];
  readonly reports: SentReport[] = [];
  readonly told: ToldEvent[] = [];
  readonly faults: Fault[] = [];
  readonly processes: ProcessLog[] = [];
  private readonly startedAt = performance.now();
  private callsSent = 0;

  /** @param print is told what happens, a line at a time. */
  constructor(private readonly print: (line: string) => void) {}

  /** Milliseconds since the run began. */
  now(): number {
    return performance.now() - this.startedAt;
  }

  say(line: string): void {
    this.print(`${(this.now() / 1_000).toFixed(1).padStart(7)} s  ${line}`);
  }

  /** The number of a call that is about to be sent. */
  nextCall(): number {
    return (this.callsSent += 1);
  }

  message(message: Unnumbered<TakenMessage>): TakenMessage {
    return numbered(this.messages, message);
  }

  report(report: Unnumbered<SentReport>): void {
    numbered(this.reports, report);
  }

  tell(event: Unnumbered<ToldEvent>): void {
    numbered(this.told, event);
  }

  fault(fault: Unnumbered<Fault>): void {
    numbered(this.faults, fault);
  }
}

function numbered<T extends { number: number }>(list: T[], item: Unnumbered<T>): T {
  const entry = { ...item, number: list.length + 1 } as T;
  list.push(entry);
  return entry;
}
