import { describe, expect, it } from "vitest";
import { hiddenField } from "../src/hidden-field.js";

describe("hiddenField", () => {
  it("attaches a value to an object of any kind, and replaces it", () => {
    const field = hiddenField<string>();
    class Request {
      readonly #own = 1;
      own(): number {
        return this.#own;
      }
    }
    for (const object of [
      {},
      [],
      () => {},
      new Request(),
      Object.create(null),
      new Proxy({}, {}),
    ]) {
      expect(field.get(object)).toBeUndefined();
      field.set(object, "a");
      expect(field.get(object)).toBe("a");
      field.set(object, "b");
      expect(field.get(object)).toBe("b");
      expect(field.get({})).toBeUndefined();
    }
    expect(new Request().own()).toBe(1);
  });

  it("is not visible, and is neither copied nor inherited", () => {
    const field = hiddenField<string>();
    const object = { name: "value" };
    field.set(object, "secret");
    expect(Reflect.ownKeys(object)).toEqual(["name"]);
    expect(JSON.stringify(object)).toBe('{"name":"value"}');
    expect(field.get({ ...object })).toBeUndefined();
    expect(field.get(structuredClone(object))).toBeUndefined();
    expect(field.get(Object.create(object))).toBeUndefined();
    expect(field.get(new Proxy(object, {}))).toBeUndefined();
  });

  it("distinguishes two fields of one object", () => {
    const [first, second] = [hiddenField<number>(), hiddenField<number>()];
    const object = {};
    first.set(object, 1);
    expect(second.get(object)).toBeUndefined();
    second.set(object, 2);
    expect([first.get(object), second.get(object)]).toEqual([1, 2]);
  });
});
