import { afterEach, beforeEach } from 'vitest';
import type { User } from '../../../examples/login/users/users.js';
import { PASSWORD, type ExampleLogin } from '../../support/example-login.js';
import type { Visitor } from '../../support/visitor.js';

export const HOME = 'Your account';
export const CODE = 'Enter your code';
export const STOPPED = 'No code right now';

/** Who is there in each test: somebody with an account, in a browser that has seen nothing yet. */
export interface Stage {
  example: ExampleLogin;
  ada: User;
  visitor: Visitor;
}

/** @returns what is filled before each test. A page that has complained fails its test. */
export function stageOf(example: () => ExampleLogin): Stage {
  const stage = {} as Stage;
  beforeEach(async () => {
    stage.example = example();
    [stage.ada, stage.visitor] = await Promise.all([stage.example.person(), stage.example.visit()]);
  });
  afterEach(() => stage.visitor.leaves());
  return stage;
}

/** The first step. */
export async function givesPassword({ visitor, ada }: Pick<Stage, 'visitor' | 'ada'>): Promise<void> {
  await visitor.givesPassword(ada.name, PASSWORD);
  await visitor.isAt(CODE);
}

/** Both steps. */
export async function signsIn(stage: Stage): Promise<void> {
  await givesPassword(stage);
  await stage.visitor.types(await stage.example.code(stage.ada));
  await stage.visitor.isAt(HOME);
}
