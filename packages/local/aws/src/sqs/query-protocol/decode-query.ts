/**
 * Turns a form of SQS's query protocol, which older command lines still speak, into the JSON
 * protocol's input: `Attribute.1.Name` and `Attribute.1.Value` become an entry of `Attributes`.
 */
export function decodeSqsQuery(form: URLSearchParams): Record<string, unknown> {
  const action = form.get('Action') ?? '';
  return decodeFields(buildTree(form), action === 'CreateQueue' ? 'tags' : 'Tags');
}

type Tree = { [key: string]: string | Tree };

const protocolFields = new Set(['Action', 'Version']);

const integerFields = new Set([
  'DelaySeconds',
  'VisibilityTimeout',
  'MaxNumberOfMessages',
  'WaitTimeSeconds',
  'MaxResults',
]);

const listFields = new Map([
  ['AttributeName', 'AttributeNames'],
  ['MessageAttributeName', 'MessageAttributeNames'],
  ['MessageSystemAttributeName', 'MessageSystemAttributeNames'],
  ['TagKey', 'TagKeys'],
  ['SendMessageBatchRequestEntry', 'Entries'],
  ['DeleteMessageBatchRequestEntry', 'Entries'],
  ['ChangeMessageVisibilityBatchRequestEntry', 'Entries'],
]);

const mapFields = new Map([
  ['Attribute', { field: 'Attributes', key: 'Name' }],
  ['MessageAttribute', { field: 'MessageAttributes', key: 'Name' }],
  ['MessageSystemAttribute', { field: 'MessageSystemAttributes', key: 'Name' }],
]);

function buildTree(form: URLSearchParams): Tree {
  const root: Tree = Object.create(null);
  for (const [name, value] of form) {
    // A signed address carries its signature beside the fields.
    if (protocolFields.has(name) || name.startsWith('X-Amz-')) continue;
    const path = name.split('.');
    const leaf = path.pop() ?? name;
    let node = root;
    for (const key of path) {
      const child = node[key];
      const next: Tree = typeof child === 'object' ? child : Object.create(null);
      node[key] = next;
      node = next;
    }
    node[leaf] = value;
  }
  return root;
}

function decodeFields(tree: Tree, tagsField: string): Record<string, unknown> {
  const output: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(tree)) {
    const list = listFields.get(name);
    const map = name === 'Tag' ? { field: tagsField, key: 'Key' } : mapFields.get(name);
    if (typeof value === 'string') output[name] = integerFields.has(name) ? Number(value) : value;
    else if (list) output[list] = sortByIndex(value).map((item) => decodeItem(item, tagsField));
    else if (map) output[map.field] = decodeMap(value, map.key);
    else output[name] = decodeFields(value, tagsField);
  }
  return output;
}

function decodeItem(item: string | Tree, tagsField: string): unknown {
  return typeof item === 'string' ? item : decodeFields(item, tagsField);
}

function decodeMap(tree: Tree, key: string): Record<string, unknown> {
  const entries = sortByIndex(tree).flatMap((entry) => {
    const name = typeof entry === 'string' ? undefined : entry[key];
    return typeof entry === 'object' && typeof name === 'string' ? [[name, entry.Value]] : [];
  });
  return Object.fromEntries(entries);
}

function sortByIndex(tree: Tree): readonly (string | Tree)[] {
  return Object.entries(tree)
    .sort(([left], [right]) => Number(left) - Number(right))
    .map(([, value]) => value);
}
