import { setTimeout as sleep } from 'node:timers/promises';
import { FACTOR_HABITS } from '../../../chaos/traffic/factor-habits.js';
import { until } from '../../support/servers/until.js';
import type { Stage } from './stage.js';

/** Directed traffic, just enough to show a defect of one invariant; on a sound service all of it is harmless. */
export type Scene = (stage: Stage) => Promise<void>;

const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

/** I1: the right code at both nodes at once, and then once more. */
export const typesTheCodeFiveTimes: Scene = async (stage) => {
  for (let round = 0; round < 3; round += 1) {
    const login = stage.somebody();
    await login.start();
    const [code = ''] = await login.codes();
    await login.checkAtOnce(times(5, () => login.right(code)));
    await login.check(login.right(code));
  }
};

/** I2: waves of wrong guesses at both nodes, until one wave is refused. */
export const guessesInWaves: Scene = async (stage) => {
  const login = stage.somebody();
  await login.start();
  await login.codes();
  for (let wave = 0; wave < 4; wave += 1) await login.checkAtOnce(times(8, () => login.wrong()));
};

/** I3: five wrong guesses, another code, five wrong guesses, another code, five wrong guesses. */
export const guessesOverThreeVerifications: Scene = async (stage) => {
  const { phone, number } = stage.somebody().person;
  for (const [n, channel] of ['sms', 'email', 'email'].entries()) {
    const login = stage.somebody(null, `guesser${String(number)}-${String(n)}@example.org`, phone);
    // The budget is the phone's, whatever channel carries the code; each address has its own pause between two sends.
    if (!(await login.start({ body: { channels: [channel] } }))) return;
    await login.codes();
    for (let guess = 0; guess < 5; guess += 1) await login.check(login.wrong());
  }
};

/** I4: eight starts for one number at both nodes at once. */
export const startsEightTimes: Scene = async (stage) => {
  await stage.somebody().startAtOnce(times(8, () => ({})));
};

/** I6: the gateway reads the message and hangs up instead of answering. Whoever would send it again has the time to. */
export const meetsAGatewayThatHangsUp: Scene = async (stage) => {
  const login = stage.somebody('41');
  await login.start();
  await login.codes();
  await sleep(3_000);
};

/** I8: delivered, then failed, and between them what a stranger says. */
export const isReportedDeliveredThenFailed: Scene = async (stage) => {
  const login = stage.somebody('43');
  await login.start();
  await login.codes();
  login.forgeReports();
};

/** I9: one code of an authenticator at two logins, and one backup code. */
export const typesCodesOfFactorsTwice: Scene = async (stage) => {
  await Promise.all(Object.values(FACTOR_HABITS).map(({ go }) => go(stage.somebody())));
};

/** I10: another application reads what is not its own, and then does with it whatever can be done. */
export const isPriedInto: Scene = async (stage) => {
  const login = stage.somebody();
  await login.start();
  const [, another] = login.around.tenants;
  if (!another) throw new Error('The stage has one application only: nobody can pry.');
  const stranger = login.asSeenBy(another);
  await stranger.read();
  await Promise.all([stranger.check(login.wrong()), stranger.cancel(), stranger.resend()]);
};

/** I12: a hundred and fifty guesses at once at one node, five at each verification, while somebody reads. */
export const floodsOneNode: Scene = async (stage) => {
  const logins = times(30, () => stage.somebody());
  await Promise.all(logins.map((login) => login.start()));
  await Promise.all(logins.map((login) => login.codes()));
  const guesses = logins.flatMap((login) => times(5, () => login.checkAt(stage.node('a'), login.wrong())));
  await Promise.all([...guesses, sleep(50).then(() => Promise.all(logins.slice(0, 5).map((login) => login.read())))]);
};

/** I15: a code is typed at a node whose clock is an hour ahead. */
export const typesTheCodeAtAWrongClock: Scene = async (stage) => {
  const login = stage.somebody();
  await login.start();
  const [code = ''] = await login.codes();
  await stage.during({ kind: 'clock-jump', target: 'a' }, async () => {
    await stage.setClock('a', 3_600);
    await login.checkAt(stage.node('a'), login.right(code));
    await stage.setClock('a', 0);
    return undefined;
  });
};

/** I18: people start while Redis is away. */
export const startsWithoutRedis: Scene = async (stage) => {
  const [redis] = stage.stores.redis.servers;
  await stage.during({ kind: 'redis-restart', target: 'redis' }, async () => {
    await redis?.stop();
    await sleep(700);
    await Promise.all(times(6, () => stage.somebody().startAtOnce([{}])));
    const healedMs = stage.journal.now();
    await redis?.start();
    await bothReady(stage);
    return healedMs;
  });
};

/** I5: the node that has just promised six messages dies. */
export const losesTheNodeThatPromised: Scene = async (stage) => {
  const node = stage.node('a');
  const { generation } = node;
  await stage.during({ kind: 'kill', target: 'a' }, async () => {
    await Promise.all(times(6, () => stage.somebody().startAtOnce([{}])));
    node.signal('SIGKILL');
    await until('a new process', () => Promise.resolve(node.generation > generation ? true : null));
    await bothReady(stage);
    return undefined;
  });
};

/** I14: a node is restarted while many ask. */
export const restartsUnderLoad: Scene = async (stage) => {
  const node = stage.node('b');
  const { generation } = node;
  const login = stage.somebody();
  await login.start();
  let crowded = true;
  let restarting = true;
  const reader = async () => {
    for (; restarting; crowded || (await sleep(40))) await login.read();
  };
  await stage.during({ kind: 'rolling-restart', target: 'b' }, async () => {
    const readers = times(24, reader);
    await sleep(300);
    node.signal('SIGTERM');
    await sleep(300);
    crowded = false;
    await until('a new process', () => Promise.resolve(node.generation > generation ? true : null), 30_000);
    await bothReady(stage);
    restarting = false;
    await Promise.all(readers);
    return undefined;
  });
};

async function bothReady(stage: Stage): Promise<void> {
  const ready = async () => ((await stage.node('a').isReady()) && (await stage.node('b').isReady()) ? true : null);
  await until('both nodes are ready', ready, 30_000);
}
