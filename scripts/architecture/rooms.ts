/** One room of the code. The rooms and their arrows are decided here; the architecture test and the picture in ARCHITECTURE.md both read this. */
export interface Room {
  readonly name: string;
  /** Files, or folders with a final slash. A path belongs to the room with the longest match. */
  readonly paths: readonly string[];
  /** What the room does, for the code map. */
  readonly purpose: string;
  /** `pure` rooms run anywhere and depend on nothing but what is handed in; `server` rooms run on Node; `browser` rooms run in a page. */
  readonly nature: 'pure' | 'server' | 'browser';
  readonly mayImport: readonly string[];
  /** Why not more; shown when a file oversteps. */
  readonly because: string;
}

/** A package, or a module of Node, that only some rooms may import. */
export interface PackageHome {
  readonly rooms: readonly string[];
  readonly because: string;
}

const engine = ['dialogs', 'texts'];
const contracts = ['channels', 'store', 'telemetry/contract'];

export const rooms: readonly Room[] = [
  {
    name: 'main',
    paths: ['src/main.ts', 'src/lifecycle.ts'],
    purpose: 'Starts the server and stops it gracefully.',
    nature: 'server',
    mayImport: ['app', 'config', 'running'],
    because: 'What starts the program holds no logic of it.',
  },
  {
    name: 'cli',
    paths: ['src/cli.ts', 'src/commands/'],
    purpose:
      'The commands: talk in the terminal, import, sign-in links, quarantine, doctor, backup and restore, erasing.',
    nature: 'server',
    mayImport: [
      'app',
      'config',
      'running',
      'operations',
      'doctor',
      'channels/console',
      'channels/renderers',
      'store/sqlite',
      'store/mongo',
      'store',
      'dialogs',
    ],
    because: 'A command asks the server, or does to a store what needs no server.',
  },
  {
    name: 'running',
    paths: ['src/running.ts'],
    purpose: 'A note in the data folder by which a command finds the server that runs on it.',
    nature: 'server',
    mayImport: [],
    because: 'It is a note, not a part of the server.',
  },
  {
    name: 'app',
    paths: ['src/app.ts', 'src/secret-key.ts', 'src/channel-setup.ts', 'src/sweeping.ts'],
    purpose:
      'Puts the parts together: settings to store, channels and server. Tests build the same app. Reads the locale files and examples.',
    nature: 'server',
    mayImport: [
      'config',
      'server',
      'channels/web',
      'channels/console',
      'channels/sms',
      'channels/whatsapp',
      'conversations',
      'projections',
      'telemetry',
      'store/sqlite',
      'store/mongo',
      ...contracts,
      ...engine,
    ],
    because: 'Nothing below the composition may know it.',
  },
  {
    name: 'config',
    paths: ['src/config.ts', 'src/config-channels.ts', 'src/config-fault.ts'],
    purpose: 'The settings: their schema, their defaults and what to say when one is wrong.',
    nature: 'server',
    mayImport: ['dialogs'],
    because: 'Settings are read once, at the edge; every other room is handed values.',
  },
  {
    name: 'server',
    paths: ['src/server/'],
    purpose: 'Express: routes, sign-in of staff, problem documents, OpenAPI, the pages.',
    nature: 'server',
    mayImport: ['conversations', 'projections', ...contracts, ...engine],
    because: 'The server knows contracts only, so that a store or a channel is replaced without touching it.',
  },
  {
    name: 'conversations',
    paths: ['src/conversations/'],
    purpose:
      'The turn, end to end: receive, resume, remind, expire, opt out, hand over to a person, deliver.',
    nature: 'server',
    mayImport: [...contracts, ...engine],
    because: 'A turn knows contracts only, so that it is the same on every channel and every store.',
  },
  {
    name: 'projections',
    paths: ['src/projections/'],
    purpose:
      'What people read: answers, responses and totals, derived from committed turns; they can be rebuilt.',
    nature: 'server',
    mayImport: ['conversations', ...contracts, ...engine],
    because: 'A projection follows from committed turns; whoever serves it stays out.',
  },
  {
    name: 'operations',
    paths: ['src/operations/'],
    purpose: 'What an operator has done to a store as a whole: look through everything for what is wrong.',
    nature: 'server',
    mayImport: ['doctor', 'projections', 'conversations', ...contracts, ...engine],
    because: 'Operations are the same on every store, whoever asks for them.',
  },
  {
    name: 'doctor',
    paths: ['src/doctor/'],
    purpose: 'What has to hold of stored conversations, and how to say in words where it does not.',
    nature: 'pure',
    mayImport: ['store', 'dialogs'],
    because:
      'A check looks at what was read and knows nobody who reads it, so that a simulation runs it too.',
  },
  {
    name: 'channels/web',
    paths: ['src/channels/web/'],
    purpose:
      'The web chat: what its pages can show. They fetch their messages; routes and streams stand in the server.',
    nature: 'server',
    mayImport: ['channels', ...engine],
    because: 'A channel is transport only; it knows neither the server, nor a store, nor another channel.',
  },
  {
    name: 'channels/console',
    paths: ['src/channels/console/'],
    purpose: 'The chat in the terminal.',
    nature: 'server',
    mayImport: ['channels', 'channels/renderers', ...engine],
    because: 'A channel is transport only; it knows neither the server, nor a store, nor another channel.',
  },
  {
    name: 'channels/sms',
    paths: ['src/channels/sms/'],
    purpose: 'SMS through Twilio.',
    nature: 'server',
    mayImport: ['channels', 'channels/renderers', 'channels/twilio', ...engine],
    because: 'A channel is transport only; it knows neither the server, nor a store, nor another channel.',
  },
  {
    name: 'channels/whatsapp',
    paths: ['src/channels/whatsapp/'],
    purpose: "WhatsApp, by Meta's Cloud API, by Twilio, or by WhatsApp Web in a browser of our own.",
    nature: 'server',
    mayImport: ['channels', 'channels/renderers', 'channels/twilio', ...engine],
    because: 'A channel is transport only; it knows neither the server, nor a store, nor another channel.',
  },
  {
    name: 'channels/twilio',
    paths: ['src/channels/twilio/'],
    purpose: "Twilio's side of the channels that go through it: its API, its signatures, its errors.",
    nature: 'server',
    mayImport: ['channels'],
    because:
      'A provider is one thing and a channel another; several channels may go through the same provider.',
  },
  {
    name: 'channels/renderers',
    paths: [
      'src/channels/console/render.ts',
      'src/channels/sms/render.ts',
      'src/channels/sms/segments.ts',
      'src/channels/whatsapp/render.ts',
    ],
    purpose: 'What each channel makes of a message, so that a page shows what people will see.',
    nature: 'pure',
    mayImport: ['channels', ...engine],
    because: 'A message looks the same in a page, in a test and at the provider, so it is made in one place.',
  },
  {
    name: 'telemetry',
    paths: ['src/telemetry/'],
    purpose: 'What operators see: a log with ids only, and figures for Prometheus.',
    nature: 'server',
    mayImport: ['telemetry/contract', 'store'],
    because: 'It is told what happens and takes part in nothing.',
  },
  {
    name: 'telemetry/contract',
    paths: ['src/telemetry/observation.ts', 'src/telemetry/log.ts'],
    purpose: 'What is worth counting and what may be logged, for whoever has something to tell.',
    nature: 'server',
    mayImport: [],
    because: 'Whoever tells something must not depend on who listens.',
  },
  {
    name: 'store/sqlite',
    paths: ['src/store/sqlite/'],
    purpose: 'The embedded store: one file, written by one process.',
    nature: 'server',
    mayImport: ['store', 'channels', 'dialogs'],
    because: 'An implementation fulfils the contract and knows nobody who calls it.',
  },
  {
    name: 'store/mongo',
    paths: ['src/store/mongo/'],
    purpose: 'The store on MongoDB: a replica set, written by any number of processes.',
    nature: 'server',
    mayImport: ['store', 'channels', 'dialogs'],
    because: 'An implementation fulfils the contract and knows nobody who calls it.',
  },
  {
    name: 'store',
    paths: ['src/store/'],
    purpose: 'The contract of the stores: commands, records, errors.',
    nature: 'server',
    mayImport: ['channels', 'dialogs'],
    because: 'A contract must not depend on one of its implementations.',
  },
  {
    name: 'channels',
    paths: ['src/channels/'],
    purpose:
      'The contract of the channels: inbound and outbound message, routes, capabilities, delivery errors, what a button carries; and the renderer that decides by capabilities how choices are shown.',
    nature: 'pure',
    mayImport: ['dialogs'],
    because: 'A contract must not depend on one of its implementations.',
  },
  {
    name: 'texts',
    paths: ['src/texts/'],
    purpose:
      'Text id, parameters and language to sentence: plurals, fallbacks, isolation of mixed directions.',
    nature: 'pure',
    mayImport: ['dialogs'],
    because: 'Sentences are made the same way in the server, in a page and in a test.',
  },
  {
    name: 'dialogs',
    paths: ['src/dialogs/'],
    purpose:
      'The dialog engine: questionnaires, question kinds, conditions, typed replies, one step of a session.',
    nature: 'pure',
    mayImport: [],
    because: 'The engine is the innermost room: everything may depend on it because it depends on nothing.',
  },
  {
    name: 'web/chat',
    paths: ['web/chat/'],
    purpose: 'The chat page, without a framework and under 30 kB.',
    nature: 'browser',
    mayImport: [],
    because: 'The chat page is a thin client: the engine, its texts and zod stay on the server.',
  },
  {
    name: 'web/widget',
    paths: ['web/widget/'],
    purpose: 'The one-tag widget that puts the chat page into another site.',
    nature: 'browser',
    mayImport: [],
    because: 'It runs in a site of somebody else, where every byte and every name counts.',
  },
  {
    name: 'web/results',
    paths: ['web/results/'],
    purpose: 'The pages of the staff: results, cases, conversations.',
    nature: 'browser',
    mayImport: [...engine],
    because: 'A page may run the pure rooms and reaches everything else through the API.',
  },
];

const ui = {
  rooms: ['web/results'],
  because: 'The interface library belongs to the staff pages; the chat page stays without one.',
};

/** Every package that the code may import, and where. One that is missing here may be imported nowhere. */
export const packages: Readonly<Record<string, PackageHome>> = {
  zod: {
    rooms: [
      'cli',
      'running',
      'config',
      'server',
      'conversations',
      'projections',
      'store/sqlite',
      'store',
      'channels',
      'channels/whatsapp',
      'dialogs',
    ],
    because: 'Data is parsed where it enters; the chat page is too small for it.',
  },
  'libphonenumber-js': {
    rooms: ['dialogs'],
    because: 'What a reply means is decided in the engine only.',
  },
  'chrono-node': {
    rooms: ['dialogs'],
    because: 'What a reply means is decided in the engine only.',
  },
  re2js: {
    rooms: ['dialogs'],
    because: 'Patterns that people write are matched in the engine only, in time linear in the text.',
  },
  i18next: {
    rooms: ['texts'],
    because: 'Sentences are made in one room, so that no other builds one by hand.',
  },
  'node:sqlite': {
    rooms: ['store/sqlite'],
    because: 'A database is known to its own store only.',
  },
  mongoose: {
    rooms: ['store/mongo'],
    because: 'A database is known to its own store only.',
  },
  twilio: {
    rooms: ['channels/twilio'],
    because: 'A provider is known in one room, which loads its library when it is first needed.',
  },
  uqr: {
    rooms: ['channels/whatsapp', 'web/results'],
    because: 'A code is drawn where it is shown: on the terminal, and on the page of the staff.',
  },
  'sms-segments-calculator': {
    rooms: ['channels/renderers'],
    because: 'What a text costs as SMS is counted where the text is made.',
  },
  express: {
    rooms: ['server'],
    because:
      'A channel declares routes and the server mounts them, so that Express can be replaced in one room.',
  },
  helmet: { rooms: ['server'], because: 'Security headers belong to HTTP.' },
  cookie: { rooms: ['server'], because: 'Cookies belong to HTTP.' },
  'zod-openapi': { rooms: ['server'], because: 'The API document is made where the routes are.' },
  'csv-stringify': { rooms: ['server'], because: 'CSV is a form of the answer to a request.' },
  pino: {
    rooms: ['telemetry'],
    because: 'Other rooms are handed a log, so that what may stand in a line is decided in one place.',
  },
  'prom-client': {
    rooms: ['telemetry'],
    because: 'Other rooms tell what happened and do not know who counts it.',
  },
  react: ui,
  'react-dom': ui,
  '@mantine/core': ui,
  '@mantine/hooks': ui,
  '@tabler/icons-react': ui,
  '@fontsource-variable/rubik': ui,
};

/** The room that a path belongs to; undefined when it belongs to none. */
export function roomOf(path: string): Room | undefined {
  let best: { room: Room; length: number } | undefined;
  for (const room of rooms) {
    for (const prefix of room.paths) {
      const matches = prefix.endsWith('/') ? path.startsWith(prefix) : path === prefix;
      if (matches && prefix.length > (best?.length ?? 0)) best = { room, length: prefix.length };
    }
  }
  return best?.room;
}
