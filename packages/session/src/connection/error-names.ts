import { ErrorInfo } from "@railvail/transport";

const names: ReadonlyMap<number, keyof typeof ErrorInfo> = new Map(
  Object.entries(ErrorInfo).map(([name, code]) => [code, name as keyof typeof ErrorInfo]),
);

/** What the specification calls a reason for a disconnection; undefined for one that it does not know. */
export const errorInfoName = (errorInfo: number): keyof typeof ErrorInfo | undefined => names.get(errorInfo);
