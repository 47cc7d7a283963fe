import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';

/** What the search for a browser needs to know of the machine; tests hand in machines of their own. */
export interface Machine {
  environment: Record<string, string | undefined>;
  platform: NodeJS.Platform;
  home: string;
  isRoot: boolean;
  /** Where Playwright keeps the Chromium it downloads; undefined on systems that it has none for. */
  playwrightBrowser: string | undefined;
  exists: (path: string) => boolean;
}

export interface InstallCommand {
  program: string;
  parameters: string[];
}

/**
 * Finds a Chromium or Chrome: the one that CHROMIUM_PATH names, Debian's chromium, Chrome, then a Chromium that Playwright downloaded earlier.
 * Answers undefined when there is none. Throws when CHROMIUM_PATH names a file that does not exist, because then the wish is clear and another browser would hide the mistake.
 */
export function findBrowser(machine: Machine): string | undefined {
  const wished = machine.environment.CHROMIUM_PATH;
  if (wished) {
    if (!machine.exists(wished)) throw new Error(`CHROMIUM_PATH names ${wished}, and there is no such file.`);
    return wished;
  }
  const candidates = [
    ...systemBrowsers(machine),
    ...(machine.playwrightBrowser ? [machine.playwrightBrowser] : []),
  ];
  return candidates.find(machine.exists);
}

/** The commands that may install a browser on this machine, in the order in which to try them. */
export function installCommands(machine: Machine): InstallCommand[] {
  const commands: InstallCommand[] = [];
  const isDebian = machine.exists('/etc/debian_version') && machine.exists('/usr/bin/apt-get');
  if (machine.isRoot && isDebian) {
    commands.push({ program: 'apt-get', parameters: ['update'] });
    commands.push({
      program: 'apt-get',
      parameters: ['install', '--yes', '--no-install-recommends', 'chromium'],
    });
  }
  const playwright = dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'));
  commands.push({
    program: process.execPath,
    parameters: [join(playwright, 'cli.js'), 'install', '--no-shell', 'chromium'],
  });
  return commands;
}

/** Tries the install commands until a browser is there, each for at most five minutes. Answers its path, or undefined when none could be installed. */
export function installBrowser(machine: Machine): string | undefined {
  for (const { program, parameters } of installCommands(machine)) {
    console.warn(`No browser found for the tests. Trying: ${program} ${parameters.join(' ')}`);
    spawnSync(program, parameters, {
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: 5 * 60_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    const path = findBrowser(machine);
    if (path) return path;
  }
  return undefined;
}

export function thisMachine(): Machine {
  return {
    environment: process.env,
    platform: process.platform,
    home: homedir(),
    isRoot: process.getuid?.() === 0,
    playwrightBrowser: playwrightBrowser(),
    exists: existsSync,
  };
}

function systemBrowsers({ platform, environment, home }: Machine): string[] {
  if (platform === 'darwin') {
    return ['Google Chrome.app/Contents/MacOS/Google Chrome', 'Chromium.app/Contents/MacOS/Chromium'].flatMap(
      (application) => [`/Applications/${application}`, `${home}/Applications/${application}`],
    );
  }
  if (platform === 'win32') {
    return [environment.PROGRAMFILES, environment['PROGRAMFILES(X86)'], environment.LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .map((folder) => `${folder}\\Google\\Chrome\\Application\\chrome.exe`);
  }
  // chromium-browser comes last: on Ubuntu it may be a notice about the snap instead of a browser.
  return [
    '/usr/bin/chromium',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/usr/bin/chromium-browser',
  ];
}

function playwrightBrowser(): string | undefined {
  try {
    return chromium.executablePath();
  } catch {
    // Playwright throws on a system that it has no browser for.
    return undefined;
  }
}
