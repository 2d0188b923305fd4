import type { Check } from '../checks/check.ts';
import { checkAlarms } from './checks/check-alarms.ts';
import { checkDashboard } from './checks/check-dashboard.ts';

/** What a stage promises to its operators. */
export const monitoringChecks: Readonly<Record<string, Check>> = {
  'tells the alert address of everything the topology has an alarm for': checkAlarms,
  'shows buyers, money and machines on one page': checkDashboard,
};
