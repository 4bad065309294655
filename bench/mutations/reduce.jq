# Of a report of Stryker: the mutants that were made where they were wanted, without sources and tests.
# A mutant is known by its file, what it changes and into what; lines move.
def short: gsub("\\s+"; " ") | if length > 120 then .[:120] + " ..." else . end;

($known | split("\n") | map(select(length > 0 and (startswith("#") | not)) | split("\t") | { key: .[0:3] | join("\t"), value: .[3] }) | from_entries) as $reasons
| [
    .files | to_entries[]
    | (.key | sub("^.*?/(?=(core|agent)/)"; "")) as $file
    | (.value.source | split("\n") | map(rtrimstr("\r"))) as $lines
    | .value.mutants[]
    | select(.status != "Ignored" and any($wanted | split(" ")[]; . == $file))
    | .location as { start: { line: $line, column: $from }, end: { line: $last, column: $to } }
    | $lines[$line - 1] as $text
    | (if $line == $last then $text[$from - 1:$to - 1] else $text[$from - 1:] + " ..." end | short) as $old
    | (.replacement | short) as $new
    | { file: $file, line: $line, mutator: .mutatorName, old: $old, new: $new, status: .status }
    | if .status == "Killed" or .status == "CompileError" or .status == "Timeout" then .
      else . + { reason: $reasons[[.file, .old, .new] | join("\t")] } end
  ]
| sort_by(.file, .line)
