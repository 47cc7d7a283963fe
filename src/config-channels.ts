import { z } from 'zod';
import { type ConfigFault, isOrigin } from './config-fault.ts';

const transports = ['cloud', 'twilio', 'webjs'] as const;

const secret = (error: string) => z.string().regex(/^\S+$/, { error }).optional();

/** A template has one name in all its languages, or one for each. */
const templatePattern = /^(?:\w+|(?:he|en)=\w+(?:\s+(?:he|en)=\w+)?)$/;

// The message of each check is the advice that the operator reads.
export const channelFields = {
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-fA-F]{32}$/, {
      error: 'Write the account sid of the console of Twilio: AC and 32 digits and letters.',
    })
    .optional(),
  TWILIO_AUTH_TOKEN: z
    .string()
    .regex(/^\S{16,}$/, { error: 'Write the auth token of the console of Twilio, not that of an API key.' })
    .optional(),
  TWILIO_FROM: z
    .string()
    .regex(/^(\+[1-9][0-9]{6,14}|[0-9]{3,8})$/, {
      error:
        'Write a number that people can answer, such as +972591112222, or a short code. A name as sender gets no replies.',
    })
    .optional(),
  TWILIO_MESSAGING_SERVICE_SID: z
    .string()
    .regex(/^MG[0-9a-fA-F]{32}$/, {
      error: 'Write the sid of the messaging service: MG and 32 digits and letters.',
    })
    .optional(),
  TWILIO_API_BASE_URL: z
    .string()
    .refine(isOrigin, {
      error: 'Write where the API is, such as https://api.twilio.com, or leave it out.',
    })
    .transform((value) => new URL(value).origin)
    .optional(),
  TWILIO_WHATSAPP_FROM: z
    .string()
    .transform((value) => value.replace(/^whatsapp:/, ''))
    .refine((value) => /^\+[1-9][0-9]{6,14}$/.test(value), {
      error: 'Write the number that Twilio sends WhatsApp messages from, such as +972591112222.',
    })
    .optional(),
  WHATSAPP_TRANSPORT: z
    .enum(transports, {
      error: 'Write cloud (Meta), twilio, or webjs (WhatsApp Web by a QR code, which WhatsApp may block).',
    })
    .optional(),
  WHATSAPP_VERIFY_TOKEN: secret('Write the token that you give Meta with the address of the webhook.'),
  WHATSAPP_APP_SECRET: secret('Write the app secret of the app at Meta; it signs what is posted here.'),
  WHATSAPP_ACCESS_TOKEN: secret('Write an access token of a system user at Meta, which does not expire.'),
  WHATSAPP_PHONE_NUMBER_ID: z
    .string()
    .regex(/^[0-9]{1,40}$/, { error: 'Write the id that Meta gives the number, not the number itself.' })
    .optional(),
  WHATSAPP_API_BASE_URL: z
    .string()
    .refine(isApiUrl, {
      error: 'Write where the API is with its version, such as https://graph.facebook.com/v25.0.',
    })
    .transform(withVersion)
    .prefault('https://graph.facebook.com'),
  WHATSAPP_TEMPLATE: z
    .string()
    .trim()
    .regex(templatePattern, {
      error: 'Write the name of an approved template, or one for each language: he=name en=name.',
    })
    .transform(templatesOf)
    .optional(),
};

/** The settings of channels whose values are never shown. */
export const channelSecrets = [
  'TWILIO_AUTH_TOKEN',
  'WHATSAPP_VERIFY_TOKEN',
  'WHATSAPP_APP_SECRET',
  'WHATSAPP_ACCESS_TOKEN',
];

type ChannelSettings = z.output<z.ZodObject<typeof channelFields>> & {
  readonly PUBLIC_BASE_URL?: string | undefined;
  readonly CHROMIUM_PATH?: string | undefined;
  readonly DATA_DIR: string;
};

/** SMS through Twilio; undefined: the channel is off. */
export function smsSettings(settings: ChannelSettings) {
  const { TWILIO_FROM: from, TWILIO_MESSAGING_SERVICE_SID: messagingServiceSid } = settings;
  const sender = from !== undefined ? { from } : messagingServiceSid !== undefined && { messagingServiceSid };
  const account = twilioAccount(settings);
  return account && sender ? { ...account, sender } : undefined;
}

/** WhatsApp by the transport that the settings choose; undefined: the channel is off. */
export function whatsappSettings(settings: ChannelSettings) {
  const templates = settings.WHATSAPP_TEMPLATE ?? {};
  switch (transportOf((name) => settings[name])) {
    case 'cloud': {
      const {
        WHATSAPP_VERIFY_TOKEN: verifyToken,
        WHATSAPP_APP_SECRET: appSecret,
        WHATSAPP_ACCESS_TOKEN: accessToken,
        WHATSAPP_PHONE_NUMBER_ID: phoneNumberId,
        WHATSAPP_API_BASE_URL: apiBaseUrl,
      } = settings;
      if (!verifyToken || !appSecret || !accessToken || !phoneNumberId) return undefined;
      const account = { phoneNumberId, accessToken, apiBaseUrl };
      return { transport: 'cloud', ...account, appSecret, verifyToken, templates } as const;
    }
    case 'twilio': {
      const account = twilioAccount(settings);
      const from = settings.TWILIO_WHATSAPP_FROM;
      return account && from !== undefined
        ? ({ transport: 'twilio', ...account, from, templates } as const)
        : undefined;
    }
    case 'webjs': {
      const { CHROMIUM_PATH: chromiumPath, DATA_DIR: dataDir } = settings;
      return chromiumPath === undefined
        ? undefined
        : ({ transport: 'webjs', chromiumPath, dataDir } as const);
    }
    default:
      return undefined;
  }
}

function twilioAccount(settings: ChannelSettings) {
  const {
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_API_BASE_URL: apiBaseUrl,
    PUBLIC_BASE_URL: publicBaseUrl,
  } = settings;
  if (accountSid === undefined || authToken === undefined || publicBaseUrl === undefined) return undefined;
  return { account: { accountSid, authToken, apiBaseUrl }, publicBaseUrl };
}

const twilioShared = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_API_BASE_URL'] as const;
const twilioNeeds = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'PUBLIC_BASE_URL'] as const;
/** The senders of SMS; each is a setting of that channel's own. */
const smsSenders = ['TWILIO_FROM', 'TWILIO_MESSAGING_SERVICE_SID'] as const;
const cloudNeeds = [
  'WHATSAPP_VERIFY_TOKEN',
  'WHATSAPP_APP_SECRET',
  'WHATSAPP_ACCESS_TOKEN',
  'WHATSAPP_PHONE_NUMBER_ID',
] as const;
const whatsappNeeds = {
  cloud: cloudNeeds,
  twilio: [...twilioNeeds, 'TWILIO_WHATSAPP_FROM'],
  webjs: ['CHROMIUM_PATH'],
} as const;
const whatsappOwn = [
  'WHATSAPP_TRANSPORT',
  ...cloudNeeds,
  'WHATSAPP_API_BASE_URL',
  'WHATSAPP_TEMPLATE',
  'TWILIO_WHATSAPP_FROM',
] as const;

/** The transport that is named, or the only one of which something is there. */
function transportOf(
  settingOf: (
    name: 'WHATSAPP_TRANSPORT' | (typeof cloudNeeds)[number] | 'TWILIO_WHATSAPP_FROM',
  ) => string | undefined,
): (typeof transports)[number] | undefined {
  const named = transports.find((transport) => transport === settingOf('WHATSAPP_TRANSPORT'));
  if (named) return named;
  const cloud = cloudNeeds.some((name) => settingOf(name) !== undefined);
  const twilio = settingOf('TWILIO_WHATSAPP_FROM') !== undefined;
  if (cloud === twilio) return undefined;
  return cloud ? 'cloud' : 'twilio';
}

/** A channel is on when any setting of its own is there; then all that it needs must be. */
export function incompleteChannels(settings: Record<string, string | undefined>): ConfigFault[] {
  const settingOf = (name: string) => settings[name] ?? settings[`${name}_FILE`];
  const has = (name: string) => settingOf(name) !== undefined;
  const transport = transportOf(settingOf);
  // Twilio's account may be there for WhatsApp's sake.
  const usesTwilioAlone = (transport === 'twilio' || has('TWILIO_WHATSAPP_FROM')) && !smsSenders.some(has);
  const faults = [...incompleteWhatsapp(has, transport), ...(usesTwilioAlone ? [] : incompleteSms(has))];
  // Two channels may miss the same.
  return faults.filter(
    ({ setting }, index) => faults.findIndex((fault) => fault.setting === setting) === index,
  );
}

function incompleteSms(has: (name: string) => boolean): ConfigFault[] {
  const cause = [...smsSenders, ...twilioShared].find(has);
  if (cause === undefined) return [];
  const faults = missing(twilioNeeds, cause, has);
  const senders = smsSenders.filter(has);
  if (senders.length === 0) faults.push(...missing(['TWILIO_FROM'], cause, has));
  if (senders.length > 1) {
    faults.push({
      setting: 'TWILIO_MESSAGING_SERVICE_SID',
      problem: 'is set beside TWILIO_FROM',
      advice: 'Keep one of the two.',
    });
  }
  return faults;
}

function incompleteWhatsapp(
  has: (name: string) => boolean,
  transport: (typeof transports)[number] | undefined,
): ConfigFault[] {
  const cause = whatsappOwn.find(has);
  if (cause === undefined) return [];
  if (transport) return missing(whatsappNeeds[transport], cause, has);
  // Where it is there and names none, its own check says so.
  return missing(['WHATSAPP_TRANSPORT'], cause, has);
}

function missing(names: readonly string[], cause: string, has: (name: string) => boolean): ConfigFault[] {
  return names
    .filter((name) => !has(name))
    .map((setting) => ({
      setting,
      problem: `is needed beside ${cause}`,
      advice: adviceFor[setting] ?? '',
    }));
}

const adviceFor: Readonly<Record<string, string>> = {
  TWILIO_ACCOUNT_SID: 'Write the account sid of the console of Twilio: AC and 32 digits and letters.',
  TWILIO_AUTH_TOKEN: 'Write the auth token of the console of Twilio; it signs what is posted here.',
  TWILIO_FROM: 'Write the number that messages come from, or TWILIO_MESSAGING_SERVICE_SID in its place.',
  TWILIO_WHATSAPP_FROM: 'Write the number that Twilio sends WhatsApp messages from, such as +972591112222.',
  PUBLIC_BASE_URL:
    'Write the address under which Twilio reaches this server, such as https://survey.example.com; it is part of every signature.',
  WHATSAPP_TRANSPORT:
    'Write cloud (Meta), twilio, or webjs (WhatsApp Web by a QR code, which WhatsApp may block).',
  WHATSAPP_VERIFY_TOKEN: 'Make up a token, and give it Meta with the address of the webhook.',
  WHATSAPP_APP_SECRET: 'Write the app secret of the app at Meta; it signs what is posted here.',
  WHATSAPP_ACCESS_TOKEN: 'Write an access token of a system user at Meta, which does not expire.',
  WHATSAPP_PHONE_NUMBER_ID: 'Write the id that Meta gives the number, not the number itself.',
  CHROMIUM_PATH:
    'Write the path of a Chromium or Chrome, such as /usr/bin/chromium: WhatsApp Web runs in it.',
};

function isApiUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, search, hash, username } = new URL(value);
  return /^https?:$/.test(protocol) && search === '' && hash === '' && username === '';
}

/** The version of the Graph API that this channel was written for. */
const graphVersion = 'v25.0';

/** An address without a path gets the version; one with a path is taken as it is. */
function withVersion(value: string): string {
  const { origin, pathname } = new URL(value);
  return origin + (pathname === '/' ? `/${graphVersion}` : pathname.replace(/\/+$/, ''));
}

function templatesOf(value: string): { readonly he?: string; readonly en?: string } {
  if (!value.includes('=')) return { he: value, en: value };
  return Object.fromEntries(value.split(/\s+/).map((pair) => pair.split('=')));
}
