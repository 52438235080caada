// Fails every test if the installed libraries are not those that the config names.
import axios from "axios/package.json";
import got from "got/package.json";
import ky from "ky/package.json";
import superagent from "superagent/package.json";
import undici from "undici/package.json";
import { expect } from "vitest";

const versions = [axios, got, ky, superagent, undici].map(({ version }) =>
  version.split(".").slice(0, 2).join("."),
);
expect(versions).toEqual(["1.7", "12.6", "0.33", "7.1", "6.16"]);
