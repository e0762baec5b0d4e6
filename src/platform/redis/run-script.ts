import type { Client } from './open-client.js';
import type { RedisNode } from './redis-node.js';
import type { Script, ScriptReply } from './script.js';

/** A script with what it is about. */
export interface ScriptCall {
  script: Script;
  keys: string[];
  args: (string | Buffer)[];
}

/** Runs a script by its digest, and once by its text where the server does not know it: after a restart, or on a new primary. */
export async function runScript(node: RedisNode, call: ScriptCall): Promise<ScriptReply> {
  try {
    return await node.run(async (client) => (await client.evalSha(call.script.sha1, optionsOf(call))) as ScriptReply);
  } catch (error) {
    if (!isUnknownScript(error)) throw error;
  }
  return node.run((client) => byText(client, call));
}

/** Runs a script on a server that does not have the slot yet, because it has the key already. */
export async function runScriptAsking(node: RedisNode, call: ScriptCall): Promise<ScriptReply> {
  // Sent in one tick, the second follows the first on the wire: `ASKING` holds for the next command only.
  return node.run(async (client) => {
    const [, reply] = await Promise.all([client.sendCommand(['ASKING']), byText(client, call)]);
    return reply;
  });
}

const byText = async (client: Client, call: ScriptCall) =>
  (await client.eval(call.script.text, optionsOf(call))) as ScriptReply;

const optionsOf = ({ keys, args }: ScriptCall) => ({ keys, arguments: args });

const isUnknownScript = (error: unknown) => error instanceof Error && error.message.startsWith('NOSCRIPT');
