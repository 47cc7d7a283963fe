import { roomOf } from './rooms.ts';
import { lineAt, nodesOf, type SourceFile, type Violation } from './source-file.ts';

/** Rooms in which a channel is put together, set up or named in a command: they know which channels there are. */
const composing = new Set(['main', 'cli', 'commands', 'app', 'config', 'running']);

/** Kinds whose names mean nothing else. The others, such as `text` and `date`, are words that messages need as well. */
const questionKinds = new Set(['nps', 'csat', 'ces', 'rating', 'multi_choice', 'yes_no', 'consent']);

/**
 * The boundary between conversations and channels: shared code never names a channel, and a channel never names a question kind. What differs
 * from channel to channel is a capability, and what differs from kind to kind is a layout.
 */
export function checkBoundary(files: readonly SourceFile[]): Violation[] {
  const channels = new Set(files.flatMap(({ path }) => /^src\/channels\/([a-z-]+)\//.exec(path)?.[1] ?? []));
  return files.flatMap((file) => {
    const place = placeOf(file.path);
    if (place === undefined) return [];
    return wordsOf(file).flatMap(({ word, line }) => {
      if (place === 'shared' && channels.has(word))
        return [{ path: file.path, line, says: namesChannel(word) }];
      if (place === 'channel' && questionKinds.has(word))
        return [{ path: file.path, line, says: namesKind(word) }];
      return [];
    });
  });
}

function placeOf(path: string): 'shared' | 'channel' | undefined {
  if (path.startsWith('src/channels/')) return path.split('/').length > 3 ? 'channel' : 'shared';
  const room = roomOf(path)?.name;
  return path.startsWith('src/') && room !== undefined && !composing.has(room) ? 'shared' : undefined;
}

function wordsOf(file: SourceFile): { word: string; line: number }[] {
  return [...nodesOf(file.syntax.program)].flatMap((node) => {
    const word =
      node.type === 'Literal' && typeof node.value === 'string'
        ? node.value
        : node.type === 'TemplateElement'
          ? node.value.cooked
          : undefined;
    return typeof word === 'string' ? [{ word, line: lineAt(file, node.start) }] : [];
  });
}

function namesChannel(word: string): string {
  return `names the channel "${word}"; shared code asks for a capability, or the next channel has to be added here too.`;
}

function namesKind(word: string): string {
  return `names the question kind "${word}"; a channel shows a layout, or the next kind has to be added here too.`;
}
