import { parseArgs } from 'node:util';
import { CommandError } from './commands/command-error.ts';
import { type Config, describeConfigFaults, readConfig } from './config.ts';

const usage = `Usage:
  npm run chat -- <questionnaire id or file.json> [--language he|en] [--save <scenario.txt>]
      talk to a questionnaire in this terminal; nothing is kept but the scenario
  npm run import -- <file.json>
      publish a questionnaire
  npm run admin-link
      print a link that signs one member of staff in
  npm run quarantine [-- --show]
      list messages that could not be handled, with --show what was written
  npm run quarantine -- replay <id> ... | --all
      have them handled again
  npm run doctor
      check that everything stored keeps its promises, and name what does not
  npm run backup -- <file or folder/>
      copy the data in DATA_DIR into one file, also while the server runs
  npm run restore -- <file> [--force]
      put the data of a backup into DATA_DIR; with --force also where data is already
  npm run erase -- <contact id>
      remove everything of a person, for ever
  npm run forget -- <days>
      remove conversations that ended so many days ago or earlier, for ever`;

await main();

async function main(): Promise<void> {
  try {
    const reading = readConfig(process.env);
    if (!reading.ok) throw new CommandError(describeConfigFaults(reading.faults));
    await run(reading.config, readArguments());
  } catch (error) {
    const expected = error instanceof CommandError || (error instanceof Error && error.name === 'StoreError');
    console.error(expected ? error.message : error);
    process.exitCode = 1;
  }
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        language: { type: 'string' },
        save: { type: 'string' },
        show: { type: 'boolean', default: false },
        all: { type: 'boolean', default: false },
        force: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new CommandError(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}

/** Each command loads what it needs: some need the whole server, and some hardly anything. */
async function run(config: Config, { positionals, values }: ReturnType<typeof readArguments>): Promise<void> {
  const [command, subject, ...others] = positionals;
  switch (command) {
    case 'chat':
      if (!subject) break;
      return (await import('./commands/chat.ts')).chat(config, subject, values);
    case 'import':
      if (!subject) break;
      return (await import('./commands/import-questionnaire.ts')).importQuestionnaire(config, subject);
    case 'admin-link':
      return (await import('./commands/admin-link.ts')).printAdminLink(config);
    case 'quarantine': {
      const { listQuarantine, replayQuarantine } = await import('./commands/quarantine.ts');
      if (subject === undefined) return listQuarantine(config, values);
      if (subject !== 'replay' || values.all === others.length > 0) break;
      return replayQuarantine(config, { ids: others, all: values.all });
    }
    case 'backup':
      if (!subject) break;
      return (await import('./commands/backup.ts')).backUp(config, subject);
    case 'restore':
      if (!subject) break;
      return (await import('./commands/restore.ts')).restore(config, subject, values);
    case 'erase':
      if (!subject) break;
      return (await import('./commands/privacy.ts')).erase(config, subject);
    case 'forget':
      if (!subject) break;
      return (await import('./commands/privacy.ts')).forget(config, subject);
    case 'doctor': {
      const { examineStore } = await import('./commands/doctor.ts');
      if (!(await examineStore(config))) process.exitCode = 1;
      return;
    }
  }
  throw new CommandError(usage);
}
