import { en } from './en.ts';

/** Every sentence of the page. Another language is another value of this type. */
export type Words = typeof en;

export const words: Words = en;
