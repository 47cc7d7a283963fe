import { createHash, timingSafeEqual } from 'node:crypto';
import { parse as parseCookies } from 'cookie';
import type { Request, Response } from 'express';
import { codeHash } from './codes.ts';
import type { ServerDependencies } from './dependencies.ts';
import { Problem } from './problem.ts';

const hourMilliseconds = 3_600_000;
const adminLinkHours = 24;
const staffSessionHours = 30 * 24;

export type AuthDependencies = Pick<ServerDependencies, 'store' | 'operatorToken' | 'now' | 'newCode'> & {
  readonly settings: Pick<ServerDependencies['settings'], 'publicBaseUrl'>;
};

/** How a request showed that it comes from staff: by the operator's token, or by the cookie of a browser that signed in. */
export type Staff = { readonly by: 'operator' } | { readonly by: 'session'; readonly sessionHash: string };

export interface AdminLink {
  readonly link: string;
  readonly expiresAt: string;
}

/** Makes a link that signs one browser in, once, within a day. Only its hash is kept, so nobody can show the link again. */
export async function createAdminLink(
  dependencies: Omit<AuthDependencies, 'operatorToken'>,
): Promise<AdminLink> {
  const { store, newCode, settings } = dependencies;
  const code = newCode();
  const createdAt = dependencies.now();
  const expiresAt = hoursAfter(createdAt, adminLinkHours);
  await store.saveCredential({ kind: 'admin_link', hash: codeHash(code), createdAt, expiresAt });
  return { link: `${settings.publicBaseUrl}/admin/${code}`, expiresAt };
}

/**
 * Uses up an admin link and signs the browser in by a cookie that no script can read and no other site can send. Of several requests with one
 * link, one gets in.
 */
export async function signIn(
  dependencies: AuthDependencies,
  code: string,
  response: Response,
): Promise<{ expiresAt: string }> {
  const { store, newCode, settings } = dependencies;
  const createdAt = dependencies.now();
  const link = await store.redeemCredential('admin_link', codeHash(code), createdAt);
  if (!link) throw new Problem('link_used_or_expired');
  const session = newCode();
  const expiresAt = hoursAfter(createdAt, staffSessionHours);
  await store.saveCredential({ kind: 'staff_session', hash: codeHash(session), createdAt, expiresAt });
  response.cookie(cookieName(settings), session, {
    ...cookieOptions(settings),
    maxAge: staffSessionHours * hourMilliseconds,
  });
  return { expiresAt };
}

export async function signOut(
  dependencies: AuthDependencies,
  staff: Staff,
  response: Response,
): Promise<void> {
  const { store, now, settings } = dependencies;
  if (staff.by === 'session') await store.redeemCredential('staff_session', staff.sessionHash, now());
  response.clearCookie(cookieName(settings), cookieOptions(settings));
}

/** Who of the staff sent a request; undefined when it shows nothing that is valid now. */
export async function findStaff(
  dependencies: AuthDependencies,
  request: Request,
): Promise<Staff | undefined> {
  const { store, operatorToken, now, settings } = dependencies;
  const token = bearerOf(request);
  if (token !== undefined) return sameSecret(token, operatorToken) ? { by: 'operator' } : undefined;
  const code = parseCookies(request.headers.cookie ?? '')[cookieName(settings)];
  if (code === undefined) return undefined;
  const sessionHash = codeHash(code);
  const session = await store.findCredential('staff_session', sessionHash, now());
  return session && { by: 'session', sessionHash };
}

/** The token that a request bears. */
export function bearerOf(request: Request): string | undefined {
  return /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
}

/** The staff behind a request. Everybody else gets 401, and a browser that another site told to change something gets 403. */
export async function requireStaff(
  dependencies: AuthDependencies,
  request: Request,
  response: Response,
): Promise<Staff> {
  const staff = await findStaff(dependencies, request);
  if (!staff) {
    response.setHeader('WWW-Authenticate', 'Bearer');
    throw new Problem('not_signed_in');
  }
  if (staff.by === 'session') refuseOtherSites(request, dependencies.settings.publicBaseUrl);
  return staff;
}

/**
 * Refuses a change that a page of another site asks for with the cookie of staff. Browsers say where a request comes from by Sec-Fetch-Site,
 * and by Origin where they do not send that; a request with a cookie that says neither is refused too.
 */
function refuseOtherSites(request: Request, publicBaseUrl: string): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const site = request.get('sec-fetch-site');
  if (site === 'same-origin') return;
  const origin = request.get('origin');
  const own = [publicBaseUrl, `http://${request.get('host')}`, `https://${request.get('host')}`];
  if (site === undefined && origin !== undefined && own.includes(origin)) return;
  throw new Problem('forbidden');
}

function hoursAfter(moment: string, hours: number): string {
  return new Date(Date.parse(moment) + hours * hourMilliseconds).toISOString();
}

/** Compares in a time that tells nothing about how much of the secret was right. */
export function sameSecret(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

type SiteSettings = AuthDependencies['settings'];

/** The prefix has browsers take the cookie from this very host only; it works over HTTPS only. */
function cookieName(settings: SiteSettings): string {
  return isSecure(settings) ? '__Host-kashuv_staff' : 'kashuv_staff';
}

function cookieOptions(settings: SiteSettings) {
  return { httpOnly: true, sameSite: 'strict', secure: isSecure(settings), path: '/' } as const;
}

function isSecure({ publicBaseUrl }: SiteSettings): boolean {
  return publicBaseUrl.startsWith('https:');
}
