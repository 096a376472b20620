import type { TypeNeeds } from '@terrace/cloud/families/contract/need';

export const databaseNeeds: readonly TypeNeeds[] = [];
