# awk -f aot-warnings.awk ALLOW OUTPUT: fails on a trim or AOT warning in a publish's output that is not allowed, and on a line of ALLOW
# that allows nothing. A line of ALLOW: "CODE MEMBER | REASON", where MEMBER begins the warning's text up to a colon.
FNR == NR {
  if ($0 ~ /^[ \t]*(#|$)/) next
  bar = index($0, " | ")
  if (!bar || length($0) < bar + 10 || $1 !~ /^IL[23][0-9][0-9][0-9]$/) {
    print FILENAME ":" FNR ": expected CODE MEMBER | REASON"; bad = 1; next
  }
  key = $1 ": " substr($0, length($1) + 2, bar - length($1) - 2)
  allowed[key] = FNR
  next
}
match($0, /warning IL[23][0-9][0-9][0-9]: /) {
  text = substr($0, RSTART + 8); sub(/ \[[^]]*proj\]$/, "", text)
  if (text in seen) next
  seen[text] = 1
  ok = 0
  for (key in allowed) if (index(text, key ":") == 1) { used[key] = 1; ok = 1 }
  if (!ok) { print "not allowed: " text; bad = 1 }
}
END {
  for (key in allowed) if (!(key in used)) { print "allowed, but no longer there: " key; bad = 1 }
  exit bad
}
