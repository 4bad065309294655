# From the -xml result of one test program: "passed failed skipped". Errors outside of a test (a fixture's, say) count as failed.
function attribute(name) {
  return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0
}
BEGIN { RS = "<" }
/^assembly / {
  found = 1
  passed += attribute("passed"); failed += attribute("failed") + attribute("errors"); skipped += attribute("skipped")
}
/^\/assemblies>/ { whole = 1 }
END {
  if (!found || !whole) exit 1
  print passed + 0, failed + 0, skipped + 0
}
