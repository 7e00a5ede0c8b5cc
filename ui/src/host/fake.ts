import type { Host } from './host.ts';
export const fake = async (): Promise<Host> => { throw new Error('not yet'); };
