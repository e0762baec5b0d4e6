import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installPackage } from './debian-packages.js';

/** A program the tests need, and the Debian package that brings it. */
interface Wanted {
  /** Names under which it may be found, best first. */
  names: string[];
  package: string;
  /** Folders to search before PATH; asked again after an installation. */
  folders?: () => string[];
  /** What a person can do instead of installing it. */
  instead?: string;
}

/** The two parts of Kannel, a real SMS gateway. */
export const BEARERBOX: Wanted = { names: ['bearerbox'], package: 'kannel' };
export const SMSBOX: Wanted = { names: ['smsbox'], package: 'kannel' };
export const CHROMIUM: Wanted = { names: ['chromium', 'chromium-browser', 'google-chrome'], package: 'chromium' };
/** An authenticator app of somebody else's, for the command line. */
export const OATHTOOL: Wanted = { names: ['oathtool'], package: 'oathtool' };

/**
 * Finds a program, installing its Debian package where that is allowed. Tests are never skipped for want of a server.
 *
 * @returns the program's full path.
 * @throws an error that says what to install, when it is absent and may not be installed.
 */
export async function program(wanted: Wanted): Promise<string> {
  const found = find(wanted);
  if (found !== undefined) return found;
  await installPackage(wanted.package, explanation(wanted));
  const installed = find(wanted);
  if (installed !== undefined) return installed;
  throw new Error(`${wanted.package} was installed, but ${wanted.names.join(' or ')} is still not to be found`);
}

function explanation({ names, package: name, instead }: Wanted): string {
  const choice = instead === undefined ? '' : `, or ${instead}`;
  return `The tests need ${names.join(' or ')}. Install it (Debian and Ubuntu: apt-get install ${name})${choice}.`;
}

function find({ names, folders }: Wanted): string | undefined {
  const path = (process.env['PATH'] ?? '').split(delimiter);
  // Daemons live in sbin, which the PATH of an ordinary user lacks.
  const searched = [...(folders?.() ?? []), ...path, '/usr/sbin'];
  return names.flatMap((name) => searched.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
