import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withRooms } from './architecture/picture.ts';

// npm run architecture: draws the rooms anew into ARCHITECTURE.md after scripts/architecture/rooms.ts has changed.
const path = join(import.meta.dirname, '../ARCHITECTURE.md');
writeFileSync(path, withRooms(readFileSync(path, 'utf8')));
