import {
  applyWindowingOrder,
  emptyWindowModel,
  readWindowingOrder,
  type RailWindow,
  type WindowingOrder,
  type WindowModel,
} from "@railvail/rail";
import { OrderStream, type OrdersUpdate } from "@railvail/transport";
import { DecodeError, sourceOf, type Source } from "@railvail/wire";
import { viewerViolation, type ViewerRule, type ViewerViolation } from "./viewer-rules.js";

/** What became of the windows. */
export type WindowEvent =
  | { readonly type: "windowCreated"; readonly window: RailWindow }
  /** `before`: as it was. Fields that did not change are the same objects. */
  | { readonly type: "windowChanged"; readonly window: RailWindow; readonly before: RailWindow }
  | { readonly type: "windowDeleted"; readonly windowId: number }
  | { readonly type: "activeWindow"; readonly windowId: number | undefined }
  /** From the top down; the marker window is among them. */
  | { readonly type: "zOrder"; readonly windowIds: readonly number[] }
  /** How far the server has described its desktop. */
  | { readonly type: "desktopSync"; readonly sync: WindowModel["sync"] }
  | { readonly type: "notifyIcons"; readonly icons: WindowModel["notifyIcons"] };

/** The windows of a server, as its orders tell of them. */
export class WindowOrdersReader {
  private readonly tell: (output: WindowEvent | ViewerViolation) => void;
  private readonly stream = new OrderStream();
  private current: WindowModel = emptyWindowModel();

  constructor(tell: (output: WindowEvent | ViewerViolation) => void) {
    this.tell = tell;
  }

  /** What is known now; immutable. */
  get model(): WindowModel {
    return this.current;
  }

  /** The share began anew. Windows stay until the server says otherwise. */
  reset(): void {
    this.stream.reset();
  }

  /** Takes an orders update, of the fast path or the slow one. Nothing throws. */
  update({ numberOrders, orderData }: OrdersUpdate): void {
    const source = sourceOf(orderData);
    for (const span of this.stream.walk(source, 0, orderData.length, numberOrders)) {
      switch (span.kind) {
        case "window":
          this.window(source, span.offset, span.end);
          break;
        case "unparsed":
          this.problem("orders-unparsed", `${span.reason}, ${span.left} orders left`);
          break;
        case "altsec":
          break;
        default:
          this.problem("order-not-offered", `${span.kind} order ${span.orderType}`);
      }
    }
  }

  private window(source: Source, offset: number, end: number): void {
    try {
      const order = readWindowingOrder(source, offset, end);
      if (order === undefined) this.problem("order-malformed", "it is about no window, icon or desktop");
      else this.apply(order);
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      this.problem("order-malformed", error.message);
    }
  }

  private apply(order: WindowingOrder): void {
    const before = this.current;
    const after = applyWindowingOrder(before, order);
    if (after === before) return;
    this.current = after;
    if (after.windows !== before.windows) {
      for (const id of concerned(order, before)) this.compare(id, before, after);
    }
    if (!sameIds(after.zOrder, before.zOrder)) this.tell({ type: "zOrder", windowIds: after.zOrder });
    if (after.activeWindowId !== before.activeWindowId) {
      this.tell({ type: "activeWindow", windowId: after.activeWindowId });
    }
    if (after.sync !== before.sync) this.tell({ type: "desktopSync", sync: after.sync });
    if (after.notifyIcons !== before.notifyIcons) this.tell({ type: "notifyIcons", icons: after.notifyIcons });
  }

  private compare(windowId: number, { windows: old }: WindowModel, { windows }: WindowModel): void {
    const before = old.get(windowId);
    const window = windows.get(windowId);
    if (window === before) return;
    if (window === undefined) this.tell({ type: "windowDeleted", windowId });
    else if (before === undefined) this.tell({ type: "windowCreated", window });
    else this.tell({ type: "windowChanged", window, before });
  }

  private problem(rule: ViewerRule, detail: string): void {
    this.tell(viewerViolation(rule, detail));
  }
}

const sameIds = (a: readonly number[], b: readonly number[]): boolean =>
  a === b || (a.length === b.length && a.every((id, index) => id === b[index]));

/** The windows that an order can change. */
function concerned({ order }: WindowingOrder, { windows }: WindowModel): Iterable<number> {
  return "windowId" in order ? [order.windowId] : windows.keys();
}
