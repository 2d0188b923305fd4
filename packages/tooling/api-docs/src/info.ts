/** What both documents say of themselves. The first number of the version rises with what breaks a caller. */
export const info = {
  title: 'CloudNestle Marketplace payments',
  version: '1.0.0',
  license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
};
