import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import { Daemon } from './servers/daemon.js';
import { freePort } from './servers/free-port.js';
import { BEARERBOX, program, SMSBOX } from './servers/programs.js';
import { Smsc, type Submission } from './smsc/smsc.js';

const PARTS = ['admin', 'smsbox', 'smsc', 'sendsms'] as const;
type Ports = Record<(typeof PARTS)[number], number>;

/** Starts a real SMS gateway with a network behind it: our service → HTTP → Kannel → SMPP → `Smsc`. */
export async function startKannel(): Promise<Kannel> {
  const bearerbox = await program(BEARERBOX);
  const smsbox = await program(SMSBOX);
  const ports = Object.fromEntries(await Promise.all(PARTS.map(async (part) => [part, await freePort()]))) as Ports;
  const template = await readFile(new URL('kannel/kannel.conf', import.meta.url), 'utf8');
  const folder = await mkdtemp(join(inject('scratchFolder'), 'kannel-'));
  const config = join(folder, 'kannel.conf');
  await writeFile(
    config,
    template.replace(/\{(\w+)\}/g, (_, part: keyof Ports) => String(ports[part])),
  );
  const kannel = new Kannel(ports, { bearerbox, smsbox, config });
  await kannel.startSmsc();
  await kannel.startGateway();
  return kannel;
}

/** A running gateway and the network behind it; either can be stopped and started again at the same ports. */
export class Kannel {
  readonly user = 'otp';
  readonly password = 'otp';
  private readonly earlier: Submission[] = [];
  private smsc: Smsc | null = null;
  /** In the order in which they are stopped. */
  private boxes: Daemon[] = [];

  constructor(
    private readonly ports: Ports,
    private readonly files: { bearerbox: string; smsbox: string; config: string },
  ) {}

  get sendsmsUrl(): string {
    return `http://127.0.0.1:${String(this.ports.sendsms)}/cgi-bin/sendsms`;
  }

  /** Every message that reached the network, oldest first. */
  smscLog(): Submission[] {
    return [...this.earlier, ...(this.smsc?.submissions ?? [])];
  }

  async startSmsc(): Promise<void> {
    this.smsc = await Smsc.start({ port: this.ports.smsc });
  }

  async stopSmsc(): Promise<void> {
    this.earlier.push(...(this.smsc?.submissions ?? []));
    await this.smsc?.stop();
    this.smsc = null;
  }

  /** Returns when HTTP is answered and, where the network is up, the link to it stands. */
  async startGateway(): Promise<void> {
    const { bearerbox, smsbox, config } = this.files;
    const status = `http://127.0.0.1:${String(this.ports.admin)}/status.txt?password=test`;
    const link = this.smsc === null ? /sim/ : /sim.*\(online/;
    const core = await Daemon.start(bearerbox, [config], { ready: () => answers(status, link) });
    this.boxes = [core];
    // Its HTTP port is open before its users are read, and a request in between ends it: it joins the core when it has them.
    const http = await Daemon.start(smsbox, [config], { ready: () => answers(status, /smsbox.*\(on-line/) });
    this.boxes = [http, core];
  }

  /** Pulls the plug: what the gateway had in hand is lost. */
  async stopGateway(): Promise<void> {
    for (const box of this.boxes) await box.stop('SIGKILL');
    this.boxes = [];
  }

  async stop(): Promise<void> {
    await this.stopGateway();
    await this.stopSmsc();
  }
}

async function answers(url: string, pattern: RegExp): Promise<boolean> {
  try {
    return pattern.test(await (await fetch(url)).text());
  } catch {
    return false;
  }
}
