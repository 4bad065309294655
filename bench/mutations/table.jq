# The result for a reader.
def count($status): map(select(.status == $status)) | length;
def code: gsub("\\|"; "\\|") | "`\(.)`";
def row: "| \(join(" | ")) |";

([.parts[] | select(.part == "by-hand") | .mutants[] | select(.number > 0)]) as $hand
| ([.parts[] | select(.part == "by-hand") | .mutants[] | select(.number == 0)]) as $controls
| ([.parts[] | select(.part != "by-hand")]) as $made
| ([$made[].mutants[] | select(.status == "Survived" or .status == "NoCoverage")]) as $survived
| "# mutations, \(.date[:10])",
  "",
  "- Commit: \(.commit)",
  "- Date: \(.date)",
  "- Machine: \(.cpus) cores; one mutant at a time",
  "- Tool: Stryker.NET \(.stryker) with the runner for the Microsoft Testing Platform; by hand: bench/mutations/by-hand",
  "",
  "## Method",
  "",
  "The tests of the decisions alone (bench/mutations/Decisions.csproj): tables and single cases. The two classes of properties over random evidence and",
  "random verdicts are left out, as what only luck kills is not guarded. Stryker changes core/Diagnosis, Health and Remedies and the agent's process machine,",
  "its history, the breaker of units and what becomes of an order from afar in every small way that it knows; texts are left out. By hand: the list of",
  "bench/mutations/by-hand.txt, changes that Stryker does not make. A mutant is killed when a test fails or the tests do not end any more; one that does not",
  "compile says nothing and is not counted. The control of Stryker is its first run, of mutated code with no mutant switched on; that of the list is a run before and one after it.",
  "",
  "## Figures",
  "",
  (["part", "minutes", "mutants", "killed by a test", "by time", "survived", "of them with a reason", "no test reaches it", "did not compile"] | row),
  (["---", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:"] | row),
  ($made[] | .mutants as $m | [
    .part, (.seconds / 60 | round), (($m | length) - ($m | count("CompileError"))), ($m | count("Killed")), ($m | count("Timeout")), ($m | count("Survived")),
    ($m | map(select(.status == "Survived" and .reason != null)) | length), ($m | count("NoCoverage")), ($m | count("CompileError"))] | map(tostring) | row),
  (if $hand == [] then empty else [
    "by hand", ((.parts[] | select(.part == "by-hand").seconds) / 60 | round), (($hand | length) - ($hand | count("no build"))), ($hand | count("killed")),
    ($hand | count("too long")), ($hand | count("survived")), 0, "-", ($hand | count("no build"))] | map(tostring) | row end),
  "",
  (if $controls == [] then empty else "Controls by hand: \($controls | map("\(.meaning): \(.status)") | join("; ")).", "" end),
  "## What survived, and why",
  "",
  (if $survived == [] then "Nothing of Stryker's.", "" else
    (["where", "is", "becomes", "reason"] | row), (["---", "---", "---", "---"] | row),
    ($survived[] | ["\(.file):\(.line)", (.old | code), (.new | code), (.reason // "**a hole**")] | row), "" end),
  (if ($hand | count("survived")) > 0 then "By hand:", "", ($hand[] | select(.status == "survived") | "- \(.number), \(.file): \(.meaning)"), "" else empty end),
  (if $hand == [] then empty else
    "## By hand: what each change means, and a test that noticed it", "",
    (["", "file", "change", "result", "test"] | row), (["---:", "---", "---", "---", "---"] | row),
    ($hand[] | [(.number | tostring), .file, .meaning, .status, (.test | sub("\\s*\\([^()]*\\)$"; "") | sub("^MoneroCloud\\.Tests\\."; "") | gsub("\\|"; "\\|"))] | row) end)
