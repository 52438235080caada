import { writeFileSync } from "node:fs";
import { loadVectors } from "../vectors.js";
import { vectorsPage } from "./vectors-page.js";

writeFileSync(new URL("../../../../docs/vectors.md", import.meta.url), vectorsPage(loadVectors()));
