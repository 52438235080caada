// Fails every test if the clients are not the versions that the config names.
import got from "got/package.json";
import ky from "ky/package.json";
import undici from "undici/package.json";
import { expect } from "vitest";

const majors = [got, ky, undici].map(({ version }) => Number.parseInt(version, 10));
expect(majors).toEqual([16, 2, 8]);
expect(Number.parseInt(process.versions.node, 10)).toBeGreaterThanOrEqual(22);
