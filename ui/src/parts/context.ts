/** The session, for components below the root. */
import { getContext, setContext } from 'svelte';
import type { Session } from '../state/session.svelte.ts';

const KEY = Symbol('session');

export const provide = (session: Session): Session => setContext(KEY, session);
export const useSession = (): Session => getContext<Session>(KEY);
