import { type ImplementationReport, isUnexpected, type Report, type Result } from "../report.js";

/**
 * A report as JUnit XML: a suite for each implementation. Expected results that are not passes
 * (a listed deviation, an unsupported step, a missing implementation) are skipped, with the
 * reason.
 */
export function junitReport(report: Report): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="OAuth 1.0 conformance">',
    ...report.implementations.flatMap(suite),
    "</testsuites>",
    "",
  ].join("\n");
}

function suite(implementation: ImplementationReport): string[] {
  const { name, version, results, seconds, status, missing, givenUp } = implementation;
  const failures = results.filter((result) => isUnexpected(result) && result.verdict !== "error");
  const errors = results.filter(({ verdict }) => verdict === "error");
  const skipped = results.filter(
    ({ verdict }) => verdict === "unsupported" || verdict === "expected-failure",
  );
  const ownCase = status === "missing" || givenUp !== undefined;
  const attributes = {
    name: version === null ? name : `${name} ${version}`,
    tests: results.length + Number(ownCase),
    failures: failures.length,
    errors: errors.length + Number(givenUp !== undefined),
    skipped: skipped.length + Number(status === "missing"),
    time: seconds,
  };
  return [
    `  <testsuite${written(attributes)}>`,
    ...(status === "missing"
      ? [testCase(name, "start", `<skipped${written({ message: missing ?? "missing" })}/>`)]
      : []),
    ...(givenUp === undefined
      ? []
      : [testCase(name, "all", `<error${written({ message: givenUp })}/>`)]),
    ...results.map((result) => testCase(result.topic, result.id, outcome(result))),
    "  </testsuite>",
  ];
}

function outcome(result: Result): string | undefined {
  const { verdict, expectation, comment, section } = result;
  switch (verdict) {
    case "passed":
      return undefined;
    case "unsupported":
      return "<skipped/>";
    case "expected-failure":
      return `<skipped${written({ message: expectation?.deviation ?? "expected" })}/>`;
    case "unexpected-pass":
      return `<failure${written({ message: `passes, and is listed under ${expectation?.deviation}` })}/>`;
    default: {
      const { input, expected, received, explanation } = result;
      const details = JSON.stringify({ input, expected, received, explanation }, undefined, 2);
      const tag = verdict === "error" ? "error" : "failure";
      return `<${tag}${written({ message: `${section}: ${comment}` })}>${escaped(details)}</${tag}>`;
    }
  }
}

function testCase(group: string, name: string, inside: string | undefined): string {
  const start = `    <testcase${written({ classname: group, name })}`;
  return inside === undefined ? `${start}/>` : `${start}>${inside}</testcase>`;
}

function written(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join("");
}

/** Text of XML 1.0, which cannot contain most control characters and lone surrogates. */
function escaped(text: string): string {
  return text
    .replace(/[\p{Surrogate}\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu, "\ufffd")
    .replace(/[&<>"\n\r\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}
