import { CHANGE_TYPES, ENERGY_LEVELS, type Verdict } from '../contract/vocabulary.ts';
import type { Condition, Rule, RuleTable } from './rule.ts';
import { RULES_BY_PROFILE } from './rules/by-profile.ts';
import { LEVEL_ACTIONS } from './rules/levels.ts';

/** The rules of every profile as Markdown tables: what `docs/policy.md` shows. */
export function rulesMarkdown(): string {
  const profiles = Object.values(RULES_BY_PROFILE).map(
    (table) => `### ${table.profile}\n\n${levelTable(table)}\n\n${ruleTable(table.rules)}`,
  );
  return `${profiles.join('\n\n')}\n\n### Work that runs\n\n${actionsTable()}\n`;
}

function levelTable({ levels }: RuleTable): string {
  const head = ['level', 'operating mode', ...CHANGE_TYPES];
  const rows = ENERGY_LEVELS.map((level) => {
    const row = levels[level];
    return [level, row.operatingMode, ...CHANGE_TYPES.map((change) => row.verdicts[change])];
  });
  return table(head, rows);
}

function ruleTable(rules: readonly Rule[]): string {
  const others = rules.filter((rule) => rule.when.kind !== 'level');
  const rows = others.map((rule) => [
    `\`${rule.code}\``,
    conditionText(rule.when),
    ...CHANGE_TYPES.map((change) => verdictText(rule.verdicts[change])),
    rule.waivable,
  ]);
  return table(['rule', 'speaks when', ...CHANGE_TYPES, 'waiver'], rows);
}

function actionsTable(): string {
  const rows = ENERGY_LEVELS.map((level) => {
    const { actions, runningExperiments, experimentsAtOnce, niced } = LEVEL_ACTIONS[level];
    const most = experimentsAtOnce === null ? 'any number' : String(experimentsAtOnce);
    return [level, actions, runningExperiments, most, niced ? 'low' : 'normal'];
  });
  return table(['level', 'actions', 'running experiments', 'new ones at once', 'priority'], rows);
}

/** A note binds nothing; a type without an entry is not concerned. */
function verdictText(verdict: Verdict | undefined): string {
  return verdict === undefined ? '' : verdict === 'allow' ? 'note' : verdict;
}

function conditionText(when: Condition): string {
  switch (when.kind) {
    case 'level':
      return `level is ${when.is}`;
    case 'reserve':
      return 'fed from outside, battery under 10 % and less than 10 minutes of net charge';
    case 'halted':
      return 'mode is HALT, or a HALT stands';
    case 'quarantined':
      return 'the commit that stands was rolled back';
    case 'mode': {
      const alone = { wellbeing: ' by well-being alone', 'report-age': " by the report's age alone" };
      return `mode is ${when.is}${when.heldBy === null ? '' : alone[when.heldBy]}`;
    }
    case 'freshness':
      return `report is ${when.is}`;
    case 'confidence-below':
      return `less than ${when.limit * 100} % of the evidence has data`;
    case 'score': {
      const fails = {
        above: 'is not above',
        below: 'is not below',
        'at-least': 'is below',
        'at-most': 'is above',
      };
      return `${when.score} ${fails[when.needs]} ${when.limit}`;
    }
    case 'score-missing':
      return `${when.score} has no data`;
    case 'cooling':
      return `cooling is ${when.is}`;
    case 'infrastructure-degraded':
      return 'this machine is DEGRADED';
  }
}

/** Padded as the formatter leaves it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, at) => Math.max(3, cell.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, at) => (cells[at] ?? '').padEnd(width)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}
