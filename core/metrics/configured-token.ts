import { createScrapeToken, type ScrapeToken } from './scrape-token.ts';

/** The token in the file that a setting names. */
export interface ConfiguredToken extends Pick<ScrapeToken, 'accepts'> {
  /** Takes another file over; the same one again while it was of no use, since it may have been mended. */
  see(path: string | null): void;
  /** Why there is none, in words that name the setting; null when nothing is wrong. */
  problem(): string | null;
}

/** @param setting as it stands in the settings, "metrics.tokenFile"; `onFault` hears of each problem once */
export function createConfiguredToken(setting: string, onFault: (error: unknown) => void): ConfiguredToken {
  const token = createScrapeToken();
  let file: string | null = null;
  let problem: string | null = null;

  return {
    see(path) {
      if (path === file && problem === null) return;
      const said = path === file ? problem : null;
      file = path;
      token
        .use(path)
        .then(
          () => null,
          (error: unknown) => `${setting} is not used: ${(error as Error).message}`,
        )
        .then((found) => {
          if (path !== file) return;
          problem = found;
          if (problem !== null && problem !== said) onFault(new Error(problem));
        })
        .catch(onFault);
    },
    problem: () => problem,
    accepts: (authorization) => token.accepts(authorization),
  };
}
