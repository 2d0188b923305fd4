/** The part of dynalite that reads expressions; the package ships no types. */
declare module 'dynalite/validations/index.js' {
  export type Path = (string | number)[];
  /** DynamoDB's notation of a value: `{ S: 'text' }`. Parsed trees hold the very objects that were handed in. */
  export type Literal = Readonly<Record<string, unknown>> & { readonly type?: undefined };
  export interface Operation {
    type: string;
    /** Of a function only. */
    name?: string;
    args: Operand[];
  }
  export type Operand = Path | Literal | Operation;
  export interface Action {
    type: 'set' | 'remove' | 'add' | 'delete';
    path: Path;
    val?: Operand;
    attrType?: string | null;
  }
  export interface Condition {
    expression: Operation;
    /** First names of paths with more than one part, and of all paths. */
    nestedPaths: Record<string, true>;
    pathHeads: Record<string, true>;
  }
  export interface Expressions {
    UpdateExpression?: string | undefined;
    ConditionExpression?: string | undefined;
    KeyConditionExpression?: string | undefined;
    FilterExpression?: string | undefined;
    ProjectionExpression?: string | undefined;
    ExpressionAttributeNames?: Record<string, string> | undefined;
    ExpressionAttributeValues?: Record<string, Literal> | undefined;
    _updates?: { sections: Action[]; paths: Path[]; nestedPaths: Record<string, true> };
    _condition?: Condition;
    _keyCondition?: Condition;
    _filter?: Condition;
    _projection?: { paths: Path[]; nestedPaths: Record<string, true> };
  }
  export interface KeyConditions {
    [name: string]: { ComparisonOperator: string; AttributeValueList: Literal[] };
  }
  const validations: {
    /** Adds the parsed trees to what it is given; answers what is wrong with it, if anything is. */
    validateExpressions(expressions: Expressions): string | undefined;
    /** The key conditions of a parsed condition, or what is wrong with them. */
    convertKeyCondition(expression: Operation): KeyConditions | string;
  };
  export default validations;
}
