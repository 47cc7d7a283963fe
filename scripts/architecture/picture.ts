import { packages, type Room, rooms } from './rooms.ts';

const begin = '<!-- rooms: written by "npm run architecture" from scripts/architecture/rooms.ts -->';
const end = '<!-- end of rooms -->';

/** Puts picture and code map between the two markers of ARCHITECTURE.md and leaves the rest alone. */
export function withRooms(document: string): string {
  const start = document.indexOf(begin);
  const stop = document.indexOf(end);
  if (start < 0 || stop < start) throw new Error(`ARCHITECTURE.md lacks its markers ${begin} and ${end}`);
  return `${document.slice(0, start)}${begin}\n\n${picture()}\n\n${codeMap()}\n\n${document.slice(stop)}`;
}

/** The arrows as a Mermaid graph. An arrow that other arrows already imply is left out, so that the layers can be seen. */
function picture(): string {
  const lines = rooms.flatMap((room) => [
    `  ${id(room.name)}["${room.name}"]${room.nature === 'pure' ? ':::pure' : ''}`,
    ...room.mayImport
      .filter((target) => !room.mayImport.some((other) => other !== target && reaches(other, target)))
      .map((target) => `  ${id(room.name)} --> ${id(target)}`),
  ]);
  return [
    '```mermaid',
    'flowchart TD',
    ...lines,
    '  classDef pure fill:#ccfbf1,stroke:#0f766e,color:#0b1220',
    '```',
    '',
    'An arrow means "may import". Arrows that follow from others are left out; the table has them all. Rooms in green are pure.',
  ].join('\n');
}

function codeMap(): string {
  return table([
    ['Where', 'What it does', 'May import', 'Packages'],
    ...rooms.map((room) => [
      room.paths.map((path) => `\`${path}\``).join(' '),
      room.purpose,
      room.mayImport.join(', ') || 'nothing',
      packagesOf(room).join(', ') || 'none',
    ]),
  ]);
}

/** A Markdown table with its columns aligned, as the formatter leaves it. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(cell.length, widest[column] ?? 3)),
    [],
  );
  const line = (cells: readonly string[], filler: string) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, filler)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  const rule = head.map(() => '');
  return [line(head, ' '), line(rule, '-'), ...body.map((row) => line(row, ' '))].join('\n');
}

function packagesOf(room: Room): string[] {
  return Object.entries(packages)
    .filter(([, home]) => home.rooms.includes(room.name))
    .map(([name]) => name);
}

function reaches(from: string, to: string): boolean {
  const targets = rooms.find(({ name }) => name === from)?.mayImport ?? [];
  return targets.some((target) => target === to || reaches(target, to));
}

function id(name: string): string {
  return name.replaceAll('/', '_');
}
