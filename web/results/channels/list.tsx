import { IconAlertTriangle, IconCheck, IconClock, IconDeviceMobile } from '@tabler/icons-react';
import { renderSVG } from 'uqr';
import { useOpenCases } from '../cases/open-cases.tsx';
import { LoadedView } from '../loaded-view.tsx';
import { usePageTitle } from '../page-title.ts';
import { useSentences } from '../sentences.tsx';
import type { Channel, Connection } from '../wire.ts';
import { useChannels } from './channels.ts';

/** A code to scan changes within a minute. */
const lookSeconds = 3;

/** The channels that keep a connection themselves: how it stands, and what staff have to do for it. */
export function ChannelList() {
  const { say } = useSentences();
  const { waiting } = useOpenCases();
  const { loaded, reload } = useChannels(lookSeconds);
  usePageTitle(say('channels'), waiting);
  return (
    <div className="view narrow">
      <div className="view-head">
        <h1>{say('channels')}</h1>
      </div>
      <LoadedView loaded={loaded} reload={reload}>
        {(channels) => channels.map((channel) => <ChannelCard key={channel.name} channel={channel} />)}
      </LoadedView>
    </div>
  );
}

function ChannelCard({ channel: { name, connection } }: { channel: Channel }) {
  const { sayCode } = useSentences();
  if (!connection) return null;
  return (
    <section className="card" aria-labelledby={`channel-${name}`}>
      <h2 id={`channel-${name}`}>{sayCode('channel', name)}</h2>
      <div className="connection" aria-live="polite">
        <State connection={connection} />
      </div>
      {connection.state === 'pairing' && <Pairing code={connection.code} />}
    </section>
  );
}

const looks = {
  connecting: { icon: IconClock, badge: 'badge-waits' },
  connected: { icon: IconCheck, badge: 'badge-good' },
  pairing: { icon: IconDeviceMobile, badge: 'badge-waits' },
  down: { icon: IconAlertTriangle, badge: 'badge-waits' },
} satisfies Record<Connection['state'], { icon: typeof IconClock; badge: string }>;

function State({ connection }: { connection: Connection }) {
  const { say } = useSentences();
  const { icon: Icon, badge } = looks[connection.state];
  return (
    <>
      <span className={`badge ${badge}`}>
        <Icon size={16} aria-hidden />
        {say(`connection_${connection.state}`)}
      </span>
      {connection.state === 'down' && (
        <p className="muted">{say('connection_down_why', { reason: connection.reason })}</p>
      )}
    </>
  );
}

function Pairing({ code }: { code: string }) {
  const { say } = useSentences();
  const picture = `data:image/svg+xml,${encodeURIComponent(renderSVG(code, { border: 4 }))}`;
  return (
    <>
      <p>{say('pairing_how')}</p>
      <img className="pairing-code" src={picture} alt={say('pairing_code')} />
      <p className="muted">{say('pairing_secret')}</p>
    </>
  );
}
