/** What a field is called. Elements of a list share one: it counts on from one to the next. */
export class FieldName {
  text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** The name and the kind of a span, and how its JSON begins. */
export class Label {
  readonly type: string;
  private readonly of: FieldName;
  private readonly suffix: string;
  private text = "";
  private json = "";

  constructor(of: FieldName, type: string, suffix = "") {
    this.of = of;
    this.type = type;
    this.suffix = suffix;
  }

  get name(): string {
    return this.of.text + this.suffix;
  }

  /** The beginning of the JSON of a span, up to its offset: names need no escapes. */
  get head(): string {
    if (this.text !== this.of.text) {
      this.text = this.of.text;
      this.json = `{"name":"${this.name}","type":"${this.type}","offset":`;
    }
    return this.json;
  }
}
