import {
  createContext,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useState,
} from 'react';

/** Where the reader is within the page, as the address says it. */
export type Place =
  | { readonly view: 'responses' }
  | { readonly view: 'response'; readonly sessionId: string }
  | { readonly view: 'cases'; readonly caseId?: string }
  | { readonly view: 'questionnaires' }
  | { readonly view: 'questionnaire'; readonly id: string }
  | { readonly view: 'links' }
  | { readonly view: 'channels' };

export function readPlace(pathname: string): Place {
  const [, , section, rest] = pathname.split('/').map(decoded);
  switch (section) {
    case 'responses':
      return rest ? { view: 'response', sessionId: rest } : { view: 'responses' };
    case 'cases':
      return rest ? { view: 'cases', caseId: rest } : { view: 'cases' };
    case 'questionnaires':
      return rest ? { view: 'questionnaire', id: rest } : { view: 'questionnaires' };
    case 'links':
      return { view: 'links' };
    case 'channels':
      return { view: 'channels' };
    default:
      return { view: 'responses' };
  }
}

export function addressOf(place: Place): string {
  switch (place.view) {
    case 'responses':
      return '/results';
    case 'response':
      return `/results/responses/${encodeURIComponent(place.sessionId)}`;
    case 'cases':
      return place.caseId === undefined
        ? '/results/cases'
        : `/results/cases/${encodeURIComponent(place.caseId)}`;
    case 'questionnaires':
      return '/results/questionnaires';
    case 'questionnaire':
      return `/results/questionnaires/${encodeURIComponent(place.id)}`;
    case 'links':
      return '/results/links';
    case 'channels':
      return '/results/channels';
  }
}

interface Navigation {
  readonly place: Place;
  go(place: Place): void;
}

const NavigationContext = createContext<Navigation | undefined>(undefined);

export function NavigationProvider({ children }: { children: ReactNode }) {
  const [place, setPlace] = useState(() => readPlace(location.pathname));
  useEffect(() => {
    const follow = () => setPlace(readPlace(location.pathname));
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  const go = useCallback((next: Place) => {
    history.pushState(null, '', addressOf(next));
    setPlace(next);
    scrollTo(0, 0);
  }, []);
  return <NavigationContext value={{ place, go }}>{children}</NavigationContext>;
}

export function useNavigation(): Navigation {
  const navigation = useContext(NavigationContext);
  if (!navigation) throw new Error('Places are known within NavigationProvider only');
  return navigation;
}

/** What a link to a place needs: a true address, so that it opens in a new tab too, and a click that stays in this page. */
export function linkTo({ go }: Navigation, place: Place) {
  return {
    href: addressOf(place),
    onClick(event: MouseEvent) {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
      event.preventDefault();
      go(place);
    },
  };
}

export interface PlaceLinkProps {
  readonly to: Place;
  readonly className?: string;
  /** The reader is there already. */
  readonly current?: boolean;
  readonly children: ReactNode;
}

export function PlaceLink({ to, className, current, children }: PlaceLinkProps) {
  const link = linkTo(useNavigation(), to);
  return (
    <a className={className} aria-current={current ? 'page' : undefined} {...link}>
      {children}
    </a>
  );
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
