#compdef monerocloud
# zsh completion of monerocloud: source <(monerocloud completion zsh)
_monerocloud() {
    local line="${(j: :)words[1,CURRENT]}"
    local -a found
    found=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
    if [[ -n "${found[1]}" ]]; then
        compadd -- "${found[@]}"
    else
        _files
    fi
}
# Read as a file of fpath it is the function itself.
if [[ "${funcstack[1]-}" == _monerocloud ]]; then
    _monerocloud "$@"
else
    compdef _monerocloud monerocloud
fi
