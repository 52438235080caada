/** The views of the conformance suite, by the last part of their address. */
export const VIEWS = [
  {
    name: "report",
    address: "/report/",
    title: "Libraries",
    about: "How common libraries implement RFC 5849, tested with vectors and random requests.",
  },
  {
    name: "pairwise",
    address: "/pairwise.html",
    title: "Interoperability",
    about: "Which verifiers accept what which signers sign.",
  },
  {
    name: "coverage",
    address: "/coverage.html",
    title: "Coverage",
    about: "Which tests check each statement of RFC 5849.",
  },
] as const;
