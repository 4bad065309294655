# fish completion of monerocloud: monerocloud completion fish | source
complete -c monerocloud -f
complete -c monerocloud -a '(monerocloud "[suggest:"(string length -- (commandline -cp | string collect))"]" (commandline -cp | string collect) 2>/dev/null)'
complete -c monerocloud -s c -l config -rF
complete -c monerocloud -l key-file -rF
complete -c monerocloud -l file -rF
