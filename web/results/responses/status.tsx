import {
  IconBan,
  IconBellOff,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleHalf2,
  IconCircleX,
  IconFilter,
} from '@tabler/icons-react';
import { useSentences } from '../sentences.tsx';
import type { ResponseStatus } from '../wire.ts';

const icons = {
  in_progress: IconCircleDashed,
  complete: IconCircleCheck,
  partial: IconCircleHalf2,
  break_off: IconCircleX,
  screened_out: IconFilter,
  refused: IconBan,
  opted_out: IconBellOff,
} satisfies Record<ResponseStatus, unknown>;

/** How a response stands: a shape and a word, so that nothing hangs on the colour. */
export function StatusBadge({ status }: { status: ResponseStatus }) {
  const { say } = useSentences();
  const Icon = icons[status];
  return (
    <span className={`badge ${status === 'complete' ? 'badge-good' : ''}`}>
      <Icon size={16} aria-hidden />
      {say(`status_${status}`)}
    </span>
  );
}
