/** What some calls are allowed on. */
export interface Statement {
  sid: string;
  actions: string[];
  resources: $util.Input<string>[];
}
