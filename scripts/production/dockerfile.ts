export type Instruction =
  | { readonly kind: 'from'; readonly stage: string }
  | { readonly kind: 'workdir'; readonly path: string }
  | { readonly kind: 'env'; readonly values: Readonly<Record<string, string>> }
  | {
      readonly kind: 'copy';
      readonly from?: string;
      readonly sources: readonly string[];
      readonly target: string;
    }
  | { readonly kind: 'npm'; readonly parameters: readonly string[] }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'healthcheck' | 'command'; readonly words: readonly string[] };

/**
 * Reads the few instructions that our Dockerfile uses. It refuses every other one, so that the image cannot come to contain a step that nobody
 * has run: `RUN` takes npm, and `install -d` for a folder that the server's user may write to.
 */
export function readDockerfile(text: string): Instruction[] {
  const lines = text
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  return lines.flatMap((line) => {
    const [name, ...words] = line.split(/\s+/);
    const instruction = readInstruction(name ?? '', words);
    if (instruction === 'unknown') throw new Error(`The check of the image does not know how to do: ${line}`);
    return instruction === 'of no effect here' ? [] : [instruction];
  });
}

function readInstruction(
  name: string,
  words: readonly string[],
): Instruction | 'of no effect here' | 'unknown' {
  const last = words.at(-1) ?? '';
  switch (name) {
    case 'FROM':
      return { kind: 'from', stage: words.length === 3 ? last : 'final' };
    case 'WORKDIR':
      return { kind: 'workdir', path: last };
    case 'ENV':
      return { kind: 'env', values: Object.fromEntries(words.map((word) => word.split('=', 2))) };
    case 'COPY': {
      const [option, ...rest] = words;
      if (option?.startsWith('--from=')) {
        return { kind: 'copy', from: option.slice(7), sources: rest.slice(0, -1), target: last };
      }
      return option?.startsWith('--')
        ? 'unknown'
        : { kind: 'copy', sources: words.slice(0, -1), target: last };
    }
    case 'RUN':
      if (words.some((word) => /[;&|<>$`]/.test(word))) return 'unknown';
      if (words[0] === 'npm') return { kind: 'npm', parameters: words.slice(1) };
      return words.slice(0, -1).join(' ') === 'install -d -o node -g node'
        ? { kind: 'folder', path: last }
        : 'unknown';
    case 'HEALTHCHECK':
      return { kind: 'healthcheck', words: jsonWords(words.slice(words.indexOf('CMD') + 1)) };
    case 'CMD':
      return { kind: 'command', words: jsonWords(words) };
    case 'USER':
    case 'VOLUME':
    case 'EXPOSE':
      return 'of no effect here';
    default:
      return 'unknown';
  }
}

function jsonWords(words: readonly string[]): string[] {
  const parsed: unknown = JSON.parse(words.join(' '));
  if (!Array.isArray(parsed)) throw new Error(`Expected a list of words: ${words.join(' ')}`);
  return parsed.map(String);
}
