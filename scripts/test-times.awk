# From the -xml result of one test program: "SECONDS class NAME (N tests)" and "SECONDS method NAME (N tests)".
# What a fixture takes to start is in none of them.
function text(name) {
  return match($0, " " name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : "?"
}
function add(kind, name, seconds) { took[kind " " name] += seconds; tests[kind " " name]++ }
BEGIN { RS = "<" }
/^test / {
  class = text("type"); sub(/.*\./, "", class)
  add("class", class, text("time"))
  add("method", class "." text("method"), text("time"))
}
END { for (name in took) printf "%.1f s %s (%d)\n", took[name], name, tests[name] }
