import { readmePages } from "../.vitepress/readme-pages.ts";

export default { paths: () => readmePages("/contributing/") };
