/** Who is told of events, by name. */
export class Listeners<Events extends { [Name in keyof Events]: (...values: never[]) => void }> {
  private readonly lists = new Map<keyof Events, readonly Events[keyof Events][]>();

  on<Name extends keyof Events>(name: Name, listener: Events[Name]): () => void {
    this.lists.set(name, [...this.of(name), listener]);
    return () => {
      this.lists.set(
        name,
        this.of(name).filter((one) => one !== listener),
      );
    };
  }

  tell<Name extends keyof Events>(name: Name, ...values: Parameters<Events[Name]>): void {
    for (const listener of this.of(name)) listener(...values);
  }

  private of<Name extends keyof Events>(name: Name): readonly Events[Name][] {
    return (this.lists.get(name) ?? []) as readonly Events[Name][];
  }
}
