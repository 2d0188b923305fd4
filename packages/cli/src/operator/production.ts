/** The stage where buyers pay with real money. */
export const PRODUCTION = 'production';
