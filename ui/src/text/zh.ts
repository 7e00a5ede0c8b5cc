import { en, type Text } from './en.ts';
export const zh: Text = en;
