import { Button } from '@mantine/core';
import { useState } from 'react';
import { useApi } from '../api-context.tsx';
import { Failure } from '../loaded-view.tsx';
import { useSentences } from '../sentences.tsx';
import type { MadeLink } from '../wire.ts';
import { MadeLinkView } from './made-link.tsx';

/** Makes a link that lets another member of staff in. */
export function AdminLink() {
  const { say } = useSentences();
  const api = useApi();
  const [made, setMade] = useState<MadeLink>();
  const [failure, setFailure] = useState('');

  async function make() {
    try {
      setMade(await api.makeAdminLink());
      setFailure('');
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  }

  return (
    <section className="card" aria-labelledby="admin-link-title">
      <h2 id="admin-link-title">{say('admin_link')}</h2>
      <p className="muted">{say('admin_link_explained')}</p>
      <Button variant="default" onClick={() => void make()}>
        {say('make_admin_link')}
      </Button>
      {failure && <Failure reason={failure} />}
      <div aria-live="polite">
        {made && <MadeLinkView key={made.link} made={made} label={say('admin_link')} />}
      </div>
    </section>
  );
}
