# The result with one mutant a line, so that two of them can be compared.
"{",
(del(.parts) | to_entries[] | "  \(.key | tojson): \(.value | tojson),"),
"  \"parts\": [",
(.parts | length as $parts | to_entries[]
    | .key as $part | .value
    | "    { \"part\": \(.part | tojson), \"seconds\": \(.seconds), \"mutants\": [",
      (.mutants | length as $n | to_entries[] | "      \(.value | tojson)\(if .key + 1 < $n then "," else "" end)"),
      "    ] }\(if $part + 1 < $parts then "," else "" end)"),
"  ]",
"}"
