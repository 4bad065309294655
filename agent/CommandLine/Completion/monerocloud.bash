# bash completion of monerocloud: eval "$(monerocloud completion bash)"
_monerocloud() {
    local word=${COMP_LINE:0:COMP_POINT} found
    word=${word##*[[:space:]]}
    COMPREPLY=()
    while IFS= read -r found; do
        [[ $found == "$word"* ]] && COMPREPLY+=("$found")
    done < <("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)
}
# Where it knows nothing, a file may be meant.
complete -o bashdefault -o default -F _monerocloud monerocloud
