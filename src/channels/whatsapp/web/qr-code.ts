import { renderUnicodeCompact } from 'uqr';

/** A code as lines of a terminal, with what to do with it. */
export function codeForTerminal(code: string): string {
  return [
    '',
    renderUnicodeCompact(code, { border: 2 }),
    'On the phone: WhatsApp, Settings, Linked devices, Link a device, and scan this code.',
    'Whoever scans it can read and write in the name of that phone. It changes every minute.',
    '',
  ].join('\n');
}
