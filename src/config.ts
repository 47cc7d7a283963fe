import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import {
  channelFields,
  channelSecrets,
  incompleteChannels,
  smsSettings,
  whatsappSettings,
} from './config-channels.ts';
import { type ConfigFault, isOrigin } from './config-fault.ts';
import { languages } from './dialogs/language.ts';

/** The settings in the form that the rest of the program uses: defaults filled in, texts parsed. */
export type Config = z.infer<typeof configSchema>;

export type ConfigReading =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

/**
 * Reads the settings from environment variables. An empty variable counts as absent, because that is what `${NAME:-}` in a compose file gives.
 * All faults are found in one pass, so that a wrong set-up is put right in one go.
 */
export function readConfig(environment: Record<string, string | undefined>): ConfigReading {
  const settings = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const faults: ConfigFault[] = [...unsupportedSettings(settings), ...incompleteChannels(settings)];

  const files = secretSettings.map((name) => readSecretFile(name, settings));
  faults.push(...files.flatMap((file) => file.faults));

  const parsed = configSchema.safeParse(Object.assign({}, settings, ...files.map((file) => file.settings)));
  if (!parsed.success) {
    faults.push(
      ...parsed.error.issues.map(({ path, message }) => invalidSetting(String(path[0]), message, settings)),
    );
  }
  if (!parsed.success || faults.length > 0) return { ok: false, faults };
  return { ok: true, config: parsed.data };
}

/** The faults as lines for the terminal, one for each fault. */
export function describeConfigFaults(faults: readonly ConfigFault[]): string {
  const count = faults.length === 1 ? 'One setting is wrong' : `${faults.length} settings are wrong`;
  return [
    `${count}:`,
    ...faults.map(({ setting, problem, advice }) => `  ${setting} ${problem}. ${advice}`),
  ].join('\n');
}

const secretLengthMin = 32;

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** A whole number that is written in digits alone, within bounds. */
function wholeNumber({ from, to, error }: { from: number; to: number; error: string }) {
  return z
    .string()
    .refine((value) => /^\d{1,9}$/.test(value) && Number(value) >= from && Number(value) <= to, { error })
    .transform(Number);
}

// The message of each check is the advice that the operator reads.
const configSchema = z
  .object({
    PORT: z
      .string()
      .refine((value) => /^\d{1,5}$/.test(value) && Number(value) <= 65_535, {
        error: 'Write a number from 0 to 65535; 0 takes any free port.',
      })
      .transform(Number)
      .prefault('3000'),
    HOST: z
      .string()
      .regex(/^[\w.:-]+$/, {
        error: 'Write the address to listen on, such as 127.0.0.1, or 0.0.0.0 for all of them.',
      })
      .prefault('127.0.0.1'),
    PUBLIC_BASE_URL: z
      .string()
      .refine(isOrigin, {
        error:
          'Write the address that people open, without a path, such as https://survey.example.com, or leave it out.',
      })
      .transform((value) => new URL(value).origin)
      .optional(),
    DATA_DIR: z
      .string()
      .transform((value) => resolve(value))
      .prefault('./data'),
    SECRET_KEY: z
      .string()
      .min(secretLengthMin, {
        error: `Write at least ${secretLengthMin} random characters, such as what "openssl rand -base64 32" prints, or leave it out and one is made.`,
      })
      .optional(),
    MONGODB_URI: z
      .string()
      .regex(/^mongodb(\+srv)?:\/\/[^/?\s]+/, {
        error:
          'Write the address of a replica set, such as mongodb://db.example.com/kashuv, or leave it out to keep the data in DATA_DIR.',
      })
      .optional(),
    DEFAULT_LANGUAGE: z.enum(languages, { error: `Write one of: ${languages.join(', ')}.` }).prefault('he'),
    DEFAULT_REGION: z
      .string()
      .refine(isRegion, { error: 'Write a country code of two capital letters, such as IL.' })
      .prefault('IL'),
    DEFAULT_TIME_ZONE: z
      .string()
      .refine(isTimeZone, { error: 'Write the name of a time zone, such as Asia/Jerusalem.' })
      .prefault('Asia/Jerusalem'),
    LOG_LEVEL: z.enum(logLevels, { error: `Write one of: ${logLevels.join(', ')}.` }).prefault('info'),
    METRICS_TOKEN: z
      .string()
      .min(secretLengthMin, {
        error: `Write at least ${secretLengthMin} random characters, such as what "openssl rand -hex 32" prints, or leave it out and only staff read /metrics.`,
      })
      .regex(/^\S+$/, { error: 'Write it without spaces.' })
      .optional(),
    INBOUND_QUEUE_MAX: wholeNumber({
      from: 1,
      to: 1_000_000,
      error: 'Write how many messages may wait in one process, from 1 to 1000000.',
    }).prefault('2000'),
    SHUTDOWN_GRACE_SECONDS: wholeNumber({
      from: 1,
      to: 3600,
      error: 'Write a number of seconds from 1 to 3600.',
    }).prefault('10'),
    ...channelFields,
    CHROMIUM_PATH: z.string().optional(),
    WIDGET_ORIGINS: z
      .string()
      .transform((value) => value.trim().split(/\s+/))
      .refine((origins) => (origins.length === 1 && origins[0] === '*') || origins.every(isOrigin), {
        error:
          'Write the sites that may embed the chat, separated by spaces, such as https://www.example.com, or * for all.',
      })
      .prefault('*'),
    BRAND_NAME: z.string().trim().max(60, { error: 'Write at most 60 characters.' }).optional(),
  })
  .refine(({ MONGODB_URI, SECRET_KEY }) => MONGODB_URI === undefined || SECRET_KEY !== undefined, {
    path: ['SECRET_KEY'],
    // The other checks are said as well, in one pass.
    when: ({ value }) => typeof value === 'object',
    error: `Write at least ${secretLengthMin} random characters, the same for every process on this database, such as what "openssl rand -base64 32" prints.`,
  })
  .transform((settings) => ({
    /** 0 takes any free port. */
    port: settings.PORT,
    host: settings.HOST,
    /** Scheme, host and port that people open, without a final slash; undefined: where the server listens. */
    publicBaseUrl: settings.PUBLIC_BASE_URL,
    /** Absolute path. */
    dataDir: settings.DATA_DIR,
    /** Key material for hashing and sealing addresses; undefined: the one that was generated into the data folder. */
    secretKey: settings.SECRET_KEY,
    /** The replica set that holds the data, and where it says so its database; undefined: the embedded store in the data folder. */
    mongodbUri: settings.MONGODB_URI,
    defaultLanguage: settings.DEFAULT_LANGUAGE,
    /** ISO 3166-1 alpha-2. */
    defaultRegion: settings.DEFAULT_REGION,
    /** IANA name. */
    defaultTimeZone: settings.DEFAULT_TIME_ZONE,
    logLevel: settings.LOG_LEVEL,
    /** What a bearer of it may do: read /metrics. */
    metricsToken: settings.METRICS_TOKEN,
    /** How many inbound messages may wait in this process, on their way into the store or to be handled. */
    inboundQueueMax: settings.INBOUND_QUEUE_MAX,
    shutdownGraceSeconds: settings.SHUTDOWN_GRACE_SECONDS,
    sms: smsSettings(settings),
    whatsapp: whatsappSettings(settings),
    chromiumPath: settings.CHROMIUM_PATH,
    /** Sites that may embed the chat page, or the single entry `*`. */
    widgetOrigins: settings.WIDGET_ORIGINS,
    /** The name of the company as its customers read it, by language. */
    brandName: { he: settings.BRAND_NAME ?? 'קשוב', en: settings.BRAND_NAME ?? 'Kashuv' },
  }));

/** The settings whose values are never shown. */
const secretSettings = ['SECRET_KEY', 'MONGODB_URI', 'METRICS_TOKEN', ...channelSecrets];

/** SECRET_KEY_FILE and its like name files that hold the secret, as container platforms hand secrets over. */
function readSecretFile(
  name: string,
  settings: Record<string, string | undefined>,
): { settings: Record<string, string>; faults: ConfigFault[] } {
  const setting = `${name}_FILE`;
  const path = settings[setting];
  if (path === undefined) return { settings: {}, faults: [] };
  if (settings[name] !== undefined) {
    return {
      settings: {},
      faults: [{ setting, problem: `is set beside ${name}`, advice: 'Keep one of the two.' }],
    };
  }
  try {
    return { settings: { [name]: readFileSync(path, 'utf8').trim() }, faults: [] };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
    const advice = 'Write the path of a file that this process can read.';
    return {
      settings: {},
      faults: [{ setting, problem: `names ${path}, which cannot be read${code}`, advice }],
    };
  }
}

function invalidSetting(
  setting: string,
  advice: string,
  settings: Record<string, string | undefined>,
): ConfigFault {
  return { setting, problem: problemOf(setting, settings), advice };
}

function problemOf(setting: string, settings: Record<string, string | undefined>): string {
  if (setting === 'MONGODB_URI') return 'is not the address of a MongoDB';
  if (setting === 'METRICS_TOKEN' || channelSecrets.includes(setting)) return 'is too short, or holds spaces';
  if (setting !== 'SECRET_KEY') return `is "${settings[setting]}"`;
  const isMissing = settings.SECRET_KEY === undefined && settings.SECRET_KEY_FILE === undefined;
  return isMissing ? 'is needed beside MONGODB_URI' : 'is too short';
}

/** The settings that belong to parts which this version does not have. Ignoring them would look like a channel that is on and stays silent. */
function unsupportedSettings(settings: Record<string, string | undefined>): ConfigFault[] {
  return Object.entries(unsupported).flatMap(([part, names]) =>
    names
      .flatMap((name) => [name, `${name}_FILE`])
      .filter((name) => settings[name] !== undefined)
      .map((setting) => ({
        setting,
        problem: `is set, and this version has no ${part}`,
        advice: 'Remove it.',
      })),
  );
}

const unsupported = {
  'Slack channel': ['SLACK_SIGNING_SECRET', 'SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_API_URL'],
  'Direct Line endpoint': ['DIRECTLINE_SECRET'],
  'Bot Framework channel': ['MICROSOFT_APP_ID', 'MICROSOFT_APP_PASSWORD', 'MICROSOFT_APP_TENANT_ID'],
};

/** A country that Intl knows. */
function isRegion(value: string): boolean {
  if (!/^[A-Z]{2}$/.test(value)) return false;
  return new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(value) !== undefined;
}

/** A named zone. Offsets such as +03:00, which Intl takes too, are refused because they know no daylight saving time. */
function isTimeZone(value: string): boolean {
  if (/^[+-]/.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
