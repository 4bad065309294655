# From the -xml result of one test program: a line for each failed test, and one with the reason for each skipped test.
function unescape(text) {
  gsub(/&quot;/, "\"", text); gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&apos;/, "'", text); gsub(/&amp;/, "\\&", text)
  return text
}
BEGIN { RS = "<" }
/^test / {
  name = match($0, / name="[^"]*"/) ? unescape(substr($0, RSTART + 7, RLENGTH - 8)) : "?"
  if ($0 ~ / result="Fail"/) print "failed: " label ": " name
}
/^error / { print "failed: " label ": " (match($0, / name="[^"]*"/) ? unescape(substr($0, RSTART + 7, RLENGTH - 8)) : "an error outside of a test") }
/^reason>/ { reason = 1 }
reason && /^!\[CDATA\[/ { text = substr($0, 9); open = 1 }
reason && open == 1 && !/^!\[CDATA\[/ { text = text "<" $0 }
reason && open == 1 && text ~ /\]\]>/ {
  sub(/\]\]>.*/, "", text)
  print "skipped: " label ": " name ": " text
  reason = open = 0
}
