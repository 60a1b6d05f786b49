/** Connections that are kept track of; one more makes the one unused for longest be given up. */
const connectionLimit = 64;

/** Something for each connection, made when it is first asked for. */
export class PerConnection<T> {
  private readonly make: (connection: number) => T;
  private readonly giveUp: (of: T) => void;
  private readonly all = new Map<number, T>();
  private readonly limit: number;
  private latest: { readonly connection: number; readonly of: T } | undefined;

  /** `giveUp` is told of what is forgotten. */
  constructor(make: (connection: number) => T, giveUp: (of: T) => void = () => {}, limit = connectionLimit) {
    this.make = make;
    this.giveUp = giveUp;
    this.limit = limit;
  }

  of(connection: number): T {
    if (this.latest?.connection === connection) return this.latest.of;
    const of = this.all.get(connection) ?? this.make(connection);
    // Moved to the end: the one unused for longest stands first.
    this.all.delete(connection);
    this.all.set(connection, of);
    this.latest = { connection, of };
    const oldest = this.all.entries().next();
    if (this.all.size > this.limit && oldest.done !== true) {
      this.all.delete(oldest.value[0]);
      this.giveUp(oldest.value[1]);
    }
    return of;
  }

  /** What there is of a connection; nothing is made. */
  known(connection: number): T | undefined {
    return this.all.get(connection);
  }

  /** Gives up all. */
  finish(): void {
    for (const of of this.all.values()) this.giveUp(of);
    this.all.clear();
    this.latest = undefined;
  }
}
