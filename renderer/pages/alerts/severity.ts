import type { Alert } from '../../../shared/contract/state.ts';
import type { StatusKind } from '../../components/StatusShape.tsx';

/** The shape beside a severity's word. */
export const SEVERITY_SHAPES: Readonly<Record<Alert['severity'], StatusKind>> = {
  info: 'info',
  warning: 'warning',
  critical: 'problem',
};
