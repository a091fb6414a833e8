import { z } from 'zod';

import { readConfig } from '../../core/config-file.ts';
import { configSchema } from '../../shared/contract/config.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { flags } from '../flags.ts';
import { UsageError } from '../usage-error.ts';

const HELP = `orch config check|schema|path

  check   read config.yaml and name every problem with its line (exit 2 when there is one)
  schema  every key with its help text, default and bounds, as JSON Schema
  path    where config.yaml is
`;

export const config: Command = async (argv, io) => {
  const { values, positionals } = flags(argv, { json: { type: 'boolean' } });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  switch (positionals[0]) {
    case 'path':
      io.out(
        values.json === true
          ? `${JSON.stringify({ schemaVersion: 1, path: io.places.configPath })}\n`
          : `${io.places.configPath}\n`,
      );
      return EXIT.ok;
    case 'schema':
      io.out(`${JSON.stringify(z.toJSONSchema(configSchema, { io: 'input' }), null, 2)}\n`);
      return EXIT.ok;
    case 'check': {
      const result = await readConfig(io.places.configPath);
      const problems = result.ok ? [] : result.problems;
      if (values.json === true) io.out(`${JSON.stringify({ schemaVersion: 1, ok: result.ok, problems })}\n`);
      else if (result.ok) io.out(`config.yaml is fine: ${result.config.projects.length} projects.\n`);
      else for (const problem of problems) io.err(`${problem.text}\n`);
      return result.ok ? EXIT.ok : EXIT.usage;
    }
    default:
      throw new UsageError('one of check, schema, path is needed');
  }
};
